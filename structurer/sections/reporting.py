"""Sentences that tell what was done (`Sleep was measured with a diary`), found or came out, by their verbs.

A model taught by trials knows the words of trials; the verbs of other studies say the same.
"""

from __future__ import annotations

import re

# Behind "was" or "were".
_DONE = re.compile(
    r"(?:(?:then|\w{2,15}ly) ){0,2}(?:collected|measured|administered|performed|obtained|recorded|exposed|incubated|"
    r"analy[sz]ed|assessed|evaluated|determined|used|conducted|invited|asked|selected|interviewed|examined|tested|"
    r"compared|applied|carried out|calculated|estimated|quantified|monitored|divided|given|fed|injected|transfected|"
    r"cultured|sampled|extracted|scored|coded|developed|constructed|implemented)\b"
)
# Words of results: a sentence with one of them tells what came out, whatever was done.
_CAME_OUT = (
    *("significan", "higher", "lower", "increase", "decrease", "reduc", "improv", "differ", "similar", "greater", "%"),
    *(" show", "p=", "p<", "p>", "p =", "p <", "p >", "reveal", "result", "correlat", "associat", "found", "observed"),
    *(" died", " death", " median", " mean ", "baseline", "respon"),
)
_FOUND = re.compile(
    r"(?i)\A(?:[\w ]{0,40}, )?(?:we|(?:the |our )?(?:results?|analys[ie]s|data|experiments?)) "
    r"(?:also |further |then |clearly |here )?"
    r"(?:found|find|observed?|showed|revealed|demonstrated|identif(?:y|ied)|confirmed|detected)\b"
)
_BE = (" was ", " were ")
_HOW = "associated correlated related similar unchanged higher lower greater comparable found seen observed".split()
_CHANGE = "differ vary change correlate affect influence improve increase reduce alter".split()
_MORE = "higher lower greater fewer more less better worse increase decrease reduc improve".split()
# How something came out, with no word for what was done.
_OUTCOMES = (
    *(
        "was well tolerated",
        "were well tolerated",
        "generally well tolerated",
        "adverse events were",
        "adverse effects were",
        "adverse reactions were",
    ),
    *("adverse events occurred", "no adverse", "no serious adverse", "no difference", "no significant", "no change"),
    *("no effect", "no association", "no correlation", "no interaction", "no reported adverse", "few adverse"),
    *("significant difference", "significant interaction", "significant effect", "significant association"),
    *("significant correlation", "significant main effect", "revealed that", "showed that", "indicated that"),
    *(f"did not {verb}" for verb in _CHANGE),
    *(f"did not significantly {verb}" for verb in _CHANGE),
    *(f"significantly {how}" for how in _MORE),
    *(f"significant {how}" for how in _MORE),
    *(f"{be}{how}" for be in _BE for how in _HOW),
    *(f"ly {how}" for how in _HOW),
)


def tells_procedure(sentence: str) -> bool:
    """Whether a normalised sentence tells what was done, and of no result.

    >>> tells_procedure("Cells were rapidly transfected."), tells_procedure("No change was measured in the mean dose.")
    (True, False)
    """
    done = any(_DONE.match(rest) for be in _BE for rest in sentence.split(be)[1:])
    return done and not any(map(sentence.lower().__contains__, _CAME_OUT))


def tells_finding(sentence: str) -> bool:
    """Whether a normalised sentence begins by saying that something was found.

    >>> tells_finding("Unexpectedly, we found two forms."), tells_finding("We looked for two forms.")
    (True, False)
    """
    return bool(_FOUND.match(sentence))


def tells_outcome(sentence: str) -> bool:
    """Whether a normalised sentence tells how something came out, in words.

    >>> tells_outcome("Lamps were well tolerated."), tells_outcome("Lamps were measured.")
    (True, False)
    """
    return any(map(sentence.lower().__contains__, _OUTCOMES))
