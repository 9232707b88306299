"""A part for each input file: what is written, what is said, and what a second run does."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files of records, their checksums and a hidden file."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "a.jsonl").write_text('{"id": "1", "abstract": "One."}\n{"id": "2", "abstract": null}\n')
    (place / "b.jsonl").write_text('{"pmid": "3", "abstract": "A man."}\n{"pmid": "3", "abstract": "Randomised."}\n')
    (place / "a.jsonl.md5").write_text("MD5(a.jsonl)= 0\n")
    (place / ".hidden").write_text("nothing")
    return place


def manifest_of(place: Path) -> Any:
    return json.loads((place / "manifest.json").read_text())


def test_each_file_has_its_part_as_extract_writes_it(run: Any, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("extract", folder, "-o", out)
    assert done.exit_code == 0, done.stderr
    assert {file.name for file in out.iterdir()} == {"a.jsonl.jsonl", "b.jsonl.jsonl", "manifest.json", "summaries"}
    for name in ("a.jsonl", "b.jsonl"):
        run("extract", folder / name, "-o", tmp_path / "alone.jsonl")
        assert (out / f"{name}.jsonl").read_bytes() == (tmp_path / "alone.jsonl").read_bytes()
    assert "a.jsonl: 2 records seen = 1 extracted + 1 without an abstract + 0 duplicates + 0 problems; " in done.stderr
    assert f"2 of 2 parts in {out}, 0 of them from earlier runs; see manifest.json there" in done.stderr


def test_the_manifest_has_counts_and_checksums(run: Any, folder: Path, tmp_path: Path) -> None:
    run("extract", folder, "-o", tmp_path / "out", "--trials-only")
    manifest = manifest_of(tmp_path / "out")
    assert (manifest["whole"], manifest["failed"], manifest["to_do"]) == (True, [], [])
    assert manifest["options"]["trials_only"] is True
    shown = {"records": 4, "extracted": 1, "without an abstract": 0, "duplicates": 0, "not trials": 3, "problems": 0}
    assert {name: manifest["counts"][name] for name in shown} == shown
    for part, name in zip(manifest["parts"], ("a.jsonl", "b.jsonl"), strict=True):
        for kind, file in (("input", folder / name), ("part", tmp_path / "out" / f"{name}.jsonl")):
            content = file.read_bytes()
            known = (part[f"{kind}_bytes"], part[f"{kind}_sha256"])
            assert known == (len(content), hashlib.sha256(content).hexdigest())
        assert (part["input"], part["part"], part["records"]) == (str(folder / name), f"{name}.jsonl", 2)


def test_what_is_done_is_not_done_again(run: Any, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("extract", folder, "-o", out)
    before = (out / "a.jsonl.jsonl").stat().st_mtime_ns
    assert "2 of 2 parts in" in run("extract", folder, "-o", out).stderr
    assert "2 of them from earlier runs" in run("extract", folder, "-o", out).stderr
    assert (out / "a.jsonl.jsonl").stat().st_mtime_ns == before


@pytest.mark.parametrize("what", ["input", "part", "summary", "options"])
def test_what_has_changed_is_done_again(run: Any, folder: Path, tmp_path: Path, what: str) -> None:
    out = tmp_path / "out"
    run("extract", folder, "-o", out)
    part = out / "a.jsonl.jsonl"
    whole = part.read_bytes()
    if what == "input":
        (folder / "a.jsonl").write_text('{"id": "9", "abstract": "Nine."}\n')
    elif what == "part":
        part.write_bytes(whole[:-5])
    elif what == "summary":
        (out / "summaries" / "a.jsonl.jsonl.json").write_text("{")
    options = ["--keep-duplicates"] if what == "options" else []
    done = run("extract", folder, "-o", out, *options)
    assert done.exit_code == 0
    assert f"{0 if what == 'options' else 1} of them from earlier runs" in done.stderr
    first = json.loads(part.read_text().splitlines()[0])
    assert first["record_id"] == ("9" if what == "input" else "1")
    if what in ("part", "summary"):
        assert part.read_bytes() == whole


def test_a_loss_is_said_again_by_the_run_that_finds_the_part(run: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "c.jsonl").write_text('{"id": "1", "abstract": "boom"}\n{no json\n')
    for _ in range(2):
        done = run("extract", folder, "-o", tmp_path / "out", "--quiet")
        assert done.exit_code == 1
        assert [line.partition("c.jsonl, ")[2][:8] for line in done.stderr.splitlines()] == ["record 2", "record 1"]
    assert [part["lost"] for part in manifest_of(tmp_path / "out")["parts"]] == [0, 0, 2]


def test_a_part_that_cannot_be_written_fails_alone(run: Any, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "a.jsonl.jsonl").mkdir(parents=True)
    done = run("extract", folder, "-o", out)
    assert done.exit_code == 1
    assert "1 of 2 parts" in done.stderr
    manifest = manifest_of(out)
    assert (manifest["whole"], [row["input"] for row in manifest["failed"]]) == (False, [str(folder / "a.jsonl")])
    assert [part["part"] for part in manifest["parts"]] == ["b.jsonl.jsonl"]
    assert list(out.glob(".*.tmp")) == []


def test_files_named_and_an_existing_folder(run: Any, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run("extract", folder / "b.jsonl", "-o", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "b.jsonl.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{in}", "-o", "{tmp}/out.xlsx"], "is a folder, whose parts need a folder as OUT"),
        (["{in}", "-o", "-"], "is a folder, whose parts need a folder as OUT"),
        (["{in}", "-o", "{in}"], "would be among the inputs"),
        (["{in}", "-o", "{tmp}/none/out"], "no such folder"),
        (["{in}", "-", "-o", "{tmp}/out"], "standard input has no name"),
        (["{in}/a.jsonl", "-o", "{tmp}/out.csv", "--dask", "local"], "is a file, and --dask writes"),
        (["{in}", "-o", "{tmp}/out", "--trials-only", "--left-out", "{tmp}/l"], "one output file"),
        (["{in}", "-o", "{tmp}/out", "--merge", "{in}/a.jsonl"], "one output file"),
    ],
)
def test_wrong_calls(run: Any, folder: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    done = run("extract", *(text.format(**{"in": folder, "tmp": tmp_path}) for text in arguments))
    assert done.exit_code == 2
    assert message.replace(" ", "") in "".join(done.stderr.replace("│", " ").split())


def test_two_inputs_of_one_name(run: Any, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n")
    done = run("extract", folder, tmp_path / "a.jsonl", "-o", tmp_path / "out/")
    assert (done.exit_code, "so that their parts would be one" in done.stderr) == (1, True)
