"""One input file -> one part: the unit of work of a run over many files, on one machine or on a cluster."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

import structurer
from structurer.errors import ExportError, StructurerError
from structurer.exports.jsonl import write_jsonl
from structurer.scale.accounts import Tally, balance
from structurer.scale.intake import Intake
from structurer.scale.jobs import extract_parallel, extract_shielded

# The folder beside the parts that holds what is known of each.
SUMMARIES = "summaries"
_BLOCK = 1 << 20
# A pipeline is not made for threads, and a cluster may run several tasks in one process.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Options:
    """What decides, beside the input, what a part holds."""

    file_format: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    keep_duplicates: bool = False
    trials_only: bool = False
    version: str = structurer.__version__


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a finished part.

    `counts` are of records, by what became of them, and of results; `problems` are all that was noted on reading,
    `lost` those by which something is missing. `seconds` are of the clock, `processor_seconds` of the processor.
    """

    input: str
    input_bytes: int
    input_sha256: str
    part: str
    part_bytes: int
    part_sha256: str
    records: int
    counts: Mapping[str, int]
    account: str
    balanced: bool
    seconds: float
    processor_seconds: float
    host: str
    options: Mapping[str, Any]
    problems: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    # Whether the part was there already; not kept.
    found: bool = field(default=False, compare=False)

    @property
    def whole(self) -> bool:
        """Whether nothing of the input was lost."""
        return self.balanced and not self.lost


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no part; `ended` where the process that worked on it ended, and not the work."""

    why: str
    ended: bool = False


def part_name(path: str | Path) -> str:
    """The name of the part of an input.

    >>> part_name("baseline/pubmed26n0001.xml.gz")
    'pubmed26n0001.xml.gz.jsonl'
    """
    return f"{Path(path).name}.jsonl"


def process_file(path: str, folder: str, options: Options = Options(), *, shielded: bool = False) -> Summary:
    """Extract the file `path` to a part in `folder`, JSON Lines, unless it is there already; what is known of it.

    This is the function that a cluster calls, be it Dask, Spark or Ray: it takes and gives plain values, and any
    process that sees both folders can run it, twice at the same time too. The part is as `structurer extract path -o
    part` writes it. It is put in its place whole, and then its summary; where both are there, with the input, the
    options and the part's checksum unchanged, nothing is done. With `shielded` the records are read by a process apart,
    so that one which ends it is reported and the others are kept.

    Raises StructurerError for another version of the package than the options', ExportError where the part cannot be
    written. An input that cannot be read gives a part without lines, and a problem that says why.
    """
    if options.version != structurer.__version__:
        raise StructurerError(f"this process runs structurer {structurer.__version__}, not {options.version}")
    with _ONE_AT_A_TIME:
        began, used = time.monotonic(), _processor_seconds()
        size, digest = _checksum(path)
        known = finished_part(folder, part_name(path))
        if known and digest and (known.input_sha256, dict(known.options)) == (digest, _plain(options)):
            return replace(known, found=True)
        intake = Intake(
            [path],
            options.file_format,
            dict(options.columns) or None,
            keep_place=True,
            keep_duplicates=options.keep_duplicates,
            trials_only=options.trials_only,
        )
        tally = Tally()
        records = intake.records()
        reports = intake.with_errors(extract_shielded(records) if shielded else extract_parallel(records, 1))
        with _appearing(Path(folder, part_name(path))) as file:
            hashed: Any = _Hashed(file)
            with io.TextIOWrapper(hashed, "utf-8", "backslashreplace", newline="\n") as stream:
                write_jsonl(tally.counted(reports), stream)
        account, balanced = balance(tally, intake)
        summary = Summary(
            input=path,
            input_bytes=size,
            input_sha256=digest,
            part=part_name(path),
            part_bytes=hashed.bytes,
            part_sha256=hashed.sha256.hexdigest(),
            records=intake.seen,
            counts=tally.counts(intake),
            account=account,
            balanced=balanced,
            seconds=round(time.monotonic() - began, 3),
            processor_seconds=round(_processor_seconds() - used, 3),
            host=socket.gethostname(),
            options=_plain(options),
            problems=tuple(str(problem) for problem in intake.problems),
            lost=(*(str(problem) for problem in intake.lost), *tally.failures),
        )
        _keep(folder, summary)
        return summary


def attempt(path: str, folder: str, options: Options, *, shielded: bool = False) -> Summary | Failure:
    """What `process_file` gives, or why it gave nothing; both can be sent from process to process."""
    try:
        return process_file(path, folder, options, shielded=shielded)
    except Exception as failure:  # the other files are still done; what happened is said of this one
        return Failure(f"{type(failure).__name__}: {failure}")


def finished_part(folder: str | Path, name: str) -> Summary | None:
    """What is known of the part `name` in `folder`; None where it is not there, or not as it was written."""
    try:
        with Path(folder, SUMMARIES, f"{name}.json").open(encoding="utf-8") as file:
            kept = json.load(file)
        kept["problems"], kept["lost"] = tuple(kept["problems"]), tuple(kept["lost"])
        summary = Summary(**kept)
        if _checksum(Path(folder, name)) != (summary.part_bytes, summary.part_sha256):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return summary


def _plain(item: Options | Summary) -> dict[str, Any]:
    """As JSON gives it back."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(item)))
    plain.pop("found", None)
    return plain


def _keep(folder: str | Path, summary: Summary) -> None:
    place = Path(folder, SUMMARIES)
    place.mkdir(exist_ok=True)
    with _appearing(place / f"{summary.part}.json") as file:
        file.write(json.dumps(_plain(summary), indent=1, ensure_ascii=False).encode("utf-8", "backslashreplace"))


@contextmanager
def _appearing(target: Path) -> Iterator[BinaryIO]:
    """A file that is at `target`, whole, at the end; never a piece of it, whoever else writes it at the same time."""
    # Processes of several machines may write one part: a scheduler takes a silent worker for a dead one.
    beside = target.with_name(f".{target.name}.{uuid.uuid4().hex}.tmp")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise ExportError(error.strerror or str(error), target=str(target)) from error
    finally:
        beside.unlink(missing_ok=True)


class _Hashed(io.BufferedIOBase):
    """Writes through to a file, and keeps count and checksum of the bytes; the file stays open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.bytes = 0
        self.sha256 = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.sha256.update(data)
        self.bytes += len(data)
        return self._file.write(data)


def _checksum(path: str | Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file; of one that cannot be read, none (the reader says why)."""
    found, size = hashlib.sha256(), 0
    try:
        with Path(path).open("rb") as file:
            while block := file.read(_BLOCK):
                found.update(block)
                size += len(block)
    except OSError:
        return 0, ""
    return size, found.hexdigest()


def _processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
