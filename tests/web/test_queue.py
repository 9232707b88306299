"""The next record is the one that the reviewer's choice says, and progress counts what is decided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from structurer.review.store import VerdictStore
from structurer.review.verdicts import Judgement, Verdict
from structurer.web.index import ReportIndex
from structurer.web.queue import Choice, Progress, neighbour, progress


def walk(store: VerdictStore, choice: Choice, *, backwards: bool = False, undecided: bool = False) -> list[int]:
    found: list[int] = []
    at: int | None = None
    while (at := neighbour(store, choice, at, backwards=backwards, undecided=undecided)) is not None:
        found.append(at)
    return found


@dataclass(frozen=True)
class Case:
    choice: Choice
    order: list[int]
    undecided: bool = False


# Record 1 is decided whole, record 2 in its first row; 3 has no row; 4 has a flagged row. Record 2 is the least sure.
CASES = [
    Case(Choice(), [1, 2, 3, 4]),
    Case(Choice(), [2, 4], undecided=True),
    Case(Choice(order="flagged"), [4, 1, 2, 3]),
    Case(Choice(order="unsure"), [2, 4, 1, 3]),
    Case(Choice(show="undecided"), [2, 4]),
    Case(Choice(show="decided"), [1, 2]),
    Case(Choice(show="flagged"), [4]),
    Case(Choice(show="flagged", kind="events"), []),
    Case(Choice(kind="effect"), [1, 2, 4]),
    Case(Choice(kind="effect"), [2, 4], undecided=True),
    Case(Choice(kind="arm"), [1, 2, 4]),
    Case(Choice(kind="percent"), []),
    Case(Choice(show="decided", kind="mean"), [1]),
    Case(Choice(show="undecided", order="unsure", kind="mean"), [2, 4]),
]


@pytest.fixture
def decided(store: VerdictStore, index: ReportIndex) -> VerdictStore:
    for row in (*index.rows(1), index.rows(2)[0]):
        store.save(Verdict(row.key, Judgement.CORRECT, judged=row.digest), 0)
    store.save(Verdict(index.rows(4)[1].key, None, note="look again"), 0)
    return store


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.choice.query()}-{case.undecided}")
def test_the_order_of_the_records(case: Case, decided: VerdictStore) -> None:
    assert walk(decided, case.choice, undecided=case.undecided) == case.order
    assert walk(decided, case.choice, undecided=case.undecided, backwards=True) == case.order[::-1]


def test_progress(decided: VerdictStore) -> None:
    assert progress(decided) == Progress(rows=12, decided=5, records=4, done=2)


def test_a_verdict_from_before_a_change_decides_nothing(store: VerdictStore, index: ReportIndex) -> None:
    first, second, *_ = index.rows(1)
    store.save(Verdict(first.key, Judgement.CORRECT, judged="another row"), 0)
    store.save(Verdict(second.key, Judgement.CORRECT), 0)
    assert progress(store).decided == 1
    assert walk(store, Choice(), undecided=True)[0] == 1


@pytest.mark.parametrize(
    ("query", "choice"),
    [
        ({}, Choice()),
        ({"order": "unsure", "show": "flagged", "kind": "arm"}, Choice("unsure", "flagged", "arm")),
        ({"order": "1; DROP TABLE line", "show": "?", "kind": ""}, Choice()),
    ],
)
def test_only_known_choices_are_taken(query: dict[str, str], choice: Choice) -> None:
    assert Choice.read(query) == choice
    assert Choice.read(dict(pair.split("=") for pair in choice.query().strip("?").split("&") if pair)) == choice


def test_a_line_that_is_no_report_is_counted_and_passed_over(out: Path, store: VerdictStore) -> None:
    lines = out.read_text().splitlines()
    out.write_text("\n".join(["{}", lines[0], "{}", lines[1], "broken"]))
    for _ in ReportIndex(out, store).refresh():
        pass
    assert walk(store, Choice()) == [2, 4]
    assert walk(store, Choice(), backwards=True) == [4, 2]
    assert progress(store) == Progress(rows=8, decided=0, records=5, done=0, unread=3)
