"""How the time of reading grows with the length of a text that was made to be slow.

A pattern or a search that is more than linear is a way to stop the program with one record. Each part of the reading
is given the same adversarial unit repeated to two lengths; where the longer one takes more than its share, the part
is named. Processor time is taken, never the clock's, and only its growth is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import process_time
from typing import TYPE_CHECKING, Any

from structurer.mentions.arm_values import find_arm_values
from structurer.mentions.effect_estimates import find_effect_estimates
from structurer.mentions.p_values import find_p_values
from structurer.mentions.registry_ids import find_registry_ids
from structurer.mentions.sample_sizes import find_sample_sizes
from structurer.readers.markup import seen_with_sections
from structurer.schema import Record
from structurer.sections import find_sections
from structurer.text.abbreviations import find_definitions
from structurer.text.reading import Reading

if TYPE_CHECKING:
    from spacy.language import Language

# What a part of the reading is given: the text.
Part = Callable[[str], Any]

# Units that begin what a pattern looks for and never end it, or end it everywhere.
UNITS = (
    "1",
    "1.",
    "1,",
    "0.5-",
    "12/34 ",
    "10% ",
    "±1 ",
    " ",
    "\n",
    "\t",
    "(",
    ")",
    "((1)) ",
    "[1] ",
    "-",
    "\u2013",
    ",",
    ". ",
    "; ",
    ":",
    "=",
    "<",
    "P ",
    "P=",
    "P<0.05 ",
    "p value ",
    "95% CI ",
    "95% CI 1.2-",
    "(95% CI, 1 to 2) ",
    "HR 0.5 (0.4-0.6), ",
    "odds ratio ",
    "mean difference -1.2 ",
    "n = ",
    "n=5, ",
    "(n = 12) ",
    "a",
    "A",
    "a ",
    "A ",
    "Ab ",
    "the ",
    "of the ",
    "and ",
    "or ",
    "to ",
    "in the group ",
    "patients ",
    "12 patients ",
    "5 of 10 ",
    "one hundred and ",
    "twenty-",
    "thousand ",
    "RESULTS: ",
    "Aims: b ",
    "AIMS AND METHODS ",
    "Word\n",
    "NCT",
    "NCT0",
    "ISRCTN 1",
    "EUCTR2010-",
    "(AB) ",
    "alpha beta (AB) ",
    "group A (n=5), ",
    "placebo vs ",
    "at 6 months ",
    "compared with ",
    "were randomized to ",
    "mean 1.2 (SD 3.4) ",
    "median 5 [IQR 2-",
    "respectively ",
    "1 and 2 ",
    "1, 2, 3 ",
    "5 mg/kg ",
    "10^-4 ",
    "x10 ",
    "e.g. ",
    "Dr. A. B. ",
    "<i>",
    "&lt;",
    "&amp;amp;",
    "<h4>A</h4>",
    "\u202e",
    "\u0130",
    "\U0001f600",
)


@dataclass(frozen=True, slots=True)
class Growth:
    """How often the time of the shorter text the longer one took; `seconds` is that of the longer one."""

    part: str
    unit: str
    ratio: float
    seconds: float


def finders() -> Mapping[str, Part]:
    """Each finder, over a text that nothing was read from yet."""
    return {
        "reading": _read_once,
        "definitions": find_definitions,
        "sections": find_sections,
        "registry IDs": find_registry_ids,
        "p-values": find_p_values,
        "sample sizes": find_sample_sizes,
        "effects": find_effect_estimates,
        "arm values": find_arm_values,
        "markup": seen_with_sections,
    }


def whole(nlp: Language | None = None) -> Mapping[str, Part]:
    """All that is done with one record, as one part."""
    from structurer.pipeline import extract, load

    pipeline = nlp if nlp is not None else load()

    def read(text: str) -> None:
        for report in extract([Record(record_id="1", abstract=text)], pipeline):
            if report.error is not None:
                raise ValueError(report.error)

    return {"record": read}


def growths(parts: Mapping[str, Part], units: Iterable[str], shorter: int, times: int) -> Iterator[Growth]:
    """For each part and unit, how the time grows from `shorter` characters to `times` as many."""
    for unit in units:
        short, long = (_text(unit, length) for length in (shorter, shorter * times))
        for name, part in parts.items():
            before, after = _seconds(part, short), _seconds(part, long)
            # Below a millisecond it is the clock that is measured.
            yield Growth(name, unit, after / max(before, 0.001), after)


def _text(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def _seconds(part: Part, text: str) -> float:
    start = process_time()
    part(text)
    return process_time() - start


def _read_once(text: str) -> None:
    reading = Reading(text)
    _ = reading.norm, reading.lower, reading.sentences, reading.tokens
