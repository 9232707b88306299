"""A long text is read in pieces, and nothing in the joined report tells so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.contrasts import Contrast, Derived
from structurer.linking.long_texts import LONGEST_PIECE, cut, joined, moved
from structurer.pipeline import extract
from structurer.schema import Arm, Phrase, Record, SourceSection, TrialReport

SENTENCE = "Relapse was rarer with heat (hazard ratio 0.71, 95% CI 0.55 to 0.92; p=0.01) in NCT04455667. "
FILLER = "Nothing else was seen by anyone. "


@given(st.text(max_size=200), st.integers(2, 50))
def test_the_pieces_are_the_text(text: str, longest: int) -> None:
    pieces = list(cut(Record(record_id="1", abstract=text), longest))
    assert "".join(piece.abstract or "" for _, piece in pieces) == text
    assert all(len(piece.abstract or "") <= longest for _, piece in pieces)
    assert all(text.startswith(piece.abstract or "", at) for at, piece in pieces)


def test_labelled_sections_are_cut_with_the_text() -> None:
    sections = (SourceSection("A", 0, 6, 3), SourceSection("B", 6, 14, 9))
    pieces = list(cut(Record(record_id="1", abstract="A: xx B: yy zz", sections=sections), 10))
    assert [(at, piece.abstract, piece.sections) for at, piece in pieces] == [
        (0, "A: xx B: ", (SourceSection("A", 0, 6, 3), SourceSection("B", 6, 9, 9))),
        (9, "yy zz", (SourceSection("", 0, 5, 0),)),
    ]


def test_every_offset_moves(report: TrialReport) -> None:
    effect = moved(report.effects[0], 7)
    assert effect.outcome == Phrase("Flares", report.effects[0].outcome.start + 7, report.effects[0].outcome.end + 7)  # type: ignore[union-attr]
    assert effect.interval is not None
    assert report.effects[0].interval is not None
    assert effect.interval.start == report.effects[0].interval.start + 7
    assert effect.comparison is not None
    assert [phrase.start if phrase else None for phrase in effect.comparison] == [
        phrase.start + 7 if phrase else None for phrase in report.effects[0].comparison or ()
    ]
    assert moved(effect, -7) == report.effects[0]
    assert moved(report.arm_values, 0) == report.arm_values


def test_what_is_said_twice_is_the_first_pieces(report: TrialReport) -> None:
    other = replace(report, n_total=7, arms=(Arm("placebo", 9), Arm("third")))
    whole = joined(report.record, [(0, report), (1000, other)])
    assert (whole.n_total, whole.arms) == (240, (*report.arms, Arm("third")))
    assert len(whole.effects) == 2 * len(report.effects)


def test_contrasts_and_derived_numbers_keep_their_values(report: TrialReport) -> None:
    """Places among values and effects count through all pieces."""
    part = replace(
        report, contrasts=(Contrast((1, 0), (0,)),), derived=(Derived(1, "percent", Decimal("12.50"), "1 of 8"),)
    )
    whole = joined(report.record, [(0, part), (1000, report), (2000, part)])
    assert whole.contrasts == (Contrast((1, 0), (0,)), Contrast((5, 4), (4,)))
    assert [cell.value_index for cell in whole.derived] == [1, 5]
    assert whole.arm_values[5] == moved(report.arm_values[1], 2000)


@pytest.mark.parametrize("before", [0, 2 * LONGEST_PIECE])
def test_a_result_far_into_a_long_text_is_read_in_its_place(before: int) -> None:
    text = FILLER * (before // len(FILLER)) + SENTENCE + FILLER * (LONGEST_PIECE // len(FILLER))
    (found,) = extract([Record(record_id="1", abstract=text)])
    assert found.error is None
    assert [(e.measure, str(e.estimate), text[e.start : e.end] == e.text) for e in found.effects] == [
        ("HR", "0.71", True)
    ]
    assert [text[item.start : item.end] for item in found.registry_ids] == ["NCT04455667"]
    assert found.effects[0].interval is not None
    assert text[found.effects[0].interval.start : found.effects[0].interval.end] == found.effects[0].interval.text


def test_a_stretch_without_white_space_is_read() -> None:
    text = "(" * 3000 + " " + SENTENCE
    (found,) = extract([Record(record_id="1", abstract=text)])
    assert (found.error, [text[e.start : e.end] == e.text for e in found.effects]) == (None, [True])
