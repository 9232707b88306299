"""The collected export files: every count of records equals the collectors', or the difference is explained.

The files cannot be shipped, so this runs only where they lie beside the repository. The collectors counted with
patterns; `manifest_differences.csv` says for each file with another count why it differs.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from structurer.errors import ReaderError
from structurer.readers import read_records

FILES = Path(__file__).parents[2].parent / "shared" / "files"
DIFFERENCES = Path(__file__).parent / "manifest_differences.csv"


@dataclass(frozen=True)
class Counts:
    records: int
    with_abstract: int


@dataclass(frozen=True)
class Difference:
    manifest: tuple[str, str]
    counts: Counts
    reason: str


def differences() -> dict[str, Difference]:
    with DIFFERENCES.open(encoding="utf-8", newline="") as file:
        return {
            row["file"]: Difference(
                (row["manifest_records"], row["manifest_with_abstract"]),
                Counts(int(row["records"]), int(row["with_abstract"])),
                row["reason"],
            )
            for row in csv.DictReader(file)
        }


def manifest() -> dict[str, tuple[str, str]]:
    """Each file's (records, with abstract) as the collectors counted them; empty where they did not."""
    counts: dict[str, tuple[str, str]] = {}
    section = ""
    for line in (FILES / "MANIFEST.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:].strip()
        elif line.startswith("| ") and not line.startswith("| file"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            counts[f"{section}/{cells[0]}"] = (cells[4], cells[5])
    return counts


@pytest.mark.skipif(not FILES.is_dir(), reason="the collected export files do not lie beside the repository")
def test_every_count_is_the_collectors_or_explained() -> None:
    counted, explained = manifest(), differences()
    wrong: dict[str, object] = {}
    for path in sorted(FILES.rglob("*")):
        if not path.is_file() or path.name == "MANIFEST.md":
            continue
        name = path.relative_to(FILES).as_posix()
        refusal = ""
        try:
            records = list(read_records(path, problems=[]))
        except ReaderError as exc:
            records, refusal = [], exc.reason
        found = Counts(len(records), sum(record.abstract is not None for record in records))
        theirs = counted.get(name, ("", ""))
        if (str(found.records), str(found.with_abstract)) == theirs and not refusal:
            if name in explained:
                wrong[name] = "explained, though there is no difference"
        elif name not in explained:
            wrong[name] = (theirs, found, refusal)
        elif (explained[name].manifest, explained[name].counts) != (theirs, found):
            wrong[name] = (explained[name], found)
        elif refusal and explained[name].reason != f"refused: {refusal.partition(':')[0]}":
            wrong[name] = refusal
    assert wrong == {}


def test_every_difference_has_a_reason() -> None:
    assert [name for name, difference in differences().items() if len(difference.reason) < 10] == []
