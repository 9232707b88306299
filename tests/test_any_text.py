"""What holds for the report on any text: nothing fails, every offset points at its text, it can be written."""

from __future__ import annotations

import json
from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from structurer.exports.jsonl import report_to_dict
from structurer.linking.long_texts import LONGEST_PIECE
from structurer.pipeline import extract, load
from structurer.schema import Mention, Phrase, Record
from structurer.tables.frames import to_tables

# What abstracts are made of, whole and broken.
FRAGMENTS = (
    *"0 1 2.5 .05 0,85 12/34 1,234 -1.2 ±3.4 10^-4 95% 99.9% ( ) [ ] ; : . , = < > ≤ ± - – / % \n".split(" "),
    *["RESULTS: ", "Methods. ", "CONCLUSIONS ", "AIM AND DESIGN: ", "\n\n", " ", "\u2009", "\u202e", "\u0130", "ﬁ"],
    *["HR ", "odds ratio ", "aOR=", "risk difference ", "mean difference ", "SMD ", "NNT ", "hazard ratio of "],
    *["95% CI ", "(95% CI, 1.2 to 3.4)", "[CI 0.5-0.9]", "CrI ", "IQR ", "SD ", "SE ", "mean ", "median ", " to "],
    *["p=0.03", "P < .001", "p for trend ", "NS", "p = ", "n=", "n = 12", "(n = 40 each)", "N=", "of ", "one of "],
    *["patients ", "were randomized to ", "placebo ", "heat ", "group A ", "group B ", " vs ", "versus ", "and "],
    *["respectively", "from baseline, ", "increased by ", "at 6 months ", "per 100 person-years ", "mg/dl ", "kg "],
    *["twenty-one ", "one hundred and ", "NCT01234567", "ISRCTN12345678", "EUCTR2010-012345-12-GB", "(ABC) ", "both "],
    *["compared with ", "died ", "events ", "none ", "no deaths ", "total of ", "follow-up ", "trial ", "The ", "we "],
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=60).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(" ".join),
    st.text(max_size=200),
)


@cache
def pipeline() -> Language:
    return load()


@given(TEXTS, st.none() | TEXTS)
# A capital that grows when lowered, beside what might be "versus".
@example("\u0130V0", None)
@settings(max_examples=150, deadline=None)
def test_the_report_on_any_text(text: str, title: str | None) -> None:
    (report,) = extract([Record(record_id="1", abstract=text, title=title)], pipeline())
    assert report.error is None
    mentions: list[Mention | Phrase | None] = [
        *report.registry_ids,
        *report.p_values,
        *report.effects,
        *report.arm_values,
        *report.sample_sizes,
        *(effect.interval for effect in report.effects),
        *(effect.p for effect in report.effects),
        *(part for effect in report.effects for part in (effect.outcome, effect.timepoint)),
        *(part for value in report.arm_values for part in (value.outcome, value.timepoint)),
        *(side for effect in report.effects for side in effect.comparison or ()),
    ]
    assert [m for m in mentions if m is not None and text[m.start : m.end] != m.text] == []
    last = 0
    for section in report.sections:
        assert last <= section.start <= section.body <= section.end <= len(text)
        last = section.end
    assert len(text) < LONGEST_PIECE
    assert json.loads(json.dumps(report_to_dict(report), allow_nan=False))["record_id"] == "1"
    assert len(to_tables([report])["results"]) >= len(report.effects) + len(report.arm_values)
