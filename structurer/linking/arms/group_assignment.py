"""Tell which group each of a sentence's one-group results belongs to, from the order of results and groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.linking.arms.mentions import ArmMention

# What ends the gap between a result and the group that follows it: "32% in the", "(12-15) with", "given"
_TOWARDS = re.compile(
    r"\b(?:in|with|for|of|among|on|to|receiving|given|assigned|allocated|taking)"
    r"(?: (?:the|patients|those|participants|women|men|children|subjects|who|receiving|received|given"
    r"|assigned|allocated|randomi[sz]ed"
    r"|to|with"
    r"|in|\d[\d,]*)){0,5}"
    r" ?\(?\Z"
)
_OPENS = frozenset(
    {"", "(", "group (", "arm (", "group", "arm", "groups (", "was", "group was", "had", "patients (", "group had"}
)


def assign_groups(lower: str, spans: Sequence[tuple[int, int]], mentions: Sequence[ArmMention]) -> list[int | None]:
    """The arm of each result in `spans` (sorted offsets), None where the sentence does not tell.

    `lower` is the normalised text in lower case. Lists are untangled by
    counting: as many groups as results, side by side, are matched in order.
    """
    items: list[tuple[int, str, int]] = sorted(
        [(s, "R", i) for i, (s, _) in enumerate(spans)] + [(m.start, "M", i) for i, m in enumerate(mentions)]
    )
    runs: list[tuple[str, list[int]]] = []
    for _, kind, i in items:
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(i)
        else:
            runs.append((kind, [i]))
    assigned: list[int | None] = [None] * len(spans)
    # "32% in A and 21% in B": a sentence that begins with a result goes on so
    first_follows = bool(runs) and runs[0][0] == "R" and len(runs[0][1]) == 1
    for k, (kind, members) in enumerate(runs):
        if kind != "R":
            continue
        before = runs[k - 1][1] if k else []
        after = runs[k + 1][1] if k + 1 < len(runs) else []
        if len(members) > 1:
            for near in (after, before):
                arms = _distinct(mentions, near, backwards=near is before)
                if len(arms) >= len(members):
                    chosen = arms[: len(members)] if near is after else arms[-len(members) :]
                    for i, arm in zip(members, chosen, strict=True):
                        assigned[i] = arm
                    break
            else:
                arms = _distinct(mentions, before) or _distinct(mentions, after)
                # one group for all, or all groups over and over: "A v B for survival (1 v 2) and relapse (3 v 4)"
                if arms and len(members) % len(arms) == 0:
                    for place, i in enumerate(members):
                        assigned[i] = arms[place % len(arms)]
            continue
        i = members[0]
        if before and after:
            left, right = mentions[before[-1]], mentions[after[0]]
            gap = lower[spans[i][1] : right.start]
            # a group right behind the result, by a preposition, belongs to it: "32% in the drug group"
            follows = len(gap) < 80 and ";" not in gap and bool(_TOWARDS.search(gap))
            opens = lower[left.end : spans[i][0]].strip(" ,:=") in _OPENS
            assigned[i] = right.arm if follows and (first_follows or not opens) else left.arm
        elif after:
            assigned[i] = mentions[after[0]].arm
        elif before:
            assigned[i] = mentions[before[-1]].arm
    return assigned


def _distinct(mentions: Sequence[ArmMention], indices: Sequence[int], *, backwards: bool = False) -> list[int]:
    """The arms named, each once: where it stands first, or with `backwards` where it stands last."""
    arms = list(dict.fromkeys(mentions[i].arm for i in (reversed(indices) if backwards else indices)))
    return arms[::-1] if backwards else arms
