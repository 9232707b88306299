"""What is timed against what: each takes all the texts and is run in a process of its own."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from structurer.schema import Record

# Something that reads every record; what it makes of them is thrown away.
Contender = Callable[[Sequence[Record]], None]
FLOOR = "spaCy blank tokenizer"


def blank_tokenizer() -> Contender:
    """spaCy's tokenizer for English and nothing else: the floor that the others are measured by."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    return lambda records: _drain(nlp.make_doc(record.abstract or "") for record in records)


def scispacy_abbreviations() -> Contender:
    """spaCy's tokenizer with scispaCy's abbreviation detector, as its users run it."""
    import spacy
    from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  (makes the factory known)

    nlp = spacy.blank("en")
    nlp.add_pipe("abbreviation_detector")

    def run(records: Sequence[Record]) -> None:
        with warnings.catch_warnings():
            # A text that defines nothing leaves the detector's matcher without patterns.
            warnings.filterwarnings("ignore", message=r"\[W036\]")
            _drain(nlp(record.abstract or "") for record in records)

    return run


def component_pipeline() -> Contender:
    """This package's components in a spaCy pipeline, each document marked."""
    from structurer.pipeline import load

    nlp = load()
    return lambda records: _drain(nlp(record.abstract or "") for record in records)


def reports() -> Contender:
    """`structurer.extract`: records to reports."""
    from structurer.pipeline import extract, load

    nlp = load()
    return lambda records: _drain(extract(records, nlp))


def tables() -> Contender:
    """Records to reports to data frames."""
    from structurer.pipeline import extract, load
    from structurer.tables.frames import to_tables

    nlp = load()

    def run(records: Sequence[Record]) -> None:
        to_tables(extract(records, nlp))

    return run


def command() -> Contender:
    """What `structurer extract FILE -o OUT.jsonl` does once it has started: reading the file, writing the reports."""
    import json

    from structurer.exports.jsonl import write_jsonl
    from structurer.pipeline import extract, load
    from structurer.readers import read_records

    nlp = load()

    def run(records: Sequence[Record]) -> None:
        with TemporaryDirectory() as folder:
            source = Path(folder, "records.jsonl")
            with source.open("w", encoding="utf-8") as file:
                for number, record in enumerate(records):
                    row = {"id": f"{number}", "title": record.title, "abstract": record.abstract}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            write_jsonl(extract(read_records(source, problems=[]), nlp), io.StringIO())

    return run


OURS: dict[str, Callable[[], Contender]] = {
    "scispaCy abbreviation detector": scispacy_abbreviations,
    "structurer components, documents marked": component_pipeline,
    "structurer.extract": reports,
    "structurer.extract and to_tables": tables,
    "structurer extract, file to file": command,
}


def medspacy_pipeline() -> Contender:
    """medspaCy's pipeline as it loads it by default."""
    nlp: Any = import_module("medspacy").load()
    return lambda records: _drain(nlp(record.abstract or "") for record in records)


def edsnlp_pipeline() -> Contender:
    """EDS-NLP's sentences and quantities, the nearest that it has."""
    nlp: Any = import_module("edsnlp").blank("eds")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.quantities")
    return lambda records: _drain(nlp(record.abstract or "") for record in records)


# What a user may pick instead: the module that has to be installed, and what is made of it.
OTHERS: dict[str, tuple[str, Callable[[], Contender]]] = {
    "medspaCy": ("medspacy", medspacy_pipeline),
    "EDS-NLP": ("edsnlp", edsnlp_pipeline),
}


def installed_others() -> list[str]:
    """The names of those of `OTHERS` that are installed."""
    return [name for name, (module, _) in OTHERS.items() if find_spec(module) is not None]


def rival(name: str) -> Contender:
    """A callable by its dotted name (`package.module:function`), called with each text.

    Raises ValueError where the name has another form, ImportError or AttributeError where there is none.
    """
    module, colon, path = name.partition(":")
    if not (module and colon and path):
        raise ValueError(f"not package.module:function: {name}")
    found: Any = import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return lambda records: _drain(found(record.abstract or "") for record in records)


def contender(name: str) -> Contender:
    """The contender of a name: the floor, one of `OURS` or of `OTHERS`, or a rival.

    Raises ValueError, ImportError or AttributeError where there is none of that name, or it is not installed.
    """
    if name in OTHERS:
        return OTHERS[name][1]()
    return blank_tokenizer() if name == FLOOR else OURS[name]() if name in OURS else rival(name)


def _drain(results: Any) -> None:
    for _ in results:
        pass
