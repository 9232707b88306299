"""A layout -> one CSV file for the program, and one beside it with what was left out and why."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from structurer.exports.delimited import number_text
from structurer.exports.files import table_path
from structurer.exports.formula_guard import neutralised
from structurer.exports.replacement import replacing
from structurer.meta.choice import Choice
from structurer.meta.estimates import LeftOut
from structurer.meta.layouts import Layout, layout_frame

if TYPE_CHECKING:
    import pandas as pd

LEFT_OUT = "left_out"


def write_layout(choice: Choice, layout: Layout, path: str | Path) -> Path:
    """Write the chosen estimates to `path` and the others to `NAME.left_out.csv` beside it, whose path is returned.

    UTF-8 without a byte-order mark, which R would take for a part of the first column's name; numbers with all their
    digits; an empty cell is empty (missing to R and Stata). Raises ExportError where a file cannot be written.
    """
    import pandas as pd

    beside = table_path(path, LEFT_OUT)
    others = pd.DataFrame(choice.left_out, columns=LeftOut._fields)
    with replacing(path) as chosen, replacing(beside) as left_out:
        _write(layout_frame(choice.chosen, layout), chosen)
        _write(others, left_out)
    return beside


def _write(frame: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\r\n")
        rows.writerow(frame.columns)
        rows.writerows(zip(*(_cells(frame[name].tolist()) for name in frame), strict=True))


def _cells(values: Sequence[Any]) -> list[str]:
    import pandas as pd

    return [
        "" if pd.isna(value) else neutralised(value) if isinstance(value, str) else number_text(value)
        for value in values
    ]
