"""How long it takes to come up: the command for one abstract, against importing spaCy alone."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_ABSTRACT = "RESULTS: Flares were rarer with the drug (hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003)."
_COMMAND = "import sys; from structurer.cli import main; sys.argv = ['structurer', 'extract', *sys.argv[1:]]; main()"


def time_start_up(repeats: int) -> dict[str, float]:
    """Seconds of processor time, the median over `repeats`, of each program from its start to its end.

    Raises CalledProcessError where one fails.
    """
    with TemporaryDirectory() as folder:
        source = Path(folder, "one.csv")
        source.write_text(f'id,title,abstract\n1,,"{_ABSTRACT}"\n', encoding="utf-8")
        programs = {
            "python -c 'import spacy'": ["-c", "import spacy"],
            "structurer extract, one abstract": ["-c", _COMMAND, str(source), "-q", "-o", str(Path(folder, "o.jsonl"))],
        }
        spent: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(repeats):
            for name, arguments in programs.items():
                before = _of_children()
                subprocess.run([sys.executable, "-W", "ignore", *arguments], check=True, capture_output=True)
                spent[name].append(_of_children() - before)
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
