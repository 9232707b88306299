"""The verdicts' database: saved at once, nothing overwritten unseen, nothing forgotten."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from structurer.errors import ReaderError
from structurer.review.store import Entry, StaleVerdictError, VerdictStore
from structurer.review.store_schema import SCHEMA_VERSION
from structurer.review.verdicts import Judgement, RowKey, Verdict

KEY = RowKey("gout-1", "effect", 107, 154, 0)
OTHER = RowKey("gout-1", "events", 230, 242, 0)
CORRECT = Verdict(KEY, Judgement.CORRECT, reviewer="Ann", judged="0123456789ab")
PARTLY = Verdict(KEY, Judgement.PARTLY, {"estimate": "0.63", "unit": ""}, "Bo", "see table 2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl.review.sqlite"


@pytest.fixture
def store(path: Path) -> VerdictStore:
    return VerdictStore(path)


def said(entry: Entry | None) -> tuple[object, ...] | None:
    """What an entry says, without its time."""
    if entry is None or entry.verdict is None:
        return None
    verdict = entry.verdict
    return verdict.key, verdict.judgement, dict(verdict.corrected), verdict.reviewer, verdict.note, verdict.judged


def test_what_was_saved_is_there_for_the_next_process(store: VerdictStore, path: Path) -> None:
    first = store.save(CORRECT, 0)
    second = store.save(PARTLY, first.number)
    store.close()
    with VerdictStore(path) as again:
        assert again.in_force(KEY) == second
        assert said(second) == (KEY, "partly", {"estimate": "0.63", "unit": ""}, "Bo", "see table 2", "")
        assert again.verdicts() == [second.verdict]
        assert again.of_record("gout-1") == {KEY: second}
        assert again.of_record("gout-2") == {}
        assert [said(entry) for entry in again.history(KEY)] == [said(first), said(second)]


def test_a_row_never_decided_has_no_entry(store: VerdictStore) -> None:
    assert (store.in_force(KEY), store.history(KEY), store.verdicts(), store.undo()) == (None, [], [], None)


def test_a_stale_verdict_is_told_and_not_saved(store: VerdictStore, path: Path) -> None:
    with VerdictStore(path) as other_tab:
        mine = store.save(CORRECT, 0)
        with pytest.raises(StaleVerdictError, match="now correct by Ann") as told:
            other_tab.save(PARTLY, 0)
        assert told.value.entry == mine
        assert other_tab.in_force(KEY) == mine
        other_tab.save(PARTLY, mine.number)
        with pytest.raises(StaleVerdictError, match="now partly by Bo"):
            store.withdraw(KEY, mine.number)


def test_a_row_expected_to_be_decided_that_is_not(store: VerdictStore) -> None:
    with pytest.raises(StaleVerdictError, match="now undecided"):
        store.save(CORRECT, 7)


def test_undo_brings_back_what_was_there_as_a_new_entry(store: VerdictStore) -> None:
    first = store.save(CORRECT, 0)
    second = store.save(PARTLY, first.number)
    undone = store.undo(second.number)
    assert undone is not None
    assert (said(undone), undone.undoes) == (said(first), second.number)
    assert len(store.history(KEY)) == 3
    # The next undo takes back the first verdict, not the undo.
    back = store.undo()
    assert back is not None
    assert (said(back), back.undoes) == (None, first.number)
    assert store.undo() is None


def test_undo_goes_back_step_by_step_over_the_rows(store: VerdictStore) -> None:
    store.save(CORRECT, 0)
    store.save(Verdict(OTHER, Judgement.NOT_AN_EFFECT), 0)
    last = store.undo()
    assert last is not None
    assert (last.key, last.verdict) == (OTHER, None)
    first = store.undo()
    assert first is not None
    assert (first.key, first.verdict) == (KEY, None)
    assert (store.undo(), store.verdicts()) == (None, [])


def test_undo_of_what_another_has_changed_since_is_told(store: VerdictStore) -> None:
    first = store.save(CORRECT, 0)
    store.save(PARTLY, first.number)
    with pytest.raises(StaleVerdictError):
        store.undo(first.number)
    with pytest.raises(KeyError):
        store.undo(99)


def test_a_note_alone_leaves_the_row_undecided(store: VerdictStore) -> None:
    store.save(Verdict(KEY, None, note="look again"), 0)
    [verdict] = store.verdicts()
    assert (verdict.judgement, verdict.note) == (None, "look again")


def test_the_history_cannot_be_rewritten(store: VerdictStore) -> None:
    store.save(CORRECT, 0)
    for statement in ("DELETE FROM history", "UPDATE history SET note = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            store.connection.execute(statement)
    assert said(store.in_force(KEY)) == said(store.history(KEY)[0])


def test_the_reviewer_is_remembered(store: VerdictStore, path: Path) -> None:
    assert store.reviewer == ""
    store.reviewer = "Ann"
    store.reviewer = "Bo"
    store.close()
    with VerdictStore(path) as again:
        assert again.reviewer == "Bo"


SAVE_AND_WAIT = """
import sys, time
from structurer.review.store import VerdictStore
from structurer.review.verdicts import Judgement, RowKey, Verdict
store = VerdictStore(sys.argv[1])
for number in range(3):
    store.save(Verdict(RowKey("r", "effect", 1, 2, number), Judgement.CORRECT), 0)
store.connection.execute("BEGIN IMMEDIATE")
store.connection.execute("INSERT INTO setting VALUES ('half', 'done')")
print("saved", flush=True)
time.sleep(60)
"""


def test_a_killed_process_has_lost_nothing_that_it_saved(path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", SAVE_AND_WAIT, str(path)], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    with VerdictStore(path) as store:
        assert [verdict.key.number for verdict in store.verdicts()] == [0, 1, 2]
        assert store.connection.execute("SELECT * FROM setting").fetchall() == []
        assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_many_hands_at_once_lose_nothing(path: Path) -> None:
    """Eight threads, two stores: each row is decided by one of them, and everyone else is told."""
    stores = [VerdictStore(path), VerdictStore(path)]
    refused: list[RowKey] = []

    def decide(hand: int) -> None:
        for number in range(20):
            key = RowKey("r", "effect", 1, 2, number)
            try:
                stores[hand % 2].save(Verdict(key, Judgement.CORRECT, reviewer=str(hand)), 0)
            except StaleVerdictError:
                refused.append(key)

    hands = [threading.Thread(target=decide, args=(hand,)) for hand in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(stores[0].verdicts()) == 20
    assert len(refused) == 7 * 20
    for store in stores:
        store.close()


def test_the_schema_version_is_stored_and_a_later_one_refused(store: VerdictStore, path: Path) -> None:
    assert store.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    store.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    store.close()
    with pytest.raises(ReaderError, match=f"schema version {SCHEMA_VERSION + 1}"):
        VerdictStore(path)


def test_a_file_that_is_no_review_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "text.sqlite"
    text.write_bytes(b"not a database at all, but long enough to look at " * 30)
    foreign = tmp_path / "foreign.sqlite"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    for file, reason in ((text, "not a database"), (foreign, "not that of a review"), (tmp_path, "cannot be used")):
        with pytest.raises(ReaderError, match=reason) as told:
            VerdictStore(file)
        assert told.value.file == str(file)
