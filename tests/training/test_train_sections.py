"""Training: what the examples may say, what the variants keep, and the same bytes from the same files."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from structurer.errors import ReaderError
from structurer.sections.role_weights import ROLES, read_role_weights
from structurer.sections.roles import label_sentences
from structurer.training.role_examples import RoleExample, labels_under, read_role_examples, role_example
from structurer.training.role_variants import cut_variant, spoken_variant
from structurer.training.sections import RoleSettings, train_sections

B, M, F, I = ROLES  # noqa: E741
SMALL = RoleSettings(iterations=15, fewest=1, penalty=0.5)


def record(number: int) -> dict[str, object]:
    return {
        "id": f"made-{number}",
        "source": "made",
        "labels": [
            ["Objective", f"To assess whether lamp {number} helps sleep."],
            ["Methods", f"We randomised {number} adults to a lamp or none. Sleep was measured with a diary."],
            ["Results", f"Sleep rose by {number}% (P = 0.0{number % 9 + 1}). Harms did not differ."],
            ["Conclusions", "Lamps improve sleep. They should be tried."],
            ["Trial registration", "NCT00112233."],
        ],
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "made.jsonl"
    bare = {"id": "bare", "abstract": "We lent lamps. Sleep rose (P = 0.03). It did so twice. Lamps help."}
    path.write_text("\n".join(json.dumps(row) for row in [*map(record, range(10, 40)), bare]), encoding="utf-8")
    return path


def test_the_same_files_and_seed_give_the_same_bytes(file: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert train_sections([file], tmp_path / name, seed=5, settings=SMALL) == 31
    for part in ("config.json", "weights.bin"):
        assert (tmp_path / "a" / part).read_bytes() == (tmp_path / "b" / part).read_bytes()


def test_what_was_taught_is_known(file: Path, tmp_path: Path) -> None:
    train_sections([file], tmp_path / "out", settings=SMALL)
    sentences = [
        "To assess whether lamp 7 helps sleep.",
        "We randomised 7 adults to a lamp or none.",
        "Sleep rose by 7% (P = 0.05).",
        "Lamps improve sleep.",
    ]
    roles = label_sentences(sentences, weights=read_role_weights(tmp_path / "out"))
    assert [role.label for role in roles] == [B, M, F, I]


@pytest.mark.parametrize(
    ("heading", "labels"),
    [
        ("Objective", {B}),
        ("Patients and Methods", {M}),
        ("Methods and Findings", {M, F}),
        ("Trial registration", set()),
        ("", {B, M, F, I}),
    ],
)
def test_labels_under(heading: str, labels: set[object]) -> None:
    assert labels_under(heading) == labels


def test_an_example_has_no_closing_sentences_and_two_clear_headings() -> None:
    example = role_example("x", [["Aim", "To see."], ["Results", "It rose. It fell."], ["Funding", "Orrin."]])
    assert example == RoleExample("x", ("To see.", "It rose.", "It fell."), (frozenset({B}),) + (frozenset({F}),) * 2)
    assert role_example("x", [["Results", "It rose. It fell."]]) is None


def test_records_of_other_sources_and_held_out_ones_are_left_out(file: Path, tmp_path: Path) -> None:
    long = "Adults who slept badly for more than three months and who lived in a town in the far north were asked."
    other = {"id": "o", "source": "else", "labels": [["Aim", long], ["Results", "It rose. It fell."]]}
    mine = {**other, "source": "made"}
    both = tmp_path / "both.jsonl"
    both.write_text(json.dumps(other) + "\n" + json.dumps(mine), encoding="utf-8")
    measuring = tmp_path / "measuring.jsonl"
    measuring.write_text(json.dumps({"id": "m", "abstract": f"Sleep matters. {long}"}), encoding="utf-8")
    assert [len(part) for part in read_role_examples([both], sources=["made"])] == [1, 0]
    assert [len(part) for part in read_role_examples([both, file], held_out=[measuring])] == [30, 1]


@pytest.mark.parametrize("content", ["{not json", "[1, 2]"])
def test_a_bad_line_is_told_by_file_and_line(content: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + content, encoding="utf-8")
    with pytest.raises(ReaderError) as caught:
        train_sections([path], tmp_path / "out")
    assert (caught.value.file, caught.value.line) == (str(path), 2)


def test_nothing_to_learn_from_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(ReaderError, match="no record has labelled sections"):
        train_sections([path], tmp_path / "out")


@pytest.mark.parametrize("seed", range(20))
def test_variants_keep_sentences_and_labels_together(seed: int) -> None:
    example = role_example("x", record(12)["labels"])  # type: ignore[arg-type]
    assert example is not None
    spoken = spoken_variant(example, Random(seed))
    assert spoken.allowed == example.allowed
    assert not spoken.sentences[0].startswith("To ")
    assert "to assess whether lamp 12 helps sleep." in spoken.sentences[0]
    cut = cut_variant(example, Random(seed))
    assert cut is not None
    known = dict(zip(example.sentences, example.allowed, strict=True))
    assert [known[sentence] for sentence in cut.sentences] == list(cut.allowed)
