"""Made-up files like those of PubMed's baseline, for tests and for timing: real in size and form, invented in content.

What a file of the 2025 baseline holds, by which this was made: 30,000 records of some 8,000 characters, of which an
abstract is a sixth; two records in three have an abstract, and of these two in five print labels. Some records come in
a second version, and a list of deleted citations closes the file.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from structurer.benchmark.baseline_parts import (
    authors,
    chemicals,
    databank,
    headings,
    history,
    journal,
    publication_types,
    references,
)
from structurer.schema import Record

RECORDS = 30_000
_WITH_ABSTRACT = 0.67
_TRIALS = 0.06
_SECOND_VERSION = 0.003
_DELETED = 12
_NUMBER_END = re.compile(r"(?<=\d)\d(?!\d)")
_FIRST_PMID = 50_000_000
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" \
"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
"""
# Abstracts that report no trial; "{a}" and the like stand for words of the texts.
_NO_TRIALS = (
    "We describe a man aged {n} years with {a} after {b}. Imaging showed {c}. He recovered without further treatment.",
    "Expression of {a} was measured in cell lines by sequencing. Deletion of {b} lowered {c} by {n} per cent. These "
    "results suggest a part of {a} in {d}, by way of {b}.",
    "This review summarises what is known of {a} and {b}, with attention to {c}. We searched three databases up to "
    "{y} and describe {n} studies. Gaps in the evidence on {d} remain.",
    "In a register of {n}0 people we studied {a} and later {b}. The hazard of {c} rose with age (hazard ratio 1.{n}, "
    "95% confidence interval 1.0{n} to 2.{n}). Residual confounding by {d} cannot be ruled out.",
)


def write_baseline(
    folder: str | Path,
    texts: Iterable[Record],
    *,
    files: int = 4,
    records: int = RECORDS,
    trials: float = _TRIALS,
    seed: int = 0,
) -> list[Path]:
    """Write `files` packed XML files of `records` records each into `folder`, which is made; give their paths.

    The share `trials` of the abstracts is varied from `texts` (titles, abstracts and labels; the last digit of each
    number differs, so they need not add up), the others report no trial. The same arguments make the same bytes.
    Raises ValueError where no text has an abstract, OSError where the folder cannot be written.
    """
    given = [record for record in texts if record.abstract]
    if not given:
        raise ValueError("no abstract to vary")
    words = _words(given)
    Path(folder).mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(1, files + 1):
        path = Path(folder, f"made26n{number:04}.xml.gz")
        chance = random.Random(f"{seed} {number}")
        first = _FIRST_PMID + (number - 1) * records * 2
        # Packed without a date, and less tightly than could be: packing is most of the work.
        with path.open("wb") as raw, gzip.GzipFile("", "wb", 5, raw, 0) as file:
            for piece in _pieces(given, words, chance, first, records, trials):
                file.write(piece.encode())
        paths.append(path)
    return paths


def _words(texts: Sequence[Record]) -> list[str]:
    found = {word for record in texts for word in re.findall(r"[a-z]{5,14}", record.abstract or "")}
    # Else every record would look like a trial.
    return sorted(word for word in found if not re.match("random|trial|placebo|group", word))


def _pieces(
    texts: Sequence[Record], words: Sequence[str], chance: random.Random, first: int, records: int, trials: float
) -> Iterator[str]:
    yield _HEAD
    pmid, version = first, 1
    for number in range(records):
        if number and chance.random() < _SECOND_VERSION:
            version += 1
        else:
            pmid, version = pmid + 1, 1
        yield _article(texts, words, chance, pmid, version, trials)
    deleted = "".join(f'<PMID Version="1">{first - at}</PMID>\n' for at in range(1, _DELETED + 1))
    yield f"<DeleteCitation>\n{deleted}</DeleteCitation>\n</PubmedArticleSet>\n"


def _article(
    texts: Sequence[Record], words: Sequence[str], chance: random.Random, pmid: int, version: int, trials: float
) -> str:
    year = chance.randint(1975, 2025)
    trial = chance.random() < trials
    abstract = _trial(chance.choice(texts), chance) if trial else _no_trial(words, chance)
    title = _varied(chance.choice(texts).title or "", chance) if trial else _title(words, chance)
    if not trial and chance.random() > _WITH_ABSTRACT:
        abstract = ""
    doi = f"10.5555/made.{pmid}"
    return (
        '<PubmedArticle>\n<MedlineCitation Status="MEDLINE" IndexingMethod="Automated" Owner="NLM">\n'
        f'<PMID Version="{version}">{pmid}</PMID>\n'
        f"<DateRevised><Year>{year + 1}</Year><Month>{chance.randint(1, 12):02}</Month><Day>15</Day></DateRevised>\n"
        f'<Article PubModel="Print-Electronic">\n{journal(words, chance, year)}'
        f"<ArticleTitle>{escape(title)}</ArticleTitle>\n"
        f"<Pagination><StartPage>{pmid % 900}</StartPage></Pagination>\n"
        f'<ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID>\n'
        f"{abstract}{authors(words, chance)}<Language>eng</Language>\n"
        f"{databank(chance) if trial else ''}{publication_types(trial, chance)}</Article>\n"
        f"{chemicals(words, chance)}<CitationSubset>IM</CitationSubset>\n{headings(words, chance)}</MedlineCitation>\n"
        f"<PubmedData>\n{history(year)}<PublicationStatus>ppublish</PublicationStatus>\n<ArticleIdList>"
        f'<ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="doi">{doi}</ArticleId></ArticleIdList>\n'
        f"{references(words, chance)}</PubmedData>\n</PubmedArticle>\n"
    )


def _trial(record: Record, chance: random.Random) -> str:
    text = record.abstract or ""
    if record.sections:
        parts = [(section.heading, text[section.body : section.end].strip()) for section in record.sections]
    else:
        parts = [("", text)]
    return _abstract(parts, chance)


def _no_trial(words: Sequence[str], chance: random.Random) -> str:
    chosen = chance.sample(range(len(_NO_TRIALS)), 3)
    filled = [
        _NO_TRIALS[which].format(
            a=_phrase(words, chance),
            b=_phrase(words, chance),
            c=_phrase(words, chance),
            d=_phrase(words, chance),
            n=chance.randint(2, 98),
            y=chance.randint(2005, 2024),
        )
        for which in chosen
    ]
    if chance.random() < 0.4:
        return _abstract(list(zip(("BACKGROUND", "RESULTS", "CONCLUSIONS"), filled, strict=True)), chance)
    return _abstract([("", " ".join(filled))], chance)


def _abstract(parts: Sequence[tuple[str, str]], chance: random.Random) -> str:
    lines = [
        f"<AbstractText{f' Label={quoteattr(label)}' if label else ''}>{escape(_varied(text, chance))}</AbstractText>\n"
        for label, text in parts
    ]
    return f"<Abstract>\n{''.join(lines)}</Abstract>\n"


def _varied(text: str, chance: random.Random) -> str:
    return _NUMBER_END.sub(lambda _: str(chance.randint(0, 9)), text)


def _phrase(words: Sequence[str], chance: random.Random) -> str:
    return " ".join(chance.choices(words, k=chance.randint(1, 4)))


def _title(words: Sequence[str], chance: random.Random) -> str:
    return f"{_phrase(words, chance)} {_phrase(words, chance)} in {_phrase(words, chance)}.".capitalize()
