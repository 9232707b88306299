"""Every record that goes in is extracted, without an abstract, a duplicate or a problem: the account says which."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook


@dataclass(frozen=True)
class Case:
    name: str
    content: str
    account: str
    lost: bool
    options: tuple[str, ...] = ()


TWICE = '{"pmid": "7", "abstract": "One."}\n{"pmid": "7", "abstract": "One more."}\n'
NUMBERED = '{"id": "a", "pmid": "7", "abstract": "One."}\n{"id": "b", "pmid": "7", "abstract": "One more."}\n'

CASES = [
    Case("all well", '{"id": "a", "abstract": "One."}\n', "1 seen = 1 + 0 + 0 + 0", False),
    Case("no abstract", '{"id": "a", "title": "One."}\n', "1 seen = 0 + 1 + 0 + 0", False),
    Case("same PMID", TWICE, "2 seen = 1 + 0 + 1 + 0", False),
    Case("same PMID, kept", TWICE, "2 seen = 2 + 0 + 0 + 0", False, ("--keep-duplicates",)),
    Case("same PMID, ids of their own", NUMBERED, "2 seen = 2 + 0 + 0 + 0", False),
    Case("not JSON", '{"id": "a", "abstract": "One."}\n{"abstract"\n', "2 seen = 1 + 0 + 0 + 1", True),
    Case("pipeline fails", '{"id": "a", "abstract": "boom"}\n', "1 seen = 0 + 0 + 0 + 1", True),
    Case(
        "row too long",
        "title,abstract,year\nA,One.,2001\nB,Two,too,2002\n",
        "2 seen = 1 + 0 + 0 + 1",
        True,
    ),
    Case(
        "a record inside another",
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>2</PMID></MedlineCitation></PubmedArticle>"
        "<PubmedArticle><MedlineCitation><PMID>1</PMID><PubmedArticle></MedlineCitation></PubmedArticle>",
        "3 seen = 0 + 1 + 0 + 2",
        True,
    ),
    Case(
        "a record of RIS without fields",
        "TY  - JOUR\nER  - \nTY  - JOUR\nAB  - One.\nER  - \n",
        "1 seen = 1 + 0 + 0 + 0",
        False,
    ),
    Case(
        "XML of which nothing can be read",
        "<PubmedArticleSet><PubmedArticle></a></PubmedArticle>",
        "1 seen = 0 + 0 + 0 + 1",
        True,
    ),
    Case("a line that is no field", "PMID- 5\nAB  - One\nmore.\n", "1 seen = 1 + 0 + 0 + 0", True),
]

TRIALS = "".join(
    json.dumps(row) + "\n"
    for row in (
        {"id": "a", "abstract": "Adults were randomised."},
        {"id": "b", "abstract": "A man with gout."},
        {"id": "c", "title": "Ice: a trial"},
        {"id": "d", "title": "Ice"},
        {"id": "a2", "pmid": "7", "abstract": "Placebo was given."},
        {"pmid": "7", "abstract": "Placebo was given."},
    )
)


def test_what_is_hardly_a_trial_is_left_out_counted_and_listed(run: Any, tmp_path: Path) -> None:
    source, listed = tmp_path / "search.jsonl", tmp_path / "left.tsv"
    source.write_text(TRIALS + "{not json\n")
    done = run("extract", source, "--trials-only", "--left-out", listed, "-o", tmp_path / "out.jsonl")
    assert (
        "7 records seen = 2 extracted + 1 without an abstract + 1 duplicates + 2 not trials + 1 problems; "
        "4 of 6 records kept as likely trials: 0 by publication type, 4 by words of title or abstract; 2 left out; "
    ) in done.stderr
    assert done.exit_code == 1
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(line["record_id"], "error" in line) for line in written] == [
        ("a", False),
        ("c", False),
        ("a2", False),
        ("search.jsonl#7", True),
    ]
    why = "no trial among its publication types, and none of the words in"
    assert listed.read_text(encoding="utf-8-sig").splitlines() == [
        "file\trecord\trecord_id\twhy",
        f"{source}\t2\tb\t{why} title or abstract",
        f"{source}\t4\td\t{why} the title, and no abstract",
    ]


@pytest.mark.parametrize("options", [["--left-out", "l.tsv"], ["--left-out", "l.tsv", "--trials-only", "--resume"]])
def test_a_list_of_what_was_not_left_out(run: Any, search: Path, tmp_path: Path, options: list[str]) -> None:
    assert run("extract", search, "-o", tmp_path / "out.jsonl", *options).exit_code == 2


@pytest.mark.parametrize("extension", [".jsonl", ".csv"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_account_adds_up(run: Any, tmp_path: Path, case: Case, extension: str) -> None:
    source = tmp_path / "search"
    source.write_text(case.content)
    done = run("extract", source, "-o", tmp_path / f"out{extension}", *case.options)
    seen, extracted, without, duplicates, problems = case.account.replace("seen =", "").replace("+", "").split()
    assert (
        f"{seen} records seen = {extracted} extracted + {without} without an abstract + {duplicates} duplicates + "
        f"{problems} problems; "
    ) in done.stderr
    assert "do not add up" not in done.stderr
    assert done.exit_code == int(case.lost)


def test_a_line_of_json_for_each_record_but_the_duplicates(run: Any, tmp_path: Path) -> None:
    source = tmp_path / "search.jsonl"
    source.write_text(TWICE)
    assert [json.loads(line)["record_id"] for line in run("extract", source).stdout.splitlines()] == ["7"]
    kept = run("extract", source, "--keep-duplicates").stdout
    assert [json.loads(line)["record_id"] for line in kept.splitlines()] == ["7", "7"]
    source.write_text(NUMBERED)
    assert [json.loads(line)["record_id"] for line in run("extract", source).stdout.splitlines()] == ["a", "b"]


def test_a_duplicate_in_another_file_is_said_with_its_place(run: Any, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.ris"
    first.write_text('{"id": "a", "doi": "10.1000/x", "abstract": "One."}\n')
    second.write_text("TY  - JOUR\nDO  - 10.1000/X\nAB  - One.\nER  - \n")
    done = run("extract", first, second, "-o", tmp_path / "out.xlsx")
    assert f"structurer: {second}, record 1, field doi: a duplicate of record 1 of {first}, left out\n" in done.stderr
    rows = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_name("Problems").to_python()
    head, *rest = rows
    places = [dict(zip(head, row, strict=True)) for row in rest]
    assert [
        (place["file"], place["record"], place["field"], place["message"])
        for place in places
        if place["problem"] == "reading"
    ] == [(str(second), 1.0, "doi", f"a duplicate of record 1 of {first}, left out")]
    assert done.exit_code == 0


def test_a_gzip_file_cut_short_is_status_1(run: Any, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(n), "abstract": os.urandom(200).hex()}) + "\n" for n in range(500))
    packed = gzip.compress(lines.encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    done = run("extract", tmp_path / "cut.jsonl.gz", "-o", tmp_path / "out.csv", "--quiet")
    assert done.exit_code == 1
    assert "cut short or damaged" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "{tmp}/out.csv"], "only a run into a .jsonl file can go on"),
        (["-o", "-"], "only a run into a .jsonl file can go on"),
        (["-", "-o", "{tmp}/out.jsonl"], "standard input cannot be read again"),
    ],
)
def test_what_cannot_be_resumed(run: Any, search: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    done = run("extract", search, "--resume", *(argument.format(tmp=tmp_path) for argument in arguments))
    said = " ".join(done.stderr.replace("│", " ").split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert message.replace(" ", "") in said.replace(" ", "")
