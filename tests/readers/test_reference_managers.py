"""Formats of reference managers, indexes and web services: whole records are compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter

from structurer.errors import ReaderError
from structurer.readers import read_records
from structurer.schema import Record, SourceSection


@dataclass(frozen=True)
class Case:
    name: str
    content: str
    records: tuple[Record, ...]
    problems: tuple[str, ...] = ()


CASES = [
    Case(
        "library.xml",
        '<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><rec-number>4</rec-number><contributors>'
        "<authors><author>A</author></authors></contributors><titles><title><style face='normal'>Zinc at </style>"
        "<style face='italic'>home</style></title><secondary-title>Metals</secondary-title></titles><dates><year>"
        "<style>2014</style></year></dates><accession-num>7654321</accession-num><remote-database-name>MEDLINE"
        "</remote-database-name><electronic-resource-num>10.1000/z.4</electronic-resource-num><abstract><style>Counts "
        "of 10</style><style face='superscript'>9</style><style>/L&#xD;rose (p &lt; 0.05).</style></abstract>"
        "<work-type>Trial</work-type></record><record><titles><title>Bare</title></titles></record></records></xml>",
        (
            Record(
                "7654321",
                "Counts of 10^9/L rose (p < 0.05).",
                title="Zinc at home",
                pmid="7654321",
                doi="10.1000/z.4",
                journal="Metals",
                year=2014,
                publication_types=("Trial",),
                source="library.xml",
                number=1,
            ),
            Record("library.xml#2", None, title="Bare", source="library.xml", number=2),
        ),
    ),
    Case(
        "europepmc.xml",
        '<responseWrapper xmlns:epmc="https://example.org"><resultList><result><id>11</id><source>MED</source>'
        "<pmid>11</pmid><title>Tin.</title><journalInfo><journal><title>Tins</title></journal></journalInfo>"
        "<pubYear>2020</pubYear><abstractText>&lt;h4>Aims&lt;/h4>To see.&lt;h4>Results&lt;/h4>Seen."
        "</abstractText><pubTypeList><pubType>research-article</pubType></pubTypeList></result></resultList>"
        "</responseWrapper>",
        (
            Record(
                "11",
                "Aims: To see. Results: Seen.",
                title="Tin.",
                pmid="11",
                journal="Tins",
                year=2020,
                sections=(SourceSection("Aims", 0, 13, 6), SourceSection("Results", 14, 28, 23)),
                publication_types=("research-article",),
                source="europepmc.xml",
                number=1,
            ),
        ),
    ),
    Case(
        "europepmc.json",
        '{"version": "6.9", "resultList": {"result": [\n {"id": "11", "source": "MED", "pmid": "11", "doi":'
        ' "10.1000/t.11", "title": "Tin.", "journalInfo": {"journal": {"title": "Tins"}}, "pubYear": "2020",'
        ' "abstractText": "<h4>Aims</h4>To see.", "pubTypeList": {"pubType": ["Journal Article"]}}]}}',
        (
            Record(
                "11",
                "Aims: To see.",
                title="Tin.",
                pmid="11",
                doi="10.1000/t.11",
                journal="Tins",
                year=2020,
                sections=(SourceSection("Aims", 0, 13, 6),),
                publication_types=("Journal Article",),
                source="europepmc.json",
                number=1,
            ),
        ),
    ),
    Case(
        "cut.json",
        '[{"title": "One", "DOI": "10.1000/one", "issued": {"date-parts": [[2001, 2]]}},\n {"title": "Two", "abst',
        (Record("10.1000/one", None, title="One", doi="10.1000/one", year=2001, source="cut.json", number=1),),
        ("cut.json, line 2: the JSON is damaged here (Unterminated string starting at): what follows is not read",),
    ),
    Case(
        "openalex.json",
        '{"results": [{"id": "W1", "title": "Words", "abstract_inverted_index":'
        ' {"hurt": [1, 3], "Burns": [0], "and": [2]}}]}',
        (Record("W1", "Burns hurt and hurt", title="Words", source="openalex.json", number=1),),
    ),
    Case(
        "article.nxml",
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "j.dtd"><article article-type="research-article"><front>'
        "<journal-meta><journal-title-group><journal-title>Open Tin</journal-title></journal-title-group>"
        '</journal-meta><article-meta><article-id pub-id-type="pmid">21</article-id><article-id'
        ' pub-id-type="doi">10.1000/o.21'
        "</article-id><title-group><article-title>Tin in <italic>vivo</italic></article-title></title-group><pub-date>"
        '<year>2018</year></pub-date><abstract abstract-type="teaser"><p>Read this!</p></abstract><abstract>'
        "<title>Abstract</title><sec><title>Methods</title><p>We gave&nbsp;tin.</p></sec>"
        "<sec><title>Results</title><p>One.</p><p>Two."
        "</p></sec></abstract></article-meta></front><body><p>Never read.</p></body></article>",
        (
            Record(
                "21",
                "Methods: We gave\u00a0tin. Results: One. Two.",
                title="Tin in vivo",
                pmid="21",
                doi="10.1000/o.21",
                journal="Open Tin",
                year=2018,
                sections=(SourceSection("Methods", 0, 21, 9), SourceSection("Results", 22, 40, 31)),
                publication_types=("research-article",),
                source="article.nxml",
                number=1,
            ),
        ),
    ),
    Case(
        "saved.txt",
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\nTI Lead in\n   water\nSO PIPES\n"
        "DT Article; Early Access\nAB Lead was low.\n   It fell.\nPY 2003\nDI 10.1000/pb.3\nPM 333333\nER\n"
        "\nPT J\nTI No end\n\nEF",
        (
            Record(
                "333333",
                "Lead was low. It fell.",
                title="Lead in water",
                pmid="333333",
                doi="10.1000/pb.3",
                journal="PIPES",
                year=2003,
                publication_types=("Article", "Early Access"),
                source="saved.txt",
                number=1,
            ),
            Record("saved.txt#2", None, title="No end", source="saved.txt", number=2),
        ),
        ("saved.txt, record 2, line 19, field ER: no ER line before this one",),
    ),
    Case(
        "refs.enw",
        "%0 Journal Article\n%T Bismuth\n%J Stomach\n%D 1995\n%R 10.1000/bi\n%X Bismuth\nhelped.\n%U https://pubmed.ncbi.nlm.nih.gov/83838/\n"
        "\n%0 Book\n%T Second\n",
        (
            Record(
                "83838",
                "Bismuth helped.",
                title="Bismuth",
                pmid="83838",
                doi="10.1000/bi",
                journal="Stomach",
                year=1995,
                source="refs.enw",
                number=1,
            ),
            Record("refs.enw#2", None, title="Second", source="refs.enw", number=2),
        ),
    ),
    Case(
        "refs.bib",
        '@string{jz = "Journal of " # "Zinc"}\n@comment{not me}\n% notes\n'
        "@Article{doe2010,\n  title = {{Zinc} in {C}af{\\'e}s},\n"
        '  journal = jz, year = 2010, doi = "10.1000/under\\_score",\n  abstract = {Risk was 12\\% ($p<0.05$), '
        "10$^{-4}$ {\\textless} 1; {\\(RR} 0.8.},\n  pmid = {991},\n}\n"
        "@article{broken, title = {Never closed\n@misc{last,\n  title={Last}}\n",
        (
            Record(
                "991",
                "Risk was 12% (p<0.05), 10^-4 < 1; RR 0.8.",
                title="Zinc in Cafés",
                pmid="991",
                doi="10.1000/under_score",
                journal="Journal of Zinc",
                year=2010,
                source="refs.bib",
                number=1,
            ),
            Record("refs.bib#2", None, title="Never closed", source="refs.bib", number=2),
            Record("refs.bib#3", None, title="Last", source="refs.bib", number=3),
        ),
        ("refs.bib, record 2, line 10: the entry's braces do not close",),
    ),
    Case(
        "citation-export.txt",
        "Search name: x\n\nRecord #1 of 2\nID: CN-00000001\nAU: Doe J\nTI: Boron in bones\nSO: Borax\nYR: 1992\n"
        "PM: PUBMED 616161\nPT: Journal article; Randomized\nDOI: 10.1000/b.1\nAB: AIM: To see.\n"
        "RR: 0.8 was seen.\n\n\nRecord #2 of 2\nID: CN-00000002\nTI: Bare\n",
        (
            Record(
                "616161",
                "AIM: To see. RR: 0.8 was seen.",
                title="Boron in bones",
                pmid="616161",
                doi="10.1000/b.1",
                journal="Borax",
                year=1992,
                publication_types=("Journal article", "Randomized"),
                source="citation-export.txt",
                number=1,
            ),
            Record("citation-export.txt#2", None, title="Bare", source="citation-export.txt", number=2),
        ),
    ),
    Case(
        "keyed.json",
        '{"title": "My search", "hits": {"71": {"title": "One", "abstract": "A &lt; B."}, "72": {"title": "Two"}}}',
        (
            Record("71", "A < B.", title="One", source="keyed.json", number=1),
            Record("72", None, title="Two", source="keyed.json", number=2),
        ),
    ),
    Case(
        "page.txt",
        "Loading\nCadmium and kidneys\n_version_ | 17\n---|---|\n"
        "author | Doe |\ndescription | AIM: To look. RESULTS: Seen. |\n"
        "publishDate | 2016 |\ntitle | Cadmium and kidneys |\ntitle_full | Cadmium and kidneys |\n"
        "url | https://example.org/1 https://www.ncbi.nlm.nih.gov/pubmed/474747 http://dx.doi.org/10.1000/cd |\n",
        (
            Record(
                "474747",
                "AIM: To look. RESULTS: Seen.",
                title="Cadmium and kidneys",
                pmid="474747",
                doi="10.1000/cd",
                year=2016,
                source="page.txt",
                number=1,
            ),
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_format_gives_whole_records(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(case.name).write_text(case.content, encoding="utf-8")
    problems: list[ReaderError] = []
    assert tuple(read_records(case.name, problems=problems)) == case.records
    assert tuple(map(str, problems)) == case.problems


def test_a_workbook_with_a_line_above_its_header(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with xlsxwriter.Workbook("sheet.xlsx") as book:
        book.add_worksheet("notes").write_row(0, 0, ["Exported by me"])
        sheet = book.add_worksheet("data")
        rows: list[list[object]] = [
            ["All hits"],
            ["Title", "Abstract", "PMID", "Year", "Empty"],
            ["Gold", "Gold p < 0.01.", 515151, 2007],
            [],
            ["Late", "", None, "in press"],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    assert list(read_records("sheet.xlsx")) == [
        Record("515151", "Gold p < 0.01.", title="Gold", pmid="515151", year=2007, source="sheet.xlsx", number=1),
        Record("sheet.xlsx#2", None, title="Late", source="sheet.xlsx", number=2),
    ]
