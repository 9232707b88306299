// The list of records, its search, filters and order, and the one record that is looked at.
const Records = (() => {
  "use strict";

  const by = (id) => document.getElementById(id);
  const index = JSON.parse(by("index").textContent);
  const texts = index.map((record) => `${record.title}\n${record.text}`.toLowerCase());
  // So many lines are made at a time; the list of thousands of records would take seconds.
  const LINES = 200;
  const items = [];
  let listed = [];
  let current = -1;

  const least = (record) => (record.least === null ? 2 : record.least);
  const filters = {
    all: () => true,
    results: (record) => record.results > 0,
    none: (record) => record.results === 0,
    flags: (record) => record.flags > 0,
    unsure: (record) => record.unsure > 0,
  };
  const orders = {
    read: () => 0,
    flags: (a, b) => b.flags - a.flags,
    unsure: (a, b) => least(a) - least(b),
    results: (a, b) => b.results - a.results,
  };

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function item(record, place) {
    const line = element("li");
    const link = element("a");
    link.href = `#record-${place}`;
    link.append(element("span", "title", record.title));
    link.firstChild.dir = "auto";
    const facts = element("span", "about");
    const say = (text, className) => facts.append(element("span", className, text));
    if (record.year !== null) say(record.year);
    say(record.state || `${record.results} result${record.results === 1 ? "" : "s"}`, record.state ? "warn" : "");
    if (record.flags) say(`⚑ ${record.flags} flag${record.flags === 1 ? "" : "s"}`, "warn");
    if (record.least !== null) say(`least sure ${record.least.toFixed(2)}`, record.unsure ? "warn" : "");
    link.append(facts);
    line.append(link);
    return line;
  }

  // Words in quotes are searched as they stand; the others must all be there, in any order.
  function wanted(query) {
    const parts = query.toLowerCase().match(/"[^"]*"|\S+/g) || [];
    return parts.map((part) => part.replace(/^"|"$/g, "")).filter(Boolean);
  }

  function list() {
    const parts = wanted(by("search").value);
    const keep = filters[by("filter").value];
    listed = index
      .map((_, place) => place)
      .filter((place) => keep(index[place]) && parts.every((part) => texts[place].includes(part)));
    const order = orders[by("order").value];
    listed.sort((a, b) => order(index[a], index[b]) || a - b);
    by("list").replaceChildren();
    more();
    by("found").textContent = `${listed.length} of ${index.length} record${index.length === 1 ? "" : "s"}`;
    mark();
  }

  // Make the next lines of the list.
  function more() {
    const from = by("list").childElementCount;
    by("list").append(...listed.slice(from, from + LINES).map((place) => (items[place] ||= item(index[place], place))));
    const left = listed.length - by("list").childElementCount;
    by("more").hidden = left === 0;
    by("more").textContent = `Show ${Math.min(left, LINES)} more of ${left}`;
  }

  function mark() {
    for (const link of by("list").querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
    const place = listed.indexOf(current);
    while (place >= by("list").childElementCount) more();
    const line = items[current];
    if (place >= 0) {
      line.firstChild.setAttribute("aria-current", "true");
      line.scrollIntoView({ block: "nearest" });
    }
    by("position").textContent = place < 0 ? "" : `${place + 1} of ${listed.length}`;
    by("previous").disabled = place <= 0;
    by("next").disabled = !listed.length || place === listed.length - 1;
  }

  // The elements of record `place`, made from its text, which the program that wrote this file has escaped.
  function build(place) {
    const made = document.createElement("template");
    made.innerHTML = by(`data-${place}`).textContent;
    Cells.prepare(made.content);
    return made.content;
  }

  function show(place) {
    if (place === current || !index[place]) return;
    current = place;
    by("record-pane").replaceChildren(build(place));
    by("record-pane").scrollTop = 0;
    mark();
  }

  // To the record `step` places further in the list; the list's first where the current one is not in it.
  function move(step) {
    const place = listed.indexOf(current);
    const next = place < 0 ? listed[0] : listed[place + step];
    if (next === undefined) return;
    const inList = by("list").contains(document.activeElement);
    location.hash = `record-${next}`;
    show(next);
    if (inList) items[next].firstChild.focus();
  }

  function printList() {
    by("print-out").replaceChildren(...listed.map(build));
    document.body.classList.add("prints-list");
    print();
    document.body.classList.remove("prints-list");
    by("print-out").replaceChildren();
  }

  for (const id of ["filter", "order"]) by(id).addEventListener("change", list);
  by("search").addEventListener("input", list);
  by("previous").addEventListener("click", () => move(-1));
  by("next").addEventListener("click", () => move(1));
  by("more").addEventListener("click", more);
  by("print-all").addEventListener("click", printList);
  by("list").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    move(step);
    event.preventDefault();
  });
  by("record-pane").addEventListener("click", (event) => {
    if (!event.target.closest("[data-skip]")) return;
    const cell = by("record-pane").querySelector(".tables .cell");
    if (cell) cell.focus();
  });
  Links.listen(by("record-pane"));
  Cells.listen(by("record-pane"));
  list();
  if (!index.length) by("record-pane").append(element("p", "absent", "There is no record in this report."));

  return {
    show,
    move,
    clear: () => Links.clear(by("record-pane")),
    first: () => (current < 0 ? (listed[0] ?? -1) : current),
    title: (place) => index[place].title,
    year: (place) => index[place].year,
  };
})();
