// The keys and the mouse of the review page. Everything is done in turn: what is pressed while a verdict is on its
// way counts for the row that comes after it.
(() => {
  "use strict";

  const { record } = Review;
  const help = document.getElementById("help");
  const keysOn = document.getElementById("keys-on");
  let work = Promise.resolve();
  const inTurn = (job) => {
    work = work.then(job).catch((error) => Review.warn(`This did not work: ${error.message}.`));
  };

  const cells = (row) => Array.from(row.querySelectorAll(".cell"));
  const cellOf = () => document.activeElement?.closest?.(".cell") || null;
  const typing = (element) => element?.closest?.("input, textarea, select");

  function step(by) {
    const list = Review.rows().filter((row) => !row.classList.contains("is-unwanted"));
    const row = list[list.indexOf(Review.current()) + by];
    if (row) Review.go(row);
  }

  function aside(by) {
    const row = Review.current();
    if (!row) return;
    const list = cells(row);
    const at = list.indexOf(cellOf());
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by;
    if (next < 0 || next >= list.length) Review.go(row);
    else Review.go(row, list[next]);
  }

  function mainCell(row) {
    const named = (name) => row.querySelector(`.cell[data-column="${name}"]:not(.is-empty)`);
    return named("estimate") || named("events") || named("percent") || cells(row)[0];
  }

  // The cell becomes a field; Enter keeps what is typed, Escape leaves the cell as it was.
  function edit() {
    const row = Review.current();
    const cell = row && (cellOf() || mainCell(row));
    if (!cell) return;
    if (cell.hasAttribute("data-fixed")) return Review.say("This cell belongs to no column of the table; write a note.");
    Review.show(row, cell);
    const { column, text } = cell.dataset;
    const name = cell.querySelector(".label").textContent;
    const field = document.createElement("label");
    field.className = "editor";
    const label = document.createElement("span");
    label.className = "label";
    label.textContent = name;
    const input = document.createElement("input");
    input.value = text;
    input.maxLength = 500;
    input.size = Math.max(6, Math.min(40, text.length + 2));
    if (document.getElementById(`list-${column}`)) input.setAttribute("list", `list-${column}`);
    field.append(label, input);
    cell.hidden = true;
    cell.after(field);
    input.focus();
    input.select();
    const leave = () => {
      Review.warn("");
      field.remove();
      cell.hidden = false;
      Review.go(row, cell);
    };
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") leave();
      if (event.key !== "Enter") return;
      event.preventDefault();
      inTurn(() => correct(row, column, input.value));
    });
  }

  async function correct(row, column, value) {
    const answer = await Review.keep(row, { action: "cell", column, value });
    if (!answer) return;
    Review.go(answer, answer.querySelector(`.cell[data-column="${column}"]`));
  }

  function reject() {
    const cell = cellOf();
    if (cell && !cell.hasAttribute("data-fixed")) inTurn(() => correct(Review.current(), cell.dataset.column, ""));
  }

  function addMissing() {
    const form = document.getElementById("missing-form");
    const abstract = document.getElementById("abstract");
    const selected = getSelection();
    const words = selected.toString().trim();
    document.getElementById("add").open = true;
    if (words && abstract.contains(selected.anchorNode)) {
      const before = document.createRange();
      before.selectNodeContents(abstract);
      before.setEnd(selected.getRangeAt(0).startContainer, selected.getRangeAt(0).startOffset);
      form.elements.quote.value = words;
      form.elements.nth.value = before.toString().split(words).length - 1;
    }
    (form.elements.quote.value ? form.elements.kind : form.elements.quote).focus();
    form.scrollIntoView({ block: "nearest" });
  }

  const once = {
    a: () => inTurn(() => Review.decide("correct")),
    x: () => inTurn(() => Review.decide("not an effect")),
    w: () => inTurn(() => Review.decide("wrong")),
    p: () => inTurn(() => Review.decide("partly")),
    u: () => inTurn(() => Review.undo()),
    n: () => inTurn(() => Review.further(false)),
    N: () => inTurn(() => Review.load(`/next${Review.query({ after: Review.position(), way: "back" })}`)),
    c: () => inTurn(edit),
    e: () => inTurn(() => Review.current()?.querySelector("input[name=note]").focus()),
    m: () => inTurn(addMissing),
    Delete: reject,
    "?": () => help.showModal(),
  };
  const repeated = {
    ArrowDown: () => inTurn(() => step(1)),
    ArrowUp: () => inTurn(() => step(-1)),
    ArrowRight: () => inTurn(() => aside(1)),
    ArrowLeft: () => inTurn(() => aside(-1)),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open) return;
    const field = typing(event.target);
    if (field) {
      if (event.key === "Escape" && !field.closest(".editor")) Review.go(Review.current());
      return;
    }
    const mark = event.key === "Enter" && event.target.closest?.("mark");
    if (mark) {
      event.preventDefault();
      return follow(mark);
    }
    // A key that is held down decides one row, not all of them.
    const action = repeated[event.key] || (event.repeat ? null : once[event.key]);
    if (!action || (!keysOn.checked && event.key !== "?")) return;
    event.preventDefault();
    const left = record.querySelector(".editor input");
    if (left && event.key !== "?") {
      Review.warn("A cell is being corrected: Enter keeps what is typed, Esc leaves the cell as it was.");
      left.focus();
      return;
    }
    action();
  });

  function follow(mark) {
    const cell = Links.showRows(record, mark);
    const row = cell?.closest(".row");
    if (row) Review.go(row, cell.classList.contains("cell") ? cell : undefined);
  }

  record.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark && mark.closest("#abstract")) return follow(mark);
    if (event.target.closest("a, input, select, textarea, summary, form button")) return;
    const row = event.target.closest(".row");
    if (row) Review.go(row, event.target.closest(".cell") || undefined);
  });

  record.addEventListener("dblclick", (event) => {
    if (event.target.closest(".cell")) inTurn(edit);
  });

  record.addEventListener("focusin", (event) => {
    const row = event.target.closest(".row");
    if (row && row !== Review.current()) Review.show(row, event.target.closest(".cell") || undefined);
  });

  record.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form.verdict")) return;
    event.preventDefault();
    const row = form.closest(".row");
    const action = event.submitter?.value || "note";
    const note = form.elements.note.value;
    inTurn(async () => {
      const live = Review.rows()[Number(row.dataset.place)] || row;
      const fresh = await Review.keep(live, { action, note });
      if (!fresh) return;
      if (action === "note") Review.go(fresh);
      else await Review.onward(fresh);
    });
  });

  record.addEventListener("click", (event) => {
    const link = event.target.closest("#next, #previous");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    inTurn(() => Review.load(link.getAttribute("href")));
  });

  for (const choice of document.querySelectorAll(".filters select")) {
    choice.addEventListener("change", () => choice.form.requestSubmit());
  }

  const reviewer = document.querySelector(".reviewer");
  const keepName = async () => {
    const answer = await Review.ask("/reviewer", { reviewer: reviewer.elements.reviewer.value });
    Review.warn(answer.error || "");
    if (!answer.error) Review.say(answer.reviewer ? `Verdicts are given by ${answer.reviewer}.` : "Verdicts are given without a name.");
  };
  reviewer.addEventListener("change", () => inTurn(keepName));
  reviewer.addEventListener("submit", (event) => {
    event.preventDefault();
    inTurn(keepName);
    Review.go(Review.current());
  });

  document.querySelector(".undo").addEventListener("submit", (event) => {
    event.preventDefault();
    inTurn(() => Review.undo());
  });

  document.getElementById("help-open").addEventListener("click", () => help.showModal());
  help.addEventListener("close", () => Review.go(Review.current()));
  Review.begin();
})();
