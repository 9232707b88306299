"""The components as spaCy sees them: found by entry point, light to import, defaults in one place, serialisable."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from structurer.components.span_groups import read_definitions, read_mentions, read_sections
from structurer.schema import Mention, Section

TEXTS = [
    "METHODS: We randomised 60 adults. RESULTS: Flares were rarer (odds ratio [OR], 0.61; 95% CI, 0.40-0.93; P=0.02).",
    "",
    "BACKGROUND: Gout hurts. FINDINGS: Pain fell by 2.1 points (p<0.001). REGISTRATION: NCT03124598.",
]
# The contract with saved pipelines: a changed meaning is a new name, not a new default.
FACTORIES: dict[str, dict[str, object]] = {
    "rct_abbreviations": {"spans_key": "rct_abbreviations", "scispacy": True},
    "rct_sections": {"spans_key": "rct_sections"},
    "rct_mentions": {"spans_key": "rct_mentions", "kinds": None},
}

Left = tuple[tuple[Section, ...], tuple[Mention, ...], dict[str, str]]


def make_pipeline() -> Language:
    nlp = spacy.blank("en")
    for name in FACTORIES:
        nlp.add_pipe(name)
    return nlp


def left_on(nlp: Language, *, n_process: int = 1) -> list[Left]:
    docs = nlp.pipe(TEXTS, n_process=n_process, batch_size=1)
    return [(read_sections(doc), read_mentions(doc), read_definitions(doc)) for doc in docs]


def test_factories_are_entry_points() -> None:
    ours = {point.name for point in entry_points(group="spacy_factories") if point.value.startswith("structurer.")}
    assert ours == set(FACTORIES)


@pytest.mark.parametrize("name", FACTORIES)
def test_default_settings_are_as_agreed_and_stand_in_one_place(name: str) -> None:
    (point,) = (point for point in entry_points(group="spacy_factories") if point.name == name)
    parameters = inspect.signature(point.load()).parameters
    assert Language.get_factory_meta(name).default_config == FACTORIES[name]
    settings = [p for p in parameters.values() if p.kind is inspect.Parameter.KEYWORD_ONLY]
    assert {p.name for p in settings} == set(FACTORIES[name])
    assert [p.default for p in settings] == [inspect.Parameter.empty] * len(settings)


def test_a_blank_pipeline_finds_them_without_an_import_of_ours() -> None:
    code = (
        "import sys, spacy\n"
        "nlp = spacy.blank('en')\n"
        "assert not any(name.startswith('scispacy') for name in sys.modules), 'scispacy at import'\n"
        "assert 'pandas' not in sys.modules, 'pandas at import'\n"
        f"for name in {list(FACTORIES)!r}: nlp.add_pipe(name)\n"
        "print(nlp.pipe_names)"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == (str(list(FACTORIES)), 0), done.stderr


def test_two_processes_leave_what_one_leaves() -> None:
    nlp = make_pipeline()
    alone = left_on(nlp)
    assert any(mentions for _, mentions, _ in alone)
    assert left_on(nlp, n_process=2) == alone


def test_a_saved_pipeline_does_what_it_did(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("rct_abbreviations", config={"scispacy": False})
    nlp.add_pipe("rct_sections")
    nlp.add_pipe("rct_mentions", config={"kinds": ["p_value"]})
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.pipe_names == nlp.pipe_names
    assert left_on(loaded) == left_on(nlp)
    assert {type(m).__name__ for _, mentions, _ in left_on(loaded) for m in mentions} == {"PValue"}


def test_spans_go_where_the_setting_says() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("rct_sections", config={"spans_key": "parts"})
    doc = nlp(TEXTS[0])
    assert [span.label_ for span in doc.spans["parts"]] == ["METHODS", "FINDINGS"]


def test_sections_of_the_source_decide() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("rct_sections")
    doc = nlp.make_doc("Goal We tested X. Yield X failed.")
    doc.user_data["rct_source_sections"] = [["GOAL", 0, 17, 5], ["RESULTS", 18, 33, 24]]
    assert [(s.label, s.by.value, s.body) for s in read_sections(nlp(doc))] == [
        ("BACKGROUND", "source", 5),
        ("FINDINGS", "source", 24),
    ]
