"""The pooled forest plot: what is written in it, and that its bytes are the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

import pytest

from structurer.errors import ExportError
from structurer.meta.estimates import Estimate, TwoByTwo
from structurer.meta.forest_plot import ForestPlot, draw_forest_plot
from structurer.meta.pooling import Method, pool
from structurer.meta.ticks import linear_ticks, ratio_ticks

Maker = Callable[..., Estimate]
YI, SEI = (-0.26, -0.13, -0.65, 0.06), (0.12, 0.15, 0.22, 0.13)


@pytest.fixture
def plot(make_estimate: Maker) -> ForestPlot:
    pytest.importorskip("matplotlib")
    names = (
        "TIDEWAY 2015",
        "HARBOUR 2017",
        "A name so long that it would run into the columns of the weights 2018",
        "X",
    )
    return ForestPlot(
        estimates=[
            make_estimate(record_id=str(i), study=name, yi=y, sei=s)
            for i, (name, y, s) in enumerate(zip(names, YI, SEI, strict=True))
        ],
        fixed=pool(YI, SEI, Method.FIXED),
        random=pool(YI, SEI),
        title="Stroke & <death>",
        favours=("Favours varolimide", "Favours placebo"),
    )


def texts(svg: Path) -> list[str]:
    """What matplotlib wrote beside each drawn text: the text itself, as a comment."""
    return re.findall(r"<!-- (.*?) -->", svg.read_text(encoding="utf-8"))


def test_it_shows_each_study_and_both_models(plot: ForestPlot, tmp_path: Path) -> None:
    file = tmp_path / "forest.svg"
    draw_forest_plot(plot, file)
    ElementTree.parse(file)
    shown = texts(file)
    assert {"TIDEWAY 2015", "HARBOUR 2017", "Favours varolimide", "Favours placebo", "Fixed effect"} <= set(shown)
    assert "Random effects (REML)" in shown
    assert "95% prediction interval" in shown
    assert "0.77 [0.61, 0.98]" in shown
    assert any(text.startswith("A name so long") and text.endswith("…") for text in shown)
    assert any(text.startswith("Heterogeneity: τ² = 0.0") and "I² = " in text for text in shown)
    assert "Hazard ratio, 95% CI" in shown


def test_titles_are_drawn_as_they_are(plot: ForestPlot, tmp_path: Path) -> None:
    first, *others = plot.estimates
    odd = replace(first, study="Cost $5_0 and ^$6 \u202e試験")
    draw_forest_plot(replace(plot, estimates=[odd, *others], title="50% of $x$\x07"), tmp_path / "forest.svg")
    ElementTree.parse(tmp_path / "forest.svg")
    shown = texts(tmp_path / "forest.svg")
    assert unescape("\n".join(shown)).count("Cost $5_0 and ^$6 <U+202E>試験") == 1
    assert "50% of $x$<U+0007>" in unescape("\n".join(shown))


def test_counts_are_shown_where_every_study_has_them(plot: ForestPlot, make_estimate: Maker, tmp_path: Path) -> None:
    file = tmp_path / "forest.svg"
    counted = [
        replace(estimate, arms=TwoByTwo(12, 100, 20 + place, 101)) for place, estimate in enumerate(plot.estimates)
    ]
    draw_forest_plot(replace(plot, estimates=counted), file)
    assert {"12/100", "20/101", "23/101"} <= set(texts(file))
    draw_forest_plot(replace(plot, estimates=[*counted[:-1], plot.estimates[-1]]), file)
    assert "12/100" not in texts(file)


@pytest.mark.parametrize("extension", ["svg", "png"])
def test_the_same_plot_has_the_same_bytes(extension: str, plot: ForestPlot, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.{extension}" for number in (1, 2)]
    for file in files:
        draw_forest_plot(plot, file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_another_extension_is_refused(plot: ForestPlot, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"use \.svg, \.png"):
        draw_forest_plot(plot, tmp_path / "forest.gif")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("low", "high"), [(0.5, 0.9), (1.2, 3.0), (0.001, 1000.0), (0.99, 1.01)])
def test_ticks_of_ratios_hold_one_and_the_range(low: float, high: float) -> None:
    ticks = ratio_ticks(low, high)
    assert 1.0 in ticks
    assert ticks == sorted(set(ticks))
    assert ticks[0] <= max(low, 0.01)
    assert ticks[-1] >= min(high, 100)


@pytest.mark.parametrize(("low", "high"), [(-5.0, -1.0), (0.3, 0.31), (-1e-4, 2e-4), (-1200.0, 3400.0), (0.0, 0.0)])
def test_ticks_of_differences_hold_nought_and_the_range(low: float, high: float) -> None:
    ticks = linear_ticks(low, high)
    assert 0.0 in ticks
    assert 2 <= len(ticks) <= 9
    assert ticks[0] <= low
    assert ticks[-1] >= high
