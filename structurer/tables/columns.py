"""Every column of every table: its name, its type and its meaning, and nowhere else.

A table is a `NamedTuple` of one row. A field's name is the column's name, in the order of the table; its annotation
gives the type (text, whole number, number) and the meaning. A cell that the abstract does not fill is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

from structurer.errors import ReaderError

# The choices of a reviewer for a row's `verdict`.
VERDICTS = ("correct", "wrong", "partly", "not an effect")

RecordId = Annotated[str, "the record's own id, else its PMID, else its DOI, else file and number"]
Pmid = Annotated[str | None, "PubMed id of the record"]
Doi = Annotated[str | None, "DOI of the record"]
RegistryIdList = Annotated[
    str | None, "trial registration numbers, from the text and then from the record; joined by '; '"
]
Label = Annotated[str | None, "canonical section: BACKGROUND, METHODS, FINDINGS, INTERPRETATION, FUNDING, REGISTRATION"]
Text = Annotated[str, "the words as printed"]
Start = Annotated[int, "where the words begin: character offset into the abstract as read"]
End = Annotated[int, "where the words end: character offset, exclusive"]
Rule = Annotated[str, "the rule or vocabulary row that found it"]
Confidence = Annotated[float | None, "how sure the program is, 0 to 1"]


class ResultRow(NamedTuple):
    """One estimate: every effect, and every arm value."""

    record_id: RecordId
    pmid: Pmid
    doi: Doi
    study: Annotated[str | None, "title of the report, and year"]
    section: Label
    kind: Annotated[str, "effect, or what is printed of one arm: events, percent, mean, median, rate"]
    outcome: Annotated[str | None, "what was measured, in the text's words"]
    timepoint: Annotated[str | None, "when it was measured, in the text's words"]
    intervention: Annotated[str | None, "the estimate is intervention versus comparator"]
    comparator: Annotated[str | None, "what the intervention is compared with"]
    arm: Annotated[str | None, "the one group that the value belongs to"]
    measure: Annotated[str | None, "HR, OR, RR, IRR, RATIO, RD, MD, SMD, RRR, NNT, BETA, CORR, PROPORTION, MEAN, ..."]
    estimate: Annotated[float | None, "the estimate, or one arm's mean, median or rate, as printed and signed"]
    unit: Annotated[str | None, "the unit printed after the number"]
    ci_level: Annotated[float | None, "level of the interval, per cent"]
    ci_low: Annotated[float | None, "lower limit of the interval"]
    ci_high: Annotated[float | None, "upper limit of the interval"]
    p_operator: Annotated[str | None, "=, <, >, <=, >= or NS"]
    p_value: Annotated[float | None, "the p-value that belongs to this estimate"]
    events: Annotated[int | None, "people (or events) counted in the arm"]
    n: Annotated[int | None, "out of how many, where printed with the value"]
    percent: Annotated[float | None, "the arm's percentage, as printed"]
    sd: Annotated[float | None, "standard deviation, as printed"]
    yi: Annotated[float | None, "for meta-analysis: natural log of a ratio, or the difference itself"]
    sei: Annotated[float | None, "standard error of yi, from its own interval at its own level (Cochrane Handbook 6.3)"]
    n_total: Annotated[int | None, "size of the trial"]
    registry_ids: RegistryIdList
    confidence: Confidence
    flags: Annotated[str | None, "codes of what does not add up in this row; the table of problems says why"]
    quote: Annotated[str, "the words that the row was read from"]
    sentence: Annotated[str, "the sentence that holds the quote"]
    start: Start
    end: End
    rule: Rule
    verdict: Annotated[str | None, "reviewer: " + ", ".join(VERDICTS)] = None
    corrected: Annotated[str | None, "reviewer: the right value"] = None
    reviewer: Annotated[str | None, "reviewer: who"] = None
    note: Annotated[str | None, "reviewer: anything else"] = None


class ArmValueRow(NamedTuple):
    """One printed value of one group, with all the numbers that stand beside it."""

    record_id: RecordId
    pmid: Pmid
    outcome: Annotated[str | None, "what was measured, in the text's words"]
    arm: Annotated[str | None, "the group's name; empty for the whole sample"]
    timepoint: Annotated[str | None, "when it was measured, in the text's words"]
    kind: Annotated[str, "events, percent, mean, median or rate"]
    events: Annotated[int | None, "people (or events) counted"]
    n: Annotated[int | None, "out of how many, where printed with the value"]
    percent: Annotated[float | None, "percentage, as printed"]
    value: Annotated[float | None, "mean, median or rate, as printed and signed"]
    unit: Annotated[str | None, "the unit printed after the number"]
    sd: Annotated[float | None, "standard deviation"]
    se: Annotated[float | None, "standard error"]
    q1: Annotated[float | None, "first quartile"]
    q3: Annotated[float | None, "third quartile"]
    low: Annotated[float | None, "smallest value of the range"]
    high: Annotated[float | None, "largest value of the range"]
    text: Text
    start: Start
    end: End
    rule: Rule
    events_derived: Annotated[int | None, "not printed: the one count that gives the printed percentage of the group"]
    n_derived: Annotated[int | None, "not printed: the one size that events and percentage leave, and the arm's size"]
    percent_derived: Annotated[float | None, "not printed: 100 * events / n"]
    derived_from: Annotated[str | None, "the numbers that force the derived one"]


class ContrastRow(NamedTuple):
    """One effect computed from two arms' values by a formula, or two values set against each other that give none."""

    record_id: RecordId
    pmid: Pmid
    outcome: Annotated[str | None, "what was measured, in the text's words"]
    timepoint: Annotated[str | None, "when it was measured, in the text's words"]
    intervention: Annotated[str | None, "the first group's name: estimate and yi are this group versus the other"]
    comparator: Annotated[str | None, "the second group's name"]
    measure: Annotated[str | None, "RR, OR, RD, MD or SMD (Hedges' g); empty where the values give no effect"]
    estimate: Annotated[float | None, "the computed effect: a ratio, or a difference (RD: in fractions of one)"]
    ci_low: Annotated[float | None, "lower limit of its 95% confidence interval"]
    ci_high: Annotated[float | None, "upper limit of its 95% confidence interval"]
    yi: Annotated[float | None, "the log of the ratio, or the difference: for meta-analysis"]
    sei: Annotated[float | None, "standard error of yi, for two parallel groups of people randomised one by one"]
    source: Annotated[str | None, "computed: by a formula from the two values, printed nowhere"]
    handbook: Annotated[str | None, "section of the Cochrane Handbook (version 6) with the formula"]
    corrected: Annotated[str | None, "yes where 0.5 was added to each cell because of a zero"]
    inputs: Annotated[str | None, "the numbers computed from; sizes of the arms are those at allocation"]
    printed: Annotated[str | None, "printed estimates that compare the same two groups; joined by '; '"]
    agreement: Annotated[str | None, "agrees or disagrees: the printed effect of this measure with the two values"]
    quote_1: Annotated[str, "the first group's value as printed"]
    start_1: Start
    end_1: End
    quote_2: Annotated[str, "the second group's value as printed"]
    start_2: Start
    end_2: End


class StudyRow(NamedTuple):
    """One record: its identity, size, arms, sections and counts."""

    record_id: RecordId
    pmid: Pmid
    doi: Doi
    title: Annotated[str | None, "title of the report"]
    journal: Annotated[str | None, "journal"]
    year: Annotated[int | None, "year of publication"]
    registry_ids: RegistryIdList
    n_total: Annotated[int | None, "size of the trial"]
    n_total_role: Annotated[str | None, "what n_total counts: randomized, enrolled, analyzed, ..."]
    arms: Annotated[str | None, "each trial arm with its size in brackets; joined by '; '"]
    sections: Annotated[str | None, "canonical sections found, in order; joined by '; '"]
    sections_by: Annotated[str | None, "what decided them: heading, source (the input file) or model"]
    effects: Annotated[int, "how many effects were found"]
    arm_values: Annotated[int, "how many values of single arms were found"]
    p_values: Annotated[int, "how many p-values were found"]
    sample_sizes: Annotated[int, "how many counts of participants were found"]
    flags: Annotated[str | None, "codes of what does not add up in this record"]
    error: Annotated[str | None, "why the record could not be processed"]
    file: Annotated[str | None, "the file that the record was read from"]
    record: Annotated[int | None, "the record's number in its file, from 1"]


class SectionRow(NamedTuple):
    """One section of one record."""

    record_id: RecordId
    pmid: Pmid
    label: Label
    heading: Annotated[str, "the heading as printed; empty where there is none"]
    text: Annotated[str, "the section's text, without its heading"]
    by: Annotated[str, "what decided the label: heading, source (the input file) or model"]
    confidence: Confidence
    start: Annotated[int, "where the heading begins (or the text, without one): character offset into the abstract"]
    end: Annotated[int, "where the section ends: character offset, exclusive"]


class SampleSizeRow(NamedTuple):
    """One count of participants."""

    record_id: RecordId
    pmid: Pmid
    value: Annotated[int, "the count"]
    role: Annotated[str, "screened, enrolled, randomized, arm, analyzed, completed, lost, subgroup, planned or other"]
    arm: Annotated[str | None, "the arm that it counts"]
    text: Text
    start: Start
    end: End
    rule: Rule


class PValueRow(NamedTuple):
    """One p-value."""

    record_id: RecordId
    pmid: Pmid
    operator: Annotated[str, "=, <, >, <=, >= or NS"]
    value: Annotated[float | None, "the value; empty for NS"]
    role: Annotated[str, "result, threshold, interaction, trend, heterogeneity or noninferiority"]
    text: Text
    start: Start
    end: End
    rule: Rule


class RegistryIdRow(NamedTuple):
    """One registration number in the text."""

    record_id: RecordId
    pmid: Pmid
    id: Annotated[str, "the number in its registry's own spelling"]
    registry: Annotated[str, "the registry"]
    url: Annotated[str | None, "the registry's page of the trial"]
    text: Text
    start: Start
    end: End
    rule: Rule


class ProblemRow(NamedTuple):
    """One record or file that could not be read, or one number that does not add up, and why."""

    record_id: Annotated[str | None, "the record's id, where it is known"]
    file: Annotated[str | None, "the file as given"]
    record: Annotated[int | None, "the record's number in its file, from 1"]
    line: Annotated[int | None, "the line in the file, from 1"]
    field: Annotated[str | None, "the tag, column or element at fault"]
    problem: Annotated[str, "reading, failed, or the code of what does not add up"]
    message: Annotated[str, "what is wrong, in words"]
    source: Annotated[str | None, "where the rule that it breaks is written down"]
    text: Annotated[str | None, "the words that it speaks of"]
    start: Annotated[int | None, "where they begin: character offset into the abstract"]
    end: Annotated[int | None, "where they end: character offset, exclusive"]

    @classmethod
    def of_reader_error(cls, error: ReaderError) -> ProblemRow:
        """The row of a file, or of a record, that could not be read."""
        return cls(
            record_id=None,
            file=error.file,
            record=error.record,
            line=error.line,
            field=error.field,
            problem="reading",
            message=error.reason,
            source=None,
            text=None,
            start=None,
            end=None,
        )


# Each table by its name, in the order in which they are shown.
TABLES: Mapping[str, type[Any]] = {
    "results": ResultRow,
    "studies": StudyRow,
    "sections": SectionRow,
    "sample_sizes": SampleSizeRow,
    "p_values": PValueRow,
    "registry_ids": RegistryIdRow,
    "arm_values": ArmValueRow,
    "contrasts": ContrastRow,
    "problems": ProblemRow,
}
RESULTS = next(iter(TABLES))

# The largest number that a cell holds.
LARGEST = 10**15

_DTYPES = {str: "str", int: "Int64", float: "Float64"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, pandas dtype (`str`, `Int64` or `Float64`, all of them nullable) and meaning."""

    name: str
    dtype: str
    meaning: str


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of `table` (one of TABLES), in order.

    >>> [column.name for column in columns("sample_sizes")][:4]
    ['record_id', 'pmid', 'value', 'role']
    >>> columns("results")[-4]
    Column(name='verdict', dtype='str', meaning='reviewer: correct, wrong, partly, not an effect')
    """
    hints = get_type_hints(TABLES[table], include_extras=True)
    found = []
    for name, hint in hints.items():
        kind, meaning = get_args(hint)
        kinds = get_args(kind) or (kind,)
        found.append(Column(name=name, dtype=_DTYPES[kinds[0]], meaning=meaning))
    return tuple(found)
