"""What the page keeps, shows, refuses and brings back, asked without a browser."""

from __future__ import annotations

import html
import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from structurer.exports.jsonl import write_jsonl
from structurer.review.missing import missing_results
from structurer.schema import Record, TrialReport

SCRIPT = "<script>document.title='run'</script><img src=x onerror=alert(1)>"


def test_the_first_page_is_the_first_record_that_waits(page: Any) -> None:
    assert page.get("/").headers["location"] == "/record/1"
    assert page.get("/?order=unsure").headers["location"] == "/record/2?order=unsure"
    for place in range(4):
        page.decide(1, place, "correct")
    assert page.get("/").headers["location"] == "/record/2"
    assert "No row is like that" in page.get("/?show=flagged&kind=events").text


def test_a_page_holds_the_abstract_its_rows_and_nothing_of_other_records(page: Any) -> None:
    text = page.get("/record/2").text
    assert "were rarer with" in text
    assert text.count('<li class="row') == 4
    assert "gout-1:effect" in text
    assert "gout-0" not in text
    assert "0 of 12 rows decided" in text.replace('<b id="decided">0</b>', "0")


@dataclass(frozen=True)
class Said:
    """What a person does to the first row of the first record, and what is kept."""

    name: str
    steps: tuple[dict[str, str], ...]
    judgement: str | None
    corrected: dict[str, str] = field(default_factory=dict)
    note: str = ""


def cell(column: str, value: str) -> dict[str, str]:
    return {"action": "cell", "column": column, "value": value}


SAID = [
    Said("accepted", ({"action": "correct"},), "correct"),
    Said("partly", ({"action": "partly"},), "partly"),
    Said("wrong", ({"action": "wrong"},), "wrong"),
    Said("rejected", ({"action": "not an effect"},), "not an effect"),
    Said("corrected", (cell("estimate", "0,63"),), "partly", {"estimate": "0.63"}),
    Said("a cell rejected", (cell("p_value", ""),), "partly", {"p_value": ""}),
    Said("a p-value with its sign", (cell("p_value", "<0.01"),), "partly", {"p_operator": "<", "p_value": "0.01"}),
    Said("a p-value as printed, with its sign", (cell("p_value", "= 0.003"),), None),
    Said("two cells", (cell("n", "7"), cell("unit", "kg")), "partly", {"n": "7", "unit": "kg"}),
    Said("corrected, then accepted", (cell("n", "7"), {"action": "correct"}), "partly", {"n": "7"}),
    Said("wrong, then corrected", ({"action": "wrong"}, cell("n", "7")), "wrong", {"n": "7"}),
    Said("corrected, then no effect", (cell("n", "7"), {"action": "not an effect"}), "not an effect"),
    Said("what was read typed again", (cell("estimate", "0.620"),), None),
    Said("corrected and put back", (cell("estimate", "0.7"), cell("estimate", "0.62")), None),
    Said("accepted, corrected and put back", ({"action": "correct"}, cell("n", "7"), cell("n", "")), None),
    Said("noted", ({"action": "note", "note": " look again "},), None, note="look again"),
    Said("noted, then accepted", ({"action": "note", "note": "ok?"}, {"action": "correct"}), "correct", note="ok?"),
    Said("a note taken back", ({"action": "note", "note": "x"}, {"action": "note", "note": ""}), None),
    Said("undecided again", ({"action": "correct"}, {"action": "clear"}), None),
]


@pytest.mark.parametrize("case", SAID, ids=lambda case: case.name)
def test_what_is_said_of_a_row_is_kept(case: Said, page: Any) -> None:
    page.post("/reviewer", reviewer=" Ann  Lee ")
    version = 0
    for step in case.steps:
        answer = page.decide(1, 0, version=version, **step)
        assert answer["status"] == 200
        version = answer["entry"]
    kept = page.store.in_force(page.index.rows(1)[0].key)
    verdict = kept.verdict
    said = (verdict.judgement, dict(verdict.corrected), verdict.note) if verdict else (None, {}, "")
    assert said == (case.judgement, case.corrected, case.note)
    assert kept.reviewer == "Ann Lee"
    assert verdict is None or verdict.judged == page.index.rows(1)[0].digest
    # And so it is shown.
    assert answer["state"] == (case.judgement or "undecided")
    assert f'data-version="{version}"' in answer["row"]


REFUSED = [
    {"action": "perhaps"},
    {"action": ""},
    {"action": "cell", "column": "estimate", "value": "about one"},
    {"action": "cell", "column": "quote", "value": "x"},
    {"action": "cell", "column": "p_value", "value": "< x"},
    {"action": "cell", "column": "p_value", "value": "< 0.1 < 0.2"},
    {"action": "cell", "column": "", "value": "x"},
    {"action": "note", "note": "x" * 2001},
    {"action": "correct", "version": "x"},
    {"action": "correct", "version": "-1"},
    {"action": "correct", "version": "9" * 40},
    {"action": "correct", "key": "gout-1:effect:1:2:0"},
    {"action": "correct", "key": "no key"},
    {"action": "correct", "key": ""},
]


@pytest.mark.parametrize("form", REFUSED, ids=str)
def test_what_cannot_be_kept_is_told(form: dict[str, str], page: Any) -> None:
    filled = {"key": page.keys(1)[0], "version": "0"} | form
    answer = page.post("/record/1/verdict", **filled)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert page.post("/record/1/verdict", part=False, **filled).status_code == 422
    assert page.store.verdicts() == []


def test_a_stale_verdict_is_told_with_what_stands_there_now(page: Any) -> None:
    first = page.decide(1, 0, "wrong")
    late = page.decide(1, 0, "correct", version=0)
    assert late["status"] == 409
    assert "changed in another window" in late["error"]
    assert "was not kept" in late["error"]
    assert "is-wrong" in late["row"]
    assert page.decide(1, 0, "correct", version=first["entry"])["status"] == 200


def test_undo_goes_back_over_the_records(page: Any) -> None:
    page.decide(1, 0, "correct")
    second = page.decide(2, 1, "wrong")
    answer = page.post("/undo", entry=second["entry"]).json()
    assert (answer["position"], answer["place"], answer["state"]) == (2, 1, "undecided")
    answer = page.post("/undo").json()
    assert (answer["position"], answer["place"], answer["state"]) == (1, 0, "undecided")
    assert page.post("/undo").json()["said"] == "There is nothing to undo."
    assert page.post("/undo", entry=99).json()["position"] is None


def test_it_works_without_a_script(page: Any) -> None:
    key = page.keys(1)[2]
    answer = page.post("/record/1/verdict?order=unsure", part=False, key=key, version=0, action="correct", note="so")
    assert (answer.status_code, answer.headers["location"]) == (303, "/record/1?order=unsure#row-2")
    stale = page.post("/record/1/verdict", part=False, key=key, version=0, action="wrong")
    assert stale.status_code == 409
    assert "changed in another window" in stale.text
    assert page.post("/undo", part=False).headers["location"] == "/record/1#row-2"
    assert page.get("/next?after=1").headers["location"] == "/record/2"
    assert page.get("/next?after=1&way=back").text.count("There is no further record") == 2
    assert page.post("/reviewer", part=False, reviewer="Bo").headers["location"] == "/"


QUOTE = "12/120 (10%)"
MISSING = {"kind": "events", "quote": QUOTE, "events": "12", "n": "120", "outcome": "falls", "note": "seen"}


def test_a_missing_result_is_added_shown_and_removed(page: Any) -> None:
    page.post("/reviewer", reviewer="Ann")
    answer = page.post("/record/1/missing", part=False, **MISSING)
    assert answer.headers["location"] == "/record/1#missing"
    [added] = missing_results(page.store)
    abstract = page.index.report(1).record.abstract
    assert abstract[added.start : added.end] == QUOTE
    assert (added.record_id, added.kind, added.reviewer, added.note) == ("gout-0", "events", "Ann", "seen")
    assert dict(added.cells) == {"outcome": "falls", "events": "12", "n": "120"}
    assert "Added by hand" in page.get("/record/1").text
    assert "Added by hand" not in page.get("/record/2").text
    page.post("/record/1/missing/remove", part=False, entry=added.entry)
    page.post("/record/1/missing/remove", part=False, entry=added.entry)
    assert missing_results(page.store) == []


NOT_ADDED = [
    MISSING | {"kind": "guess"},
    MISSING | {"quote": "words of another abstract"},
    MISSING | {"quote": " "},
    MISSING | {"events": "twelve"},
    {"kind": "effect", "quote": QUOTE, "outcome": "falls"},
]


@pytest.mark.parametrize("form", NOT_ADDED, ids=str)
def test_what_cannot_be_added_is_told_and_stays_typed(form: dict[str, str], page: Any) -> None:
    answer = page.post("/record/1/missing", part=False, **form)
    assert answer.status_code == 422
    assert f"{form['quote']}</textarea>" in answer.text
    assert missing_results(page.store) == []


def test_the_place_of_words_that_stand_there_twice(page: Any) -> None:
    page.post("/record/1/missing", part=False, **(MISSING | {"quote": "rovacept", "nth": "1"}))
    page.post("/record/1/missing", part=False, **(MISSING | {"quote": "rovacept", "nth": "99"}))
    abstract = page.index.report(1).record.abstract
    first = abstract.index("rovacept")
    assert [added.start for added in missing_results(page.store)] == [abstract.index("rovacept", first + 1), first]


def test_markup_in_a_record_is_text(page: Any, out: Any, report: TrialReport) -> None:
    record = Record(
        record_id=SCRIPT, abstract=f"We saw {SCRIPT} often.", title=SCRIPT, journal=SCRIPT, doi="10.1/" + SCRIPT
    )
    write_jsonl([TrialReport(record=record)], out)
    text = read_anew(page, "We saw")
    assert html.escape(SCRIPT, quote=False)[:20] in text
    assert "<script>" not in text
    assert "<img" not in text


def test_a_file_that_went_away_is_told(page: Any, out: Any) -> None:
    out.unlink()
    answer = page.get("/record/1")
    assert (answer.status_code, "No such file" in answer.text) == (500, True)
    assert page.get("/record/1", headers={"x-part": "1"}).json()["error"]


def test_a_line_that_is_no_report_has_a_page_that_says_so(page: Any, out: Any) -> None:
    out.write_text("{}\n")
    assert "Back to the review" in read_anew(page, "not a report")


def read_anew(page: Any, words: str) -> str:
    """The first record's page when it holds `words`: the file is read beside the serving."""
    for _ in range(500):
        text = str(page.get("/record/1").text)
        if words in text:
            return text
        time.sleep(0.01)
    raise AssertionError(text)
