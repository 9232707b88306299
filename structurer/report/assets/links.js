// A cell of a table and the words that it was read from: each shows the other, by mouse and by keyboard.
//
// Words are elements with an `id`, continued in elements with `data-of` the same, and `data-rows`, the keys of their
// rows. A row has `data-row`, its key; a cell has `data-mark`, the id of its words. What is shown has `aria-current`;
// the other words of the same row have the class `is-companion`.
const Links = (() => {
  "use strict";

  const all = (within, selector) => Array.from(within.querySelectorAll(selector));
  const pieces = (within, id) =>
    all(within, `[id="${CSS.escape(id)}"], [data-of="${CSS.escape(id)}"]`);
  const rowsOf = (element) => (element.dataset.rows || "").split(" ").filter(Boolean);
  const rowOf = (within, key) => within.querySelector(`[data-row="${CSS.escape(key)}"]`);

  function clear(within) {
    for (const element of all(within, "[aria-current]")) element.removeAttribute("aria-current");
    for (const element of all(within, ".is-companion")) element.classList.remove("is-companion");
  }

  function into(element) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  function accompany(within, keys) {
    for (const words of all(within, "[data-rows]")) {
      if (!words.hasAttribute("aria-current") && rowsOf(words).some((key) => keys.includes(key))) {
        words.classList.add("is-companion");
      }
    }
  }

  // Show the words of `cell`, and give them back (null where it has none).
  function showWords(within, cell) {
    clear(within);
    cell.setAttribute("aria-current", "true");
    const row = cell.closest("[data-row]");
    if (row) row.setAttribute("aria-current", "true");
    const found = pieces(within, cell.dataset.mark);
    for (const piece of found) piece.setAttribute("aria-current", "true");
    if (row) accompany(within, [row.dataset.row]);
    if (found.length) into(found[0]);
    return found[0] || null;
  }

  // Show the rows of `words` (a mark or any piece of one), and give back the first cell read from these words.
  function showRows(within, words) {
    clear(within);
    const id = words.id || words.dataset.of;
    for (const piece of pieces(within, id)) piece.setAttribute("aria-current", "true");
    const keys = rowsOf(words);
    const rows = keys.map((key) => rowOf(within, key)).filter(Boolean);
    for (const row of rows) row.setAttribute("aria-current", "true");
    accompany(within, keys);
    if (!rows.length) {
      const lone = within.querySelector(`[data-mark="${CSS.escape(id)}"]`);
      if (lone) {
        lone.setAttribute("aria-current", "true");
        into(lone);
      }
      return lone;
    }
    into(rows[0]);
    return rows[0].querySelector(`[data-mark="${CSS.escape(id)}"]`) || rows[0].querySelector("[data-mark]");
  }

  // Go from a cell to its words, or from words to their cell; `focus` where the keyboard asked.
  function follow(within, element, focus) {
    const words = element.closest("mark[id], mark[data-of]");
    const cell = element.closest("[data-mark]");
    if (!words && !cell) return false;
    const target = words ? showRows(within, words) : showWords(within, cell);
    if (target && focus) {
      if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
    }
    return true;
  }

  // Link everything inside `within`, also what comes into it later.
  function listen(within) {
    within.addEventListener("click", (event) => {
      if (event.target.closest("a, button, input, summary") || !getSelection().isCollapsed) return;
      follow(within, event.target, false);
    });
    within.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Enter" && !event.target.closest("a, button") && follow(within, event.target, true)) event.preventDefault();
    });
  }

  return { listen, follow, showWords, showRows, clear };
})();
