// The forest plot that a person chooses: one measure in one unit, and the outcomes to draw together.
const Forest = (() => {
  "use strict";

  const by = (id) => document.getElementById(id);
  const { scales, estimates } = JSON.parse(by("estimates").textContent);
  const chosen = new Set();
  const key = (one) => JSON.stringify([one.measure, one.unit]);
  const byScale = new Map(scales.map((one) => [key(one), []]));
  for (const one of estimates) byScale.get(key(one)).push(one);
  let opened = false;
  let drawn = null;

  const scale = () => scales[Number(by("measure").value)];
  const ofScale = () => (scales.length ? byScale.get(key(scale())) : []);
  const unitOf = (one) => (one.unit ? ` (${one.unit})` : "");
  const many = (count, name) => `${count} ${name}${count === 1 ? "" : "s"}`;
  const signed = (text) => text.replace("-", "−");

  // The outcomes of the measure: their spellings, estimates and records, those of most records first.
  function groups() {
    const found = new Map();
    for (const one of ofScale()) {
      const group = found.get(one.group) || { name: one.group, printed: new Map(), rows: [], records: new Set() };
      group.printed.set(one.outcome, (group.printed.get(one.outcome) || 0) + 1);
      group.rows.push(one);
      group.records.add(one.record);
      found.set(one.group, group);
    }
    return Array.from(found.values()).sort(
      (a, b) => b.records.size - a.records.size || b.rows.length - a.rows.length || a.name.localeCompare(b.name),
    );
  }

  function nameOf(group) {
    if (!group.name) return "no outcome was linked";
    return Array.from(group.printed).sort((a, b) => b[1] - a[1])[0][0];
  }

  function choice(group, place) {
    const label = document.createElement("label");
    label.className = "choice";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = chosen.has(group.name);
    box.dataset.group = group.name;
    box.id = `outcome-${place}`;
    const name = document.createElement("span");
    name.className = "title";
    name.dir = "auto";
    name.textContent = nameOf(group);
    const about = document.createElement("span");
    about.className = "about";
    about.textContent = `${many(group.rows.length, "estimate")}, ${many(group.records.size, "record")}`;
    label.append(box, name, about);
    return label;
  }

  function listOutcomes() {
    const query = by("outcome-search").value.toLowerCase().trim();
    const shown = groups().filter(
      (group) =>
        !query ||
        chosen.has(group.name) ||
        group.name.includes(query) ||
        Array.from(group.printed.keys()).some((printed) => (printed || "").toLowerCase().includes(query)),
    );
    by("outcomes").replaceChildren(...shown.map(choice));
  }

  function labelOf(one) {
    const year = Records.year(one.record);
    return `${Records.title(one.record)}${year === null ? "" : `, ${year}`}`;
  }

  function resultOf(one, level) {
    const value = one.value === null ? "no estimate" : signed(one.value);
    if (!one.interval) return `${value} (no interval)`;
    const limits = [one.low, one.high].map((limit) => (limit === null ? "open" : signed(limit))).join(" to ");
    const own = one.level === level ? "" : one.level === null ? "level not printed: " : `${one.level}% `;
    return `${value} [${own}${limits}]`;
  }

  function sorted(rows) {
    const middle = (one) => Number(one.value ?? one.low ?? one.high);
    const orders = {
      estimate: (a, b) => middle(a) - middle(b),
      study: (a, b) => a.label.localeCompare(b.label),
      year: (a, b) => (Records.year(a.record) ?? Infinity) - (Records.year(b.record) ?? Infinity),
      read: () => 0,
    };
    return rows.sort((a, b) => orders[by("forest-order").value](a, b) || a.record - b.record);
  }

  // The level that most intervals have; the others state their own.
  function commonLevel(rows) {
    const counts = new Map();
    for (const one of rows) if (one.level !== null) counts.set(one.level, (counts.get(one.level) || 0) + 1);
    const [level] = Array.from(counts).sort((a, b) => b[1] - a[1])[0] || [null];
    return level;
  }

  function table(rows, level) {
    const made = document.createElement("table");
    made.className = "plotted";
    made.createCaption().textContent = "The same estimates as a table, as printed";
    const head = made.createTHead().insertRow();
    const columns = ["Study", "Outcome", "Time point", "Groups", level === null ? "Estimate" : `Estimate [${level}% interval]`, "Flags"];
    for (const name of columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = name;
      head.append(cell);
    }
    const body = made.createTBody();
    for (const one of rows) {
      const line = body.insertRow();
      line.dataset.key = one.key;
      const study = document.createElement("th");
      study.scope = "row";
      const link = document.createElement("a");
      link.href = `#record-${one.record}`;
      link.textContent = one.label;
      link.dir = "auto";
      study.append(link);
      line.append(study);
      for (const text of [one.outcome, one.timepoint, one.groups, one.result, one.flags.map((flag) => `⚑ ${flag}`).join(", ")]) {
        line.insertCell().textContent = text || "";
      }
    }
    return made;
  }

  function draw() {
    const rows = ofScale().filter((one) => chosen.has(one.group));
    by("save-plot").disabled = !rows.length;
    if (!rows.length) {
      drawn = null;
      by("forest-title").textContent = "Forest plot";
      by("forest-note").textContent = estimates.length
        ? "Choose one or more outcomes to draw their estimates."
        : "No estimate was found in these records.";
      by("plot").replaceChildren();
      by("plot-table").replaceChildren();
      return;
    }
    const level = commonLevel(rows);
    const full = sorted(
      rows.map((one) => ({
        ...one,
        label: labelOf(one),
        result: resultOf(one, level),
        about: [one.outcome, one.timepoint, one.groups].filter(Boolean).join(" · "),
      })),
    );
    const { name, measure } = scale();
    const title = `${name}${unitOf(scale())}: ${groups().filter((group) => chosen.has(group.name)).map(nameOf).join(", ")}`;
    by("forest-title").textContent = title.charAt(0).toUpperCase() + title.slice(1);
    by("forest-note").textContent = note(full, level);
    drawn = Plot.draw(full, scale(), title, level === null ? measure : `${measure} [${level}% interval]`);
    by("plot").replaceChildren(drawn);
    by("plot-table").replaceChildren(table(full, level));
  }

  function note(rows, level) {
    const records = new Set(rows.map((one) => one.record)).size;
    const said = [`${many(rows.length, "estimate")} of ${many(records, "record")}, as printed; nothing is pooled or weighted.`];
    said.push(level === null ? "No level of an interval is printed." : `Intervals are ${level}% unless a line says otherwise.`);
    if (records < rows.length) said.push("Estimates of one record are not independent.");
    if (rows.some((one) => one.credible)) said.push("Some intervals are credible (Bayesian) intervals.");
    if (rows.some((one) => one.flags.length)) said.push("Some have flags: see the table.");
    return said.join(" ");
  }

  function choose() {
    chosen.clear();
    const [first] = groups().filter((group) => group.name);
    if (first) chosen.add(first.name);
    listOutcomes();
    draw();
  }

  function open() {
    if (opened) return;
    opened = true;
    scales.forEach((one, place) => {
      const count = byScale.get(key(one)).length;
      by("measure").append(new Option(`${one.measure}${unitOf(one)} · ${one.name} · ${count}`, String(place)));
    });
    if (scales.length) choose();
    else draw();
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(Plot.file(drawn));
    link.download = "forest.svg";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  by("measure").addEventListener("change", () => {
    by("outcome-search").value = "";
    choose();
  });
  by("outcome-search").addEventListener("input", listOutcomes);
  by("forest-order").addEventListener("change", draw);
  by("save-plot").addEventListener("click", save);
  by("clear-outcomes").addEventListener("click", () => {
    chosen.clear();
    listOutcomes();
    draw();
  });
  by("outcomes").addEventListener("change", (event) => {
    const { group } = event.target.dataset;
    if (event.target.checked) chosen.add(group);
    else chosen.delete(group);
    draw();
  });

  return { open };
})();
