"""The estimates that can be pooled: what a study says of one outcome, its standard error and where that is from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple


class ErrorSource(StrEnum):
    """What a standard error was worked out from."""

    INTERVAL = "interval"
    ARMS = "two arms' values"
    P_VALUE = "p-value"


class Population(IntEnum):
    """Whom an estimate speaks of, the preferred one first."""

    INTENTION_TO_TREAT = 0
    NOT_SAID = 1
    PER_PROTOCOL = 2


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """Events and sizes of the two groups, the intervention's first."""

    events1: int
    n1: int
    events2: int
    n2: int


@dataclass(frozen=True, slots=True)
class TwoMeans:
    """Mean, standard deviation and size of the two groups, the intervention's first."""

    mean1: float
    sd1: float
    n1: int
    mean2: float
    sd2: float
    n2: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One estimate of one study, ready for pooling.

    `yi` is the natural log of a ratio, else the difference (a risk difference in fractions of one), `sei` its standard
    error, `source` and `handbook` (section of the Cochrane Handbook, version 6) say where that is from. `estimate`,
    `ci_low` and `ci_high` are as printed (or, of two arms' values, as computed, at 95%). `arms` are the numbers of the
    two groups where the text sets them against each other. `study` is a short label, `trial` what its reports share.
    """

    record_id: str
    pmid: str | None
    study: str
    trial: str
    year: int | None
    outcome: str | None
    outcome_in_full: str | None
    timepoint: str | None
    days: float | None
    intervention: str | None
    comparator: str | None
    measure: str
    estimate: float
    ci_low: float | None
    ci_high: float | None
    ci_level: float | None
    unit: str | None
    yi: float
    sei: float
    source: ErrorSource
    handbook: str
    arms: TwoByTwo | TwoMeans | None
    population: Population
    subgroup: bool
    primary: bool
    adjusted: bool | None
    flags: str | None
    notes: tuple[str, ...]
    confidence: float
    quote: str
    start: int


class LeftOut(NamedTuple):
    """One estimate that is not in the layout, and why."""

    record_id: str
    study: str | None
    outcome: str | None
    timepoint: str | None
    intervention: str | None
    comparator: str | None
    measure: str | None
    estimate: float | None
    quote: str | None
    reason: str
