"""The abstract as HTML: every mark on its very words, whatever crosses what, and nothing that a browser would run."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.exports.visible import visible
from structurer.report.abstract_html import render_abstract
from structurer.report.places import places
from structurer.report.shown import shown
from structurer.schema import (
    EffectEstimate,
    EffectMeasure,
    Phrase,
    PValue,
    Record,
    RegistryId,
    SampleSize,
    SampleSizeRole,
    Section,
    SectionLabel,
    SectionSource,
    TrialReport,
)

VOID = ("br", "img", "hr")


@dataclass
class Page(HTMLParser):
    """What a browser sees: the text, and the text of each element with an id, put together from its pieces."""

    text: str = ""
    by_id: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    _open: list[tuple[str, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        which = found.get("id") or found.get("data-of")
        if "id" in found:
            assert found["id"] not in self.by_id, "an id that is given twice"
            self.by_id[found["id"]] = ""
            self.attributes[found["id"]] = found
        if "data-label" in found:
            self.sections.append((found["data-label"], ""))
        self.tags.append(tag)
        if tag not in VOID:
            self._open.append((tag, which))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, "tags that cross"

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, which in self._open:
            if which is not None:
                self.by_id[which] += data
        if self.sections:
            label, words = self.sections[-1]
            self.sections[-1] = (label, words + data)

    def end(self) -> Page:
        self.close()
        assert not self._open, "tags left open"
        return self


def page(report: TrialReport) -> Page:
    read = Page()
    read.feed(str(render_abstract(report)))
    return read.end()


def size(start: int, end: int, text: str) -> SampleSize:
    return SampleSize(start=start, end=end, text=text[start:end], rule="r", value=1, role=SampleSizeRole.OTHER)


def test_every_mark_stands_on_its_words(report: TrialReport) -> None:
    seen = page(report)
    assert seen.text == report.record.abstract
    found = [(seen.attributes[name].get("class"), words) for name, words in seen.by_id.items()]
    assert found == [
        ("sample-size", "240 adults"),
        ("phrase", "rovacept"),
        ("phrase", "placebo"),
        ("phrase", "Flares"),
        ("phrase", "week 24"),
        ("effect", "hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003"),
        ("phrase", "95% CI 0.45-0.85"),
        ("p-value", "P=0.003"),
        ("effect", "-1.4 points more (90% CI -2.1 to -0.7)"),
        ("phrase", "90% CI -2.1 to -0.7"),
        ("phrase", "Serious events"),
        ("arm-value", "12/120 (10%)"),
        ("arm-value", "5.1 (SD 1.2) mg/dl"),
        ("registry-id", "NCT09876543"),
    ]


def test_sections_hold_their_text_and_say_what_they_are(report: TrialReport) -> None:
    abstract = report.record.abstract or ""
    results, registration = abstract.index("RESULTS"), abstract.index("REGISTRATION")
    assert page(report).sections == [
        ("METHODS", abstract[:results]),
        ("FINDINGS", abstract[results:registration]),
        ("REGISTRATION", abstract[registration:]),
    ]


def test_a_mark_can_be_reached_once_and_tells_its_rows_and_its_kind(report: TrialReport) -> None:
    seen = page(report)
    effect = next(found for found in seen.attributes.values() if found.get("class") == "effect")
    assert (effect["tabindex"], effect["aria-describedby"]) == ("0", "about-effect")
    assert len(effect["data-rows"].split(" ")) == 1
    phrase = next(found for found in seen.attributes.values() if found.get("class") == "phrase")
    assert "tabindex" not in phrase


def test_a_mark_that_crosses_another_is_continued() -> None:
    text = "abcdefghij"
    crossing = TrialReport(Record("1", text), sample_sizes=(size(0, 6, text), size(4, 9, text)))
    assert str(render_abstract(crossing)) == (
        '<div class="abstract">'
        '<mark class="sample-size" id="m-0" tabindex="0" aria-describedby="about-sample-size">abcd'
        '<mark class="sample-size" id="m-1" tabindex="0" aria-describedby="about-sample-size">ef</mark></mark>'
        '<mark class="sample-size" data-of="m-1">ghi</mark>j</div>'
    )


def test_ids_begin_as_asked(report: TrialReport) -> None:
    assert 'id="r7-m-0"' in render_abstract(report, "r7-m")


@dataclass(frozen=True)
class Nothing:
    """A report that has no abstract to show."""

    abstract: str | None
    error: str | None
    says: str


@pytest.mark.parametrize(
    "case",
    [
        Nothing(None, None, "This record has no abstract."),
        Nothing(" \n", None, "This record has no abstract."),
        Nothing(None, "<b>bad</b> \u202eline", "This record could not be read: <b>bad</b> <U+202E>line"),
        Nothing("Words.", "it went off", "This record could not be read: it went off"),
    ],
)
def test_a_record_without_words_says_so(case: Nothing) -> None:
    seen = page(TrialReport(Record("1", case.abstract), error=case.error))
    assert (seen.text, seen.tags) == (case.says, ["p"])


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "<!-- <script>",
    "]]> <![CDATA[",
    "&lt;b&gt; &amp; &#60;",
    "p = \u202e50.0\u202c",
    "\x00\x07\x1b",
    "astral \U0001d465\U0001f600 half \ud835",
    "עברית العربية 12/40",
    "{{ 7 * 7 }} {% raw %}",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    abstract = f"{text} {text}"
    marked = PValue(start=0, end=len(text), text=text, rule=text, operator="=", value=None)
    named = RegistryId(start=len(text) + 1, end=len(abstract), text=text, rule=text, id=text, registry=text)
    effect = EffectEstimate(
        start=1,
        end=len(abstract) - 1,
        text=abstract[1:-1],
        rule=text,
        measure=EffectMeasure.HR,
        estimate=None,
        outcome=Phrase(text, 0, len(text)),
    )
    seen = page(TrialReport(Record(text, abstract), p_values=(marked,), registry_ids=(named,), effects=(effect,)))
    assert seen.text == shown(abstract)
    assert set(seen.tags) == {"div", "mark", "span"}
    assert {name for found in seen.attributes.values() for name in found} <= {
        "class",
        "id",
        "data-rows",
        "tabindex",
        "aria-describedby",
    }


_OFFSETS = st.integers(0, 30)
_STRETCHES = st.lists(st.tuples(_OFFSETS, _OFFSETS), max_size=8)


@given(text=st.text(alphabet="ab <&\"'\u202e\U0001f600\n", max_size=26), sizes=_STRETCHES, cuts=_STRETCHES)
def test_whatever_crosses_what_each_mark_holds_its_words(
    text: str, sizes: list[tuple[int, int]], cuts: list[tuple[int, int]]
) -> None:
    text = f"words{text}"
    report = TrialReport(
        Record("1", text),
        sections=tuple(
            Section(SectionLabel.METHODS, "", start, end, (start + end) // 2, SectionSource.MODEL)
            for start, end in cuts
        ),
        sample_sizes=tuple(size(start, end, text) for start, end in sizes),
    )
    seen = page(report)
    assert seen.text == visible(text)
    wanted = {place.id: visible(text[place.start : place.end]) for place in places(report).values()}
    assert seen.by_id == wanted
    assert {(place.start, place.end) for place in places(report).values()} == {
        (start, end) for start, end in sizes if start < end <= len(text)
    }
