"""The reviewed tables: as `structurer extract` writes them, with what the reviewers said."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from structurer.errors import ExportError
from structurer.review.missing import missing_results, with_missing
from structurer.review.store import VerdictStore
from structurer.web.index import ReportIndex

if TYPE_CHECKING:
    import pandas as pd

FORMATS = {
    "xlsx": "Workbook (.xlsx)",
    "csv": "CSV, all tables (.zip)",
    "tsv": "TSV, all tables (.zip)",
    "jsonl": "JSON Lines, a row each (.jsonl)",
    "parquet": "Parquet, all tables (.zip)",
    "duckdb": "DuckDB (.duckdb)",
}
EXTENSIONS = tuple(f".{name}" for name in FORMATS)
_NEEDED = {"parquet": "pyarrow", "duckdb": "duckdb"}
_LINES = (".jsonl", ".ndjson")


def installed_formats() -> dict[str, str]:
    """Those of FORMATS whose library is installed."""
    return {name: title for name, title in FORMATS.items() if name not in _NEEDED or find_spec(_NEEDED[name])}


def reviewed_frames(index: ReportIndex, store: VerdictStore) -> dict[str, pd.DataFrame]:
    """The tables of the file with verdicts, corrections and notes in the reviewers' columns.

    Results added by hand are the last rows of `results`; lines that could not be read, and verdicts whose row is not
    there any more, are among the problems.
    """
    from structurer.review.apply import with_verdicts
    from structurer.tables.frames import to_tables

    frames = with_verdicts(to_tables(index.reports(), index.problems()), store.verdicts())
    return with_missing(frames, missing_results(store))


def write_reviewed(index: ReportIndex, store: VerdictStore, target: str | Path) -> None:
    """Write the reviewed tables to `target`, in the format that its extension names.

    A `.jsonl` holds the rows of `results`, one object a line. Raises ExportError where the file cannot be written or
    no format has the extension.
    """
    from structurer.exports import write_tables
    from structurer.exports.replacement import replacing

    extension = Path(target).suffix.lower()
    if extension not in (*EXTENSIONS, *_LINES):
        known = ", ".join(EXTENSIONS)
        raise ExportError(f"no format has the extension {extension!r}; use {known}", target=str(target))
    frames = reviewed_frames(index, store)
    if extension in _LINES:
        with replacing(target) as path:
            frames["results"].to_json(path, orient="records", lines=True, force_ascii=False, double_precision=15)
    else:
        write_tables(frames, target)


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was made for one answer: where it is, and under which name it goes out."""

    path: Path
    name: str

    def remove(self) -> None:
        """Delete it."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


def download(index: ReportIndex, store: VerdictStore, name: str) -> Download:
    """The reviewed tables in the format `name`, one of FORMATS; several files go out as one .zip."""
    folder = Path(tempfile.mkdtemp(prefix="structurer-"))
    stem = f"{index.out.stem}.reviewed"
    try:
        inner = folder / "tables"
        inner.mkdir()
        write_reviewed(index, store, inner / f"{stem}.{name}")
        written = sorted(inner.iterdir())
        if len(written) == 1:
            final = written[0].replace(folder / written[0].name)
        else:
            final = folder / f"{stem}.{name}.zip"
            with zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as packed:
                for file in written:
                    packed.write(file, file.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Download(final, final.name)
