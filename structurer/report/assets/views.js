// Which part of the report is shown, and what the keys do.
(() => {
  "use strict";

  const by = (id) => document.getElementById(id);
  const VIEWS = ["records", "forest", "account"];
  const help = by("help");

  function view(name) {
    for (const other of VIEWS) by(other).hidden = other !== name;
    for (const link of document.querySelectorAll("nav a")) {
      if (link.dataset.view === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.body.dataset.view = name;
    if (name === "forest") Forest.open();
  }

  function go() {
    const hash = location.hash.slice(1);
    const record = /^record-(\d+)$/.exec(hash);
    if (VIEWS.includes(hash) && hash !== "records") {
      view(hash);
      return;
    }
    view("records");
    Records.show(record ? Number(record[1]) : Records.first());
  }

  function to(hash) {
    location.hash = hash;
    go();
  }

  const jump = {
    "/": () => by(by("forest").hidden ? "search" : "outcome-search").focus(),
    "?": () => help.showModal(),
    Escape: () => Records.clear(),
    1: () => to("records"),
    2: () => to("forest"),
    3: () => to("account"),
    j: () => by("records").hidden || Records.move(1),
    k: () => by("records").hidden || Records.move(-1),
    r: () => {
      const cell = by("record-pane").querySelector(".results .cell");
      if (cell && !by("records").hidden) cell.focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || help.open) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key.length === 1 && !by("keys").checked) return;
    if (Object.hasOwn(jump, event.key)) {
      jump[event.key]();
      event.preventDefault();
    }
  });
  by("help-button").addEventListener("click", () => help.showModal());
  by("help-close").addEventListener("click", () => help.close());
  document.querySelector(".skip").addEventListener("click", (event) => {
    by("record-pane").focus();
    event.preventDefault();
  });
  window.addEventListener("hashchange", go);
  go();
})();
