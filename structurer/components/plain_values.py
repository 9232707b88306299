"""Objects of the schema as plain lists, strings and numbers, and back, so that a spaCy document can carry them.

A spaCy document serialises what msgpack can: no dataclass, no Decimal, no enum. An object becomes the list of its
class's name and its fields' values in order; what a value was is known again from the field's type.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from structurer import schema

Plain = None | bool | int | float | str | list["Plain"]


def to_plain(value: object) -> Plain:
    """`value` without anything that is not a list, a string, a number, a truth value or None.

    >>> to_plain(schema.Phrase("pain", 3, 7))
    ['Phrase', 'pain', 3, 7]
    """
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    kind: Any = type(value)
    return [kind.__name__, *(to_plain(getattr(value, name)) for name in _field_names(kind))]


def from_plain(plain: Any) -> Any:
    """The object of the schema that `to_plain` made `plain` from.

    >>> from_plain(["Phrase", "pain", 3, 7])
    Phrase(text='pain', start=3, end=7)
    """
    name, *values = plain
    maker, readers = _makers()[name]
    return maker(**{field: read(value) for (field, read), value in zip(readers, values, strict=True)})


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


Reader = Callable[[Any], Any]


@cache
def _makers() -> dict[str, tuple[Callable[..., Any], tuple[tuple[str, Reader], ...]]]:
    makers: dict[str, tuple[Callable[..., Any], tuple[tuple[str, Reader], ...]]] = {}
    for name, kind in vars(schema).items():
        if isinstance(kind, type) and is_dataclass(kind):
            hints = get_type_hints(kind)
            makers[name] = (kind, tuple((field, _reader(hints[field])) for field in _field_names(kind)))
    return makers


def _as_it_is(value: Any) -> Any:
    return value


def _reader(hint: Any) -> Reader:
    """What turns a field's plain value back, from the field's type."""
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (part for part in get_args(hint) if part is not type(None))
        read = _reader(inner)
        return read if read is _as_it_is else lambda value: None if value is None else read(value)
    if get_origin(hint) is tuple:
        parts = [_reader(part) for part in get_args(hint) if part is not Ellipsis]
        return lambda value: tuple((parts[i] if i < len(parts) else parts[-1])(item) for i, item in enumerate(value))
    if isinstance(hint, type) and (hint is Decimal or issubclass(hint, Enum)):
        return hint
    if isinstance(hint, type) and is_dataclass(hint):
        return from_plain
    return _as_it_is
