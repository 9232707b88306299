"""The sample files in data/ say the same in every format, and the gold speaks of their texts.

`data/sample_corpus.jsonl` is the source; the other formats are composed from it by the functions below. After a
change to the corpus, write them again with `python tests/data_files/test_sample_files.py`.
"""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from structurer.readers import read_records

DATA = Path(__file__).parents[2] / "data"
Item = dict[str, Any]


def load(name: str) -> list[Item]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def compose_nbib(items: list[Item]) -> str:
    """PubMed's own export: four-letter tags, text folded at 88 characters under a hanging indent."""
    blocks = []
    for item in items:
        fields = [
            ("PMID", item["pmid"]),
            ("OWN", "NLM"),
            ("STAT", "MEDLINE"),
            ("DP", str(item["year"])),
            ("TI", item["title"]),
            ("LID", f"{item['doi']} [doi]"),
            ("AB", item["abstract"]),
            ("LA", "eng"),
            *(("SI", f"{name}/{number}") for name, number in item["data_banks"]),
            *(("PT", kind) for kind in item["publication_types"]),
            ("TA", item["journal"]),
            ("JT", item["journal"]),
            ("AID", f"{item['doi']} [doi]"),
            ("SO", f"{item['journal']}. {item['year']}. doi: {item['doi']}."),
        ]
        folded = (
            textwrap.fill(
                value,
                width=88,
                initial_indent=f"{tag:<4}- ",
                subsequent_indent=" " * 6,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for tag, value in fields
        )
        blocks.append("\n".join(folded) + "\n")
    return "\n".join(blocks)


def compose_ris(items: list[Item]) -> str:
    """RIS as reference managers write it: one line a field."""
    blocks = []
    for item in items:
        fields = [
            ("TY", "JOUR"),
            ("DB", "PubMed"),
            ("AN", item["pmid"]),
            ("TI", item["title"]),
            ("T2", item["journal"]),
            ("PY", str(item["year"])),
            ("DO", item["doi"]),
            ("AB", item["abstract"]),
            ("ER", ""),
        ]
        blocks.append("".join(f"{tag}  - {value}\n" for tag, value in fields))
    return "\n".join(blocks)


def compose_csv(items: list[Item]) -> str:
    """A spreadsheet's export: a header line, every text quoted where it must be."""
    out = io.StringIO()
    columns = ["pmid", "doi", "title", "journal", "year", "abstract"]
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(items)
    return out.getvalue()


def compose_xml(items: list[Item]) -> str:
    """PubMed XML, with the sections labelled where the abstract has labels, and the registry numbers beside it."""
    articles = "".join(compose_article(item) for item in items)
    doctype = (
        '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n<PubmedArticleSet>\n{articles}</PubmedArticleSet>\n'


def compose_article(item: Item) -> str:
    labels = item.get("labels")
    parts = (
        [f"<AbstractText Label={quoteattr(heading)}>{escape(text)}</AbstractText>" for heading, text in labels]
        if labels
        else [f"<AbstractText>{escape(item['abstract'])}</AbstractText>"]
    )
    banks = [
        f"<DataBank><DataBankName>{escape(name)}</DataBankName><AccessionNumberList>"
        f"<AccessionNumber>{escape(number)}</AccessionNumber></AccessionNumberList></DataBank>"
        for name, number in item["data_banks"]
    ]
    kinds = [f"<PublicationType>{escape(kind)}</PublicationType>" for kind in item["publication_types"]]
    lines = [
        "<PubmedArticle>",
        '<MedlineCitation Status="MEDLINE" Owner="NLM">',
        f'<PMID Version="1">{item["pmid"]}</PMID>',
        '<Article PubModel="Print">',
        "<Journal>",
        f"<JournalIssue><PubDate><Year>{item['year']}</Year></PubDate></JournalIssue>",
        f"<Title>{escape(item['journal'])}</Title>",
        "</Journal>",
        f"<ArticleTitle>{escape(item['title'])}</ArticleTitle>",
        f'<ELocationID EIdType="doi" ValidYN="Y">{escape(item["doi"])}</ELocationID>',
        "<Abstract>",
        *parts,
        "</Abstract>",
        "<Language>eng</Language>",
        *(['<DataBankList CompleteYN="Y">', *banks, "</DataBankList>"] if banks else []),
        "<PublicationTypeList>",
        *kinds,
        "</PublicationTypeList>",
        "</Article>",
        "</MedlineCitation>",
        "<PubmedData><ArticleIdList>",
        f'<ArticleId IdType="pubmed">{item["pmid"]}</ArticleId>',
        f'<ArticleId IdType="doi">{escape(item["doi"])}</ArticleId>',
        "</ArticleIdList></PubmedData>",
        "</PubmedArticle>",
    ]
    return "\n".join(lines) + "\n"


FORMATS: dict[str, Callable[[list[Item]], str]] = {
    "sample.nbib": compose_nbib,
    "sample.ris": compose_ris,
    "sample.xml": compose_xml,
    "sample.csv": compose_csv,
}
READABLE = [*FORMATS, "sample_corpus.jsonl"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_committed_file_is_what_the_corpus_gives(name: str) -> None:
    assert (DATA / name).read_text(encoding="utf-8") == FORMATS[name](load("sample_corpus.jsonl"))


@pytest.mark.parametrize("name", READABLE)
def test_every_format_reads_as_the_same_records(name: str) -> None:
    read = [(r.record_id, r.pmid, r.doi, r.title, r.journal, r.year, r.abstract) for r in read_records(DATA / name)]
    columns = ("id", "pmid", "doi", "title", "journal", "year", "abstract")
    assert read == [tuple(item[column] for column in columns) for item in load("sample_corpus.jsonl")]


@pytest.mark.parametrize("name", ["sample.nbib", "sample.xml"])
def test_the_registry_numbers_beside_the_text_are_kept(name: str) -> None:
    read = [set(record.registry_ids) for record in read_records(DATA / name)]
    assert read == [{number for _, number in item["data_banks"]} for item in load("sample_corpus.jsonl")]


@pytest.mark.parametrize("name", ["sample.xml", "sample_corpus.jsonl"])
def test_labelled_sections_are_kept_with_exact_offsets(name: str) -> None:
    for record, item in zip(read_records(DATA / name), load("sample_corpus.jsonl"), strict=True):
        abstract = record.abstract or ""
        kept = [[section.heading, abstract[section.body : section.end].strip()] for section in record.sections]
        assert kept == item.get("labels", [])


def test_the_gold_speaks_of_the_corpus_record_by_record() -> None:
    assert [gold["id"] for gold in load("sample_gold.jsonl")] == [item["id"] for item in load("sample_corpus.jsonl")]


@pytest.mark.parametrize("gold", load("sample_gold.jsonl"), ids=lambda gold: gold["id"])
def test_gold_quotes_stand_in_the_abstract_in_text_order(gold: Item) -> None:
    abstract = next(item["abstract"] for item in load("sample_corpus.jsonl") if item["id"] == gold["id"])
    lists = {
        "p_values": [quote for quote, *_ in gold["p_values"]],
        "sample_sizes": [quote for quote, *_ in gold["sample_sizes"]],
        "effects": [effect["quote"] for effect in gold["effects"]],
        "arm_values": [value["quote"] for value in gold["arm_values"]],
    }
    for name, quotes in lists.items():
        assert [abstract.count(quote) for quote in quotes] == [1] * len(quotes), name
        places = [abstract.index(quote) for quote in quotes]
        assert places == sorted(places), name


@pytest.mark.parametrize("gold", load("sample_gold.jsonl"), ids=lambda gold: gold["id"])
def test_gold_numbers_agree_with_each_other(gold: Item) -> None:
    for effect in gold["effects"]:
        limits = (effect["ci_low"], effect["estimate"], effect["ci_high"])
        present = [number for number in limits if number is not None]
        assert present == sorted(present), effect["quote"]
    for value in gold["arm_values"]:
        if value["kind"] == "events" and value["n"] and value["percent"]:
            assert abs(100 * value["events"] / value["n"] - value["percent"]) <= 0.5, value["quote"]
    if gold["arms"] and gold["n_total"] and all(n is not None for _, n in gold["arms"]):
        whole = sum(n for _, n in gold["arms"])
        assert whole % gold["n_total"] == 0, "arms add up to the trial, or to it once a factor"


if __name__ == "__main__":
    for file_name, compose in FORMATS.items():
        (DATA / file_name).write_text(compose(load("sample_corpus.jsonl")), encoding="utf-8")
