"""Tell the name of a trial arm from a piece of a sentence: a noun phrase of a treatment or group, and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

# With one of these a stretch is a piece of a sentence, not a name.
_CLAUSE = re.compile(
    r"(?<![\w-])(?:we|they|which|who|whom|whose|that|may|might|can|could|will|would|should|must|has|have|had|having|is"
    r"|are|was|were|be|been|being|did|do|does|evaluate[ds]?|assess(?:ed)?|determined?|examined?|investigated?|compare[ds]?"
    r"|identify|explored?|establish|describe[ds]?|because|although|whereas|while|whether|if|underwent|undergo|received"
    r"|receives?|receiving|experienced|developed|achieved|completed|reported|showed|shown|switched|continued|retained"
    r"|remained|occurred|improve[ds]?|enrolled|recruited|included?|including|excluded|randomi[sz]ed|randomi[sz]ation"
    r"|randomly|assigned|allocated|stratified|aimed|undergoing|requiring|totalling|versus|vs|than|results?|objectives?"
    r"|conclusions?|methods?|prognosis|respectively|significantly"
    r"|resulted|i\.e|e\.g|between|among|other|underlying|patients? with)(?![\w-])",
    re.IGNORECASE,
)
# Names that tell nothing of what was given, and kinds of people or of trials.
_NO_ARM = frozenset(
    """no not non none same equal open-label double-blind double-masked single-blind younger older elderly
    female male young old both another different new additional following follow-up baseline primary secondary add-on
    tolerability safety efficacy effectiveness pharmacokinetics quality health multiple ascending cross-over crossover
    positive negative high-risk low-risk administration administrations intake dose doses use trials sessions
    complete cross duration injection injections infusion infusions tablets capsules
    left right beta pre post increased decreased higher lower more less it its a an the treatment treatments
    therapy therapies groups arms study patients participants men women children people cases random
    schedule schedules dosage dosing hours days weeks months years""".split()
)
_TIME = re.compile(
    r"(?:aged (?=\d|from |between |under |over )"
    r"|(?:this|these|that|those|such|completing|containing|promoting|testing|mean) |[^ ]* ?%\Z|total duration"
    r"|\d+\s?(?:h|hours?|min|minutes?|days|weeks|months|years)\Z|\d* ?(?:age|sex|gender)(?:-matched)?(?: |\Z)"
    r"|benefits? of |\d+ (?:doses|cycles|sessions|courses)\Z|(?:mg|microg|mcg|g|ml|kg)(?:/\w+)?(?: |\Z)|history of "
    r"|(?:every|during|after|at|when|until|over|within|cycles? of|weeks|months|days) "
    r"|(?:(?:\d+[- ](?:week|month|day|year) )?follow-up(?: visits?| period| assessment)?|each visit|visit)\Z)"
)
_PEOPLE = re.compile(
    r"(?:(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:\w+ )?)?"
    r"(?:patients|participants|women|men|children|subjects|practices|offices|providers|hospitals|schools|centres|centers|sites|clinics|eyes"
    r"|adults|dyads|families)(?![a-z])"
)
_COMPARED = frozenset({"more", "less", "better", "greater", "higher", "lower"})
_MEASURE = re.compile(
    r"(?:pfs|os|dfs|efs|rfs|dmfs|ttp|orr|hba1c|a1c|fpg|fbg|ldl|hdl|ldl-c|hdl-c|bmi|crp|qol|hrqol|iop|sbp|dbp|bp|bmd|fev1"
    r"|lvef|e?gfr|psa|auc|cmax|mace|s?aes?|teaes?|vas|pain|nausea|vomiting|pcr|or|hr|rr|ci|itt|ponv|mmse)(?: .*)?\Z"
)
# A condition at the end, and no treatment before it.
_CONDITION = re.compile(
    r"(?:hypertension|glaucoma|cancer|carcinoma|disease|syndrome|diabetes|asthma|depression|schizophrenia|stroke"
    r"|infection|failure|pneumonia|arthritis|melanoma|lymphoma|leuk[a]?emia|obesity|psoriasis)\Z"
)
_ON_CONDITION = re.compile(
    r"(?<![a-z])(?:pre|against|anti|control|prevention|program(?:me)?|education|management|care|treatment|therapy|for)"
    r"(?![a-z])"
)
_OUTCOME = re.compile(
    r"(?<![a-z])(?:survival|mortality|deaths?|rates?|outcomes?|qol|quality of life|morbidity|relapses?|recurrences?"
    r"|safety|efficacy|tolerability|effects?|pharmacokinetics|incidence|understanding|side effects|events?|scores?"
    r"|differences?|reductions?|values?|setting|remission|toxicity|risks?|range|acceptance|acceptability|vice versa)\Z"
)
_MOST_WORDS = 14


# A name is judged wherever it stands.
@lru_cache(maxsize=256)
def is_arm_label(name: str) -> bool:
    """Whether `name` can be the name of an arm: no clause, no head count, no outcome, no kind of people.

    >>> is_arm_label("letrozole plus ribociclib")
    True
    >>> is_arm_label("assess the effects of additional"), is_arm_label("overall survival")
    (False, False)
    """
    lower = name.lower()
    words = lower.split()
    if not words or len(words) > _MOST_WORDS:
        return False
    if all(word in _NO_ARM for word in words) and not (
        (words[0] == "no" and len(words) > 1) or lower in {"treatment", "study", "not"}
    ):
        return False
    if _TIME.match(lower) or _CLAUSE.search(lower) or _PEOPLE.match(lower):
        return False
    if _CONDITION.search(lower) and not _ON_CONDITION.search(lower):
        return False
    return words[-1] not in _COMPARED and not names_outcome(lower)


def names_outcome(lower: str) -> bool:
    """Whether a name (in lower case) is that of something measured: "overall survival", "PFS"."""
    return _OUTCOME.search(lower) is not None or _MEASURE.match(lower) is not None
