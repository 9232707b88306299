"""What an abstract can say: the typed results, all frozen, none holding a spaCy or pandas object.

Three conventions hold everywhere. `start` and `end` are character offsets into the abstract exactly as read, end
exclusive, and `abstract[start:end] == text`. Numbers are `Decimal`, so that "0.80" keeps the two places that it was
printed with. What is not printed is None, never 0, -1 or "".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from structurer.contrasts import Contrast, Derived


class SectionLabel(StrEnum):
    """The canonical sections of a trial abstract."""

    BACKGROUND = "BACKGROUND"
    METHODS = "METHODS"
    FINDINGS = "FINDINGS"
    INTERPRETATION = "INTERPRETATION"
    FUNDING = "FUNDING"
    REGISTRATION = "REGISTRATION"


class SectionSource(StrEnum):
    """What decided that a section is what it is."""

    HEADING = "heading"  # a heading printed in the text
    SOURCE = "source"  # a label in the input file
    MODEL = "model"  # the sentence-role model


class PValueRole(StrEnum):
    """What a p-value speaks of."""

    RESULT = "result"
    THRESHOLD = "threshold"
    INTERACTION = "interaction"
    TREND = "trend"
    HETEROGENEITY = "heterogeneity"
    NONINFERIORITY = "noninferiority"


class SampleSizeRole(StrEnum):
    """What a count of participants counts, in CONSORT's words."""

    SCREENED = "screened"
    ENROLLED = "enrolled"
    RANDOMIZED = "randomized"
    ARM = "arm"
    ANALYZED = "analyzed"
    COMPLETED = "completed"
    LOST = "lost"
    SUBGROUP = "subgroup"
    PLANNED = "planned"
    OTHER = "other"


class EffectMeasure(StrEnum):
    """Codes of effect measures and of one group's estimates that are printed with an interval."""

    HR = "HR"  # hazard ratio
    OR = "OR"  # odds ratio
    RR = "RR"  # risk ratio
    IRR = "IRR"  # incidence rate ratio
    RATIO = "RATIO"  # any other ratio between groups
    RD = "RD"  # difference between two proportions
    MD = "MD"  # difference between two means, medians, times or changes
    SMD = "SMD"  # standardised mean difference
    RRR = "RRR"  # relative reduction or efficacy, in per cent
    NNT = "NNT"  # number needed to treat or harm
    BETA = "BETA"  # regression coefficient
    CORR = "CORR"  # correlation or agreement
    PROPORTION = "PROPORTION"  # one group's percentage or risk
    MEAN = "MEAN"
    MEDIAN = "MEDIAN"
    RATE = "RATE"
    CHANGE = "CHANGE"  # one group's change from baseline
    OTHER = "OTHER"


class ArmValueKind(StrEnum):
    """What is printed of one group, without an interval."""

    EVENTS = "events"
    PERCENT = "percent"
    MEAN = "mean"
    MEDIAN = "median"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of the abstract: its words and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A found stretch of text; `rule` names the rule or vocabulary row that found it."""

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryId(Mention):
    """A trial (or review) registration number: `id` in the registry's canonical spelling."""

    id: str
    registry: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PValue(Mention):
    """A p-value; `operator` is one of `=`, `<`, `>`, `<=`, `>=`, `NS` (and then `value` is None)."""

    operator: str
    value: Decimal | None
    role: PValueRole = PValueRole.RESULT


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceInterval(Mention):
    """A confidence (or credible) interval; a limit is None where it is open or not reached.

    `level` is in per cent; None where the text prints none and none can be carried over. `credible` is True for
    a Bayesian interval.
    """

    level: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    credible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectEstimate(Mention):
    """One estimate with its interval and p-value: one row of the results table.

    `estimate` is as printed and signed; `adjusted` is None where the text does not say. `comparison` holds what the
    estimate compares, (a, b) for a versus b, (a, None) for one group.
    """

    measure: EffectMeasure
    estimate: Decimal | None
    unit: str | None = None
    interval: ConfidenceInterval | None = None
    p: PValue | None = None
    adjusted: bool | None = None
    outcome: Phrase | None = None
    comparison: tuple[Phrase | None, Phrase | None] | None = None
    timepoint: Phrase | None = None
    section: SectionLabel | None = None
    primary: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSize(Mention):
    """A count of participants; `arm` is the trial arm's label where the count is one arm's."""

    value: int
    role: SampleSizeRole
    arm: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmValue(Mention):
    """One group's printed result without an interval; `arm` is None for the whole sample."""

    kind: ArmValueKind
    events: int | None = None
    n: int | None = None
    percent: Decimal | None = None
    value: Decimal | None = None
    unit: str | None = None
    sd: Decimal | None = None
    se: Decimal | None = None
    q1: Decimal | None = None
    q3: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    outcome: Phrase | None = None
    arm: str | None = None
    timepoint: Phrase | None = None
    section: SectionLabel | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """One trial arm: its canonical label, other names for it in this abstract, and its size at allocation."""

    label: str
    n: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One section; `start` is where its heading begins, `body` where the text after the heading begins.

    `label` is None for text that no rule and no model could place. `confidence` is between 0 and 1.
    """

    label: SectionLabel | None
    heading: str
    start: int
    end: int
    body: int
    by: SectionSource
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that does not add up: a code, what the number would have to be, and the formula's source.

    `start` and `end` are those of the mention that it speaks of, so a row can show its own flags.
    """

    code: str
    message: str
    start: int
    end: int
    source: str | None = None


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A section as labelled in the input file: offsets into the composed abstract, heading included."""

    heading: str
    start: int
    end: int
    body: int


@dataclass(frozen=True, slots=True)
class Record:
    """One bibliographic item as read; `abstract` is None where the item has none.

    `source` is the file as given and `number` the item's place in it counted from 1. `registry_ids` and
    `publication_types` come from the item's metadata, not from its text.

    >>> Record(record_id="1", abstract=None, year=2021).year
    2021
    """

    record_id: str
    abstract: str | None
    title: str | None = None
    pmid: str | None = None
    doi: str | None = None
    journal: str | None = None
    year: int | None = None
    sections: tuple[SourceSection, ...] = ()
    registry_ids: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    source: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class TrialReport:
    """All that one abstract says, with the record that it was read from.

    `error` is set, and the rest empty, where the record could not be processed.

    >>> TrialReport(record=Record(record_id="1", abstract=None)).effects
    ()
    """

    record: Record
    sections: tuple[Section, ...] = ()
    registry_ids: tuple[RegistryId, ...] = ()
    p_values: tuple[PValue, ...] = ()
    effects: tuple[EffectEstimate, ...] = ()
    arm_values: tuple[ArmValue, ...] = ()
    sample_sizes: tuple[SampleSize, ...] = ()
    n_total: int | None = None
    n_total_role: SampleSizeRole | None = None
    arms: tuple[Arm, ...] = ()
    abbreviations: dict[str, str] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    error: str | None = None
    contrasts: tuple[Contrast, ...] = ()
    derived: tuple[Derived, ...] = ()
