"""Sentences about the trial itself (`This randomised phase 2 trial evaluated ...`), which are methods.

Authors print them under `Purpose` as often as under `Methods`, so a model taught by headings does not know; the rules
for abstracts without headings do.
"""

from __future__ import annotations

import re

_DESIGN = (
    r"(?:randomi[sz]ed|(?:double|single|triple)[- ]?blind(?:ed)?|placebo[- ]controlled|cross-?over|open[- ]label|"
    r"phase[- ](?:[1-4]|i{1,3}v?|iv)[ab]?(?:[-/](?:[1-4]|i{1,3}))?|prospective|retrospective|cohort|case[- ]control|"
    r"multi-?cent(?:er|re)|parallel[- ]group|pilot|observational|cross-sectional|controlled)"
)
_TELLS = re.compile(
    rf"(?i)\A(?:(?:this|the|an?|our|in (?:this|an?|our))\b[^.]{{0,90}}?\b{_DESIGN}\b[^.;:]{{0,120}}?"
    r"\b(?:study|trial|experiment|investigation|analysis)\b|"
    rf"we (?:conducted|performed|did|carried out|undertook|initiated) (?:an?|this)\b[^.]{{0,60}}\b{_DESIGN}\b"
    rf"[^.]{{0,100}}\b(?:study|trial)|this (?:study|trial)\b[^.]{{0,30}}, in an?\b[^.]{{0,60}}{_DESIGN}\b)"
)
# Aims are background even where they name the design, and so is what earlier trials showed.
_AIMS_OR_LOOKS_BACK = re.compile(
    r"(?i)\b(?:have|has|previous(?:ly)?|few|no|lack|limited|however|recent(?:ly)?|earlier|need(?:ed)?|aim(?:s|ed)?|"
    r"objectives?|purpose|sought|goals?|hypothesi\w+|whether|long-term|updated?|follow-up|showed|demonstrated|"
    r"report(?:ed|s)?)\b"
)
_LOOKED_AT = 250


def tells_trial(sentence: str) -> bool:
    """Whether a normalised sentence tells of the trial itself, by its design.

    >>> tells_trial("This phase 2 trial evaluated dorvaline."), tells_trial("A recent phase 2 trial was stopped.")
    (True, False)
    """
    begin = sentence[:_LOOKED_AT]
    return bool(_TELLS.match(sentence)) and not _AIMS_OR_LOOKS_BACK.search(begin)
