"""Records in, reports out: the spaCy pipeline that reads each abstract, and the joining of what it found."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from structurer.checks.confidence import rate_arm_values, rate_effects
from structurer.checks.flags import find_flags
from structurer.components.short_forms import Tokenised, define_short_forms
from structurer.linking.arm_values import attribute_arms
from structurer.linking.arms import find_arms, settle_sizes
from structurer.linking.comparisons import link_comparisons
from structurer.linking.contrasts import with_contrasts
from structurer.linking.long_texts import cut, joined
from structurer.linking.outcomes import link_outcomes
from structurer.linking.replacement import replace
from structurer.linking.results import join_p_values
from structurer.linking.timepoints import link_timepoints
from structurer.linking.totals import total_size
from structurer.mentions import find_mentions
from structurer.schema import (
    ArmValue,
    EffectEstimate,
    Mention,
    PValue,
    Record,
    RegistryId,
    SampleSize,
    Section,
    SectionLabel,
    SourceSection,
    TrialReport,
)
from structurer.sections import find_sections
from structurer.text.reading import Reading, prepare

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The components of the shipped pipeline, in order: what a short form means is known before anything is read by it.
COMPONENTS = ("rct_abbreviations", "rct_sections", "rct_mentions")

# An abstract is short; spaCy's limit guards parsers, which this pipeline has not.
_LONGEST = 10_000_000
# More signs than any word, address or formula of an abstract has.
_UNBROKEN = re.compile(r"\S{500}")
_WORD = re.compile(r"\s|\S{1,100}")


def load() -> Language:
    """The shipped pipeline: a blank English tokenizer and this package's components.

    >>> from structurer.pipeline import load
    >>> load().pipe_names
    ['rct_abbreviations', 'rct_sections', 'rct_mentions']
    """
    import spacy

    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    nlp.max_length = _LONGEST
    return nlp


def extract(records: Iterable[Record], nlp: Language | None = None) -> Iterator[TrialReport]:
    """The report of each record, in order, one at a time; a record that fails gives a report with its `error`.

    `nlp` is a pipeline with this package's components, by default that of `load()`.

    >>> from structurer.schema import Record
    >>> report, = extract([Record(record_id="1", abstract="Death was rarer with A (HR 0.8, 95% CI 0.7-0.9).")])
    >>> report.effects[0].measure.value, str(report.effects[0].estimate)
    ('HR', '0.8')
    """
    read = partial(_read_text, _shipped_steps()) if nlp is None else _reader(nlp)
    for record in records:
        try:
            with _no_collection():
                report = _report(read, record)
        except Exception as failure:  # one record must never end a run; what went wrong is said in its report
            report = TrialReport(record=record, error=f"{type(failure).__name__}: {failure}")
        yield report


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without Python's search for cyclic garbage meanwhile.

    What is made for one abstract lives until it has been read, so dozens of searches would find nothing; without them
    reading takes a sixth less.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_Result = TypeVar("_Result", EffectEstimate, ArmValue)

# What makes the report of one record out of its abstract.
_Read = Callable[[Record], TrialReport]


def _report(read: _Read, record: Record) -> TrialReport:
    if not record.abstract or not record.abstract.strip():
        return TrialReport(record=record)
    pieces = list(cut(record))
    if len(pieces) == 1:
        return read(record)
    return joined(record, [(at, read(piece)) for at, piece in pieces])


class _Steps(NamedTuple):
    """The steps of reading, each as a pipeline's settings have it, and what makes a document of tokens."""

    define: Callable[[Reading, Tokenised], dict[str, str]]
    divide: Callable[[Reading, Sequence[SourceSection]], tuple[Section, ...]]
    find: Callable[[Reading, Sequence[Section]], list[Mention]]
    document: Callable[[str], Doc]


def _shipped_steps() -> _Steps:
    """The steps as `load()` has them. spaCy, which takes a second to import, is loaded when a text needs it."""
    return _Steps(
        define_short_forms,
        find_sections,
        lambda reading, sections: find_mentions(reading, None, sections),
        _TOKENIZER.document,
    )


class _Tokenizer:
    """spaCy's tokenizer for English, made when first needed, and anew now and then: it keeps every word it ever saw."""

    RENEWED_AFTER = 5000  # documents

    def __init__(self) -> None:
        self._nlp: Language | None = None
        self._made = 0

    def document(self, text: str) -> Doc:
        """The tokens of a text."""
        if self._nlp is None or self._made >= self.RENEWED_AFTER:
            import spacy

            self._nlp, self._made = spacy.blank("en"), 0
            self._nlp.max_length = _LONGEST
        self._made += 1
        return _document(self._nlp, text)


_TOKENIZER = _Tokenizer()


def _reader(nlp: Language) -> _Read:
    """How `nlp` reads a record.

    One that holds this package's components, in order, under their own names and no others, does what they do without
    the views of it on a document that nobody would see: to tokenise a text, mark spans in it, and write and read back
    the values costs more than to find them.
    """
    from structurer.components.abbreviations import RctAbbreviations
    from structurer.components.mentions import RctMentions
    from structurer.components.sections import RctSections

    parts: list[Any] = [part for _, part in nlp.pipeline]
    if [type(part) for part in parts] == [RctAbbreviations, RctSections, RctMentions] and (
        tuple(part.spans_key for part in parts) == COMPONENTS
    ):
        abbreviations, sections, mentions = parts
        steps = _Steps(abbreviations.define, sections.divide, mentions.find, partial(_document, nlp))
        return partial(_read_text, steps)
    return partial(_read_document, nlp)


def _read_document(nlp: Language, record: Record) -> TrialReport:
    from structurer.components.span_groups import SOURCE_SECTIONS

    doc = _document(nlp, record.abstract or "")
    if record.sections:
        doc.user_data[SOURCE_SECTIONS] = [[s.heading, s.start, s.end, s.body] for s in record.sections]
    return report_of(nlp(doc), record)


def _document(nlp: Language, text: str) -> Doc:
    """A text as a document of tokens; where it has a long stretch without white space, one of words of our own.

    These are cut at white space and after 100 characters. spaCy's tokenizer peels sign after sign off a stretch without
    white space, and takes the square of its length.
    """
    if not _UNBROKEN.search(text):
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    words = _WORD.findall(text)
    return Doc(nlp.vocab, words=words, spaces=[False] * len(words))


def _read_text(steps: _Steps, record: Record) -> TrialReport:
    text = record.abstract or ""
    reading = Reading(text)
    definitions = steps.define(reading, lambda start, end: (steps.document(text[start:end]), start))
    reading = reading.knowing(definitions)
    divided = steps.divide(reading, record.sections)
    return _join(reading, divided, steps.find(reading, divided), record)


def report_of(doc: Doc, record: Record) -> TrialReport:
    """The report of a document that the components have read: mentions joined into results, arms and totals."""
    from structurer.components.span_groups import read_definitions, read_mentions, read_sections, text_of

    reading = prepare(text_of(doc), read_definitions(doc))
    return _join(reading, read_sections(doc), read_mentions(doc), record)


def _join(reading: Reading, sections: tuple[Section, ...], mentions: Sequence[Mention], record: Record) -> TrialReport:
    p_values = tuple(m for m in mentions if isinstance(m, PValue))
    sizes = [m for m in mentions if isinstance(m, SampleSize)]
    effects = join_p_values([m for m in mentions if isinstance(m, EffectEstimate)], p_values, reading)
    values = [m for m in mentions if isinstance(m, ArmValue)]

    arms = find_arms(reading, sizes, sections=sections, title=record.title)
    sizes = settle_sizes(sizes, arms, reading)
    n_total, n_total_role = total_size(sizes, arms, reading, sections)
    effects = link_outcomes(effects, reading, sections, arms)
    effects = link_timepoints(link_comparisons(effects, arms, reading, sections), reading, sections)
    values = link_outcomes(attribute_arms(values, arms, reading), reading, sections, arms)
    values = link_timepoints(values, reading, sections)
    effects = [_placed(effect, sections) for effect in effects]
    values = [_placed(value, sections) for value in values]
    report = TrialReport(
        record=record,
        sections=sections,
        registry_ids=tuple(m for m in mentions if isinstance(m, RegistryId)),
        p_values=p_values,
        effects=tuple(effects),
        arm_values=tuple(values),
        sample_sizes=tuple(sizes),
        n_total=n_total,
        n_total_role=n_total_role,
        arms=arms,
        abbreviations=dict(reading.definitions),
    )
    report = with_contrasts(report, reading)
    reading.forget()
    flags = find_flags(report)
    return replace(
        report,
        flags=flags,
        effects=rate_effects(report.effects, flags),
        arm_values=rate_arm_values(report.arm_values, flags),
    )


def _placed(result: _Result, sections: tuple[Section, ...]) -> _Result:
    label = _section_at(sections, result.start)
    return result if result.section is label else replace(result, section=label)


def _section_at(sections: tuple[Section, ...], offset: int) -> SectionLabel | None:
    return next((s.label for s in reversed(sections) if s.start <= offset < s.end), None)
