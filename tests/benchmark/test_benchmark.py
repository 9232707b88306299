"""The benchmark measures what it says and leaves the pipeline as it was; how fast anything is, is no test."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import structurer.pipeline
from structurer.benchmark import stages, start_up, timing
from structurer.benchmark.contenders import FLOOR, OURS, contender, installed_others, rival
from structurer.benchmark.report import as_json, as_table
from structurer.benchmark.timing import Measured, measure_here
from structurer.cli.bench import bench
from structurer.schema import Record

RECORDS = [
    Record(
        record_id=str(i), abstract=f"We randomised {80 + i} adults. Pain fell (OR 0.7, 95% CI 0.5-0.9; P=.0{i + 1})."
    )
    for i in range(4)
]
MEASURED = [Measured(FLOOR, 2000.0, 1.0, 0.95, 1.05, 100.5), Measured("json:dumps", 50.25, 0.025, 0.02, 0.03, 90.0)]


def test_a_contender_is_measured_beside_the_floor() -> None:
    made = measure_here("json:dumps", RECORDS, 3)
    assert made.name == "json:dumps"
    assert made.per_second > 0
    assert 0 < made.lowest <= made.ratio <= made.highest
    assert made.peak > 1


@pytest.mark.parametrize("name", [FLOOR, *OURS])
def test_each_contender_of_ours_reads_the_texts(name: str) -> None:
    contender(name)(RECORDS[:2])


def test_contenders_are_measured_in_processes_of_their_own_in_order() -> None:
    assert [made.name for made in timing.measure(["json:dumps", FLOOR], RECORDS, 1)] == ["json:dumps", FLOOR]


def test_a_rival_is_called_with_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr("json.dumps", seen.append)
    rival("json:dumps")([*RECORDS, Record(record_id="5", abstract=None)])
    assert seen == [*(record.abstract for record in RECORDS), ""]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("json", ValueError),
        ("json:", ValueError),
        (":dumps", ValueError),
        ("no_such_module_at_all:f", ImportError),
        ("json:no_such_name", AttributeError),
    ],
)
def test_a_rival_that_is_not_there(name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        rival(name)


def test_stages_name_what_the_pipeline_calls_and_leave_it_as_it_was() -> None:
    before = dict(vars(structurer.pipeline))
    spent = stages.time_stages(RECORDS, 1)
    assert {
        "text: scan",
        "text: sentence spans",
        "text: find definitions",
        "sections: find sections",
        "mentions: find effect estimates",
        "mentions: find arm values",
        "linking: find arms",
        "linking: link outcomes",
        "checks: find flags",
        stages.REST,
    } <= set(spent)
    assert dict(vars(structurer.pipeline)) == before


def test_start_up_is_timed_against_spacy_alone() -> None:
    spent = start_up.time_start_up(1)
    assert list(spent) == ["python -c 'import spacy'", "structurer extract, one abstract"]
    assert min(spent.values()) > 0


def test_the_table_shows_every_figure() -> None:
    table = as_table(MEASURED, {"text: scan": 0.25, "joining": 0.75}, {"python": 1.5})
    assert [line.split() for line in table.splitlines() if line] == [
        "abstracts/s speed / floor (low - high) peak MB".split(),
        "spaCy blank tokenizer 2,000 1.000 (0.950 - 1.050) 100".split(),
        "json:dumps 50 0.025 (0.020 - 0.030) 90".split(),
        "stage of structurer.extract ms/abstract share".split(),
        "joining 0.750 75.0%".split(),
        "text: scan 0.250 25.0%".split(),
        "starting up seconds".split(),
        "python 1.50".split(),
    ]


def test_json_holds_the_same_figures() -> None:
    made = as_json(MEASURED, {"text: scan": 0.25}, {"python": 1.5}, 4, 3)
    assert json.loads(json.dumps(made)) == made
    assert made["contenders"][1] == {
        "name": "json:dumps",
        "per_second": 50.25,
        "ratio": 0.025,
        "lowest": 0.02,
        "highest": 0.03,
        "peak": 90.0,
    }
    assert (made["texts"], made["repeats"], made["stages_ms_per_abstract"]) == (4, 3, {"text: scan": 0.25})


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command, its contenders measured without processes of their own."""

    def measured(names: Sequence[str], records: Sequence[Record], repeats: int) -> Iterator[Measured]:
        return (Measured(name, float(len(records)), 1.0, 1.0, 1.0, float(repeats)) for name in names)

    monkeypatch.setattr(timing, "measure", measured)
    monkeypatch.setattr(start_up, "time_start_up", lambda repeats: {"python": 1.0})
    app = typer.Typer()
    app.command()(bench)
    return app


def write_texts(folder: Path) -> Path:
    file = folder / "texts.csv"
    file.write_text('id,abstract\n1,"Pain fell (P=.02)."\n2,\n3,"Of 60 adults, 12 (20%) fell."\n', encoding="utf-8")
    return file


@pytest.mark.parametrize("whole_folder", [False, True])
def test_the_command_reads_a_file_or_a_folder(program: typer.Typer, tmp_path: Path, whole_folder: bool) -> None:
    file = write_texts(tmp_path)
    given = ["--texts", str(tmp_path if whole_folder else file), "--repeats", "1", "--against", "json:dumps", "--json"]
    done = CliRunner().invoke(program, given)
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert [one["name"] for one in made["contenders"]] == [FLOOR, *OURS, *installed_others(), "json:dumps"]
    assert (made["texts"], made["contenders"][0]["per_second"]) == (2, 2.0)


def test_the_command_prints_tables_of_no_more_texts_than_asked_for(program: typer.Typer, tmp_path: Path) -> None:
    done = CliRunner().invoke(program, ["--texts", str(write_texts(tmp_path)), "--repeats", "1", "--limit", "1"])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("1 abstracts of 18 characters, 1 repeats")


@pytest.mark.parametrize("given", [["--texts", "nowhere.csv"], ["--against", "json:nothing"], ["--repeats", "0"]])
def test_a_wrong_command_line_is_refused(program: typer.Typer, tmp_path: Path, given: list[str]) -> None:
    done = CliRunner().invoke(program, ["--texts", str(write_texts(tmp_path)), *given])
    assert done.exit_code == 2
