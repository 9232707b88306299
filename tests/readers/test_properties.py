"""What holds for every input: only ReaderError is raised, records are sound, our own format gives back what went in."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from structurer.errors import ReaderError
from structurer.readers import FORMATS, read_records
from structurer.readers.markup import seen, seen_with_sections
from structurer.schema import Record

FRAGMENTS = [
    "TY  - JOUR\n",
    "ER  - \n",
    "AB  - p < 0.05\n",
    "PMID- 12\n",
    "PMID: 12\n",
    "\n\n",
    "\r",
    "\t",
    ",",
    ";",
    '"',
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "&lt;",
    "&#0;",
    "&#xD800;",
    "<sup>",
    "</sup>",
    "<h4>",
    "title",
    "abstract",
    '"abstract": "',
    "@article{",
    "<PubmedArticleSet>",
    "<PubmedArticle>",
    "</PubmedArticle>",
    "<AbstractText Label='A'>",
    "<xml><records><record>",
    "</record>",
    "<article><front>",
    "<responseWrapper>",
    "<result>",
    "PT J\n",
    "%T x\n",
    "description | ",
    "1. J X. 2001;1.\n\n",
    "\x00",
    "\ufeff",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "<![CDATA[",
    "----\n",
    "10.1000/a",
    "\\",
    "$",
    "é",
]
CONTENTS = st.one_of(
    st.binary(max_size=400),
    st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=30).map(
        lambda parts: "".join(parts).encode("utf-8", "replace")
    ),
    st.binary(max_size=60).map(lambda data: b"\x1f\x8b\x08\x00" + data),
    st.binary(max_size=60).map(lambda data: b"PK\x03\x04[Content_Types].xml" + data),
)
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(
    lambda text: bool(text.strip())
)


def assert_sound(record: Record) -> None:
    assert record.record_id
    assert record.abstract is None or record.abstract.strip()
    length = len(record.abstract or "")
    last = 0
    for section in record.sections:
        assert last <= section.start <= section.body <= section.end <= length
        last = section.end
    f"{record.title}{record.abstract}{record.record_id}".encode()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "input"


@given(content=CONTENTS, name=st.none() | st.sampled_from(FORMATS))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_a_reader_error_is_ever_raised(path: Path, content: bytes, name: str | None) -> None:
    path.write_bytes(content)
    problems: list[ReaderError] = []
    try:
        for record in read_records(path, format=name, problems=problems):
            assert_sound(record)
    except ReaderError as error:
        assert error.file == str(path)
    assert all(problem.file == str(path) and problem.reason for problem in problems)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": PLAIN, "abstract": st.none() | PLAIN},
            optional={"title": PLAIN, "journal": PLAIN, "year": st.integers(1500, 2099)},
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda item: " ".join(str(item["id"]).split()),
    ),
    st.booleans(),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_our_own_format_gives_back_every_abstract_exactly(
    path: Path, items: list[dict[str, object]], ascii_only: bool
) -> None:
    path.write_text("".join(json.dumps(item, ensure_ascii=ascii_only) + "\n" for item in items), encoding="utf-8")
    records = list(read_records(path, format="jsonl", problems=[]))
    assert len(records) == len(items)
    for record, item in zip(records, items, strict=True):
        abstract = item["abstract"]
        if record.abstract is None:
            assert abstract is None or len(str(abstract)) < 40
        else:
            assert record.abstract == abstract
        assert record.year == item.get("year")


@given(st.text(st.sampled_from("abp0 3.,;=()%<>&/\"'\n-"), max_size=80))
def test_text_without_a_tag_or_character_reference_stays(text: str) -> None:
    known = ("<a", "<b", "<p", "</a", "</b", "</p")
    # "&ap;" is a character reference too: the sign of approximation.
    if not any(tag in text for tag in known) and html.unescape(text) == text:
        assert seen_with_sections(text)[0] == (text.strip() or None)


@given(
    st.lists(st.sampled_from([*FRAGMENTS, "<i>", "</i>", "<p>", "</h4>", "10", " "]) | st.text(max_size=5), max_size=20)
)
def test_markup_never_raises_and_leaves_no_known_tag(parts: list[str]) -> None:
    text = seen("".join(parts))
    assert "<sup>" not in text
    assert "<i>" not in text
