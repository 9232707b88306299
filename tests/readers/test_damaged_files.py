"""Broken input: one bad record never loses the file, and a file that cannot be read says so in one line."""

from __future__ import annotations

import gzip
import os
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from structurer.errors import ReaderError
from structurer.readers import opening, read_records


@dataclass(frozen=True)
class Damaged:
    name: str
    content: bytes
    abstracts: tuple[str | None, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    name: str
    content: bytes
    reason: str


def article(pmid: int, abstract: str) -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><Abstract><AbstractText>{abstract}</AbstractText>"
        "</Abstract></Article></MedlineCitation></PubmedArticle>\n"
    )


def articles(*abstracts: str, prolog: str = "") -> str:
    body = "".join(article(number, abstract) for number, abstract in enumerate(abstracts, 1))
    return f"{prolog}<PubmedArticleSet>\n{body}</PubmedArticleSet>"


def zipped(name: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "TY  - JOUR")
    return buffer.getvalue()


RIS = "TY  - JOUR\nTI  - Ä\nAB  - Größe p ≤ 0.05.\nER  - \n"

DAMAGED = [
    Damaged("utf-8 mark", b"\xef\xbb\xbf" + RIS.encode(), ("Größe p ≤ 0.05.",)),
    Damaged("utf-16 with mark", RIS.encode("utf-16"), ("Größe p ≤ 0.05.",)),
    Damaged("utf-16 without mark", RIS.encode("utf-16-le"), ("Größe p ≤ 0.05.",)),
    Damaged("bare carriage returns", RIS.replace("\n", "\r").encode(), ("Größe p ≤ 0.05.",)),
    Damaged(
        "windows-1252",
        "TY  - JOUR\nAB  - Größe 5–9\nER  -".encode("cp1252"),
        ("Größe 5–9",),
        ("some bytes are not UTF-8: read as windows-1252",),
    ),
    Damaged("zero bytes", b"TY  - JOUR\nAB  - One\x00 text\x0b.\nER  -", ("One text .",)),
    Damaged(
        "one bad byte in XML that says UTF-8",
        articles("Größe", prolog='<?xml version="1.0" encoding="UTF-8"?>').encode().replace("ß".encode(), b"\xdf"),
        ("Größe",),
        ("some bytes are not UTF-8: read as windows-1252",),
    ),
    Damaged(
        "XML that says ISO-8859-1",
        articles("Größe", prolog='<?xml version="1.0" encoding="ISO-8859-1"?>').encode("latin-1"),
        ("Größe",),
    ),
    Damaged(
        "XML cut short",
        articles("One.", "Two.").encode()[:-60],
        ("One.",),
        ("the file ends inside this record, which is not read",),
    ),
    Damaged(
        "one record of XML not well-formed",
        articles("One.", "Two</Abstract>.", "Three.").encode(),
        ("One.", "Three."),
        ("not well-formed XML, passed over: mismatched tag",),
    ),
    Damaged("signs not escaped in XML", articles("R&D <0.05 and a < b").encode(), ("R&D <0.05 and a < b",)),
    Damaged(
        "two XML files joined",
        (articles("One.") + "\n" + articles("One.", "Two.")).encode(),
        ("One.", "One.", "Two."),
        ("the id '1' is that of record 1 too",),
    ),
    Damaged("control character in XML", articles("One\x02 text.").encode(), ("One text.",)),
    Damaged("named character in XML", articles("One &ge; two &amp; three.").encode(), ("One ≥ two & three.",)),
    Damaged(
        "lines before the first record",
        b"Provider: X\nContent: text\n\n1.\nTY  - JOUR\nAB  - One.\nER  -",
        ("One.",),
    ),
    Damaged(
        "RIS without first line",
        b"\nT1  - A title\nN2  - One.\nER  - \n",
        ("One.",),
        ("no TY line before this record",),
    ),
    Damaged(
        "RIS without last line",
        b"TY  - JOUR\nAB  - One.\n",
        ("One.",),
        ("no ER line at the end of the file",),
    ),
    Damaged("RIS with tabs and one space", b"TY - JOUR\nAB\t- One.\nTI - T\nER -", ("One.",)),
    Damaged("no abstract, in words", b"TY  - JOUR\nAB  - [No abstract available]\nER  -", (None,)),
    Damaged(
        "table with a row that is too long",
        b"title,abstract,year\nA,One.,2001\nB,Two, and a comma,2002\nC,Three.,2003\n",
        ("One.", "Three."),
        ("4 cells under 3 columns: passed over, for its cells may have shifted",),
    ),
    Damaged(
        "table with a quotation mark not closed",
        b'title,abstract\nA,"One."\nB,"Two.\nC,Three.\nD,Four.\n',
        ("One.", "Two.", "Three.", "Four."),
        ("a quotation mark on this line is not closed",),
    ),
    Damaged("table without rows", b"title,abstract,year\n", (), ("no record in it, read as csv",)),
    Damaged("table with a separator line", b"sep=;\ntitle;abstract\nA;One.\n", ("One.",)),
    Damaged("lines broken inside a cell", b'title\tabstract\r\nA\t"One.\r\nTwo."\r\n', ("One.\nTwo.",)),
    Damaged(
        "one very long line",
        b"title,abstract\nA," + b"x" * 300_000 + b"\n",
        ("x" * 300_000,),
    ),
    Damaged(
        "the same id twice",
        b'{"id": "a", "abstract": "One."}\n{"id": "a", "abstract": "Two."}',
        ("One.", "Two."),
        ("the id 'a' is that of record 1 too",),
    ),
    Damaged(
        "abstract that is no text",
        b'{"id": "a", "abstract": 5}\n[1]\n{"id": "b", "abstract": "Half \\ud800."}',
        (None, "Half \ufffd."),
        ("the abstract is not a string", "not a JSON object"),
    ),
]

REFUSED = [
    Refused("nothing", b"", "is empty"),
    Refused("spaces and zero bytes", b" \n\x00\n", "is empty"),
    Refused("zip", zipped("export.ris"), "is a zip archive: unpack it and name the files in it"),
    Refused("pdf", b"%PDF-1.7", "is a PDF: export the records from the database or reference manager instead"),
    Refused(
        "web page",
        b"<!DOCTYPE html>\n<html><body>PMID: 1<br></body></html>",
        "is a web page: download the records in a format of the site's export menu",
    ),
    Refused(
        "entity bomb",
        articles("&b;", prolog='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>').encode(),
        "declares its own XML entities, which no export does: refused",
    ),
    Refused(
        "entity from another file",
        articles("&b;", prolog='<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/hostname">]>').encode(),
        "declares its own XML entities, which no export does: refused",
    ),
    Refused(
        "esummary",
        b"<eSummaryResult><DocSum/></eSummaryResult>",
        "is an esummary answer, which holds no abstracts: fetch the records with efetch, retmode=xml",
    ),
    Refused("other XML", b"<svg><path/></svg>", "is XML of an unknown kind (<svg>)"),
    Refused(
        "XML cut inside its first record",
        articles("One.").encode()[:90],
        "is XML from which nothing can be read: it ends inside its first record",
    ),
    Refused(
        "table of other things",
        b"price,colour,size\n1,red,5\n2,blue,6\n",
        "is a table without a known column: name its columns with --map title=COLUMN --map abstract=COLUMN",
    ),
    Refused("JSON of other things", b'{"a": [1, 2]}', "is JSON without objects that have a title or an abstract: "
            "name a key with --map abstract=KEY"),
    Refused("noise", bytes(range(128, 256)) * 9, "is in no format that we know: name one of "),
]  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED, ids=lambda case: case.name)
def test_what_can_be_read_is_read_and_the_rest_reported(case: Damaged, tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_bytes(case.content)
    problems: list[ReaderError] = []
    assert tuple(record.abstract for record in read_records(path, problems=problems)) == case.abstracts
    assert tuple(problem.reason for problem in problems) == case.problems


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_what_cannot_be_read_is_refused_in_one_line(case: Refused, tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_bytes(case.content)
    with pytest.raises(ReaderError) as caught:
        list(read_records(path))
    assert caught.value.reason.startswith(case.reason)
    assert "\n" not in str(caught.value)


def test_a_directory_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="is a directory: name the files in it"):
        list(read_records(tmp_path))
    with pytest.raises(ReaderError, match="no such file"):
        list(read_records(tmp_path / "absent"))
    with pytest.raises(ReaderError, match="cannot be opened"):
        list(read_records("a\0b"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read every file")
def test_an_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(RIS)
    path.chmod(0)
    with pytest.raises(ReaderError, match="cannot be opened: Permission denied"):
        list(read_records(path))


def test_gzip_cut_short_gives_the_records_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml.gz"
    text = articles(*(f"Text {number} {os.urandom(300).hex()}" for number in range(400)))
    packed = gzip.compress(text.encode())
    path.write_bytes(packed[: len(packed) // 2])
    problems: list[ReaderError] = []
    records = list(read_records(path, problems=problems))
    assert 150 < len(records) < 250
    assert [problem.reason.partition(" (")[0] for problem in problems] == ["the gzip data are cut short or damaged"]


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_RATIO_CHECKED_FROM", 1 << 20)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"TY  - JOUR\nAB  - " + b" " * (1 << 23)))
    with pytest.raises(ReaderError, match="refused as a gzip bomb"):
        list(read_records(path))


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_LONGEST_LINE", 1 << 17)
    path = tmp_path / "line"
    path.write_bytes(b"TY  - JOUR\nAB  - " + b"a" * (1 << 18))
    with pytest.raises(ReaderError, match="not a bibliographic export"):
        list(read_records(path))


def test_without_a_list_problems_are_warnings(tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_text("TY  - JOUR\nAB  - One.\n")
    with pytest.warns(UserWarning, match="no ER line at the end of the file"):
        assert [record.abstract for record in read_records(path)] == ["One."]


def test_an_unknown_format_or_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_text(RIS)
    with pytest.raises(ReaderError, match="no format is called 'docx': choose one of pubmed-xml"):
        list(read_records(path, format="docx"))
    with pytest.raises(ReaderError, match="no field is called 'abstrakt': choose one of record_id"):
        list(read_records(path, columns={"abstrakt": "x"}))


def test_columns_by_the_users_names(tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_text("nr,Kurztext,Langtext\n7,Zinn,Es half.\n")
    records = list(read_records(path, columns={"record_id": "nr", "abstract": "langtext"}))
    assert [(record.record_id, record.abstract) for record in records] == [("7", "Es half.")]
    with pytest.raises(
        ReaderError, match="no header row has the columns abstract=Inhalt: found nr, Kurztext, Langtext"
    ):
        list(read_records(path, format="csv", columns={"abstract": "Inhalt"}))
