"""Which of the data banks that MEDLINE names beside a record register trials or reviews."""

from __future__ import annotations

# https://www.nlm.nih.gov/bsd/medline_databank_source.html; the others hold sequences, structures and data.
_REGISTRIES = frozenset(
    {
        "anzctr",
        "chictr",
        "clinicaltrials.gov",
        "cris",
        "ctis",
        "ctri",
        "drks",
        "eudract",
        "irct",
        "isrctn",
        "itmctr",
        "japiccti",
        "jma",
        "jprn",
        "jrct",
        "kct",
        "lbctr",
        "ntr",
        "pactr",
        "per",
        "prospero",
        "rebec",
        "rpcec",
        "slctr",
        "tctr",
        "umin-ctr",
    }
)


def is_registry(bank: str | None) -> bool:
    """Whether the data bank of this name registers trials or reviews.

    >>> is_registry("UMIN CTR"), is_registry("GENBANK")
    (True, False)
    """
    return "-".join((bank or "").casefold().split()) in _REGISTRIES
