"""Extract what a clinical-trial abstract reports, each number with the place it was read from.

The whole way is three calls: records, reports, tables.

>>> import structurer
>>> record = structurer.Record(record_id="1", abstract="RESULTS: Death was rarer (HR 0.80, 95% CI 0.70-0.92).")
>>> reports = structurer.extract([record])
>>> structurer.to_tables(reports)["results"][["measure", "estimate", "ci_low", "ci_high"]].to_dict("records")
[{'measure': 'HR', 'estimate': 0.8, 'ci_low': 0.7, 'ci_high': 0.92}]
"""

from __future__ import annotations

from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from structurer.errors import StructurerError
    from structurer.exports.excel import write_excel
    from structurer.pipeline import extract, load
    from structurer.readers import read_records
    from structurer.schema import Record, TrialReport
    from structurer.tables.frames import to_tables

__all__ = [
    "Record",
    "StructurerError",
    "TrialReport",
    "extract",
    "load",
    "read_records",
    "to_tables",
    "write_excel",
]

# Where each public name lives; its module is imported when the name is first used, so that none costs without use.
_HOMES = {
    "Record": "structurer.schema",
    "StructurerError": "structurer.errors",
    "TrialReport": "structurer.schema",
    "extract": "structurer.pipeline",
    "load": "structurer.pipeline",
    "read_records": "structurer.readers",
    "to_tables": "structurer.tables.frames",
    "write_excel": "structurer.exports.excel",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        try:
            return metadata.version(__name__)
        except metadata.PackageNotFoundError:
            # Run from a source tree that was never installed.
            return "not installed"
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
