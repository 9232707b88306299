// One stop of the Tab key for each table: inside it the arrow keys go from cell to cell.
const Cells = (() => {
  "use strict";

  const cells = (within) => Array.from(within.querySelectorAll(".cell"));

  // Let the Tab key reach the first cell of each table in `within`.
  function prepare(within) {
    for (const table of within.querySelectorAll("table")) {
      const first = table.querySelector(".cell");
      if (first) first.setAttribute("tabindex", "0");
    }
  }

  function settle(cell) {
    for (const other of cells(cell.closest("table"))) other.setAttribute("tabindex", other === cell ? "0" : "-1");
  }

  // The cell of the next row (or the one before) in the same column, else the row's first.
  function below(cell, step) {
    const lines = Array.from(cell.closest("table").querySelectorAll("tr")).filter((line) => line.querySelector(".cell"));
    const line = lines[lines.indexOf(cell.closest("tr")) + step];
    if (!line) return null;
    return line.querySelector(`.cell[data-column="${cell.dataset.column}"]`) || line.querySelector(".cell");
  }

  function target(cell, key) {
    const every = cells(cell.closest("table"));
    const place = every.indexOf(cell);
    switch (key) {
      case "ArrowRight": return every[place + 1];
      case "ArrowLeft": return every[place - 1];
      case "ArrowDown": return below(cell, 1);
      case "ArrowUp": return below(cell, -1);
      case "Home": return every[0];
      case "End": return every[every.length - 1];
      default: return undefined;
    }
  }

  function listen(within) {
    within.addEventListener("focusin", (event) => {
      const cell = event.target.closest(".cell");
      if (cell) settle(cell);
    });
    within.addEventListener("keydown", (event) => {
      const cell = event.target.closest(".cell");
      if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === " ") {
        cell.click();
        event.preventDefault();
        return;
      }
      const next = target(cell, event.key);
      if (next) {
        next.focus();
        event.preventDefault();
      }
    });
  }

  return { prepare, listen };
})();
