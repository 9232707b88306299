"""Records from the rows of a table: which column is which, by the names that databases and review tools give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from structurer.readers.bibliographic import make_record
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.resources import load_vocabulary
from structurer.schema import Record

FIELDS = ("record_id", "title", "abstract", "pmid", "doi", "journal", "year", "registry_ids", "publication_types")
# A title or a note may stand above the header.
HEADER_WITHIN = 10
# Columns that our own table of studies has, and no list of records.
_OF_FINDINGS = frozenset({"record_id", "n_total_role", "sections_by", "arm_values"})


@dataclass(frozen=True, slots=True)
class Header:
    """The header row: its place counted from 0, its width in cells, and the columns of each field, best first."""

    row: int
    width: int
    places: Mapping[str, tuple[int, ...]]


def find_header(rows: Sequence[Sequence[str]], columns: Mapping[str, str]) -> Header | None:
    """The first row that names the columns of records; None where none does.

    `columns` maps fields to columns by the user's choice, and then all of them must be in that row.
    """
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        places = _places(row, columns)
        if columns and any(field not in places for field in columns):
            continue
        short = all(len(cell) <= 60 for cell in row)
        if columns or (
            ("title" in places or "abstract" in places) and short and len(row) > 1 and _telling(places, row)
        ):
            return Header(number, len(row), places)
    return None


def refuse_findings(source: Source, rows: Sequence[Sequence[str]]) -> None:
    """Raise ReaderError where `rows` begin a table that this program wrote about records, which holds no abstracts."""
    if not source.columns and any(set(row) >= _OF_FINDINGS for row in rows[:HEADER_WITHIN]):
        raise source.refuse(
            "holds what was found in abstracts, not the abstracts: give the file that they were read from "
            "(report, review, compare, export and pool take what was found)"
        )


def read_rows(source: Source, header: Header, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Record]:
    """The records of (line, cells) rows below the header; an empty row is no record."""
    number = 0
    widest = max(place for places in header.places.values() for place in places)
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        extra = [cell for cell in row[header.width :] if cell.strip()]
        if extra:
            source.report(
                f"{len(row)} cells under {header.width} columns: passed over, for its cells may have shifted",
                record=number,
                line=line,
                lost=True,
            )
            continue
        if len(row) <= widest:
            source.report(f"only {len(row)} cells under {header.width} columns", record=number, line=line)
        yield _record(source, number, header, row)


def _record(source: Source, number: int, header: Header, row: Sequence[str]) -> Record:
    def cells(field: str) -> list[str]:
        return [row[place] for place in header.places.get(field, ()) if place < len(row) and row[place].strip()]

    def cell(field: str) -> str | None:
        return next(iter(cells(field)), None)

    abstract, sections = seen_with_sections(cell("abstract") or "")
    return make_record(
        source,
        number,
        own_id=cell("record_id"),
        title=cell("title"),
        abstract=abstract,
        pmid=cell("pmid"),
        doi=cell("doi"),
        journal=cell("journal"),
        year=cell("year"),
        sections=sections,
        registry_ids=cells("registry_ids"),
        publication_types=cells("publication_types"),
    )


def _places(row: Sequence[str], columns: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[tuple[int, int]]] = {}
    keys = [key_of(cell) for cell in row]
    for place, column in enumerate(row):
        if alias := alias_of(column):
            field, rank = alias
            found.setdefault(field, []).append((rank, place))
    places = {field: tuple(place for _, place in sorted(ranked)) for field, ranked in found.items()}
    for field, column in columns.items():
        chosen = [place for place, cell in enumerate(row) if cell.strip() == column.strip()]
        chosen = chosen or [place for place, key in enumerate(keys) if key and key == key_of(column)]
        if chosen:
            places[field] = tuple(chosen)
        else:
            places.pop(field, None)
    return places


def _telling(places: Mapping[str, tuple[int, ...]], row: Sequence[str]) -> bool:
    return len(places) > 1 or len(row) > 2


def key_of(column: str) -> str:
    """A column's name without case, spaces and signs.

    >>> key_of(" Abstract Note ")
    'abstractnote'
    """
    return "".join(character for character in column.casefold() if character.isalnum())


def alias_of(column: str) -> tuple[str, int] | None:
    """The (field, rank) of a column's or key's name; the lower rank is read first. None where it is not known.

    >>> alias_of("PubMed ID")[0], alias_of("Reviewer")
    ('pmid', None)
    """
    return _aliases().get(key_of(column))


@cache
def _aliases() -> dict[str, tuple[str, int]]:
    """Key -> (field, rank): where two columns serve one field, the lower rank is read first."""
    rows = load_vocabulary("column_aliases", ("field", "column"))
    return {key_of(row["column"]): (row["field"], rank) for rank, row in enumerate(rows)}
