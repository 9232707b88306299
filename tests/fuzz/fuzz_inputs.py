"""Feed the readers and the pipeline with bytes that reach ever more of their code; run by hand or by `.ci/run`.

    python tests/fuzz/fuzz_inputs.py -max_total_time=30 [FOLDER OF INPUTS]

The first byte chooses what is fed: a reader, or the whole pipeline. Only a ReaderError may be raised, and every offset
must point at its text. It needs the extra `fuzz`. A crash becomes a row of the tests of the part that crashed.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["structurer"]):
    from structurer.errors import ReaderError
    from structurer.exports.jsonl import report_to_dict
    from structurer.pipeline import extract, load
    from structurer.readers import FORMATS, read_records
    from structurer.schema import Record, TrialReport
    from structurer.tables.frames import to_tables

INPUT = Path(tempfile.mkdtemp()) / "input"
PIPELINE = load()
# Words by which the fuzzer gets past what no chance would write.
SEEDS = (
    b"\xffRESULTS: Death was rarer (HR 0.8, 95% CI 0.7 to 0.9; P=.01) in 12/40 (30%) than 20/41 (49%); NCT01234567.",
    b"\xffWe randomised 120 adults (n=60 each) to A or placebo. Mean change -1.2 (SD 3.4) vs 0.5 (SD 3.1) kg.",
    b"\x00TY  - JOUR\nTI  - A\nAB  - B <sup>2</sup>\nER  - \n",
    b"\x00PMID- 1\nTI  - A\nAB  - B\n      c\n",
    b"\x00<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>",
    b'\x00title,abstract\nA,"B, c"\n',
    b'\x00{"id": "1", "abstract": "A", "labels": [["B", "A"]]}\n',
    b"\x00@article{a, title = {B}, abstract = {\\'e 10\\textsuperscript{2}}}\n",
)


def check(report: TrialReport) -> None:
    """Whether nothing failed, every offset points at its text, and the report can be written."""
    assert report.error is None, report.error
    text = report.record.abstract or ""
    for mention in (
        *report.registry_ids,
        *report.p_values,
        *report.effects,
        *report.arm_values,
        *report.sample_sizes,
        *(effect.interval for effect in report.effects if effect.interval is not None),
    ):
        assert text[mention.start : mention.end] == mention.text, mention
    for section in report.sections:
        assert 0 <= section.start <= section.body <= section.end <= len(text), section
    report_to_dict(report)
    to_tables([report])


def read(data: bytes) -> None:
    """One input."""
    if not data:
        return
    choice = data[0] % (2 * len(FORMATS))
    if choice >= len(FORMATS):
        text = data[1:].decode("utf-8", "replace")
        for report in extract([Record(record_id="1", abstract=text, title=text[:80])], PIPELINE):
            check(report)
        return
    INPUT.write_bytes(data[1:])
    for name in (None, FORMATS[choice]):
        with suppress(ReaderError):
            for record in read_records(INPUT, format=name, problems=[]):
                assert record.record_id
                assert record.abstract is None or record.abstract.strip()
                f"{record.record_id}{record.title}{record.abstract}".encode()
                for section in record.sections:
                    assert 0 <= section.start <= section.body <= section.end <= len(record.abstract or "")


def main() -> None:
    """Fuzz until libFuzzer's own limit."""
    folder = Path(tempfile.mkdtemp())
    for number, seed in enumerate(SEEDS):
        (folder / str(number)).write_bytes(seed)
    atheris.Setup([*sys.argv, str(folder)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
