"""The words that make a number a group's result: events, people, averages, changes, times to an event."""

from __future__ import annotations

import re

PEOPLE = (
    r"(?:patients?|participants?|subjects?|women|woman|men|man|children|child|infants?|people|persons?|individuals?"
    r"|adults?|volunteers?|eyes?|dogs?|cats?|neonates?|newborns?|"
    r"babies|recipients?|girls?|boys?|residents?|families|households?|teeth|knees?|hips?|mothers?|pregnancies"
    r"|animals|students?|users|smokers|responders|controls|survivors|vaccinees|dyads|couples|adolescents"
    r"|respondents|courses|cycles|cases|nodes|lesions|limbs|isolates)"
)
EVENTS = (
    r"(?:deaths?|events?|progressions?|relapses?|recurrences?|responses?|remissions?|cases?|episodes?|failures?"
    r"|infections?|fractures?|strokes?|hospitali[sz]ations?|admissions?|toxicit(?:y|ies)|"
    r"reactions?|complications?|bleeds?|h(?:a)?emorrhages?|falls|seizures?|exacerbations?|infarctions?|cancers?"
    r"|tumou?rs?|metastas[ei]s|malignanc(?:y|ies)|pregnanc(?:y|ies)|births?|miscarriages?|abortions?|"
    r"discontinuations?|withdrawals?|transfusions?|perforations?|leaks?|leakages?|injur(?:y|ies)|h(?:a)?ematomas?"
    r"|thrombos[ei]s|embolisms?|emboli|attacks?|suicides?|cures?|conversions?|procedures?|operations?|"
    r"reoperations?|revisions?|side-effects?|side effects?|mortalit(?:y|ies)|lesions?|nodes?|conceptions?|isolates?"
    r"|visits?|dropouts|successes|neoplasms?|polyps?|ulcers?|wounds?|antibodies|toxic effects?|incidents?|"
    r"dehiscences?|seromas?|lymphedemas?|lymphoedemas?|pneumonias?|seroconversions?|occlusions?|restenos[ie]s"
    r"|stillbirths?|crises|carcinomas?|local failures?|second primar(?:y|ies)|survivors|PRs?|CRs?)"
)
EVENT_NOUN_AFTER = re.compile(
    rf" ?(?:\([^)]{{0,12}}\) ?)?(?:(?!(?:of|in|with|had|were|was|and|or|to|group"
    rf"|arm)\b)[a-z0-9/-]+,? ){{0,5}}?{EVENTS}(?![a-z])",
    re.I,
)
HAPPENED = (
    r"(?:died|dead|alive|had|have|has|developed|experienced|achieved|reported|relapsed|recurred|required|requiring"
    r"|showed|responded|discontinued|discontinuing|reached|progressed|suffered|needed|became|became pregnant|"
    r"survived|remained|presented|displayed|improved|worsened|stopped|quit|conceived|failed|withdrew because"
    r"|exhibited|demonstrated|completed|experiencing|complained|met|with|reporting|having|attained|"
    r"were (?!randomi|enrol|recruit|analy|includ|assigned|allocated|screened|evaluable|eligible|excluded|assess)"
    r"|was (?!randomi|enrol|recruit|analy|includ|assigned|allocated|screened|evaluable|eligible)|vomited|fell"
    r"|gained|lost|tested|seroconverted|converted|mounted|reduced|switched|crossed|stayed|delivered|refused|bled"
    r"|rebled|used|chose|preferred|expressed|stated|felt|judged|rated)"
)
PEOPLE_IN_GROUP_HAPPENED_AFTER = re.compile(
    rf" ?{PEOPLE} (?:in|from|on|of|receiving|given"
    rf"|assigned to) [^.;:()]{{2,45}}? and [^.;:()]{{4,60}}?(?<![a-z])(?:had|have|died|developed|experienced"
    rf"|reached|achieved|reported|relapsed|responded|required|showed|progressed|recurred)(?![a-z])"
)
PEOPLE_HAPPENED_AFTER = re.compile(
    rf" ?(?:\([^)]{{0,12}}\) ?)?(?:(?:of the|other|another|more|additional|further|evaluable|eligible|treated"
    rf"|[a-z-]+) ){{0,3}}?{PEOPLE}(?![a-z])(?:[^.;:()]{{0,50}}?)(?<![a-z]){HAPPENED}(?![a-z])"
)
GROUP_AFTER = re.compile(
    rf" ?(?:\([^)]{{0,12}}\) ?)?(?:(?:of )?(?:the |those )?(?:{PEOPLE}|events?|deaths?) )?(?:who (?:were |had "
    rf"|have )?)?(?:in|with|on|for|receiving|received|given|treated|assigned|allocated|taking|among|from|of those"
    rf"|of the|of patients|under|after|per)(?![a-z])"
)
IN_PEOPLE_BEFORE = re.compile(
    r"(?<![a-z])(?:observed|reported|occurred|seen|noted|detected|found|developed|recurred|diagnosed|recorded"
    r"|identified|documented|refused|present|arose|confirmed|delayed|required|achieved|died|had|caused"
    r"|led to|resulted in|in)"
    r"[a-z ,]{0,60} (?:in|by|for|only|from|another) (?:only |another |further )?\Z"
)
PEOPLE_AFTER = re.compile(
    rf" ?(?:(?:of the|other|another|more|evaluable|treated|additional|[a-z-]+) ){{0,2}}?{PEOPLE}(?![a-z])"
)
COUNTABLE = re.compile(rf"(?<![a-z])(?:{EVENTS}|{PEOPLE})(?![a-z])")
EVENT_WORD = re.compile(
    rf"(?<![a-z])(?:{EVENTS}|died|occur\w*|developed|experienced|observed|reported|noted|detected|recurred|relapsed"
    rf"|responded|discontinu\w*|adverse|incidence|rate|rates|grade|diagnosed|seen|found|toxic\w*|progress\w*"
    rf"|reached|achieved|had|required)(?![a-z])",
    re.I,
)

AVERAGE = re.compile(
    r"(?<![a-z])(?:(?P<median>medians?)|(?P<mean>means?|averag(?:e|ed|es|ing)|ls ?means?|lsm))(?![a-z])"
)
FOLLOW_UP_NEXT = re.compile(r" (?:[a-z]+ ){0,2}(?:follow|fu(?![a-z]))")
EVENT_TIME = re.compile(
    r"(?<![a-zA-Z])(?:survival|time to|time-to|pfs|os|dfs|efs|ttp|pfi|ttf|rfs|dor|duration of response"
    r"|response duration|progression-free|disease-free|progression)(?![a-zA-Z])"
)
TIME_UNIT = re.compile(
    r"(?:months?|weeks?|days?|years?|hours?|h|hrs?|minutes?|mins?|min|seconds?|sec|s|mos?|wks?|yrs?|d)\Z"
)
FOLLOW_UP = re.compile(r"(?<![a-z])(?:follow(?:ed)?[- ]?up|fu)(?![a-z])")
CHANGED_BY = re.compile(
    r" from baseline,? ?[-+]?\Z|(?<![a-z])(?:increas|decreas|reduc|declin|improv|rose|rise|fell|fall|dropp|chang"
    r"|gain|lost|lower|rais|shrink|delay|prolong|blunt|elevat|grew|diminish|worsen|shorten|augment|enhanc|risen"
    r"|inhibit|suppress|attenuat"
    r"|loss)[a-z]*"
    r"(?P<between>[^.;]{0,70})\Z"
)
BY = re.compile(
    r"(?:^|.* )(?:by|of)(?: (?:about|approximately|a total of|an average of|a mean of|a median of|nearly|around|roughly"
    r"|almost))? ?[-+~]?\Z|^ ?(?:significantly |slightly |further |approximately |about |nearly )?[-+~(\[]?\Z"
    r"|.*[(\[]~?[-+]?\Z",
    re.S,
)
# A percentage of these is a measured quantity, not a share of people.
MEASURED_IN_PERCENT = re.compile(
    r"(?<![a-z0-9])(?:hba ?\(?1c\)?|a1c|hb ?a1c|gh?b?a1c|glycated ha?emoglobin|glycosylated ha?emoglobin"
    r"|h(?:a)?ematocrit|fmd|flow-mediated dilat\w+|lvef|ejection fraction|fev ?\(?1\)?|fvc|o2 saturation"
    r"|oxygen saturation|spo2|sao2|"
    r"body fat|fat mass|bmd|bone mineral density|area under|plaque volume|ki-?67|labell?ing index|bone density"
    r"|tumou?r (?:size|volume|reduction)|(?:weight|bmi) (?:loss|change|gain|reduction)|body weight|"
    r"cholesterol|triglycerides|ldl|hdl|mammographic density|breast density|stenosis|pain relief|vo2|cd4 percentage"
    r"|reticulocyte|predicted)(?![a-z0-9])"
)
# A share of people or events, whatever the outcome is called.
SHARE = re.compile(
    r"(?<![a-z])(?:proportions?|percentages? of|rates?|incidences?|prevalence|frequency|frequencies|probabilit(?:y"
    r"|ies)|survival|achiev\w+|responders?|response|patients (?:with|who|achieving)|risks? of|mortality|abstinence"
    r"|occurr\w+|adherence|experienc\w+|developed|free of|cure|success)(?![a-z])"
)
SHARE_AFTER = re.compile(
    rf" ?(?:\)|\])? ?of (?:the |all |these |those |eligible |treated |evaluable |our "
    rf"|[a-z0-9-]+ )?{PEOPLE}(?![a-z])|  ?of (?:those|them)(?![a-z])"
)
BOTH_AFTER = re.compile(
    r"(?:[^.;,()\[\]]{0,45}?(?<![a-z])(?:in|with|for|of|on|within|under|among)|,| each) (?P<many>both|each|either"
    r"|all (?:three|four|3|4)|the (?:two|three|four))(?P<what> (?:of the )?(?:[a-z0-9+/-]+ ){0,5}?(?:groups?|arms?"
    r"|treatments?|regimens?|cohorts?|conditions|interventions?|therapies|formulations|drugs?|products?|agents?)"
    r"| [a-z0-9-]+ and )"
)
# "no reoperations for bleeding were needed within five days in either group": however far behind in the clause
NONE_IN_BOTH = re.compile(
    r"[a-z0-9 -]{0,110}?(?<![a-z])(?:in|with|for|of|on|among) (?:both|either)(?: of the two| of the)?(?: [a-z-]+)?"
    r" (?:groups?|arms?|treatments?|regimens?|cohorts?)(?![a-z])"
)
# One value for both of two groups named: the rate was the same in the low-dose and high-dose arms (10%)
SAME_BEFORE = re.compile(
    r"(?<![a-z])(?:same|identical|equal)(?![a-z])[^.;()]{1,70} and [^.;()]{1,40}(?:groups|arms|treatments) ?[(\[]\Z"
)
BOTH_BEFORE = re.compile(
    r"(?<![a-z])(?:both(?: treatments| groups| arms| regimens| drugs)?)(?: [a-z]+){0,1} (?:reduced|decreased"
    r"|increased|lowered|improved)(?: [a-zA-Z0-9-]+){1,5} by (?:about |approximately )?\Z"
)
