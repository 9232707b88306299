"""Markup made into what a reader of the page sees."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.readers.bibliographic import plain_doi, plain_pmid, plain_year, pmid_among
from structurer.readers.latex import plain_latex
from structurer.readers.markup import seen_with_sections
from structurer.schema import SourceSection


@dataclass(frozen=True)
class Case:
    text: str
    seen: str | None
    sections: tuple[SourceSection, ...] = ()


FROM_EXPORTS = [
    Case("Zinc (<i>n</i> = 40; <em>p</em> &lt; 0.01)", "Zinc (n = 40; p < 0.01)"),
    Case("10<sup>-4</sup> and 10<sup>\u22124</sup> of 5 x 10<sup>9</sup>/L", "10^-4 and 10^\u22124 of 5 x 10^9/L"),
    Case("kg/m<sup>2</sup>, I<sup>2</sup>, the 17<sup>th</sup> and CO<sub>2</sub>", "kg/m2, I2, the 17th and CO2"),
    Case("10<SUP><i>3</i></SUP> cells", "10^3 cells"),
    Case("<p>One.</p><p>Two.</p>", "One.\nTwo."),
    Case("One.<br/>\n<br />Two.", "One.\nTwo."),
    Case('<span class="x">Red</span> <a href="http://e.org/?a=1">link</a>', "Red link"),
    Case("a &amp;lt; b &amp; R&D &ge; &#8804; &#x2265; &nope;", "a < b & R&D ≥ ≤ ≥ &nope;"),
    Case("&lt;i&gt;p&lt;/i&gt; = 0.02", "p = 0.02"),
    Case(
        "<h4>Background</h4>Old.<h4>Results:</h4>New.",
        "Background: Old. Results: New.",
        (SourceSection("Background", 0, 16, 12), SourceSection("Results", 17, 30, 26)),
    ),
    Case(
        "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>To see.</jats:p></jats:sec>",
        "Aim: To see.",
        (SourceSection("Aim", 0, 12, 5),),
    ),
    Case('AIM: <AbstractText Label="AIM" NlmCategory="OBJECTIVE">To see.</AbstractText>', "AIM: To see."),
    Case("<jats:p>Plain <jats:italic>text</jats:italic>.</jats:p>", "Plain text."),
]
NO_MARKUP = [
    Case("p <0.05 and x> 3", "p <0.05 and x> 3"),
    Case("a<b and c>d", "a<b and c>d"),
    Case("if <b and c> then", "if <b and c> then"),
    Case("HR <1 or >1; AT&T; p<.001", "HR <1 or >1; AT&T; p<.001"),
    Case("<unknown>kept</unknown>", "<unknown>kept</unknown>"),
    Case("  ", None),
]


@pytest.mark.parametrize("case", FROM_EXPORTS + NO_MARKUP, ids=lambda case: case.text[:40])
def test_markup(case: Case) -> None:
    assert seen_with_sections(case.text) == (case.seen, case.sections)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"50\% of {\$}3 \& more", "50% of $3 & more"),
        (r"M{\"u}ller, Garc{\'\i}a, {\v{S}}koda, \c{c}a, \aa", "Müller, García, Škoda, ça, å"),
        (r"$p \leq 0.05$, \textgreater{} 3, $10^{-3}$, m\textsuperscript{2}", "p ≤0.05, > 3, 10^-3, m2"),
        ("{The {RCT}}\n   of zinc", "The RCT of zinc"),
        (r"CO\textsubscript{2} and \(\alpha\)", "CO2 and α"),
    ],
)
def test_latex(text: str, plain: str) -> None:
    assert plain_latex(text) == plain


@pytest.mark.parametrize(
    ("pmid", "doi", "year", "expected"),
    [
        ("PMID: 123 [pubmed]", "https://dx.doi.org/10.1000/a(1)b.", "1998 Jan", ("123", "10.1000/a(1)b", 1998)),
        ("MEDLINE:0045", "doi: 10.1000/x;y)", "n.d.", ("45", "10.1000/x;y", None)),
        ("PMC99", "10.1000", "20123", (None, None, None)),
        ("123456789", "10.1.2/no", "in 2011/2012", (None, None, 2011)),
        ("", "", "", (None, None, None)),
    ],
)
def test_identifiers(pmid: str, doi: str, year: str, expected: tuple[str | None, str | None, int | None]) -> None:
    assert (plain_pmid(pmid), plain_doi(doi), plain_year(year)) == expected


@pytest.mark.parametrize(
    ("notes", "addresses", "accessions", "databases", "expected"),
    [
        (["PubMed ID: 76543"], ["https://pubmed.ncbi.nlm.nih.gov/11111"], [], [], "76543"),
        ([], ["https://example.org/22222", "https://europepmc.org/article/MED/33333"], [], [], "33333"),
        ([], [], ["44444"], ["Embase", "MEDLINE"], "44444"),
        ([], [], ["44444"], ["Embase"], None),
        ([], [], ["44444"], [], None),
        (["Cited by 12345"], [], ["PMC1234567"], ["PubMed"], None),
    ],
)
def test_where_a_pmid_is_looked_for(
    notes: list[str], addresses: list[str], accessions: list[str], databases: list[str], expected: str | None
) -> None:
    assert pmid_among(notes, addresses, accessions, databases) == expected
