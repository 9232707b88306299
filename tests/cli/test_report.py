"""structurer report, and extract into a page: what is told of each record, and what is said about it."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

FATES = ("extracted", "without_abstract", "duplicate", "filtered", "problem")


def told(page: Path) -> dict[str, list[str]]:
    """The number of each fate, and the lines below it."""
    html = page.read_text(encoding="utf-8")
    found = {}
    for fate in FATES:
        [(number, rest)] = re.findall(
            rf'data-fate="{fate}">\s*<summary><b>(.*?)</b>.*?</summary>(.*?)</details>', html, flags=re.S
        )
        lines = re.findall(r"<li>(.*?)</li>|<p>(.*?)</p>", rest, flags=re.S)
        found[fate] = [number, *(re.sub(r"<[^>]*>", "", one or other) for one, other in lines)]
    return found


def seen(page: Path) -> str:
    [number] = re.findall(r"<b>([^<]*)</b> records seen", page.read_text(encoding="utf-8"))
    return str(number)


def test_extract_into_a_page_tells_of_every_record(run: Any, search: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.csv"
    again.write_text("pmid,title,abstract\n11,Same,Some words.\n12,A review of opinions,Opinions.\n")
    target = tmp_path / "out.html"
    done = run("extract", search, again, "--trials-only", "-o", target)
    assert done.exit_code == 1
    assert seen(target) == "6"
    account = told(target)
    assert sum(int(lines[0]) for lines in account.values()) == 6
    assert account["problem"] == [
        "1",
        "search.jsonl#2 not JSON: Expecting property name enclosed in double quotes",
    ]
    assert {fate: lines[0] for fate, lines in account.items() if fate != "problem"} == {
        "extracted": "0",
        "without_abstract": "0",
        "duplicate": "0",
        "filtered": "5",
    }


def test_duplicates_are_listed_with_what_they_repeat(run: Any, search: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.csv"
    again.write_text("pmid,title,abstract\n11,Same,Some words.\n")
    target = tmp_path / "out.html"
    run("extract", search, again, "-o", target)
    account = told(target)
    assert (seen(target), account["duplicate"][0], account["problem"][0]) == ("5", "1", "2")
    assert account["duplicate"][1] == f"{again}, record 1 a duplicate of record 1 of {search}, left out"


def test_what_json_lines_do_not_hold_is_said_to_be_unknown(run: Any, search: Path, tmp_path: Path) -> None:
    lines, target = tmp_path / "out.jsonl", tmp_path / "out.html"
    run("extract", search, "-o", lines)
    done = run("report", lines, "-o", target)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"structurer: {target}: 4 records = 1 extracted + 1 without an abstract + 2 problems; "
        "duplicates and filtered records are not in JSON Lines"
    ]
    account = told(target)
    assert {fate: lines[0] for fate, lines in account.items()} == {
        "extracted": "1",
        "without_abstract": "1",
        "duplicate": "not known",
        "filtered": "not known",
        "problem": "2",
    }
    assert seen(target) == "not known"
    assert account["duplicate"][1].startswith("`structurer extract` leaves these out before")


def test_a_damaged_line_is_named_and_the_rest_is_shown(run: Any, tmp_path: Path) -> None:
    source, lines, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "out.html"
    source.write_text(json.dumps({"id": "1", "abstract": "Words."}) + "\n")
    run("extract", source, "-q", "-o", lines)
    good = lines.read_text()
    lines.write_text(f'{good}{{"half": \n{good}')
    done = run("report", lines, lines, "-o", target, "-q")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"structurer: {lines}, line 2: not JSON: Expecting value",
        f"structurer: {lines}, line 2: not JSON: Expecting value",
    ]
    assert (told(target)["extracted"][0], told(target)["problem"][0]) == ("4", "2")


def test_a_page_of_very_many_records_is_warned_of(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("structurer.cli.report"), "_MANY", 2)
    source, lines = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"id": str(n), "abstract": f"Words {n}."}) + "\n" for n in range(3)))
    says = "structurer: 3 records are many for one page"
    assert says in run("extract", source, "-q", "-o", tmp_path / "out.html").stderr
    run("extract", source, "-q", "-o", lines)
    assert says in run("report", lines, "-q", "-o", tmp_path / "out.html").stderr


def test_a_file_that_is_lost_is_among_the_notes(run: Any, search: Path, tmp_path: Path) -> None:
    broken, target = tmp_path / "empty.ris", tmp_path / "out.html"
    broken.write_bytes(b"")
    done = run("extract", search, broken, "-o", target)
    assert done.exit_code == 1
    [notes] = re.findall(r"notes on reading</summary>(.*?)</details>", target.read_text(encoding="utf-8"), flags=re.S)
    assert f"lost: {broken}: " in notes
    assert seen(target) == "4"


def test_all_is_well(run: Any, tmp_path: Path) -> None:
    source, lines = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "1", "abstract": "Words."}) + "\n")
    run("extract", source, "-q", "-o", lines)
    done = run("report", lines, "-o", tmp_path / "out.htm", "-q", "--title", "My </script> review")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "<title>Trial results: My &lt;/script&gt; review</title>" in (tmp_path / "out.htm").read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("none.jsonl", "-o", "out.html"), "no such file"),
        (("{here}", "-o", "{here}/out.html"), "is a folder"),
        (("{search}", "-o", "{here}/out.pdf"), "a page ends in .html"),
        (("{search}", "-o", "{here}/none/out.html"), "no such folder"),
        (("{nbib}", "-o", "{here}/out.html"), "is not JSON Lines"),
        (("{search}",), "Missing option"),
    ],
)
def test_wrong_calls(run: Any, search: Path, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    nbib = tmp_path / "a.nbib"
    nbib.write_text("PMID- 1\nTI  - A trial\n")
    done = run("report", *(one.format(here=tmp_path, search=search, nbib=nbib) for one in arguments))
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.replace("│", " ").split())


def test_a_folder_that_cannot_be_written_to_is_one_line(run: Any, search: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    target.mkdir()
    done = run("extract", search, "-o", target)
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, f"structurer: {target}: is a folder")
