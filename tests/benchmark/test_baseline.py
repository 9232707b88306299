"""Made-up files like those of PubMed's baseline: their form, and what the reader makes of them."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from structurer.benchmark.baseline import write_baseline
from structurer.cli.bench import bench
from structurer.readers import read_records
from structurer.readers.likely_trials import LikelyTrials
from structurer.schema import Record

TEXTS = list(read_records("data/sample.xml", problems=[]))


def made(folder: Path, **options: float) -> list[Path]:
    return write_baseline(folder, TEXTS, files=2, records=300, **options)  # type: ignore[arg-type]


def test_the_files_have_the_form_of_the_baseline(tmp_path: Path) -> None:
    paths = made(tmp_path / "new")
    assert [path.name for path in paths] == ["made26n0001.xml.gz", "made26n0002.xml.gz"]
    content = gzip.decompress(paths[0].read_bytes())
    root = ET.fromstring(content)
    assert [child.tag for child in root] == ["PubmedArticle"] * 300 + ["DeleteCitation"]
    assert 5_000 < len(content) / 300 < 12_000
    # As in the real ones, no tag of a record is on a line of its own with spaces before it.
    assert root.findall(".//MeshHeading")
    assert root.findall(".//Reference")
    assert {part.get("Label") for part in root.iter("AbstractText")} >= {None, "BACKGROUND", "RESULTS"}


def test_the_records_are_read_without_a_problem_but_for_second_versions(tmp_path: Path) -> None:
    problems: list[Exception] = []
    records = [record for path in made(tmp_path) for record in read_records(path, problems=problems)]  # type: ignore[arg-type]
    assert len(records) == 600
    assert all("is that of record" in str(problem) for problem in problems)
    assert len({record.pmid for record in records}) == 600 - len(problems)
    with_abstract = [record for record in records if record.abstract]
    assert 0.6 < len(with_abstract) / 600 < 0.8
    assert 0.25 < sum(1 for record in with_abstract if record.sections) / len(with_abstract) < 0.6


def test_the_share_of_trials_is_the_one_asked_for(tmp_path: Path) -> None:
    for trials, low, high in ((0.0, 0, 0), (0.1, 0.06, 0.15), (1.0, 0.97, 1)):
        kept = LikelyTrials()
        for path in made(tmp_path, trials=trials):
            for _ in kept.of(read_records(path, problems=[])):
                pass
        assert low <= 1 - kept.left_out / 600 <= high


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    first, again = (made(tmp_path / name, seed=3) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert made(tmp_path / "c", seed=4)[0].read_bytes() != first[0].read_bytes()
    assert first[0].read_bytes() != first[1].read_bytes()


def test_there_has_to_be_an_abstract(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no abstract to vary"):
        write_baseline(tmp_path, [Record(record_id="1", abstract=None)])


def test_the_command_makes_them_and_measures_lengths(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(bench)
    given = ["--make-baseline", str(tmp_path / "m"), "--files", "1", "--records", "20", "--trials", "1"]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    [path] = (tmp_path / "m").iterdir()
    assert len(list(read_records(path, problems=[]))) == 20
    given = ["--texts", str(path), "--limit", "2", "--length", "40", "--length", "5", "--format", ".csv", "--json"]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    assert [(row["what"], row["records"]) for row in rows] == [(".csv", 5), (".csv", 40)]
    assert all(row["milliseconds"] > 0 and row["peak"] > 10 for row in rows)
    assert CliRunner().invoke(app, [*given[:6], "--format", ".docx"]).exit_code == 2
