"""Sentences end where they end, and not at abbreviations, decimals, initials and addresses."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.text.normalise import normalise
from structurer.text.sentences import sentence_spans


@dataclass(frozen=True)
class Case:
    name: str
    sentences: tuple[str, ...]
    between: str = " "


ABBREVIATIONS = [
    Case("vs", ("We gave salbutrix vs. Placebo once.", "It helped.")),
    Case("dosing", ("The drug went in i.v. or s.c. at dawn.", "No one fell ill.")),
    Case("dosing at the end", ("Both were given i.v.", "The rest had tablets p.o. Tuesdays only.")),
    Case("saint", ("They took St. John's wort for a month.", "Mood rose.")),
    Case("figure", ("Curves differ (see Fig. 2 and Figs. 3-4).", "They cross late.")),
    Case("for example", ("Some harms, e.g. Rash and itch, were mild.", "Others, i.e. Falls, were not.")),
    Case("et al", ("As Hollis et al. Reported in 2011, rates fell.", "We agree.")),
    Case("species", ("Cultures grew E. coli and S. aureus.", "H. pylori was absent.")),
    Case("country", ("Sites lay in the U.S. and the U.K. only.", "None were rural.")),
    Case("approximately", ("It cost approx. 40 euros.", "Nobody paid.")),
    Case("bracketed stop", ("The tablet (approx. 5 mg, b.i.d.) was bitter.", "The syrup was not.")),
    Case("number", ("Grant no. 1173 paid for it.", "There was no other.")),
    Case("standard deviation", ("Age was 41 (S.D. 9) in all.", "Weight was 62 (S.E.M. 2).")),
    Case(
        "short form in capitals",
        ("They lived with MS.", "Pain was rare.", "Most took salbutrix with AL.", "Median age was 41."),
    ),
    Case("initials", ("Dr. J. K. Orwin read the films.", "A second reader agreed.")),
]
NUMBERS = [
    Case("p without a zero", ("Pain fell (p = .03).", "Sleep did not (P=.41).")),
    Case("bare decimal at the end", ("The ratio was .72.", "It was not adjusted.")),
    Case("space in a decimal", ("The ratio was 0. 80 at last.", "The other was 1.2.")),
    Case("space after an operator", ("Groups differed (p=0. 03).", "They met.")),
    Case("product sign", ("Cost was 0.9 kcal . kg-1 . h-1 in play.", "It was low.")),
    Case("digit begins", ("Two arms were run.", "112 women came.")),
    Case("digit ends", ("Follow-up ended in 2014.", "Twelve were lost.")),
    Case("per cent ends", ("Response was 41%.", "In controls it was 12%.")),
]
STARTS = [
    Case("small gene", ("Cells were stained.", "p53 was lost.")),
    Case("mTOR", ("One path was blocked.", "mTOR stayed active.")),
    Case("web address", ("We thank the registry.", "www.ClinicalTrials.gov, identifier NCT00112233.")),
    Case("registry in the middle", ("It is listed at ClinicalTrials.gov under NCT00112233.", "It is closed.")),
    Case("bracket begins", ("Survival was longer.", "(Funded by Orrin; ClinicalTrials.gov number, NCT00112233.)")),
    Case("bracket ends", ("Fewer relapsed (12 vs 30 per cent.)", "Costs were equal.")),
    Case("group letter", ("Most were in group A.", "Fewer took vitamin D.", "All had hepatitis B.")),
    Case("letter after a sign", ("They took C + P.", "Child care was free.")),
    Case("question", ("Does rest help?", "We tested it.")),
    Case("quotation", ('She said "stop."', "He did.")),
    Case("tokenised", ("Pain fell .", "Sleep did not .")),
    Case("lines", ("OBJECTIVE", "To see whether it helps", "METHODS"), between="\n"),
]
GLUED = [
    Case("word", ("Rates rose in both groups.", "We found no cause."), between=""),
    Case("bracket", ("It grew (p < 0.001).", "Those who fell were old."), between=""),
    Case("number in words", ("Lamps were lent in two wards.", "Thirty-one nurses took one."), between=""),
    Case("address", ("See www.trials.Ten-year for more.",)),
]


@pytest.mark.parametrize("case", ABBREVIATIONS + NUMBERS + STARTS + GLUED, ids=lambda case: case.name)
def test_sentences(case: Case) -> None:
    text = case.between.join(case.sentences)
    assert tuple(text[start:end] for start, end in sentence_spans(text)) == case.sentences


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "Pain"])
def test_little_text(text: str) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == ([text.strip()] if text.strip() else [])


@given(st.text(alphabet=st.sampled_from("aB1 .?!()[]\n\"'=<p·"), max_size=80))
def test_spans_cover_all_but_white_space(text: str) -> None:
    norm = normalise(text)
    spans = sentence_spans(norm)
    assert all(start < end and not norm[start].isspace() and not norm[end - 1].isspace() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert "".join(norm[start:end] for start, end in spans).split() == [] or (
        "".join("".join(norm[start:end].split()) for start, end in spans) == "".join(norm.split())
    )
