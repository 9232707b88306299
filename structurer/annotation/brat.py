"""Spans for brat: a folder with a .txt and an .ann file for each record, and the configuration.

brat's standoff format: offsets in characters (code points), the annotated text behind them; a span over a line end is
written as pieces; overlapping spans and relations are held. A label has letters, digits, `-` and `_` only, so that its
point becomes `-`: `EFFECT-HR`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from structurer.annotation.spans import RELATIONS, Annotated, Span, all_labels
from structurer.errors import ExportError

_LINE_END = re.compile(r"[\r\n]+")
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST_NAME = 80
_INDEX = "records.tsv"


def write_brat(records: Iterable[Annotated], folder: str | Path) -> int:
    """Write `records` into `folder`, which is made if it is not there, and return how many there were.

    `records.tsv` says which files are whose. Raises ExportError where the folder holds anything, or cannot be written.
    """
    folder = Path(folder)
    try:
        folder.mkdir(exist_ok=True)
        if any(folder.iterdir()):
            raise ExportError("the folder holds files already", target=str(folder))
        names: set[str] = set()
        lines = []
        for record in records:
            name = _file_name(record.record_id, names)
            _write(folder / f"{name}.txt", record.text)
            _write(folder / f"{name}.ann", "".join(f"{line}\n" for line in _lines(record)))
            lines.append(f"{name}\t{' '.join(record.record_id.split())}\n")
        _write(folder / _INDEX, "".join(lines))
        _write(folder / "annotation.conf", _configuration())
    except OSError as error:
        raise ExportError(error.strerror or str(error), target=str(folder)) from error
    return len(lines)


def brat_label(label: str) -> str:
    """`label` as brat can have it.

    >>> brat_label("P_VALUE.result")
    'P_VALUE-result'
    """
    return label.replace(".", "-")


def _lines(record: Annotated) -> Iterable[str]:
    for number, span in enumerate(record.spans, 1):
        pieces = _pieces(record.text, span)
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(record.text[start:end] for start, end in pieces)
        yield f"T{number}\t{brat_label(span.label)} {offsets}\t{words}"
    for number, relation in enumerate(record.relations, 1):
        yield f"R{number}\t{relation.kind} Arg1:T{relation.source + 1} Arg2:T{relation.target + 1}"


def _pieces(text: str, span: Span) -> list[tuple[int, int]]:
    """The span without the line ends in it."""
    found = []
    at = span.start
    for match in _LINE_END.finditer(text, span.start, span.end):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, span.end))
    return [(start, end) for start, end in found if start < end]


def _configuration() -> str:
    entities = "\n".join(brat_label(label) for label in all_labels())
    relations = "\n".join(f"{kind}\tArg1:<ENTITY>, Arg2:<ENTITY>" for kind in RELATIONS)
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    return f"[entities]\n{entities}\n\n[relations]\n{overlap}\n{relations}\n\n[events]\n\n[attributes]\n"


def _file_name(record_id: str, names: set[str]) -> str:
    """A file name that no earlier record has, whatever a file system makes of capitals."""
    plain = _NOT_A_NAME.sub("_", record_id)[:_LONGEST_NAME].strip("_") or "record"
    name, number = plain, 1
    while name.casefold() in names:
        number += 1
        name = f"{plain}_{number}"
    names.add(name.casefold())
    return name


def _write(path: Path, text: str) -> None:
    # As it is: another line end would move every offset behind it.
    path.write_bytes(text.encode("utf-8", "replace"))
