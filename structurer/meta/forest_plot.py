"""A pooled forest plot, laid out as Cochrane's: studies, estimates, weights, squares and diamonds, heterogeneity."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from typing import Any

from structurer.errors import ExportError
from structurer.exports.replacement import replacing
from structurer.exports.visible import visible
from structurer.meta.distributions import normal_quantile
from structurer.meta.estimates import Estimate, TwoByTwo
from structurer.meta.pooling import Method, Pooled
from structurer.meta.ticks import linear_ticks, ratio_ticks
from structurer.tables.standard_errors import RATIOS

PICTURES = (".svg", ".png")
_NAMES = {
    "HR": "Hazard ratio",
    "RR": "Risk ratio",
    "OR": "Odds ratio",
    "IRR": "Rate ratio",
    "RATIO": "Ratio",
    "RD": "Risk difference",
    "MD": "Mean difference",
    "SMD": "Std. mean difference",
}
_MODELS = {
    Method.FIXED: "Fixed effect",
    Method.DERSIMONIAN_LAIRD: "Random effects (DL)",
    Method.REML: "Random effects (REML)",
}
_LONGEST_NAME, _LONGEST_BESIDE_COUNTS = 44, 26
_Z95 = normal_quantile(95)
# Inches: a row, what stands above and below the rows, and the columns' left edges.
_ROW, _ABOVE, _BELOW, _WIDTH = 0.27, 0.75, 0.85, 11.1
_COUNTS = (2.9, 3.65)
_STUDY, _WEIGHTS, _ESTIMATES, _AXIS, _END = 0.12, (4.35, 5.25), 5.45, 7.55, 10.45
_SIZE = 9
_DPI = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestPlot:
    """What the picture shows: estimates of one measure, and their pooled estimates by fixed and by random effects.

    `favours` are the words left and right of no effect; `title` stands above.
    """

    estimates: Sequence[Estimate]
    fixed: Pooled
    random: Pooled
    title: str
    favours: tuple[str, str]


def draw_forest_plot(plot: ForestPlot, path: str | Path) -> None:
    """Draw `plot` into `path` (.svg or .png); the same plot makes the same bytes.

    Squares have areas in proportion to the weights of random effects; an arrow ends a line that leaves the axis.
    Raises ExportError for another extension, without matplotlib, and where the file cannot be written.
    """
    kind = Path(path).suffix.lower()
    if kind not in PICTURES:
        raise ExportError(f"no picture has the extension {kind!r}; use {', '.join(PICTURES)}", target=str(path))
    try:
        from matplotlib import rc_context, rcdefaults, rcParams
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ExportError("drawing needs matplotlib: pip install '.[plot]'", target=str(path)) from error
    # Nothing of the time, and no random ids; a user's own settings of matplotlib do not reach the picture.
    style: Any = {
        "svg.hashsalt": "structurer",
        "svg.fonttype": "path",
        "font.family": "DejaVu Sans",
        "font.size": _SIZE,
        # A title may hold dollar signs that begin no formula.
        "text.parse_math": False,
    }
    with rc_context(), warnings.catch_warnings():
        # A sign that the font lacks is drawn as a box, which is seen.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        rcdefaults()
        rcParams.update(style)
        rows = len(plot.estimates) + 4
        figure = Figure(figsize=(_WIDTH, _ABOVE + _ROW * rows + _BELOW), dpi=_DPI)
        canvas: Any = FigureCanvasSVG(figure) if kind == ".svg" else FigureCanvasAgg(figure)
        _Drawing(figure, plot).draw()
        metadata = {"Title": visible(plot.title), ("Date" if kind == ".svg" else "Software"): None}
        with replacing(path) as file:
            printer = canvas.print_svg if kind == ".svg" else canvas.print_png
            printer(str(file), metadata=metadata)


class _Drawing:
    def __init__(self, figure: Any, plot: ForestPlot) -> None:
        self._plot = plot
        self._figure = figure
        self._height = figure.get_figheight()
        self._measure = plot.estimates[0].measure
        self._is_ratio = self._measure in RATIOS
        self._axes = figure.add_axes(
            (_AXIS / _WIDTH, _BELOW / self._height, (_END - _AXIS) / _WIDTH, 1 - (_BELOW + _ABOVE) / self._height)
        )
        self._rows = len(plot.estimates) + 4
        self._range, self._ticks = self._scale()
        arms = [estimate.arms for estimate in plot.estimates]
        counts = [found for found in arms if isinstance(found, TwoByTwo)]
        # A column that is empty in some rows would look as if no one had had the event there.
        self._counts = counts if len(counts) == len(arms) else []
        self._longest = _LONGEST_BESIDE_COUNTS if counts and self._counts else _LONGEST_NAME

    def draw(self) -> None:
        self._prepare_axes()
        self._write_heads()
        weights = self._plot.random.weights
        largest = max(weights)
        for place, estimate in enumerate(self._plot.estimates):
            limits = (estimate.yi - _Z95 * estimate.sei, estimate.yi + _Z95 * estimate.sei)
            at = float(place)
            self._line(at, *limits)
            if self._range[0] < estimate.yi < self._range[1]:
                side = 9 * (weights[place] / largest) ** 0.5
                self._axes.plot([estimate.yi], [at], "s", color="#1f4e8c", markersize=max(2.0, side), zorder=3)
            if self._counts:
                self._write_counts(at, self._counts[place])
            self._row(
                at,
                _cut(estimate.study, self._longest),
                self._plot.fixed.weights[place],
                weights[place],
                (estimate.yi, *limits),
            )
        self._pooled(len(self._plot.estimates) + 0.4, self._plot.fixed, "#7a7a7a")
        at = len(self._plot.estimates) + 1.5
        self._pooled(at, self._plot.random, "black")
        if self._plot.random.predicted is not None:
            at = len(self._plot.estimates) + 2.5
            low, high = self._plot.random.predicted
            self._line(at, low, high, colour="#8c1f1f", ends=True)
            self._write(_STUDY, at, "95% prediction interval")
            self._write(_ESTIMATES, at, f"           [{self._shown(low)}, {self._shown(high)}]")
        self._write_feet()

    def _scale(self) -> tuple[tuple[float, float], list[float]]:
        """The range of the axis (on the scale of pooling) and its ticks (on that of print)."""
        ends = [0.0, self._plot.fixed.low, self._plot.fixed.high, self._plot.random.low, self._plot.random.high]
        ends += list(self._plot.random.predicted or ())
        for estimate in self._plot.estimates:
            ends += [estimate.yi - _Z95 * estimate.sei, estimate.yi + _Z95 * estimate.sei]
        if self._is_ratio:
            ticks = ratio_ticks(exp(max(min(ends), log(0.01))), exp(min(max(ends), log(100))))
            return (log(ticks[0]), log(ticks[-1])), ticks
        ticks = linear_ticks(min(ends), max(ends))
        return (ticks[0], ticks[-1]), ticks

    def _prepare_axes(self) -> None:
        axes = self._axes
        axes.set_xlim(*self._range)
        axes.set_ylim(self._rows - 0.5, -0.5)
        for side in ("left", "right", "top"):
            axes.spines[side].set_visible(False)
        axes.set_yticks([])
        axes.set_xticks([log(tick) if self._is_ratio else tick for tick in self._ticks])
        axes.set_xticklabels([f"{tick:g}".replace("-", "\u2212") for tick in self._ticks])
        axes.patch.set_alpha(0)
        axes.axvline(0.0, color="black", linewidth=0.9, zorder=1)
        axes.axvline(self._plot.random.estimate, color="#9a9a9a", linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)

    def _line(self, at: float, low: float, high: float, *, colour: str = "#1f1f1f", ends: bool = False) -> None:
        first, last = self._range
        shown = (max(low, first), min(high, last))
        self._axes.plot(shown, (at, at), "-", color=colour, linewidth=1.1, zorder=2, solid_capstyle="butt")
        for beyond, where, mark in ((low < first, first, "<"), (high > last, last, ">")):
            if beyond:
                self._axes.plot([where], [at], mark, color=colour, markersize=5, clip_on=False, zorder=2)
        if ends:
            inside = [where for where in (low, high) if first <= where <= last]
            self._axes.plot(inside, [at] * len(inside), "|", color=colour, markersize=7, zorder=2)

    def _pooled(self, at: float, pooled: Pooled, colour: str) -> None:
        low, high = max(pooled.low, self._range[0]), min(pooled.high, self._range[1])
        x, y = [low, pooled.estimate, high, pooled.estimate], [at, at - 0.33, at, at + 0.33]
        self._axes.fill(x, y, facecolor=colour, edgecolor=colour, linewidth=0.8, zorder=3)
        name = _MODELS[pooled.method] + (", Hartung-Knapp" if pooled.hartung_knapp else "")
        is_fixed = pooled.method is Method.FIXED
        numbers = (pooled.estimate, pooled.low, pooled.high)
        self._row(at, name, 100.0 if is_fixed else None, None if is_fixed else 100.0, numbers, weight="bold")

    def _row(
        self,
        at: float,
        name: str,
        fixed: float | None,
        random: float | None,
        numbers: tuple[float, float, float],
        weight: str = "normal",
    ) -> None:
        self._write(_STUDY, at, name, weight=weight)
        for left, share in zip(_WEIGHTS, (fixed, random), strict=True):
            if share is not None:
                self._write(left, at, f"{share:.1f}%", align="right", weight=weight)
        point, low, high = (self._shown(number) for number in numbers)
        self._write(_ESTIMATES, at, f"{point} [{low}, {high}]", weight=weight)

    def _shown(self, number: float) -> str:
        value = exp(number) if self._is_ratio else number
        return f"{value:.{3 if self._measure == 'RD' else 2}f}".replace("-", "\u2212")

    def _text(self, left: float, bottom: float, text: str, **style: Any) -> None:
        lines = [" ".join(visible(line).split()) for line in text.split("\n")] if "\n" in text else [visible(text)]
        self._figure.text(left, bottom, "\n".join(lines), **style)

    def _write(self, left: float, row: float, text: str, *, align: str = "left", weight: str = "normal") -> None:
        rows = 1 - (_ABOVE + _BELOW) / self._height
        bottom = _BELOW / self._height + rows * (1 - (row + 0.5) / self._rows)
        self._text(left / _WIDTH, bottom, text, ha=align, va="center", weight=weight)

    def _write_counts(self, at: float, counts: TwoByTwo) -> None:
        shown = (f"{counts.events1}/{counts.n1}", f"{counts.events2}/{counts.n2}")
        for left, text in zip(_COUNTS, shown, strict=True):
            self._write(left, at, text, align="right")

    def _write_heads(self) -> None:
        top = 1 - 0.5 / self._height
        first = self._plot.estimates[0]
        unit = f" ({first.unit})" if first.unit and self._measure == "MD" else ""
        name = _NAMES[self._measure] + unit
        self._text(
            _STUDY / _WIDTH, 1 - 0.2 / self._height, self._plot.title, weight="bold", size=_SIZE + 1.5, va="center"
        )
        counted = [(left, f"{arm}\nn/N", "right") for left, arm in zip(_COUNTS, ("Interv.", "Control"), strict=True)]
        for left, text, align in (
            (_STUDY, "Study", "left"),
            *(counted if self._counts else ()),
            (_WEIGHTS[0], "Weight\n(fixed)", "right"),
            (_WEIGHTS[1], "Weight\n(random)", "right"),
            (_ESTIMATES, f"{name}\n[95% CI]", "left"),
        ):
            self._text(left / _WIDTH, top, text, ha=align, va="center", weight="bold", linespacing=1.15)
        self._axes.set_title(f"{name}, 95% CI", fontsize=_SIZE, weight="bold", pad=12)
        below = top - 0.21 / self._height
        line = self._axes.plot(
            [_STUDY / _WIDTH, _END / _WIDTH],
            [below] * 2,
            color="black",
            linewidth=0.8,
            clip_on=False,
            transform=self._figure.transFigure,
        )
        line[0].set_zorder(1)

    def _write_feet(self) -> None:
        random, fixed = self._plot.random, self._plot.fixed
        p = "< 0.001" if random.q_p < 0.001 else f"= {random.q_p:.3f}"
        test = "t" if random.hartung_knapp else "Z"
        lines = [
            f"Heterogeneity: τ² = {random.tau2:.4f}; χ² = {random.q:.2f}, df = {random.q_df} (p {p}); "
            f"I² = {random.i2:.0f}%",
            f"Overall effect: fixed {_p(fixed.p)}; random {_p(random.p)} ({test})",
        ]
        for number, line in enumerate(lines):
            self._text(
                _STUDY / _WIDTH, (_BELOW - 0.3 - 0.22 * number) / self._height, line, va="center", size=_SIZE - 0.5
            )
        zero = (0.0 - self._range[0]) / (self._range[1] - self._range[0])
        middle = (_AXIS + zero * (_END - _AXIS)) / _WIDTH
        gap, at = 0.08 / _WIDTH, (_BELOW - 0.48) / self._height
        for words, where, align in zip(
            self._plot.favours, (middle - gap, middle + gap), ("right", "left"), strict=True
        ):
            self._text(where, at, words, ha=align, va="center", size=_SIZE - 0.5)


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _p(value: float) -> str:
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"
