"""The table of an earlier run, into which people wrote, for `structurer extract --merge`."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from structurer.cli.terminal import tell
from structurer.review.merge import joined, merged
from structurer.review.reviewed_table import ReviewedTable, read_reviewed
from structurer.tables.columns import RESULTS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Earlier:
    """What people wrote into the file `path`."""

    path: Path
    table: ReviewedTable
    quiet: bool = False

    def merged_into(
        self, batches: Iterable[Mapping[str, pd.DataFrame]], output: str
    ) -> Iterator[Mapping[str, pd.DataFrame]]:
        """The tables of the new run, whole, with what people wrote; says what came over.

        Where `output` is the earlier file itself, a copy of that is kept beside it.
        """
        whole = joined(batches)
        found = merged(whole, self.table)
        if not self.quiet:
            self._tell(whole, found)
        target = Path(output)
        if target.exists() and target.samefile(self.path):
            kept = _free_name(target)
            shutil.copy2(target, kept)
            if not self.quiet:
                tell(f"{target} as it was is kept as {kept}")
        yield found

    def _tell(self, whole: Mapping[str, pd.DataFrame], found: Mapping[str, pd.DataFrame]) -> None:
        judged = int(found[RESULTS]["verdict"].notna().sum())
        added = len(found[RESULTS]) - len(whole[RESULTS])
        problems = len(found["problems"]) - len(whole["problems"])
        tell(
            f"from {self.path}: {judged} results with a verdict, {added} added by hand; "
            f"to look at again: {problems} (see the table of problems)"
        )
        if self.table.own_columns:
            tell(f"from {self.path}: columns of your own kept: {', '.join(self.table.own_columns)}")


def read_earlier(path: Path, *, quiet: bool = False) -> Earlier:
    """Read the file `path`; raises ReaderError where it holds no results that people could have judged."""
    return Earlier(path, read_reviewed(path), quiet)


def _free_name(target: Path) -> Path:
    number = 1
    while (kept := target.with_name(f"{target.stem}.before-{number}{target.suffix}")).exists():
        number += 1
    return kept
