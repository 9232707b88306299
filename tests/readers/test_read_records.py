"""One small file per format, read through the public entry: whole records are compared."""

from __future__ import annotations

import gzip
import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from structurer.errors import ReaderError
from structurer.readers import FORMATS, read_records
from structurer.schema import Record, SourceSection


@dataclass(frozen=True)
class Case:
    name: str
    content: str
    records: tuple[Record, ...]
    problems: tuple[str, ...] = ()


JSONL = Case(
    "own.jsonl",
    '{"id": "t-1", "title": "Zinc in coughs", "abstract": " AIM: To test zinc. ", "pmid": 123, "doi": "10.1000/z.1",'
    ' "journal": "J Zinc", "year": 2011, "labels": [["AIM", "To test zinc."]]}\n\n'
    '{"id": "t-2", "abstract": null, "labels": [["Aim", "To test tin."], ["", "It failed."]]}\n'
    "{broken\n"
    '{"title": "No id", "abstract": "p &lt; 0.05"}\n',
    (
        Record(
            "t-1",
            " AIM: To test zinc. ",
            title="Zinc in coughs",
            pmid="123",
            doi="10.1000/z.1",
            journal="J Zinc",
            year=2011,
            sections=(SourceSection("AIM", 1, 19, 6),),
            source="own.jsonl",
            number=1,
        ),
        Record(
            "t-2",
            "Aim: To test tin. It failed.",
            sections=(SourceSection("Aim", 0, 17, 5), SourceSection("", 18, 28, 18)),
            source="own.jsonl",
            number=2,
        ),
        Record("own.jsonl#4", "p &lt; 0.05", title="No id", source="own.jsonl", number=4),
    ),
    ("own.jsonl, record 3, line 4: not JSON: Expecting property name enclosed in double quotes",),
)
CSV = Case(
    "sheet.csv",
    "Key;Title;Abstract Note;DOI;PubMed ID;Publication Year;Publication Title\n"
    'K1;Copper;"Deaths fell;\nHR 0.7, <i>p</i> &lt; 10<sup>-4</sup>";https://doi.org/10.1000/c.1;77.0;2012;Metals\n'
    "K2;Lead;;;;n.d.;\n",
    (
        Record(
            "77",
            "Deaths fell;\nHR 0.7, p < 10^-4",
            title="Copper",
            pmid="77",
            doi="10.1000/c.1",
            journal="Metals",
            year=2012,
            source="sheet.csv",
            number=1,
        ),
        Record("sheet.csv#2", None, title="Lead", source="sheet.csv", number=2),
    ),
)
RIS = Case(
    "export.txt",
    "Record #1 of 3\nProvider: Someone\n1.\nTY  - JOUR\nT1  - Iron and sleep\nN2  - Iron was given.\n"
    "  Sleep improved.\nY1  - 2009/03//\nJF  - Ferrous J\nN1  - PMID: 4455\nDO  - doi:10.1000/fe.9"
    "\nM3  - Trial\nER  - \n\n"
    "TY  - JOUR\nTI  - No end\nAB  - First.\nTY  - JOUR\nTI  - Two\nAB  - One text.\nAB  - Another text.\nER  -\n",
    (
        Record(
            "4455",
            "Iron was given. Sleep improved.",
            title="Iron and sleep",
            pmid="4455",
            doi="10.1000/fe.9",
            journal="Ferrous J",
            year=2009,
            publication_types=("Trial",),
            source="export.txt",
            number=1,
        ),
        Record("export.txt#2", "First.", title="No end", source="export.txt", number=2),
        Record("export.txt#3", "One text.", title="Two", source="export.txt", number=3),
    ),
    (
        "export.txt, record 2, line 18, field ER: no ER line before the next TY",
        "export.txt, record 3, line 18, field abstract: 2 abstracts: the first is read",
    ),
)
NBIB = Case(
    "set.ris",
    "\nPMID- 901\nTI  - Cobalt for\n      cramps.\nAB  - BACKGROUND: Cramps hurt. RESULTS: They\n      hurt less.\n"
    "JT  - J Cramp\nDP  - 2001 Jun\nLID - 10.1000/co.1 [doi]\nSI  - ClinicalTrials.gov/NCT00000999\nSI  - GENBANK/AB1\n"
    "PT  - Randomized Controlled Trial\n\nPMID- 902\nTI  - Nickel.\n",
    (
        Record(
            "901",
            "BACKGROUND: Cramps hurt. RESULTS: They hurt less.",
            title="Cobalt for cramps.",
            pmid="901",
            doi="10.1000/co.1",
            journal="J Cramp",
            year=2001,
            registry_ids=("NCT00000999",),
            publication_types=("Randomized Controlled Trial",),
            source="set.ris",
            number=1,
        ),
        Record("902", None, title="Nickel.", pmid="902", source="set.ris", number=2),
    ),
)
PUBMED_XML = Case(
    "fetch.xml",
    """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">31</PMID><Article>
<Journal><Title>Sulfur</Title>
<JournalIssue><PubDate><MedlineDate>1999 Jan-Feb</MedlineDate></PubDate></JournalIssue></Journal>
<ArticleTitle>H<sub>2</sub>S for <i>acne</i>.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID><ELocationID EIdType="doi">10.1000/s.31</ELocationID>
<Abstract><AbstractText Label="AIMS">To treat.</AbstractText><AbstractText>Plain part.</AbstractText>
<AbstractText Label="RESULTS">Counts of 10<sup>9</sup>/L in
   60 kg/m<sup>2</sup>.</AbstractText></Abstract>
<DataBankList><DataBank><DataBankName>ISRCTN</DataBankName><AccessionNumberList>
<AccessionNumber>ISRCTN00000001</AccessionNumber></AccessionNumberList></DataBank>
<DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList><AccessionNumber>AB12</AccessionNumber>
</AccessionNumberList></DataBank></DataBankList>
<PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList>
</Article></MedlineCitation>
</PubmedArticle><DeleteCitation><PMID>5</PMID></DeleteCitation></PubmedArticleSet>""",
    (
        Record(
            "31",
            "AIMS: To treat. Plain part. RESULTS: Counts of 10^9/L in 60 kg/m2.",
            title="H2S for acne.",
            pmid="31",
            doi="10.1000/s.31",
            journal="Sulfur",
            year=1999,
            sections=(
                SourceSection("AIMS", 0, 15, 6),
                SourceSection("", 16, 27, 16),
                SourceSection("RESULTS", 28, 66, 37),
            ),
            registry_ids=("ISRCTN00000001",),
            publication_types=("Journal Article",),
            source="fetch.xml",
            number=1,
        ),
    ),
)
PUBMED_TEXT = Case(
    "abstract-set.txt",
    "1. J Silver. 2015 Mar;3(1):1-9. doi: 10.1000/ag.1.\n\nSilver for burns.\n\nDoe J(1), Roe R(2).\n\n"
    "Author information:\n(1)Nowhere.\n\nBACKGROUND: Burns hurt.\nRESULTS: Silver\nhelped.\n\nDOI: 10.1000/ag.1\n"
    "PMID: 55  [Indexed for MEDLINE]\n\n\n2. J Gold. 2016;4:2.\n\nGold.\n\nPoe E.\n\nPMID: 56\n",
    (
        Record(
            "55",
            "BACKGROUND: Burns hurt. RESULTS: Silver helped.",
            title="Silver for burns.",
            pmid="55",
            doi="10.1000/ag.1",
            journal="J Silver",
            year=2015,
            source="abstract-set.txt",
            number=1,
        ),
        Record("56", None, title="Gold.", pmid="56", journal="J Gold", year=2016, source="abstract-set.txt", number=2),
    ),
)
TEXT = Case(
    "pasted.txt",
    "Mercury against itching in adults\n\nBackground: Itching is common.\nResults: It fell (p <0.05 and x> 3). "
    "The trial was small.\n----------\n\nOne more abstract.\nPMID: 8\n",
    (
        Record(
            "pasted.txt#1",
            "Background: Itching is common.\nResults: It fell (p <0.05 and x> 3). The trial was small.",
            title="Mercury against itching in adults",
            source="pasted.txt",
            number=1,
        ),
        Record("8", "One more abstract.", pmid="8", source="pasted.txt", number=2),
    ),
)
CASES = [JSONL, CSV, RIS, NBIB, PUBMED_XML, PUBMED_TEXT, TEXT]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_format_gives_whole_records(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(case.name).write_text(case.content, encoding="utf-8")
    problems: list[ReaderError] = []
    assert tuple(read_records(case.name, problems=problems)) == case.records
    assert tuple(map(str, problems)) == case.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_name_of_the_file_does_not_matter(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "unnamed"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + case.content.replace("\n", "\r\n").encode()))
    found = [record.abstract for record in read_records(path, problems=[])]
    assert found == [record.abstract for record in case.records]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NBIB.content.encode())))
    assert [(r.record_id, r.source) for r in read_records("-")] == [("901", "-"), ("902", "-")]


def test_formats_are_named_for_the_command_line() -> None:
    assert {"jsonl", "csv", "ris", "nbib", "pubmed-xml", "pubmed-text", "text"} <= set(FORMATS)
