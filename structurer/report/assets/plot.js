// A forest plot as SVG: one line a study, the estimates and intervals as printed, nothing pooled.
const Plot = (() => {
  "use strict";

  const WIDTH = 900;
  const LEFT = 300;
  const RIGHT = 640;
  const LINE = 40;
  const TOP = 34;
  const STYLE =
    "text{font:12px system-ui,sans-serif;fill:#1b2430}.small{font-size:10.5px;fill:#566273}.head{font-weight:600}" +
    ".rule,.tick{stroke:#9aa5b1}.none{stroke:#566273;stroke-dasharray:4 3}.bar{stroke:#1f5d9e;stroke-width:1.6}" +
    ".point{fill:#1f5d9e}.point.bare{fill:none;stroke:#1f5d9e;stroke-width:1.6}";

  function make(name, attributes, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const cut = (text, most) => {
    const signs = Array.from(text);
    return signs.length > most ? `${signs.slice(0, most - 1).join("").trimEnd()}…` : text;
  };

  function number(text) {
    return text === null ? null : Number(text);
  }

  // Whether `row` can be drawn on this axis, and its numbers.
  function numbers(row, scale) {
    const found = [row.value, row.low, row.high].map(number);
    // A limit that was rounded to 0 lies beyond the end of a logarithmic axis, as an open one does.
    if (scale.log && found[1] === 0) found[1] = null;
    const bad = found.some((one) => one !== null && (!Number.isFinite(one) || (scale.log && one <= 0)));
    return bad ? null : found;
  }

  function bar(svg, axis, y, low, high, value) {
    const from = low === null ? (value === null ? null : LEFT) : axis.at(low);
    const to = high === null ? (value === null ? null : RIGHT) : axis.at(high);
    if (low === null && high === null) return;
    const x1 = from === null ? LEFT : from;
    const x2 = to === null ? RIGHT : to;
    svg.append(make("line", { class: "bar", x1, x2, y1: y, y2: y }));
    for (const [x, open, way] of [[x1, low === null, 1], [x2, high === null, -1]]) {
      const shape = open
        ? `M${x + 7 * way} ${y - 4}L${x} ${y}L${x + 7 * way} ${y + 4}`
        : `M${x} ${y - 4}V${y + 4}`;
      svg.append(make("path", { class: "bar", d: shape, fill: "none" }));
    }
  }

  // Draw `rows` (with `label`, `result`, `value`, `low`, `high`, `groups`, `timepoint`, `outcome`) on the scale `scale`.
  function draw(rows, scale, title, axisTitle) {
    const drawn = rows.map((row) => numbers(row, scale)).filter(Boolean).flat().filter((one) => one !== null);
    const height = TOP + rows.length * LINE + 52;
    const svg = make("svg", {
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: "img",
      "aria-labelledby": "plot-title plot-about",
    });
    svg.append(make("title", { id: "plot-title" }, title));
    svg.append(make("desc", { id: "plot-about" }, `${rows.length} estimates, each in the table below. Not pooled.`));
    svg.append(make("text", { class: "head", x: 0, y: 16 }, "Study"));
    svg.append(make("text", { class: "head", x: RIGHT + 18, y: 16 }, axisTitle));
    svg.append(make("line", { class: "rule", x1: 0, x2: WIDTH, y1: 25, y2: 25 }));
    if (!drawn.length) return svg;
    const axis = Axis.over(drawn, scale.null, scale.log, LEFT, RIGHT);
    const bottom = TOP + rows.length * LINE;
    if (scale.null !== null) {
      const x = axis.at(scale.null);
      svg.append(make("line", { class: "none", x1: x, x2: x, y1: 25, y2: bottom }));
    }
    rows.forEach((row, place) => {
      const y = TOP + place * LINE + 14;
      const line = make("g", { class: "study", "data-key": row.key, "data-record": row.record });
      line.append(make("text", { x: 0, y: y + 1 }, cut(row.label, 44)));
      line.append(make("text", { class: "small", x: 0, y: y + 15 }, cut(row.about, 52)));
      line.append(make("text", { x: RIGHT + 18, y: y + 4 }, cut(row.result, 36)));
      const found = numbers(row, scale);
      if (found) {
        const [value, low, high] = found;
        bar(line, axis, y, low, high, value);
        if (value !== null) {
          const kind = row.interval ? "point" : "point bare";
          line.append(make("rect", { class: kind, x: axis.at(value) - 4.5, y: y - 4.5, width: 9, height: 9 }));
        }
      } else {
        line.append(make("text", { class: "small", x: LEFT, y: y + 4 }, "cannot be drawn on this axis"));
      }
      svg.append(line);
    });
    svg.append(make("line", { class: "rule", x1: LEFT, x2: RIGHT, y1: bottom, y2: bottom }));
    for (const tick of axis.ticks) {
      const x = axis.at(tick);
      svg.append(make("line", { class: "tick", x1: x, x2: x, y1: bottom, y2: bottom + 5 }));
      svg.append(make("text", { x, y: bottom + 18, "text-anchor": "middle" }, String(tick).replace("-", "−")));
    }
    const name = `${scale.name}${scale.unit ? `, ${scale.unit}` : ""}${scale.log ? " (logarithmic axis)" : ""}`;
    svg.append(make("text", { class: "small", x: (LEFT + RIGHT) / 2, y: bottom + 38, "text-anchor": "middle" }, name));
    return svg;
  }

  // The plot as a file of its own, with its style inside.
  function file(svg) {
    const copy = svg.cloneNode(true);
    copy.prepend(make("style", {}, STYLE));
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  }

  return { draw, file };
})();
