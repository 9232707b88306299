"""What two arms' values give, with a reviewer's corrections of those values: counts and means for 2 x 2 layouts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from structurer.linking.contrasts.computed_effects import Counted, Measured, effects_of_counts, effects_of_means
from structurer.meta.estimates import TwoByTwo, TwoMeans

_Row = Mapping[str, Any]
# The numbers as the column `inputs` of the contrasts has them: 3/104 v 2/102; -1.1 (SD 1.8, n 104) v 2 (SE 1, n 102)
_COUNTS = re.compile(r"(\d{1,10})/(\d{1,10}) v (\d{1,10})/(\d{1,10})(?=;|\Z)")
_GROUP = r"(-?\d{1,12}(?:\.\d{1,9})?) \((SD|SE) (\d{1,12}(?:\.\d{1,9})?), n (\d{1,10})\)"
_MEANS = re.compile(rf"{_GROUP} v {_GROUP}(?=;|\Z)")
_OTHER_ARMS = "one of the two arms' values was rejected by the reviewer"
_STALE = "a count was worked out from a number that the reviewer corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoArms:
    """One computed effect: the row of the contrasts, the numbers it is from, yi, sei and the Handbook's section."""

    row: _Row
    values: TwoByTwo | TwoMeans
    yi: float
    sei: float
    handbook: str
    unit: str | None
    notes: tuple[str, ...] = ()

    def prints(self, effect: _Row) -> bool:
        """Whether the text prints `effect` (a row of the results) for the same two values."""
        printed, quote = self.row["printed"], effect["quote"]
        return bool(printed and quote and self.row["record_id"] == effect["record_id"] and quote in printed)


def two_arms(contrasts: Sequence[_Row], results: Sequence[_Row]) -> tuple[list[TwoArms], list[tuple[_Row, str]]]:
    """The computed effects of `contrasts`, and those that a rejected or corrected arm value made impossible, with why.

    `results` are the rows after review: a value that is no longer there was rejected; one whose numbers differ from
    the contrast's own was corrected, and the effect is computed again from it.
    """
    there = {(row["record_id"], row["start"], row["end"]): row for row in results if row["kind"] != "effect"}
    found: list[TwoArms] = []
    refused: list[tuple[_Row, str]] = []
    for row in contrasts:
        if row["measure"] is None or row["yi"] is None:
            continue
        first, second = (there.get((row["record_id"], row[f"start_{i}"], row[f"end_{i}"])) for i in (1, 2))
        values = _values(row["inputs"] or "")
        if values is None:
            continue
        if first is None or second is None:
            refused.append((row, _OTHER_ARMS))
            continue
        if isinstance(values, TwoByTwo) and any(arm["corrected"] and arm["events"] is None for arm in (first, second)):
            refused.append((row, _STALE))
            continue
        note = tuple(part.strip() for part in (row["inputs"] or "").split(";")[1:])
        unit = first["unit"] if isinstance(values, TwoMeans) and row["measure"] == "MD" else None
        unit = "fraction" if row["measure"] == "RD" else unit
        mended = _with_corrections(values, first, second)
        made = TwoArms(
            row={
                **row,
                # As the review left them; without one they are the contrast's own.
                "outcome": first["outcome"],
                "timepoint": first["timepoint"],
                "intervention": first["arm"],
                "comparator": second["arm"],
            },
            values=values,
            yi=row["yi"],
            sei=row["sei"],
            handbook=row["handbook"] or "",
            unit=unit,
            notes=(*note, *(("0.5 added to each cell",) if row["corrected"] else ())),
        )
        if mended != values:
            again = _computed(mended, row["measure"])
            if again is None:
                refused.append((row, "the reviewer's numbers of the two arms give no such effect"))
                continue
            yi, sei, handbook = again
            made = replace(
                made,
                values=mended,
                yi=yi,
                sei=sei,
                handbook=handbook,
                notes=(*note, "from the reviewer's numbers of the two arms"),
            )
        found.append(made)
    return found, refused


def _values(inputs: str) -> TwoByTwo | TwoMeans | None:
    if counts := _COUNTS.match(inputs):
        return TwoByTwo(*(int(number) for number in counts.groups()))
    if means := _MEANS.match(inputs):
        first, second = (_measured(means.groups()[at : at + 4]) for at in (0, 4))
        return TwoMeans(first.mean, first.sd, first.n, second.mean, second.sd, second.n)
    return None


def _measured(group: Sequence[str]) -> Measured:
    mean, kind, spread, n = group
    size = int(n)
    return Measured(float(mean), float(spread) * (size**0.5 if kind == "SE" else 1.0), size)


def _with_corrections(values: TwoByTwo | TwoMeans, first: _Row, second: _Row) -> TwoByTwo | TwoMeans:
    """`values` with the numbers that the two rows print, where they print them."""
    if isinstance(values, TwoByTwo):
        return TwoByTwo(
            _printed(first, "events", values.events1),
            _printed(first, "n", values.n1),
            _printed(second, "events", values.events2),
            _printed(second, "n", values.n2),
        )
    return TwoMeans(
        _printed(first, "estimate", values.mean1),
        _printed(first, "sd", values.sd1),
        _printed(first, "n", values.n1),
        _printed(second, "estimate", values.mean2),
        _printed(second, "sd", values.sd2),
        _printed(second, "n", values.n2),
    )


def _printed(row: _Row, name: str, known: Any) -> Any:
    return known if row[name] is None else row[name]


def _computed(values: TwoByTwo | TwoMeans, measure: str) -> tuple[float, float, str] | None:
    if isinstance(values, TwoByTwo):
        effects = effects_of_counts(Counted(values.events1, values.n1), Counted(values.events2, values.n2), "")
    else:
        effects = effects_of_means(
            Measured(values.mean1, values.sd1, values.n1), Measured(values.mean2, values.sd2, values.n2), ""
        )
    return next(((effect.yi, effect.sei, effect.handbook) for effect in effects if effect.measure == measure), None)
