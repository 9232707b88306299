"""A group named beside a count of its people: behind it, before it, in brackets."""

from __future__ import annotations

import re

GROUP_AFTER = re.compile(
    r"(?: ?[(\[][^()\[\]]{0,40}[)\]])? (?:were |was )?(?:assessed |evaluated |treated |randomi[sz]ed |"
    r"allocated |assigned |included |analy[sz]ed |remaining |enrolled )?(?:in|from|of|to|on|for|into|"
    r"with) (?:the |each |an? )?(?!no |significant |differen)"
    r"(?:(?:[^\s,;()]{1,25} ){1,6}?(?:groups?|arms?|cohorts?|conditions?|"
    r"schedule|program(?:me)?|clusters?|phase)|(?:group|arm|cohort)s? [a-z0-9]{1,3}|"
    r"(?:intervention|control|experimental|comparison|usual[ -]care) "
    r"(?:practices|clinics|schools|villages|hospitals|wards|communities|homes|sites|clusters))(?![a-z])"
)
# "each group consisted of 46 men"
EACH_GROUP_HELD = re.compile(
    r"(?<![a-z])(?:(?:each|both|every|either)(?: (?:treatment|study|trial))? (?:groups?|arms?) "
    r"(?:consisted of|comprised|included|contained|had|enrolled|recruited)|"
    r"each (?:group |arm )?(?:consisting|composing|composed|comprising)(?: of)?) \Z"
)
# "75 men made up the control group"
MADE_UP_GROUP = re.compile(
    r"[^.;]{0,90}? (?:comprised|constituted|made up|formed|served as|acted as|"
    r"(?:were |and )?(?:recruited|enrolled|included|selected|chosen) (?:as|for|to be)|"
    r"(?:selected|recruited) and assigned (?:to|as))(?: the| an?)? "
    r"(?:[^.,;()]{2,40} (?:group|arm)|controls?)(?![a-z])"
)
GROUP_STANDS_BEFORE = re.compile(r"(?:^|[^a-z])in (?:the |both |each )?(?:[^\s,;()]{1,25} ){1,4}(?:groups?|arms?),? \Z")
# "the weekly arm had 52 assessable patients"
GROUP_HAD = re.compile(r"(?:group|arm)(?: [a-z0-9])? (?:had|contained|was made up of) \Z")
GROUP_ASIDE = re.compile(
    r" ?[(\[](?![^()]{0,40}(?:each|per |both))(?:[^()\[\]\d]{0,40} )?(?:groups?|arms?)(?: [a-z0-9]{1,3})?[)\]]"
)
