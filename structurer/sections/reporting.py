"""Sentences that tell what was done (`Sleep was measured with a diary`) or found (`We found that ...`), by their verbs.

A model taught by trials knows the words of trials; the verbs of other studies say the same.
"""

from __future__ import annotations

import re

_DONE = re.compile(
    r"\b(?:was|were) (?:(?:then|\w{2,15}ly) ){0,2}(?:collected|measured|administered|performed|obtained|recorded|"
    r"exposed|incubated|analy[sz]ed|assessed|evaluated|determined|used|conducted|invited|asked|selected|interviewed|examined|"
    r"tested|compared|applied|carried out|calculated|estimated|quantified|monitored|divided|given|fed|injected|"
    r"transfected|cultured|sampled|extracted|scored|coded|developed|constructed|implemented)\b"
)
# Words of results: a sentence with one of them tells what came out, whatever was done.
_CAME_OUT = re.compile(
    r"significan|higher|lower|increase|decrease|reduc|improv|differ|similar|greater|\bshow|\bp ?[=<>]|%|reveal|"
    r"result|correlat|associat|found|observed|\bdied|\bdeath|\bmedian|\bmean\b|baseline|respon"
)
_FOUND = re.compile(
    r"(?i)\A(?:[\w ]{0,40}, )?(?:we|(?:the |our )?(?:results?|analys[ie]s|data|experiments?)) "
    r"(?:also |further |then |clearly |here )?"
    r"(?:found|find|observed?|showed|revealed|demonstrated|identif(?:y|ied)|confirmed|detected)\b"
)


def tells_procedure(sentence: str) -> bool:
    """Whether a normalised sentence tells what was done, and of no result.

    >>> tells_procedure("Cells were rapidly transfected."), tells_procedure("No change was measured in the mean dose.")
    (True, False)
    """
    lower = sentence.lower()
    return ("was " in lower or "were " in lower) and bool(_DONE.search(lower)) and not _CAME_OUT.search(lower)


def tells_finding(sentence: str) -> bool:
    """Whether a normalised sentence begins by saying that something was found.

    >>> tells_finding("Unexpectedly, we found two forms."), tells_finding("We looked for two forms.")
    (True, False)
    """
    return bool(_FOUND.match(sentence))
