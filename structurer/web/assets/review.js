// The review page: what is shown of a record, and how a verdict is kept. The keys are in keys.js.
const Review = (() => {
  "use strict";

  const record = document.getElementById("record");
  const UNDO = "structurer-undo";
  let ahead = null; // the next record, fetched while this one is read
  let said = 0;

  const all = (selector) => Array.from(record.querySelectorAll(selector));
  const rows = () => all(".row");
  const current = () => record.querySelector(".row.is-current");
  const open = (row) => row.dataset.state === "undecided" || row.dataset.state === "changed";
  const text = () => record.querySelector(".text");
  const position = () => Number(text().dataset.position);
  const query = (more) => {
    const parameters = new URLSearchParams(text().dataset.query);
    for (const [name, value] of Object.entries(more || {})) parameters.set(name, value);
    return parameters.size ? `?${parameters}` : "";
  };

  // Say something to those who hear the page. What is said twice is heard twice.
  function say(message) {
    said += 1;
    document.getElementById("said").textContent = message + (said % 2 ? "" : "\u00a0");
  }

  function warn(message) {
    const place = document.getElementById("alert");
    place.replaceChildren();
    if (!message) return;
    const line = document.createElement("p");
    line.textContent = message;
    place.append(line);
  }

  async function ask(address, form) {
    const options = { headers: { "X-Part": "1" }, credentials: "same-origin" };
    if (form) Object.assign(options, { method: "POST", body: new URLSearchParams(form) });
    try {
      // Kept alive: a verdict arrives also where the page is left the moment it is given.
      const answer = await fetch(address, { ...options, keepalive: true });
      const kind = answer.headers.get("content-type") || "";
      if (!kind.includes("json")) return { error: `Not kept: the server answered ${answer.status}. Load the page anew.` };
      return await answer.json();
    } catch {
      return { error: "Not kept: the review is not running any more. Start it again; what was kept before is safe." };
    }
  }

  function show(row, cell) {
    for (const other of rows()) {
      other.classList.toggle("is-current", other === row);
      other.tabIndex = other === row ? 0 : -1;
    }
    const words = Links.showWords(record, cell || row);
    // At once: who presses a key has read on before a smooth movement ends.
    if (words) words.scrollIntoView({ block: "nearest", behavior: "instant" });
    row.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function go(row, cell) {
    if (!row) return;
    show(row, cell);
    (cell || row).focus({ preventScroll: true });
  }

  function replace(row, html, moreProgress) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.querySelector(".row");
    if (row.classList.contains("is-current")) fresh.classList.add("is-current");
    row.replaceWith(fresh);
    count(moreProgress);
    return fresh;
  }

  function count(html) {
    if (html) document.getElementById("progress").innerHTML = html;
  }

  function put(part, place) {
    record.innerHTML = part.record;
    count(part.progress);
    document.title = document.title.replace(/^\d+/, part.position);
    if (location.pathname + location.search !== part.address) history.pushState(null, "", part.address);
    window.scrollTo(0, 0);
    begin(place);
    say(`Record ${part.position}: ${document.getElementById("title").textContent}. ${rows().length} rows.`);
  }

  // Look at the first row that waits for a verdict, or at the one asked for, and fetch the next record meanwhile.
  function begin(place) {
    const hash = /^#row-(\d+)$/.exec(location.hash);
    const wanted = place ?? (hash ? Number(hash[1]) : null);
    const list = rows();
    const seen = list.filter((row) => !row.classList.contains("is-unwanted"));
    const row = (wanted !== null && list[wanted]) || seen.find(open) || seen[0] || list[0];
    if (row) go(row);
    else record.querySelector("#rows")?.focus({ preventScroll: true });
    ahead = { after: position(), part: ask(`/next${query({ after: position(), undecided: 1 })}`) };
  }

  async function load(address, place) {
    const part = await ask(address);
    if (part.error) return warn(part.error);
    if (part.position === null) return say(part.said), notice(part.said);
    warn("");
    return put(part, place);
  }

  async function further(undecided) {
    if (!undecided) return load(`/next${query({ after: position() })}`);
    const part = ahead && ahead.after === position() ? await ahead.part : null;
    // How much is done was told when the row before was kept; this part was fetched earlier than that.
    if (part && part.position) return put({ ...part, progress: "" });
    // Nothing after this record; perhaps something before it.
    const first = await ask(`/next${query({ undecided: 1 })}`);
    if (first.position && first.position !== position()) return put(first);
    notice("Every row that is shown is decided. Export the table, or show other rows.");
    return say("Every row that is shown is decided.");
  }

  function notice(message) {
    let line = document.getElementById("notice");
    if (!line) {
      line = document.createElement("p");
      line.id = "notice";
      line.className = "notice";
      record.before(line);
    }
    line.textContent = message;
    line.hidden = !message;
  }

  async function onward(row) {
    const list = rows();
    const at = list.indexOf(row);
    const next = [...list.slice(at + 1), ...list.slice(0, at)].find((other) => open(other) && !other.classList.contains("is-unwanted"));
    if (next) return go(next);
    return further(true);
  }

  // Post a form about `row`; gives back the row as it is then, or null where nothing was kept.
  async function keep(row, form) {
    const answer = await ask(`/record/${position()}/verdict${query()}`, {
      key: row.dataset.key,
      version: row.dataset.version,
      ...form,
    });
    const fresh = answer.row ? replace(row, answer.row, answer.progress) : row;
    warn(answer.error || "");
    if (answer.error) {
      // What was typed stays where it is, and the keyboard with it, unless the row itself is another by now.
      if (answer.row) go(fresh);
      return null;
    }
    remember(answer.entry);
    say(fresh.getAttribute("aria-label"));
    return fresh;
  }

  async function decide(action) {
    const row = current();
    if (!row) return action === "correct" ? further(true) : undefined;
    // A corrected row is decided already; to accept it is to go on.
    const corrected = row.dataset.state === "partly" && row.querySelector(".is-corrected");
    const fresh = action === "correct" && corrected ? row : await keep(row, { action });
    return fresh && onward(fresh);
  }

  const remembered = () => JSON.parse(sessionStorage.getItem(UNDO) || "[]");
  const remember = (entry) => sessionStorage.setItem(UNDO, JSON.stringify([...remembered(), entry].slice(-500)));

  async function undo() {
    const entries = remembered();
    const entry = entries.pop();
    sessionStorage.setItem(UNDO, JSON.stringify(entries));
    const answer = await ask(`/undo${query()}`, entry ? { entry } : {});
    warn(answer.error || "");
    if (answer.error) return;
    count(answer.progress);
    if (answer.position === null) return say(answer.said);
    ahead = null;
    if (answer.position !== position()) {
      await load(`/record/${answer.position}${query()}`, answer.place);
    } else {
      go(replace(rows()[answer.place], answer.row));
    }
    say(`Undone. ${current().getAttribute("aria-label")}`);
  }

  document.documentElement.classList.add("js");
  addEventListener("popstate", () => load(location.pathname + location.search));
  setInterval(async () => {
    if (!document.querySelector("[data-reading]")) return;
    const answer = await ask("/progress");
    count(answer.progress);
  }, 1000);

  return { all, ask, begin, current, decide, further, go, keep, load, notice, onward, position, query, record, rows, say, show, undo, warn };
})();
