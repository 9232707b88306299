"""The shipped sentence-role model: what it says of plain abstracts, and what never depends on its weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.errors import ModelNotFoundError
from structurer.schema import SectionLabel
from structurer.sections.role_features import Described, describe_sentences
from structurer.sections.role_weights import LANES, ROLES, read_role_weights, write_role_weights
from structurer.sections.roles import label_sentences, shipped_weights
from structurer.sections.sequence import Chain

B, M, F, I = ROLES  # noqa: E741
CHAIN = Chain(((0.0,) * 4,) * 4, (0.0,) * 4, (0.0,) * 4)


@dataclass(frozen=True)
class Case:
    name: str
    sentences: tuple[str, ...]
    labels: tuple[SectionLabel, ...]


ABSTRACTS = [
    Case(
        "short",
        (
            "Chronic cough is common and hard to treat.",
            "We aimed to assess whether dorvaline reduces cough.",
            "In a double-blind trial, 84 adults were randomly assigned to dorvaline or placebo for six weeks.",
            "The primary outcome was cough frequency over 24 hours.",
            "Cough frequency fell by 31% with dorvaline and 12% with placebo (P = 0.02).",
            "Headache was more common with dorvaline (9% vs 4%, P = 0.11).",
            "In conclusion, dorvaline reduces cough in adults.",
        ),
        (B, B, M, M, F, F, I),
    ),
    Case(
        "no conclusion",
        (
            "To compare two splints after wrist fracture.",
            "Patients were randomised to a rigid or a soft splint and followed for one year.",
            "Function was measured with a questionnaire.",
            "Mean scores were 71 (SD 9) and 69 (SD 11), respectively (P=.38).",
            "Pain did not differ between groups (P=.72).",
        ),
        (B, M, M, F, F),
    ),
    Case(
        "numbers in words",
        (
            "The effect of night light on falls is not known.",
            "Residents of 12 homes were randomly allocated to night light or usual care.",
            "Falls were counted for six months by nurses who did not know the allocation.",
            "There were significantly fewer falls with night light (P < .001).",
            "These results suggest that night light should be tried in homes.",
        ),
        (B, M, M, F, I),
    ),
]


@pytest.mark.parametrize("case", ABSTRACTS, ids=lambda case: case.name)
def test_plain_abstracts(case: Case) -> None:
    assert tuple(role.label for role in label_sentences(case.sentences)) == case.labels


def test_probabilities_add_up() -> None:
    for role in label_sentences(ABSTRACTS[0].sentences):
        assert sum(role.probabilities) == pytest.approx(1.0)
        assert role.confidence == max(role.probabilities)


def test_what_is_known_is_kept() -> None:
    sentences = ABSTRACTS[0].sentences
    known = [None] * (len(sentences) - 2) + [(M,), (M, B)]
    labels = [role.label for role in label_sentences(sentences, known)]
    assert labels[-2] is M
    assert labels[-1] in (M, B)


def test_short_abstracts_conclude_less(tmp_path: Path) -> None:
    write_role_weights(tmp_path, ["lamps"], [[0] * LANES], CHAIN, 0.5, {})
    weights = read_role_weights(tmp_path)
    for words, even in ((3, False), (400, True)):
        shares = label_sentences(["Lamps. " * words, "Lamps. " * words], weights=weights)[0].probabilities
        assert (shares[3] == pytest.approx(shares[2])) is even


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_sentences_have_a_role_each(sentences: list[str]) -> None:
    assert len(label_sentences(sentences)) == len(sentences)


def test_a_very_long_sentence_keeps_its_scores() -> None:
    # More features than one lane could add up without care.
    sentence = " ".join(f"word{chr(97 + i // 26)}{chr(97 + i % 26)} patients" for i in range(400))
    described = describe_sentences([sentence], shipped_weights().packed)[0]
    scores = shipped_weights().lanes(described)
    assert len(scores) == LANES
    alone = [shipped_weights().lanes(Described([name], ())) for name in described.names]
    alone += [shipped_weights().lanes(Described([], (group,))) for group in described.groups]
    assert scores == [sum(lane) for lane in zip(*alone, strict=True)]


def test_weights_come_back_as_written(tmp_path: Path) -> None:
    rows = [[i - 12 for i in range(LANES)], [127] * LANES, [-127] * LANES]
    write_role_weights(tmp_path, ["^we", "aims", "s~ims"], rows, CHAIN, 0.5, {"seed": 3})
    weights = read_role_weights(tmp_path)
    assert weights.lanes(Described(["^we"], ())) == rows[0]
    # The end of a known word is already in the word.
    assert weights.lanes(Described(["aims"], ())) == [0] * LANES
    assert weights.lanes(Described(["unheard of", "s~ims"], ())) == [-127] * LANES
    assert weights.lanes(Described([], (("^we", "s~ims"),))) == [value - 127 for value in rows[0]]
    assert (weights.chain, weights.scale) == (CHAIN, 0.5)


def test_damaged_weights_name_the_command(tmp_path: Path) -> None:
    write_role_weights(tmp_path, ["we"], [[1] * LANES], CHAIN, 0.5, {})
    (tmp_path / "weights.bin").write_bytes(b"not a model")
    with pytest.raises(ModelNotFoundError, match="structurer train sections"):
        read_role_weights(tmp_path)
