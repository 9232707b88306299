"""Each tool's file read back by its documented format holds the spans and relations that were written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from spacy.lang.en import English
from spacy.tokens import DocBin
from typer.testing import CliRunner

from structurer.annotation.brat import brat_label, write_brat
from structurer.annotation.docbin import SPANS_KEY, write_docbin
from structurer.annotation.lines import write_doccano, write_label_studio, write_prodigy
from structurer.annotation.spans import RELATIONS, Annotated, Relation, Span, all_labels
from structurer.cli import app
from structurer.errors import ExportError

SAMPLE = Path(__file__).parents[2] / "data" / "sample.nbib"
_BRAT_SPAN = re.compile(r"T(\d+)\t([A-Za-z0-9_-]+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_BRAT_RELATION = re.compile(r"R\d+\t(\w+) Arg1:T(\d+) Arg2:T(\d+)")


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_brat(records: Sequence[Annotated], tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    assert write_brat(records, folder) == len(records)
    index = [line.split("\t") for line in (folder / "records.tsv").read_text(encoding="utf-8").splitlines()]
    assert [record_id for _, record_id in index] == [record.record_id for record in records]
    assert [name for name, _ in index[:2]] == ["a_b", "A_B_2"]
    known = (folder / "annotation.conf").read_text(encoding="utf-8").split()
    for (name, _), record in zip(index, records, strict=True):
        text = (folder / f"{name}.txt").read_bytes().decode("utf-8")
        assert text == record.text
        spans: list[tuple[int, int, str]] = []
        relations: list[Relation] = []
        for line in (folder / f"{name}.ann").read_bytes().decode("utf-8").split("\n")[:-1]:
            if match := _BRAT_SPAN.fullmatch(line):
                number, label, offsets, words = match.groups()
                pieces = [(int(start), int(end)) for start, end in (piece.split() for piece in offsets.split(";"))]
                assert " ".join(text[start:end] for start, end in pieces) == words
                assert "\n" not in words
                assert label in known
                assert int(number) == len(spans) + 1
                spans.append((pieces[0][0], pieces[-1][1], label))
            else:
                found = _BRAT_RELATION.fullmatch(line)
                assert found is not None, line
                relations.append(Relation(int(found[2]) - 1, int(found[3]) - 1, found[1]))
        assert spans == [(span.start, span.end, brat_label(span.label)) for span in record.spans]
        assert relations == list(record.relations)


def test_brat_leaves_a_folder_with_files_alone(records: Sequence[Annotated], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("my own", encoding="utf-8")
    with pytest.raises(ExportError, match="holds files already"):
        write_brat(records, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_doccano_counts_utf_16_units(records: Sequence[Annotated], tmp_path: Path) -> None:
    file = tmp_path / "doccano.jsonl"
    assert write_doccano(records, file) == len(records)
    for line, record in zip(read_lines(file), records, strict=True):
        assert (line["text"], line["record_id"]) == (record.text, record.record_id)
        units = line["text"].encode("utf-16-le")
        words = [units[2 * one["start_offset"] : 2 * one["end_offset"]].decode("utf-16-le") for one in line["entities"]]
        assert words == [record.text[span.start : span.end] for span in record.spans]
        assert [one["label"] for one in line["entities"]] == [span.label for span in record.spans]
        assert [one["id"] for one in line["entities"]] == list(range(len(record.spans)))
        relations = [Relation(one["from_id"], one["to_id"], one["type"]) for one in line["relations"]]
        assert relations == list(record.relations)


def test_label_studio_counts_code_points(records: Sequence[Annotated], tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    assert write_label_studio(records, file, "structurer 1") == len(records)
    tasks = json.loads(file.read_text(encoding="utf-8"))
    interface = ElementTree.parse(tmp_path / "tasks.labels.xml")
    labels = {label.get("value") for label in interface.iter("Label")}
    assert labels == set(all_labels())
    assert {relation.get("value") for relation in interface.iter("Relation")} == set(RELATIONS)
    names = {(tag.get("name"), tag.get("toName")) for tag in interface.iter() if tag.get("name")}
    assert names == {("label", "text"), ("text", None)}
    for task, record in zip(tasks, records, strict=True):
        text = task["data"]["text"]
        assert (text, task["data"]["record_id"]) == (record.text, record.record_id)
        (prediction,) = task["predictions"]
        assert prediction["model_version"] == "structurer 1"
        regions = {one["id"]: one["value"] for one in prediction["result"] if one["type"] == "labels"}
        assert all(text[value["start"] : value["end"]] == value["text"] for value in regions.values())
        assert [Span(value["start"], value["end"], value["labels"][0]) for value in regions.values()] == record.spans
        place = {name: number for number, name in enumerate(regions)}
        relations = [
            Relation(place[one["from_id"]], place[one["to_id"]], one["labels"][0])
            for one in prediction["result"]
            if one["type"] == "relation"
        ]
        assert relations == list(record.relations)


def test_prodigy(records: Sequence[Annotated], tmp_path: Path) -> None:
    file = tmp_path / "prodigy.jsonl"
    assert write_prodigy(records, file) == len(records)
    for line, record in zip(read_lines(file), records, strict=True):
        tokens = line["tokens"]
        assert line["text"] == record.text == "".join(token["text"] + " " * token["ws"] for token in tokens)
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        assert all(line["text"][token["start"] : token["end"]] == token["text"] for token in tokens)
        for span, ours in zip(line["spans"], record.spans, strict=True):
            assert Span(span["start"], span["end"], span["label"]) == ours
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
        found = [(one["head_span"], one["child_span"], one["label"]) for one in line["relations"]]
        assert found == [(line["spans"][one.source], line["spans"][one.target], one.kind) for one in record.relations]


def test_docbin(records: Sequence[Annotated], tmp_path: Path) -> None:
    file = tmp_path / "trials.spacy"
    assert write_docbin(records, file) == len(records)
    docs = list(DocBin().from_disk(file).get_docs(English().vocab))
    for doc, record in zip(docs, records, strict=True):
        assert doc.text == record.text
        assert doc.user_data["record_id"] == record.record_id
        group = doc.spans.get(SPANS_KEY, [])
        assert [Span(span.start_char, span.end_char, span.label_) for span in group] == list(record.spans)
        assert [Relation(*relation) for relation in doc.user_data["relations"]] == list(record.relations)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("extracted") / "trials.jsonl"
    assert CliRunner().invoke(app, ["extract", str(SAMPLE), "-o", str(file), "-q"]).exit_code == 0
    return file


@pytest.mark.parametrize(
    ("program", "name", "files"),
    [
        ("brat", "folder", {"folder"}),
        ("doccano", "out.jsonl", {"out.jsonl"}),
        ("label-studio", "out.json", {"out.json", "out.labels.xml"}),
        ("prodigy", "out.jsonl", {"out.jsonl"}),
        ("docbin", "out.spacy", {"out.spacy"}),
    ],
)
def test_the_command(program: str, name: str, files: set[str], out: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(out), "--for", program, "-o", str(tmp_path / name)])
    assert done.exit_code == 0, done.output
    assert "17 abstracts with their spans" in done.stderr
    assert {file.name for file in tmp_path.iterdir()} == files


@pytest.mark.parametrize(
    "arguments",
    [
        ["--for", "brat", "--measure", "HR"],
        ["--for", "docbin", "-o", "out.bin"],
        ["--for", "label-studio", "-o", "out.csv"],
    ],
)
def test_wrong_calls(arguments: list[str], out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    named = arguments if "-o" in arguments else [*arguments, "-o", "folder"]
    assert CliRunner().invoke(app, ["export", str(out), *named]).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_tables_hold_no_abstracts_to_annotate(out: Path, tmp_path: Path) -> None:
    table = tmp_path / "out.csv"
    table.write_text("record_id\n1\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["export", str(table), "--for", "docbin", "-o", str(tmp_path / "out.spacy")])
    assert done.exit_code == 2
