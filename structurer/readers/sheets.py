"""The sheets of a workbook as they stand, refused before they could fill the memory."""

from __future__ import annotations

import io
from typing import Any

from structurer.errors import ReaderError
from structurer.readers.workbook_size import workbook_refusal

Rows = list[list[Any]]


def read_sheets(data: bytes, file: str | None) -> dict[str, Rows]:
    """The cells of each sheet of the workbook `data`, by the sheet's name, row by row from its first cell.

    Raises ReaderError, naming `file`, where the bytes are no workbook, or one that would unpack to a multiple of any
    sensible size.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if refusal := workbook_refusal(data):
        raise ReaderError(refusal, file=file)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names
        }
    except (CalamineError, ValueError, OSError) as error:
        raise ReaderError(f"is no workbook that can be opened: {error}", file=file) from None
    except BaseException as error:
        # A panic of the library's own language is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise ReaderError("is no workbook that can be opened: the library failed on it", file=file) from None
