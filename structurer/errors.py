"""What can go wrong.

StructurerError
    ReaderError          a file, or one record in it, cannot be read
    ResourceError        a vocabulary shipped with the package is malformed
    ModelNotFoundError   a trained model was asked for and is not there
    ExportError          a table cannot be written

Each is also the built-in that a plain caller would catch (`except ValueError`).
A *text* that cannot be understood is never an error: finders return nothing and raise on no string.
"""

from __future__ import annotations


class StructurerError(Exception):
    """Any failure that this package reports on purpose.

    >>> issubclass(ReaderError, StructurerError), issubclass(ReaderError, ValueError)
    (True, True)
    """


class ReaderError(StructurerError, ValueError):
    """A file, or one record of it, that cannot be read.

    `file` is the path as given (`-` for standard input), `record` the record's number in it counted from 1,
    `line` the line counted from 1, `field` the tag, column or element at fault; each is None where it is not known.
    `lost` tells whether a record, or a part of one or of the file, is missing because of it; else it is a mere note.
    """

    def __init__(
        self,
        reason: str,
        *,
        file: str | None = None,
        record: int | None = None,
        line: int | None = None,
        field: str | None = None,
        lost: bool = False,
    ) -> None:
        self.reason = reason
        self.file = file
        self.record = record
        self.line = line
        self.field = field
        self.lost = lost
        super().__init__(self.__str__())

    def __str__(self) -> str:
        where = [
            self.file,
            f"record {self.record}" if self.record is not None else None,
            f"line {self.line}" if self.line is not None else None,
            f"field {self.field}" if self.field is not None else None,
        ]
        place = ", ".join(part for part in where if part)
        return f"{place}: {self.reason}" if place else self.reason


class ResourceError(StructurerError, ValueError):
    """A malformed row of a shipped vocabulary, named by file, line and column."""

    def __init__(self, reason: str, *, file: str, line: int, column: str | None = None) -> None:
        self.reason = reason
        self.file = file
        self.line = line
        self.column = column
        place = f"{file}, line {line}" + (f", column {column}" if column else "")
        super().__init__(f"{place}: {reason}")


class ModelNotFoundError(StructurerError, OSError):
    """A trained model that is not installed; the message names the command that makes it."""


class ExportError(StructurerError, ValueError):
    """A table that cannot be written: `target` is the path, `column` the column at fault or None."""

    def __init__(self, reason: str, *, target: str, column: str | None = None) -> None:
        self.reason = reason
        self.target = target
        self.column = column
        super().__init__(f"{target}" + (f", column {column}" if column else "") + f": {reason}")
