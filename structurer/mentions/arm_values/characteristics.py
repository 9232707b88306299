"""Tell who took part from what came of it: age and sex, and shares of the sample at baseline."""

from __future__ import annotations

import re

from structurer.mentions.arm_values.place import NOT, Judgement, Place
from structurer.mentions.arm_values.shape import Shape
from structurer.text.words import words_in

_DEMOGRAPHIC_WORDS = frozenset({"age", "ages", "baseline"})
# A sentence that tells who took part: age and sex side by side
_DEMOGRAPHIC = re.compile(
    r"(?<![a-z])(?:mean|median|average) (?:[(\[][^)\]]{1,12}[)\]] )?ages?(?![a-z])[^;]{0,200}(?<![a-z])(?:male"
    r"|female|men|women|white|males|females)(?![a-z])"
    r"|(?<![a-z])at baseline,? [^;]{0,60}(?:treated with|receiving|taking|using)(?![a-z])"
)
# A sentence of shares at baseline, of the whole sample
_AT_BASELINE = re.compile(r"\s*(?:results?: ?)?at (?:baseline|enrol+ment|study entry|entry|inclusion)(?![a-z])")
_GROUPS = re.compile(r"(?<![a-z])(?:vs?\.?|versus|compared|groups?|arms?|than|respectively)(?![a-z])")
_MEAN_AGE = re.compile(r"(?<![a-z])(?:mean|median|average|characteristics)(?![a-z])[^;]{0,60}(?<![a-z])ages?(?![a-z])")
_PERSONS = re.compile(r"(?<![a-z])(?:wo)?men(?![a-z])|(?<![a-z])(?:fe)?males?(?![a-z])|boys|girls")
# How heavy those were whose age is told
_BUILD = re.compile(r"(?<![a-z])(?:weight|height|bmi|body mass index)(?: [(\[][^)\]]{1,12}[)\]])?(?: of| was|,|:)? \Z")
# What people had before the trial, unless the sentence tells a result or sets groups against each other
_TRAITS = frozenset(
    """stage stages prior previous previously history cytogenetics smokers smoked smoking histology histologic ecog
    naive pretreated comorbidity comorbidities comorbid education degree married employed unfit mutation mutations
    race ethnicity ethnic obese diabetes hypertension metastatic hormone receptor subtype adenocarcinoma carcinoma
    squamous characteristics""".split()
)
_RESULT = re.compile(
    r"(?<![a-z])(?:vs?\.?|versus|compared|than|respectively|groups?|arms?|p ?[<>=]|hazard|ratio|ci|respon[a-z]+"
    r"|surviv[a-z]*"
    r"|died|deaths?|adverse|toxic[a-z]*|events?|relaps[a-z]+|recur[a-z]+|achiev[a-z]+|cured?|improv[a-z]+|complet[a-z]+"
    r"|mortality|side|effects?|remissions?|progress[a-z]+|reduc[a-z]+|increas[a-z]+|decreas[a-z]+|rates?|incidence|after"
    r"|following|days?|weeks?|months?|years|develop[a-z]+|occur[a-z]+|experienced|reported|detected|seroconver[a-z]+"
    r"|remained|sensitivity|specificity|grade|success[a-z]*|persist[a-z]*|resol[a-z]*|heal[a-z]*|follow-up|prevalence"
    r"|probability|risk|percentage|proportion)(?![a-z])"
)
_SHARES = frozenset({"percent", "share", "fraction"})


def without_characteristics(
    lower: str, begin: int, stop: int, shapes: list[Shape], places: list[Place], verdicts: list[Judgement]
) -> list[Judgement]:
    """The verdicts of the sentence `lower[begin:stop]`, NOT for what only tells who took part in it."""
    words = words_in(lower[begin:stop])
    if not words.isdisjoint(_TRAITS) and not _RESULT.search(lower, begin, stop):
        return [NOT if s.form in _SHARES else v for s, v in zip(shapes, verdicts, strict=True)]
    if words.isdisjoint(_DEMOGRAPHIC_WORDS):
        return verdicts
    if _DEMOGRAPHIC.search(lower, begin, stop):
        return [v if s.form == "spread" else NOT for s, v in zip(shapes, verdicts, strict=True)]
    if _MEAN_AGE.search(lower, begin, stop):
        verdicts = [
            NOT if s.form == "spread" and _BUILD.search(p.before[-40:]) else v
            for s, p, v in zip(shapes, places, verdicts, strict=True)
        ]
    if "age" in words:
        verdicts = [
            NOT if s.form == "share" and _PERSONS.search(lower, p.start, p.end) else v
            for s, p, v in zip(shapes, places, verdicts, strict=True)
        ]
    if _AT_BASELINE.match(lower, begin, stop) and not _GROUPS.search(lower, begin, stop):
        return [NOT if s.form in _SHARES else v for s, v in zip(shapes, verdicts, strict=True)]
    return verdicts
