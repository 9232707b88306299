"""What stands around a number that is no group's result: doses, times, thresholds, ages, statistics, sample sizes.

Each pattern is anchored at the number: `..._BEFORE` ends where the number begins, `..._AFTER` begins where it ends.
"""

from __future__ import annotations

import re

# A word that each of the longer patterns below needs: looked for once in a sentence, it spares the pattern there.
# Plain pieces are found ten times faster than by a pattern of their alternatives.
WORDS: dict[str, re.Pattern[str] | tuple[str, ...]] = {
    "background": ("significan", "alpha", "limit", "bound", "data ", "ratio", "margin", "matur", "cost"),
    "interval": re.compile(r"c\.?i(?![a-z])|cri(?![a-z])|confidence"),
    "p": re.compile(r"(?<![a-z])p(?![a-rt-z])"),
    "characteristic": re.compile(
        r"(?<![a-z])(?:age|bmi|body mass|birth|disease duration|duration|years of age|discount|sex|gender|education"
        r"|gestation|parity|attrition"
        r"|income|retention|dropout|participation|response rate to|study|trial|completion|history|stage|ecog"
        r"|performance|married|follow|recruitment|loss)"
    ),
    "sex": re.compile(
        r"(?<![a-z])(?:male|female|men|women|caucasian|white|boys|girls|smokers|married|black|hispanic|asian"
        r"|african|latin|primipar|nullipar|insured)"
    ),
    "traits": ("age", "male"),
    "difference": ("differen", "reduction", "excess", "efficacy", "advantage", "benefit", "margin", "gap", "gain"),
    "by": (" by ",),
    "level": ("relevan", "important ", "boundary", "cutoff", "cut-off", "posterior"),
    "from": (" from ", "(from "),
    "label": tuple("grade week day month year cycle stage phase visit age type score class level".split()),
    "bound": ("<", ">", "≤", "≥"),
    "sample": (
        *"""randomi randomly enrol recruit screen includ invited approach assign allocat sample data leaving analys
        analyz complet compris consist accru entered studied involv evalua population cohort planned eligible assess
        available withdr dropped participat provided consent agreed attended return received crossed remained finished
        registered excluded followed white male black caucasian asian smokers""".split(),
        *("total of", "responses from", "responded to", "of whom", "lost to", "had ", "were men", "were women"),
        *("are men", "are women", "being men", "being women"),
        *("participants:", "subjects:", "patients:", "contacted", "interviewed"),
    ),
    "changed": re.compile(
        r"(?<![a-z])(?:increas|decreas|reduc|declin|improv|rose|rise|fell|fall|dropp|chang|gain|lost|lower|rais"
        r"|shrink|delay|prolong|blunt|elevat|grew"
        r"|diminish|worsen|shorten|augment|enhanc|loss|went|shift|progress|inhibit|suppress|attenuat)"
    ),
}

# "week 24", "grade 3", "stage 2", "aged 65"
LABEL_BEFORE = re.compile(
    r"(?<![a-z])(?:days?|weeks?|months?|years?|yrs?|wks?|cycles?|grades?|stages?|phase|types?|class|tables?|groups?"
    r"|arms?|cohorts?|parts?|version|"
    r"visits?|steps?|rounds?|lines?|no\.|number|hpv|brca|covid|vitamin|aged?|ages|sessions?|modules?|waves?"
    r"|periods?|blocks?|items?|hour|minute|"
    r"quintiles?|quartiles? |tertiles?|gleason|nyha|ecog|ps|figure|genotypes?|serotypes?|category|categories|scale"
    r"|range|ranging|none of|dose|doses|day-|week-|month-|type-|by-) ?-?(?:or )?\Z"
)
# "in 2010", "the first 12", "every 8": counts of nothing
COUNTER_BEFORE = re.compile(
    r"(?<![a-z])(?:top|poorest|first|last|next|previous|past|every|each|per|x|×|bottom|another|in) \Z"
)
# An adverb or a preposition of time, before a number with a unit of time.
TIME_BEFORE = re.compile(
    r"(?<![a-z])(?:at|after|within|for|over|by|during|every|until|beyond|through|in|first|last|to|from|before"
    r"|between|initial|since|next|previous|"
    r"past|and|of|approximately|about|than|around|following|additional|another|additional|the|least|or|after only"
    r"|after just|within only) \Z"
)
# "more than 30", "at least 20%", "<1%": a bound is no value.
BOUND_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:more|less|greater|fewer|older|younger|larger|smaller|longer"
    r"|shorter) than (?:or equal to )?(?:a |an )?"
    r"|(?<![a-z])at (?:least|most) (?:a |an |one )?|(?<![a-z])(?:up to|exceeding|exceeded|minimum of|maximum of"
    r"|minimum|maximum|within|above|below|under)(?: a| an)? "
    r"|(?<![a-z])no (?:higher|more|greater|lower|less|fewer) than |[<>≤≥] ?(?:or)?/? ?=? ?|&[lg]t; ?(?:or ?)?=? ?)\Z"
)
# What the pattern above can end with: told before it is tried.
BOUND_ENDS = (
    *("than ", "to ", "a ", "an ", "least ", "most ", "one ", "exceeding ", "exceeded ", "of ", "minimum ", "maximum "),
    *("within ", "above ", "below ", "under ", "< ", "> ", "≤ ", "≥ ", "or ", "/ ", "= ", "; "),
    *("<", ">", "≤", "≥", "or", "/", "=", ";", "  "),
)
P_BEFORE = re.compile(
    r"(?<![a-z])(?:p(?:[- ]?values?)?|p[- ]?(?:for )?(?:trend|interaction|heterogeneity|non-?inferiority|superiority))"
    r" ?(?:[<>=≤≥]=?|of|was|were|,)+ ?-?\Z"
)
# A further p-value of a list: "p = 0.02, 0.04 and 0.11"
P_LIST_BEFORE = re.compile(r"(?<![a-z])p ?[<>=≤≥] ?[\d.]+(?:,| and|, and|;) ?\Z")
# Inside an interval: "95% CI, 14 to 19"
INTERVAL_BEFORE = re.compile(
    r"(?<![a-z])(?:c\.?i\.?|cri|confidence (?:interval|limit)s?)[^()a-z]{0,26}(?:to )?\(?-?\Z"
    r"|(?<![a-z])c\.?i\.?[^()a-z]{0,12}(?: to )?-?\Z"
)
# "IQR = 22", "range: 4, 9": limits that stand apart from their value
LIMITS_BEFORE = re.compile(
    r"(?<![a-z])(?:iqr|interquartile range|range|quartiles|percentiles?)[^()a-z]{0,16}(?:percent )?(?:and |to )?-?\Z"
)
# "grade 3-4", "weeks 22, 23, and 24": a further number of a label
LABEL_LIST_BEFORE = re.compile(
    r"(?<![a-z])(?:grades?|weeks?|days?|months?|years?|cycles?|stages?|phases?|visits?|ages?|aged|types?|scores?"
    r"|class|levels?) \d+(?:, ?\d+){0,4},? ?(?:-|/|,|or|and|to|through) ?\Z"
)
# A statistic, or a measure of effect that no effect was read from.
STATISTIC_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:HR|OR|RR|a?HRs?|a?ORs?|a?RRs?|IRR|SMD|MD|WMD|RD|ARR|RRR|NNT|NNH|AUC|ICC|ES|SE|SD|CV|β"
    r"|R ?[2²] {0,2}"
    r"|χ2|X2|κ|α|ρ|η2|rho|(?:[RrFtzZBbd]|df|rs)(?= ?=)|"
    r"[Bb]eta|[Kk]appa|[Aa]lpha|[Cc]hi-?square|[Cc]hi2|[Hh]azards? ratios?|[Oo]dds ratios?|[Rr]elative risks?"
    r"|[Rr]isk ratios?|[Rr]ate ratios?|"
    r"[Rr]elative hazards?|[Ee]ffect size|coefficients?|slope|[Ii]ncidence rate ratio|[Mm]ean difference"
    r"|[Ss]tandard deviation|[Ss]tandard error|"
    r"[Pp]ower|[Nn]umber needed to (?:treat|harm))"
    r"(?: ?[\[(][^\])]{0,14}[\])])?(?:(?: for| of)(?: the)?(?: [a-z-]+){1,3})?,? ?(?:[=:,]|was|were|of|is|≈)? ?-?"
    r"|R ?[2²] {0,2}[=:] ?(?:\d[\d.]*%?,? (?:and )?){0,5})\Z"
)
# What the pattern above can begin with: words as printed, and letters.
STATISTICS = frozenset(
    """HR HRs aHR aHRs OR ORs aOR aORs RR RRs aRR aRRs IRR SMD MD WMD RD ARR RRR NNT NNH AUC ICC ES SE SD CV R X rho r F
    t z Z B b d df rs Beta beta Kappa kappa Alpha alpha Chi chi ratio ratios risk risks Hazard Hazards hazard hazards
    size coefficient coefficients slope difference deviation error Power power needed""".split()
)
STATISTIC_LETTERS = "βχκαρη"
# "a difference of 5%", "reduced the risk by 30%", between groups
DIFFERENCE_BEFORE = re.compile(
    r"(?<![a-z])(?:differences?|risk reductions?|relative reductions?|absolute reductions?|excess|efficacy"
    r"|advantage of|benefit of|margin|gap|gain over)"
    r"(?: [a-z-]+){0,6}(?: ?[,:=(]| was| were| of| is| by| in){0,2} ?[(\[]?(?:adjusted )?(?:mean )?-?\Z"
)
RISK_BY_BEFORE = re.compile(
    r"(?<![a-z])(?:reduc\w+|lower\w*|decreas\w+|increas\w+|higher|improv\w+)(?: [a-z-]+){0,4} (?:risks?|odds"
    r"|hazards?|mortality|incidence|rate of|likelihood|chance|probability)"
    r"(?: [a-z-]+){0,8} by (?:about |approximately |an estimated |nearly )?\Z"
)
SEX_BEFORE = re.compile(
    r"(?<![a-z])(?:male|female|men|women|males|females|caucasian|white|boys|girls|hispanic|black|african[- ]american"
    r"|asian|married|primiparous|nulliparous|insured)(?: sex)?(?: was| were)?[ ,:=(\[]*\Z"
)
# "n=789, 50%": the share of the sample that an arm has
SIZE_BEFORE = re.compile(r"(?<![a-z])n ?= ?[\d,]+[,;] \Z|(?:^|\A)of (?:the )?\Z")
OWN_INTERVAL_AFTER = re.compile(
    r" ?[,;:]? ?[(\[]?(?:9\d|80)(?:\.\d+)? ?%? ?-? ?(?:c\.?i|confidence|cri"
    r"|credible)(?!\w*\.?(?: intervals?)? (?:for|of) (?:the )?(?:diff|between))"
)
AFTER_NOT = re.compile(
    r" or (?:more|less|higher|lower|greater|fewer|above|below|older|younger|over)(?![a-z])| ?/ ?qaly|"
    r" ?-? ?(?:c\.?i\.?(?![a-z])|cri|confidence|credible|power(?![a-z])|upper|one-sided|two-sided|significance"
    r"|level of|limit)"
    r"|-[a-z]|-? ?fold(?![a-z])"
    r"|-? ?(?:to|and|or|vs\.?|versus|-) ?\d[\d.]*[- ]?fold"
    r"| times?(?![a-z])| ?×| ?x ?\d| percentiles?| ?(?:st|nd|rd|th)(?![a-z])"
    r"| (?:saline|solution|cream|gel|ointment|ethanol|dextrose|glucose solution|lidocaine|bupivacaine|ropivacaine"
    r"|glucose (?!tolerance|level|value|reduc|control)[a-z]|hydroxyethyl|of hydroxyethyl|hes(?![a-z])|lignocaine"
    r"|mepivacaine|articaine|sevoflurane|isoflurane|desflurane|formalin|xylocaine|iodine|dextran|gelatin"
    r"|levobupivacaine|chlorhexidine|povidone|oxygen|albumin|sucrose|lotion|patch|eye ?drops|ophthalmic)"
    r"| (?:different|centres?|centers|hospitals|sites|countries|clinics|institutions|practices|studies|trials|arms"
    r"|groups|cohorts|years of age|years old|year old|visits|doses|cycles|"
    r"tablets|capsules|injections|items|scales|questionnaires|domains|weekly|times|consecutive|main|primary"
    r"|secondary|types|categories|dimensions|parameters|communities|villages|schools|"
    r"sessions|courses|components|strategies|regimens|interventions|treatments|conditions|schedules|phases|measures"
    r"|outcomes|variables|genes|loci|snps)(?![a-z])"
)
RELATIVE_AFTER = re.compile(
    r" ?(?:(?:relative|absolute|overall|mean|significant|further|additional|significantly|slightly|markedly) )?"
    r"(?:lower|higher|greater|less|more"
    r"|fewer|larger|smaller|better|worse|longer|shorter|slower|faster|reductions?|decreases?|increases?"
    r"|improvements?|declines?|"
    r"relative|absolute|probability|chance|risk|likelihood|loss|weight loss|difference|(?:and|or) \d{1,2} ?% responders"
    r"|of the (?:maximal|maximum"
    r"|predicted|standard|recommended|total dose)|increments?|gain|drop|saving|responders?|response criteria"
    r"|threshold)(?![a-z])"
)
FROM_BASELINE_AFTER = re.compile(
    r" ?[a-z ]{0,20}?(?:from|over|below|above|versus|vs|compared with|relative to|to|of) (?:the )?baseline"
)

# The size of the sample and how it shrank: section "sample sizes", not results.
SAMPLE_AFTER = re.compile(
    r" ?(?:\([^)]{0,20}\) ?)?(?:(?!(?:who|that|which|whom)(?![a-z]))[^.;]){0,60}?(?<![a-z])(?:were|was|underwent"
    r"|had been|have been|are|being)"
    r" (?:\w+ly |then |also |subsequently |[a-z]+ and )?(?:randomi|randomly|enrol|recruit|allocated|screened|eligible"
    r"|ineligible|included|analy[sz]|evaluable|assessable|invited|approached|"
    r"registered|excluded|entered|assessed for|available for|lost to|assigned|studied|followed|recruited"
    r"|evaluated for|consented|contacted|interviewed"
    r"|withdrawn|accrued|white|male|female|black|caucasian|men(?![a-z])|women(?![a-z])"
    r"|asian|smokers)"
)
# The same further off: "Eighty patients with ... were randomly assigned"
SAMPLE_FAR_AFTER = re.compile(
    r" (?:[a-z-]+ ){0,4}?(?:patients|participants|subjects|women|men|children|adults|people|individuals"
    r"|volunteers)(?: [^.;]{0,150}?)?(?<! who)(?<! that) (?:(?:were|was) (?:\w+ly )?(?:randomi|enrol|recruit"
    r"|allocated|assigned|screened|included in)|participated|underwent randomi|took part)"
)
# Words before a number that make it a significance level, a completeness, or a ratio in per cent
BACKGROUND_BEFORE = re.compile(
    r"(?:significance|alpha)(?: levels?)?(?: of| at| was| set at)? ?\Z|(?:limits?"
    r"|bounds?) of (?:the )?[^;]{0,40}[(\[] ?-?\Z"
    r"|(?:inferiority|equivalence) (?:limit|margin)s? (?:was|were|of)(?: set at)? -?\Z"
    r"|(?<![a-z])cost[- ]effective[a-z -]{0,20}(?:was|of|is) (?:about |approximately )?\Z"
    r"|(?<![a-z])maturity(?: was| of|,)?(?: approximately| about)? \Z"
    r"|data (?:were |was )?(?:obtained|available|collected|provided|complete) (?:from|for|in|by|on) \Z"
    r"|(?<![a-z])ratios? [^;]{0,70}(?:was|were) (?:[\d.]+%(?:, | and |, and ))*\Z"
)
# A level that was set beforehand, or the probability of being better
LEVEL_BEFORE = re.compile(
    r"(?<![a-z])(?:clinical(?:ly)? relevan(?:ce|t(?: [a-z]+)?)|important (?:difference|change)s?(?: ?\([a-z]{2,5}\))?"
    r"|boundary|cut-?offs?(?: (?:value|point|level|score)s?)?|posterior probability [^;()]{0,90}?)"
    r"(?: (?:of|was|is|being|at|set at|was set at))? ?[(\[]? ?-?\Z"
)
SAMPLE_VERB_AFTER = re.compile(
    r" ?(?:\([^)]{0,20}\) ?)?(?:of (?:the )?\w+ |eligible |consenting |consecutive )?(?:(?:patients|participants"
    r"|subjects|women|men|children|individuals|people|adults|infants|respondents|volunteers|others|dyads|couples"
    r"|residents|eyes)"
    r"(?: \([^)]{0,16}\))? ?(?:\([^)]{0,12}\) ?)?)?(?:in (?:each|the|both)[a-z -]{0,40}?(?:group"
    r"|arm)s? )?(?:and \d+ [^.;]{0,40})?(?:then |also |subsequently |had |all )?"
    r"(?:respectively,? )?"
    r"(?:completed (?!two|at least|no|three)|withdrew|dropped out|participated|provided (?:data|informed|consent"
    r"|written)|consented|agreed|attended (?:the|follow|at)|entered|enrolled|underwent randomi[sz]ation|returned"
    r"|responded to the (?:survey|questionnaire)|"
    r"received (?:the (?:study|allocated|assigned|protocol|intervention)|at least|study|treatment|either|placebo"
    r"|early|neoadjuvant|adjuvant|chemotherapy|prior|previous)|crossed into|remained in (?:the )?(?:study|trial)"
    r"|finished|had (?:complete|available|evaluable|baseline and) )"
)
SAMPLE_BEFORE = re.compile(
    r"(?<![a-z])(?:enrol\w*|recruit\w*|randomi[sz]ed|screen\w*|includ(?:ed|ing)(?: a)? total of|included"
    r"|(?:will|to) include|invited"
    r"|approached|assigned|allocated|sample of|sample size of|total of|data (?:from|on|for)|leaving|analy[sz]ed"
    r"|completed by|comprised|comprising|consisted of|"
    r"accrued|entered|studied|involving|we evaluated|responses from|of whom|randomly assigned|population of"
    r"|cohort of|planned|participants:|subjects:|patients:)"
    r"(?: (?:only|all|in|the|to|a|total|of|and|were|were randomi[sz]ed|into|for|from|at|also"
    r"|group|groups|arm))*[ (\[:]*\Z"
)
CHARACTERISTIC_BEFORE = re.compile(
    r"(?<![a-z])(?<!conceptional )(?<!gestational )(?<!menstrual )(?:aged?|age \(?[a-z]*\)?|ages|bmi"
    r"|body mass index|gestational age|birth ?weight|(?:disease|diabetes|illness|symptom) duration"
    r"|duration of (?:diabetes|disease|illness"
    r"|symptoms|hypertension)|years of age|income|"
    r"discount(?:ed)?(?: rate)?(?: at)?|sex|gender|education|gestation|parity|attrition|retention|dropout rate"
    r"|participation(?: rate)?|stage [iv]+[abc]? disease|response rate to the questionnaire|baseline response rate|"
    r"response rate (?:on|to|for) (?:the )?(?:screening|survey|first|baseline)[a-z -]{0,30}|"
    r"(?:study|trial) completion|completion rate|history of|stage [iv]+[abc]?|ecog|performance status|married"
    r"|follow-?up rate|recruitment(?: rate)?|loss to follow-?up)"
    r"(?: ?\([a-z]{2,5}\))?"
    r"(?: (?:was|were|is|of|for|in|the|both|groups?|all|patients|participants|subjects|at|baseline|among|rate|being"
    r"|ranged|years?|control|and|intervention|placebo|overall|mean|median|to))*"
    r"(?: ?[,:=(\[]| ?±| sd\W| iqr\W| range\W){0,3} ?[$€£]?(?:\d[\d.]* ?%? "
    r"(?:(?:for|in|with) [a-z0-9-]{2,20}(?: [a-z0-9-]{2,20}){0,3} )?"
    r"(?:vs\.?|versus|v|and) )?\Z"
)
# "(median age 55; 56% male; 60% diabetic)": a bracket that tells who the sample are tells no result
TRAITS_BEFORE = re.compile(
    r"[(\[](?:(?:mean|median|average) (?:[(\[][^()\[\]]{1,10}[)\]] )?ages?(?![a-z])|ages?[,: ]"
    r"|\d{1,3}(?:\.\d+)? ?% (?:were )?(?:fe)?male|(?:fe)?males?[,: ])(?:(?!baseline)[^()]){0,110}\Z"
)
# Who was given or took a drug beside the trial's own
TREATED_BEFORE = re.compile(r"(?<![a-z])(?:given|administered) to \Z")
TREATED_AFTER = re.compile(
    r" (?:of (?:[a-z-]+ ){1,4})?(?:were|was) (?:already |also |currently )?(?:taking|receiving)(?![a-z])"
)
AGE_FAR_BEFORE = re.compile(
    r"(?<![a-z])(?:mean|median|average) (?:[(\[][^()]{1,8}[)\]] )?ages? (?:of|in|for|among)(?![a-z])[^.;()\d]{3,110}"
    r"(?:was|were) \Z"
)
AGE_AFTER = re.compile(r" ?(?:years?|yrs?|y|yr)(?: old| of age|-old)")
SEX_AFTER = re.compile(
    r" ?(?:\([^)]{0,14}\) ?)?(?:of (?:the )?(?:patients|participants|subjects|sample|respondents|children|women"
    r"|men) (?:were|was|are) |were |was |are )?(?:males?|females?|men|women|boys|girls|transgender|smokers"
    r"|married)(?= ?[,.;)\]]| and | \()"
    r"| (?:participants who were |were |of )?(?:caucasian|white|black|hispanic|asian|african|latin[oa])(?![a-z])"
)
