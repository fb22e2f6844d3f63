"""Benchmark of the commands that count, on a study of a million codings, each beside `matrix`.

    python benchmarks/figures.py [FOLDER]

makes the study in FOLDER (or in a temporary folder) where it is not there yet, marks all its sources as read,
and runs each command in a process of its own, so that its start, its reading of the database and its printing
are measured too. It prints the processor's seconds, the least of three, how many times those of the matrix,
and the most memory; and fails where that is over twice the matrix or over 500 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.large_study import make_large_study
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.study.folder import open_study

_COMMANDS = ("matrix", "status", "codes", "amounts", "coverage", "cooccurrence", "report")
_TIMES = 3
_MOST_TIMES, _MOST_MEGABYTES = 2.0, 500.0


def main() -> None:
    """Print a line a command."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "study"
        with closing(open_study(folder) if folder.exists() else make_large_study(folder)) as study:
            mark_read(study, [source["name"] for source in source_records(study)])
        print(f"{'command':14} {'seconds':>8} {'times':>6} {'memory':>9}")
        of_matrix = 0.0
        is_met = True
        for command in _COMMANDS:
            seconds, megabytes = min(_measured(folder, command) for _ in range(_TIMES))
            of_matrix = of_matrix or seconds
            times = seconds / of_matrix
            is_met &= times <= _MOST_TIMES and megabytes <= _MOST_MEGABYTES
            print(f"{command:14} {seconds:7.2f}s {times:6.2f} {megabytes:6.0f} MB", flush=True)
        sys.exit(not is_met)


def _measured(folder: Path, command: str) -> tuple[float, float]:
    """Return the processor's seconds and the most megabytes of a command in a process of its own."""
    arguments = [command, "-o", str(folder / "exports" / "report.html"), "--force"]
    process = subprocess.Popen(  # noqa: S603 - quotegrid itself
        [sys.executable, "-m", "quotegrid", *(arguments if command == "report" else [command])],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"quotegrid {command} ended with {code}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
