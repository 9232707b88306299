"""A result with some of its fields set anew: each is told its arm, outcome, time and place one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

Result = TypeVar("Result")


def replace(item: Result, **changes: object) -> Result:
    """What `dataclasses.replace` gives, in a third of its time; for frozen dataclasses with slots that check nothing.

    Raises KeyError for a field that there is not.

    >>> from structurer.schema import Phrase
    >>> replace(Phrase("week 4", 10, 16), start=0, end=6)
    Phrase(text='week 4', start=0, end=6)
    """
    cls: Any = type(item)
    values, setters, setter_of = _parts(cls)
    made: Result = object.__new__(cls)
    for put, value in zip(setters, values(item), strict=True):
        put(made, value)
    for name, value in changes.items():
        setter_of[name](made, value)
    return made


_Setter = Callable[[object, object], None]


@cache
def _parts(cls: Any) -> tuple[Callable[[object], tuple[Any, ...]], tuple[_Setter, ...], dict[str, _Setter]]:
    """What reads all fields of a class at once, and what sets each, in their order and by name."""
    names = [field.name for field in fields(cls)]
    setter_of: dict[str, _Setter] = {name: getattr(cls, name).__set__ for name in names}
    return attrgetter(*names), tuple(setter_of.values()), setter_of
