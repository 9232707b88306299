"""Sentences that close an abstract without being part of its argument: registration, funding, copyright lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.schema import SectionLabel

_REGISTERED = re.compile(
    r"(?i)\bregist(?:ered|ration|ry|er)\b|\bclinicaltrials?\b|\bidentifier\b|\bNCT ?\d|\bISRCTN|\bEudraCT|\bACTRN|"
    r"\bUMIN|\bChiCTR|\bPROSPERO\b|\btrial number\b|\bcontrolled-trials\b|\bDRKS|\bCTRI/|\bIRCT|\bKCT\d|\bNTR ?\d"
)
_NUMBER = re.compile(r"\d{4}")
# The number of a registry that is not named: nothing else stands alone as a sentence like that.
_BARE_NUMBER = re.compile(r"\A[A-Z]{2,10}[ -]?\d{3,12}(?:[-/]\d{1,8})?\.?\Z")
_FUNDED = re.compile(
    r"(?i)\A(?:(?:it|they|(?:this|the|our) (?:present |current )?(?:study|work|trial|research|project|analysis)) "
    r"(?:was|were|is|has been) )?"
    r"(?:\w{2,12}ly )?(?:funded|supported|sponsored|financed) (?:in part |partly |solely )?(?:by|through|from)\b|"
    r"\A(?:sources? of )?(?:funding|(?:financial |grant )?support|sponsor(?:s|ship)?)(?: for\b| was\b| by\b|:|\.)|"
    r"\bprovided (?:the )?(?:funding|financial support)\b"
)
_FUNDER = re.compile(
    r"(?i)\b(?:foundations?|councils?|institutes?|ltd|inc|llc|pharma\w*|gmbh|society|societies|ministry|research|cancer|"
    r"health|agency|trust|program(?:me)?|association|groups?|hospitals?|university|biotech|laboratories|oncology|"
    r"therapeutics|department|union|fund|none|genentech|roche|astrazeneca|novartis|pfizer|merck|lilly|sanofi\w*|amgen|"
    r"bayer\w*|janssen|glaxosmithkline|squibb|boehringer|abbvie|takeda|eisai|astellas|daiichi|celgene|gilead)\b"
)
_VERB = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|can|could|should|may|might|will|would|did|do|does|be|suggests?|shows?|"
    r"provides?|warrants?|improve[sd]?|result(?:s|ed)|seems?|appears?|needs?|needed|remains?|required?|increase[sd]?|"
    r"reduce[sd]?|we|this|these|our|than|versus|patients?|women|men|children)\b"
)
_WORD = re.compile(r"[A-Za-z][\w'&-]*")
_SMALL = frozenset("of and the for by in an a from to with de la du et an und von der di on at".split())
# What a sentence says that argues, and does not only name: "Further registered trials are warranted".
_ARGUES = re.compile(
    r"(?i)\b(?:further|future|warrant\w*|should|suggests?|conclu\w+|effective|improv\w+|significant\w*)\b"
)
_WORDS_OF_A_NAME = 4
_DIGIT = re.compile(r"\d")
_COPYRIGHT = re.compile(
    r"(?i)\A(?:\(?(?:copyright\b|©|\(c\) ?(?:copyright )?(?:19|20)\d\d|crown copyright)|(?:all )?rights reserved|"
    r"published (?:online )?by (?:elsevier|wiley|john wiley|springer|oxford|mosby|lippincott|the bmj|bmj|s\. karger|"
    r"informa|taylor|sage|american|cambridge)|"
    r"\(?psycinfo database record|\(?c\)? ?(?:19|20)\d\d (?:elsevier|wiley|the author)|"
    r"this article is protected by copyright|for permissions,? please|printed in|"
    r"(?:19|20)\d\d (?:elsevier|wiley-liss|wiley|lippincott|american|the authors?|s\. karger|springer|macmillan|"
    r"published by))"
)


# Where a sentence begins with a registry or its number, it names the registration wherever it stands.
_NAMES_REGISTRY = re.compile(
    r"(?i)\A(?:(?:clinical )?trials? regist\w+|registration(?: number)?|(?:www\.)?clinicaltrials?\.gov|NCT ?\d|ISRCTN|"
    r"EudraCT|EU ?CTR|ACTRN|UMIN|ChiCTR|PROSPERO (?:registration|CRD))"
)
_OF_REGISTRATION = re.compile(r"(?i)\A(?:first patient enrolled|date (?:of|first)|registered|url|https?:|www\.)")

_CONCLUDES = re.compile(r"(?i)in (?:conclusion|summary)\b|we conclude\b|it is concluded\b|to conclude\b")


def concludes(sentence: str) -> bool:
    """Whether a normalised sentence says itself that it concludes.

    >>> concludes("In summary, rest helps."), concludes("The summary score rose.")
    (True, False)
    """
    return bool(_CONCLUDES.match(sentence))


def closing_labels(sentences: Sequence[str]) -> list[SectionLabel | None]:
    """For each sentence of an abstract without headings: REGISTRATION or FUNDING where it only names that.

    Looked for from the end backwards until a sentence argues again; a sentence that begins with a registry's name
    is one anywhere in the last third. The first sentence is never one.
    """
    labels: list[SectionLabel | None] = [None] * len(sentences)
    for i in range(len(sentences) - 1, 0, -1):
        labels[i] = closing_label(sentences[i])
        if labels[i] is None and i >= len(sentences) - 2 and names_funders(sentences[i]):
            labels[i] = SectionLabel.FUNDING
        if labels[i] is None:
            break
    for i in range(max(1, len(sentences) * 2 // 3), len(sentences)):
        if labels[i] is not None:
            continue
        names = _NAMES_REGISTRY.match(sentences[i]) and closing_label(sentences[i])
        if names or (labels[i - 1] is SectionLabel.REGISTRATION and _OF_REGISTRATION.match(sentences[i])):
            labels[i] = SectionLabel.REGISTRATION
    return labels


def closing_label(sentence: str) -> SectionLabel | None:
    """REGISTRATION or FUNDING where a normalised sentence only names the one or the other, else None.

    A remark in brackets (`(Funded by ...; ClinicalTrials.gov number, ...)`) is part of the sentence before it.

    >>> closing_label("ClinicalTrials.gov Identifier: NCT01234567.")
    <SectionLabel.REGISTRATION: 'REGISTRATION'>
    """
    if sentence.startswith("(") or len(sentence) > 700 or _ARGUES.search(sentence):
        return None
    if _FUNDED.search(sentence):
        return SectionLabel.FUNDING
    if _BARE_NUMBER.match(sentence) or (_REGISTERED.search(sentence) and _NUMBER.search(sentence)):
        return SectionLabel.REGISTRATION
    return None


def names_funders(sentence: str) -> bool:
    """Whether a normalised sentence is nothing but the names of organisations, as Lancet journals print them.

    >>> names_funders("Medical Research Council and Eli Lilly."), names_funders("Care after cancer surgery.")
    (True, False)
    """
    if sentence.startswith("(") or len(sentence) > 500 or _VERB.search(sentence):
        return False
    if sentence.rstrip(".").lower() == "none":
        return True
    words = [word for word in _WORD.findall(sentence) if word.lower() not in _SMALL]
    capitals = sum(word[0].isupper() for word in words)
    if not _FUNDER.search(sentence):
        # One company ("Orrin Vascular."): a few words, each of them a name.
        plain = sentence.endswith(".") and not _DIGIT.search(sentence)
        return plain and 0 < len(words) <= _WORDS_OF_A_NAME and capitals == len(words)
    return len(words) > 0 and capitals >= 0.75 * len(words)


def is_copyright_line(sentence: str) -> bool:
    """Whether a normalised sentence only says whose copyright the text is, or which database it comes from.

    >>> is_copyright_line("Copyright © 2014 Elsevier Ltd."), is_copyright_line("Rights were reserved.")
    (True, False)
    """
    return bool(_COPYRIGHT.match(sentence))
