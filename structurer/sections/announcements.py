"""Sentences that announce what they are: an aim, the trial itself (`This phase 2 trial evaluated ...`), its end points.

Authors print these under one heading as often as under another, so a model taught by headings wavers; the rules for
abstracts without headings do not.
"""

from __future__ import annotations

import re

_DESIGN = (
    r"(?:randomi[sz]ed|(?:double|single|triple)[- ]?blind(?:ed)?|placebo[- ]controlled|cross-?over|open[- ]label|"
    r"phase[- ](?:[1-4]|i{1,3}v?|iv)[ab]?(?:[-/](?:[1-4]|i{1,3}))?|prospective|retrospective|cohort|case[- ]control|"
    r"multi-?cent(?:er|re)|parallel[- ]group|pilot|observational|cross-sectional|controlled)"
)
_TELLS = re.compile(
    rf"(?i)\A(?:(?:this|the|an?|our|in (?:this|an?|our))\b[^.]{{0,90}}?\b{_DESIGN}\b[^.;:,]{{0,120}}?"
    rf"\b(?:study|trial|experiment|investigation|analysis)\b(?!, we\b)|"
    rf"this (?:study|trial)\b[^.]{{0,30}}, in an?\b[^.]{{0,60}}{_DESIGN}\b)"
)
# Aims are background even where they name the design, and so is what earlier trials showed.
_AIMS_OR_LOOKS_BACK = re.compile(
    r"(?i)\b(?:have|has|previous(?:ly)?|few|no|lack|limited|however|recent(?:ly)?|earlier|need(?:ed)?|aim(?:s|ed)?|"
    r"objectives?|purpose|sought|goals?|designed to|group conducted|hypothesi\w+|whether|long-term|updated?|"
    r"follow-up|showed|demonstrated|suggested|report(?:ed|s)?)\b"
)
_LOOKED_AT = 250
_TO_LEARN = (
    r"(?:assess|determine|evaluate|compare|investigate|examine|test|explore|study|establish|describe|identify|estimate|"
    r"measure|analy[sz]e|find|develop|demonstrate|characteri[sz]e|ascertain|confirm|validate|clarify|quantify|elucidate|"
    r"understand|address)\b"
)
_AIM = re.compile(
    r"(?i)\A(?:(?:therefore|thus|hence|here|accordingly|so|herein),? )?"
    r"(?:in (?:this|the present|the current) (?:study|trial|work|analysis|paper),? )?"
    r"(?:we (?:aimed|sought|hypothesi[sz]ed|wished|wanted|intended|set out|"
    r"(?:investigated|tested|examined|assessed|evaluated|asked|determined) "
    r"(?:whether|if|the hypothesis))|"
    r"(?:the |our |an? )?(?:main |primary |principal |overall |specific |present |major |second |secondary )?"
    r"(?:aims?|purposes?|objectives?|goals?|hypothes[ie]s) (?:of|was|were|is|are)\b|"
    r"(?:this|the present|the current|our) (?:study|trial|work|analysis|paper|research)(?: was)? "
    r"(?:aim(?:s|ed)|sought|intended|attempted|hypothesi[sz]ed)\b)"
)
# What `we` say that we looked at, or did in order to learn something.
_WE_LOOKED = re.compile(
    r"(?i)\A(?:(?:therefore|thus|hence|here|herein|accordingly|consequently|so|"
    r"in (?:this|the present|the current) (?:\w{1,15} )?(?:study|trial|work|analysis|paper|review|article|report)|"
    r"to \w[^,]{5,160}|using [^,]{5,120}),? )?(?:we|the authors) "
    r"(?:(?:have|then|therefore|thus|here|also|recently|further|first|retrospectively|prospectively|now) ){0,2}"
    r"(?:(?:investigated?|evaluated?|examined?|report|stud(?:y|ied)|tested?|assess(?:ed)?|compared?|explored?|describe|"
    r"present|propose|hypothesi[sz]e|aim|designed|developed|reviewed?|discuss|introduce)\b|"
    r"(?:conducted|performed|used|undertook|carried out|analy[sz]ed|did|utili[sz]ed|measured|applied)\b"
    rf"[^.]{{0,200}}? to (?:\w{{2,15}}ly |further |better )?{_TO_LEARN})"
)
_STUDY_LOOKED = re.compile(
    r"(?i)\A(?:(?:therefore|thus|hence|here),? )?(?:this|the (?:present|current|purpose)|our|a|an|the)\b[^.;:,]{0,110}?"
    r"\b(?:study|trial|work|paper|article|review|analysis|experiment|research|project|survey|investigation|report)\b"
    r"(?: \([^)]{1,60}\))? (?:(?:also|further|therefore|here|will) )?"
    r"(?:(?:(?:investigate|evaluate|examine|compare|assesse?|explore|describe|report|addresse?|analy[sz]e|aim|review|"
    r"present|discusse?|summari[sz]e|introduce|propose|attempt|intend|ask|seek)(?:s|d|ed)?|studied|sought)\b|"
    r"(?:was|were|is|are) (?:\w{2,15}ly )?(?:designed|conducted|performed|carried out|undertaken|initiated|aimed|"
    r"intended|planned|done)(?: [\w-]{1,20}){0,8}? to\b)"
)
_DESIGNED = re.compile(rf"(?i)\b{_DESIGN}\b")
_END_POINT = re.compile(
    r"(?i)\A(?:the |our )?(?:key |main )?(?:(?:co-?)?primary|secondary|main|key|other|additional) "
    r"(?:and \w{1,12} )?(?:efficacy |safety |clinical |study )?(?:outcomes?|end ?-?points?)(?: measures?| variables?)? "
    r"(?:was|were|included?)\b"
)
# What an end point was found to be, and no longer which it was.
_FOUND = re.compile(
    r"(?i)\b(?:met|achieved|reached|significant(?:ly)?|similar|higher|lower|better|worse|differ(?:s|ed|ent)?|not)\b"
)
_NUMBER = re.compile(r"\d+")


def tells_trial(sentence: str) -> bool:
    """Whether a normalised sentence tells of the trial itself, by its design.

    >>> tells_trial("This phase 2 trial evaluated dorvaline."), tells_trial("A recent phase 2 trial was stopped.")
    (True, False)
    """
    begin = sentence[:_LOOKED_AT]
    return bool(_TELLS.match(sentence)) and not _AIMS_OR_LOOKS_BACK.search(begin)


def tells_aim(sentence: str, first: bool = False) -> bool:
    """Whether a normalised sentence of an abstract's first half is an aim, or says what was looked at.

    A study that is called by its design counts only as the `first` sentence: later it tells of the trial itself.

    >>> tells_aim("In this study, we tested whether lamps help."), tells_aim("We lent 40 lamps.")
    (True, False)
    >>> tells_aim("This study compared lamps."), tells_aim("This randomised study compared lamps.")
    (True, False)
    """
    if _AIM.match(sentence) or _WE_LOOKED.match(sentence):
        return True
    return bool(_STUDY_LOOKED.match(sentence)) and (first or not _DESIGNED.search(sentence[:_LOOKED_AT]))


def tells_end_point(sentence: str) -> bool:
    """Whether a normalised sentence only says which outcomes were looked at.

    >>> tells_end_point("The primary end point was sleep."), tells_end_point("The primary end point was met.")
    (True, False)
    """
    if not _END_POINT.match(sentence) or _FOUND.search(sentence):
        return False
    return len(_NUMBER.findall(sentence)) < 2
