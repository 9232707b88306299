"""What surrounds title and abstract in a record of PubMed's baseline: most of its characters, and nothing we read."""

from __future__ import annotations

import random
from collections.abc import Sequence

# UI numbers stand behind each descriptor, as in the real files.
_TYPES = ("Journal Article", "Review", "Case Reports", "Comparative Study", "Letter", "Editorial")
_MOST_AUTHORS = 14
_REFERENCES = (10, 36)
_WITH_REFERENCES = 0.45


def journal(words: Sequence[str], chance: random.Random, year: int) -> str:
    """The journal and the issue."""
    name = f"The journal of made-up {chance.choice(words)}"
    return (
        f'<Journal>\n<ISSN IssnType="Electronic">{chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}</ISSN>\n'
        f'<JournalIssue CitedMedium="Internet"><Volume>{chance.randint(1, 400)}</Volume>'
        f"<Issue>{chance.randint(1, 24)}</Issue><PubDate><Year>{year}</Year><Month>Mar</Month></PubDate>"
        f"</JournalIssue>\n<Title>{name}</Title>\n<ISOAbbreviation>{name[4:19]}.</ISOAbbreviation>\n</Journal>\n"
    )


def authors(words: Sequence[str], chance: random.Random) -> str:
    """Authors with their affiliations."""
    rows = []
    for _ in range(chance.randint(1, _MOST_AUTHORS)):
        name, given = chance.choice(words).capitalize(), chance.choice(words).capitalize()
        place = " ".join(chance.choices(words, k=8))
        rows.append(
            f'<Author ValidYN="Y"><LastName>{name}</LastName><ForeName>{given} {name[0]}</ForeName>'
            f"<Initials>{given[0]}{name[0]}</Initials><AffiliationInfo><Affiliation>Department of {place}, "
            f"{chance.randint(10000, 99999)}.</Affiliation></AffiliationInfo></Author>\n"
        )
    return f'<AuthorList CompleteYN="Y">\n{"".join(rows)}</AuthorList>\n'


def databank(chance: random.Random) -> str:
    """A trial's registration."""
    number = f"NCT{chance.randint(1, 6_999_999):08}"
    return (
        '<DataBankList CompleteYN="Y"><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>'
        f"<AccessionNumber>{number}</AccessionNumber></AccessionNumberList></DataBank></DataBankList>\n"
    )


def publication_types(trial: bool, chance: random.Random) -> str:
    """The types of the publication; a trial in ten is not yet indexed as one."""
    kinds = [chance.choice(_TYPES)] if not trial else ["Journal Article"]
    if trial and chance.random() < 0.9:
        kinds.append("Randomized Controlled Trial")
    rows = "".join(f'<PublicationType UI="D{chance.randint(1, 999999):06}">{kind}</PublicationType>' for kind in kinds)
    return f"<PublicationTypeList>{rows}</PublicationTypeList>\n"


def chemicals(words: Sequence[str], chance: random.Random) -> str:
    """Substances."""
    rows = "".join(
        f'<Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D{chance.randint(1, 999999):06}">'
        f"{chance.choice(words).capitalize()}</NameOfSubstance></Chemical>\n"
        for _ in range(chance.randint(0, 5))
    )
    return f"<ChemicalList>\n{rows}</ChemicalList>\n" if rows else ""


def headings(words: Sequence[str], chance: random.Random) -> str:
    """Subject headings."""
    rows = "".join(
        f'<MeshHeading><DescriptorName UI="D{chance.randint(1, 999999):06}" MajorTopicYN="N">'
        f"{' '.join(chance.choices(words, k=2)).capitalize()}</DescriptorName>"
        f'<QualifierName UI="Q{chance.randint(1, 999999):06}" MajorTopicYN="Y">{chance.choice(words)}</QualifierName>'
        "</MeshHeading>\n"
        for _ in range(chance.randint(4, 16))
    )
    return f"<MeshHeadingList>\n{rows}</MeshHeadingList>\n"


def history(year: int) -> str:
    """When it was received and indexed."""
    rows = "".join(
        f'<PubMedPubDate PubStatus="{status}"><Year>{year}</Year><Month>{month}</Month><Day>7</Day></PubMedPubDate>\n'
        for month, status in enumerate(("received", "accepted", "pubmed", "medline", "entrez"), start=3)
    )
    return f"<History>\n{rows}</History>\n"


def references(words: Sequence[str], chance: random.Random) -> str:
    """The list of references, which not every record has."""
    if chance.random() > _WITH_REFERENCES:
        return ""
    rows = "".join(
        f"<Reference><Citation>{' '.join(chance.choices(words, k=9)).capitalize()}. {chance.randint(1970, 2024)};"
        f'{chance.randint(1, 300)}:{chance.randint(1, 999)}.</Citation><ArticleIdList><ArticleId IdType="pubmed">'
        f"{chance.randint(1_000_000, 39_999_999)}</ArticleId></ArticleIdList></Reference>\n"
        for _ in range(chance.randint(*_REFERENCES))
    )
    return f"<ReferenceList>\n{rows}</ReferenceList>\n"
