"""The columns of each program, in its words, and what stands in them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from math import exp
from pathlib import Path

import pytest

from structurer.meta.choice import Choice
from structurer.meta.estimates import Estimate, TwoByTwo, TwoMeans
from structurer.meta.layout_files import write_layout
from structurer.meta.layouts import Layout, layout_frame

Maker = Callable[..., Estimate]
Z = 1.959963984540054
OWN = {
    Layout.METAFOR: "slab year measure yi sei vi ai n1i ci n2i m1i sd1i m2i sd2i".split(),
    Layout.META: "studlab year sm TE seTE lower upper event.e n.e event.c n.c mean.e sd.e mean.c sd.c".split(),
    Layout.STATA: "study year measure es se cil ciu n11 n12 n21 n22 n1 mean1 sd1 n2 mean2 sd2".split(),
}
SOURCE = (
    "record_id pmid outcome timepoint intervention comparator printed_estimate printed_low printed_high "
    "printed_level unit se_from handbook note quote"
).split()
REVMAN = (
    "Analysis group,Analysis number,Analysis name,Subgroup,Applicability,Study,Study year,GIV Mean,GIV SE,"
    "Experimental mean,Experimental SD,Experimental cases,Experimental N,Control mean,Control SD,Control cases,"
    "Control N,O-E,Variance,Weight,Mean,CI start,CI end,Footnotes"
).split(",")


def cells(estimate: Estimate, layout: Layout) -> dict[str, object]:
    frame = layout_frame([estimate], layout)
    return {str(name): cell for name, cell in frame.iloc[0].to_dict().items() if cell == cell and cell is not None}


def test_the_columns_are_those_of_the_program(make_estimate: Maker) -> None:
    for layout, own in OWN.items():
        assert list(layout_frame([make_estimate()], layout)) == [*own, *SOURCE]
    assert list(layout_frame([make_estimate()], Layout.REVMAN)) == REVMAN


def test_counts(make_estimate: Maker) -> None:
    counted = make_estimate(arms=TwoByTwo(12, 100, 20, 101))
    found = cells(counted, Layout.METAFOR)
    assert {name: found[name] for name in ("ai", "n1i", "ci", "n2i")} == {"ai": 12, "n1i": 100, "ci": 20, "n2i": 101}
    found = cells(counted, Layout.STATA)
    assert [found[name] for name in ("n11", "n12", "n21", "n22", "n1", "n2")] == [12, 88, 20, 81, 100, 101]
    found = cells(counted, Layout.META)
    assert [found[name] for name in ("event.e", "n.e", "event.c", "n.c")] == [12, 100, 20, 101]
    found = cells(counted, Layout.REVMAN)
    assert [found[f"{arm} {name}"] for arm in ("Experimental", "Control") for name in ("cases", "N")] == [
        12,
        100,
        20,
        101,
    ]


def test_means(make_estimate: Maker) -> None:
    measured = make_estimate(measure="MD", arms=TwoMeans(3.1, 1.2, 40, 4.0, 1.4, 50))
    found = cells(measured, Layout.METAFOR)
    assert [found[name] for name in ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")] == [3.1, 1.2, 40, 4.0, 1.4, 50]
    found = cells(measured, Layout.STATA)
    assert [found[name] for name in ("n1", "mean1", "sd1", "n2", "mean2", "sd2")] == [40, 3.1, 1.2, 50, 4.0, 1.4]
    assert "n11" not in found


def test_ratios_are_on_the_log_scale_and_shown_as_ratios(make_estimate: Maker) -> None:
    ratio = make_estimate(yi=-0.2, sei=0.1)
    found = cells(ratio, Layout.META)
    assert [found[name] for name in ("TE", "seTE", "lower", "upper")] == pytest.approx(
        [-0.2, 0.1, -0.2 - Z / 10, -0.2 + Z / 10]
    )
    found = cells(ratio, Layout.REVMAN)
    assert (found["GIV Mean"], found["GIV SE"]) == (-0.2, 0.1)
    assert [found["Mean"], found["CI start"], found["CI end"]] == pytest.approx(
        [exp(-0.2), exp(-0.2 - Z / 10), exp(-0.2 + Z / 10)]
    )
    difference = cells(make_estimate(measure="MD", yi=-2.0, sei=0.5), Layout.REVMAN)
    assert [difference["Mean"], difference["CI start"]] == pytest.approx([-2.0, -2.0 - Z / 2])


def test_the_files(make_estimate: Maker, tmp_path: Path) -> None:
    chosen = make_estimate(study="=HYPERLINK(1)", arms=TwoByTwo(12, 100, 20, 100))
    other = make_estimate(start=9, quote="HR 0.7")
    from structurer.meta.choice import choose

    choice = choose([chosen, other])
    beside = write_layout(choice, Layout.METAFOR, tmp_path / "stroke.csv")
    assert beside == tmp_path / "stroke.left_out.csv"
    data = (tmp_path / "stroke.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8").splitlines()))
    assert [(row["slab"], row["yi"], row["ai"], row["m1i"]) for row in rows] == [
        ("'=HYPERLINK(1)", "-0.2231", "12", "")
    ]
    rows = list(csv.DictReader(beside.read_text(encoding="utf-8").splitlines()))
    assert [(row["quote"], row["reason"]) for row in rows] == [
        ("HR 0.7", "another estimate of this outcome was chosen")
    ]


def test_no_estimate_is_an_empty_file_and_no_error(tmp_path: Path) -> None:
    write_layout(Choice([], []), Layout.STATA, tmp_path / "none.csv")
    assert (tmp_path / "none.csv").exists()
