"""The words and shapes around an estimate that tell which measure it is, over lower-case text."""

from __future__ import annotations

import re

TIME_UNIT = re.compile(r"(?:month|year|week|day|hour|minute|min|second|h|yr|wk|mo|d|hr)s?\b", re.IGNORECASE)
RATE_UNIT = re.compile(
    r"\bper (?:\d[\d, ]* )?(?:person|patient|participant|woman|women|child|infant|"
    r"subject|1|100|1,?000|10,?000|100,?000|year|month|week|day|hour)"
    r"|/(?:100|1000|person|patient|year)"
)
NEGATED = re.compile(r"\b(?:no|not|without|nor|neither|any|similar)\b[a-z ,-]{0,40}$")
COMPARED = re.compile(
    r"\b(?:higher|lower|greater|less|fewer|longer|shorter|larger|smaller|better|worse|heavier|more|costlier|"
    r"faster|slower)\b"
)
BEHIND = re.compile(
    r"[)\] ,;]{0,4}(?:p ?[<=>] ?[\d.]+[)\] ,;]{0,4})?"
    r"(?:(?!had|have|has|were|was|of|with|levels)[a-z/%]{1,12}[ )]){0,2}?"
    r"(higher|lower|greater|less|fewer|longer|shorter|larger|smaller|better|worse|more|difference|reduction|"
    r"improvement|increase|decrease|times|-?fold)\b"
)
LESS_RISK = re.compile(
    r"\b(?:lower|reduced?|less|fewer|reduction in|decrease in|decreased|higher|increased?|greater)"
    r"(?: \w+){0,2}? (?:risk|odds|hazard|rate of|incidence|relative|mortality|likelihood|chance|probability)"
)
FROM_BASELINE = re.compile(
    r"\b(?:from|since|versus|vs\.?|over|to) (?:the )?baseline|\bwithin-group|\bbaseline to\b|\bpre-? ?(?:to|and|vs)"
)
PROPORTION_OUTCOME = re.compile(
    r"\b(?:rates?|proportions?|percent(?:age)?s?(?! (?:increase|decrease|change|reduction|loss|gain))|"
    r"incidence|prevalence|mortality|risks?|responders?|response|"
    r"survival|patients|"
    r"participants|women|men|children|adherence|cure|success|remission|achiev\w+|probabilit\w+)\b"
)
TIME_TO_EVENT = re.compile(r"surviv|progression|recurrence|relapse|death|mortality|time to|event|hazard")


# "13 (" before a percentage: a count's share
AFTER_COUNT = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|no|none|patients|women|men)) ?[(\[]$"
)


CHANGED_BY = re.compile(
    r"(?:reduc|increas|decreas|lower|improv|declin)\w* (?:[\w\[(%)\],]+ ){0,7}(?:by|of)(?: an?| about)? $"
)


ONE_SIDED = re.compile(r"(?:lower|upper) (?:limit|bound|confidence|boundary|95|90|97)")
TWO_VALUES = re.compile(r"\d[^.;]{0,60}\b(?:vs\.?|v|versus|compared (?:to|with))\b[^;]{0,60}\d")
TIMES_LIST = re.compile(r"[)\] ]{0,3}(?:,? ?(?:and )?[\d.]{1,6} ?[(\[][^)\]]{1,20}[)\]]){0,5} ?times\b")
IN_GROUP = re.compile(r"[)\]]? ?(?:in|for|with|among) (?:the )?(?:[a-z0-9-]+ ){1,4}(?:group|arm|patients|cohort)")
# Outcomes that are themselves in per cent, so that their differences are differences of means
IN_PER_CENT = re.compile(
    r"hba|a1c|ejection|weight|\bbmd\b|mineral density|volume|predicted|fev|cholesterol|\bldl|\bhdl|glycated|"
    r"h(?:a)?ematocrit|h(?:a)?emoglobin|saturation|body fat|\bmean\b|time in range|score|fat mass|dilation|atheroma"
)
# These are told in per cent themselves, so that so many per cent of them are points
IN_POINTS = re.compile(r"hba|a1c|percentage point|ejection fraction")
NAMED_JUST_BEFORE = re.compile(r"\bmeans? ?(?:=|of|was|:|,)? ?$")
# "95.9% of one group compared to 100% of the other (95% CI": an interval behind two shares is their difference's
TWO_SHARES = re.compile(r"\d ?%[^.;]{0,90}\b(?:vs?\.?|versus|and|compared (?:to|with))\b[^.;]{0,50}\d ?%")
# A rate's name in the clause of its number: "relapse rate was", "incidence of falls per patient-year was"
RATE_NAMED = re.compile(r"\b(?:rates?|incidence)\b(?! (?:ratio|difference|reduction|limiting))[^;]{0,110}$")
ODDS_NAMED = re.compile(r"\bodds\b[^;.\d]{0,60}$")
# "more migration (0.21 mm, 95% CI ...) than the other group", which has no number of its own
MORE_BEFORE = re.compile(
    r"\b(?:higher|lower|greater|less|fewer|longer|shorter|larger|smaller|better|worse|more)\b[^;.\d]{0,70}[(\[] ?[-+]?$"
)
THAN_BEHIND = re.compile(r"[)\] ]{1,3}(?:in|with|for|among|on)?[^;.\d]{0,60}\bthan\b(?![^;.]{0,80}[(\[] ?\d)")
# Words that set one group against another
COMPARISON = re.compile(
    r"\b(?:than|versus|vs|compared|comparison|relative to|between|differ\w*|placebo|controls?|usual care|"
    r"effects?|associat\w*|higher|lower|greater|less|more|larger|smaller|longer|shorter|better|worse|extra|additional)\b"
)
GROUP_BEFORE = re.compile(r"\b(?:patients|participants|subjects|women|men|children|group|arm|with|treated)\b")
# A list is announced: "differences between A and B were as follows:"
LISTED_DIFFERENCES = re.compile(r"\bdifferences\b[^.;:]{0,160}:")
# A group that the clause sets itself against: "reduced versus the control at week 2 (by 0.04"
AGAINST = re.compile(r"\b(?:versus|vs|compared (?:with|to)|relative to|than)\b[^;\d]{0,60}(?:\d{1,2}[^;\d]{0,20})?$")
# What is counted and not measured: reducing it by a share is a relative reduction
RISK = re.compile(
    r"\b(?:incidence|risks?|rates?|episodes|events|mortality|deaths?|odds|hazard|prevalence|cases|falls)\b"
)
SHARE_NAMED = re.compile(r"\brates?,? (?:was |were |of )?[(\[]?$")
# "19% had increased (95% CI ...": what a share of people did is told behind it
SHARE_OF = re.compile(
    r" (?:(?:of|in) (?:the |all )?(?:patients|participants|subjects|women|men|children|those)|had|have|has|were|showed"
    r"|achieved|reported|experienced|developed|received|responded)(?![a-z])(?![^;]*(?:than|compared|versus)(?![a-z]))"
)
BEHIND_ONLY_SIGNS = re.compile(r"[)\]]{0,2} ?(?:[;,] ?(?:and )?|and )")
EFFICACY_BEHIND = re.compile(r"[)\]] (?:vaccine |protective )?efficacy(?![a-z])")
# "LS mean [A-B]: 0.2", "mean change (drug minus placebo) was 0.2": what is printed is the second group's less
MEAN_OF_ONE_LESS = re.compile(
    r"(?<![a-z])(?:means?|changes?|medians?)(?: of)?,? ?[(\[] ?[a-z][a-z0-9 ]{0,24}(?: ?- ?| minus )"
    r"[a-z][a-z0-9 ]{0,24}[)\]] ?(?:was|were|of|is|=|:|,)? ?[-+]?\Z"
)
HAZARD_NAMED = re.compile(r"\bhazards?\b(?! ratio)[^;.\d]{0,90}$")
# Rates of what can happen again, or in a time; other rates are shares
COUNTED_RATE = re.compile(r"\b(?:incidence|annuali[sz]ed|relapse|exacerbation|attack|event|episode|hospitali[sz]ation)")
COMPARED_BEHIND = re.compile(
    r"[)\]](?:[;,] ?p ?[=<>] ?\d?\.\d+\)?)?[^.;]{0,90}? (?:compared (?:to|with)|versus|vs\.?|relative to) (?:the )?"
    r"(?:placebo|controls?|sham|usual care)(?![a-z])(?! (?:group )?[(\[]?-?\d)"
)
# "7% (3 of 45) and 22% (11 of 49)": shares of people
COUNTED_SHARES = re.compile(r"\d ?% ?[(\[]\d+ ?(?:of|/) ?\d+[)\]]")
# "rose to 5.9 (5.4-6.5) kPa": where it ended
TO_A_LEVEL = re.compile(
    r"(?<![a-z])(?:increas|decreas|reduc|declin|improv|dropp|fell|rose)[a-z]* (?:[a-z]+ )?to [-+]?\Z"
)
CHANGES = re.compile(r"(?<![a-z])(?:chang|increas|decreas|reduct|improve)")
CHANGE_NAMED = re.compile(r"\bchange ?[=:] ?[-+]?$")
# An effect without a unit whose limits lie about one is no difference: "treatment effect 1.02 (0.69-1.53)"
EFFECTS_OF = frozenset(
    """difference-treatment-effect difference-estimated-treatment-effect difference-intervention-effect
    difference-effect-estimate difference-effect-of-treatment difference-adjusted-effect
    difference-net-effect""".split()
)
