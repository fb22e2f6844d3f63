"""Benchmark of the workbench: the time from a key to the end of painting, and to the first screen.

    python benchmarks/tui.py [FOLDER]

makes a study of 150 sources, 60,000 segments, 100,000 codings and 90,000 suggestions in FOLDER (or in a
temporary folder) where it is not there yet, and presses the keys in the table below. A key's time is from the
event to the last byte that changes what a terminal (pyte) shows, before it is quiet for a tenth of a second
(`benchmarks/painting.py`); a screen's, to the last byte once its content is there. What cannot be measured
ends it with the reason. Pilot's own waiting is not in it. The first screen is timed in a process of its own
in a pseudo-terminal, from its start to the first words of the screen.
"""

from __future__ import annotations

import asyncio
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.keys import _character_to_key

from benchmarks.large_study import Size, make_large_study
from benchmarks.painting import MeasureError, TimedTerminal, seconds_to_paint
from quotegrid.tui.app import Workbench
from quotegrid.workflows.study.folder import StudyFolder, open_study

SIZE = Size(segments=60_000, codings=100_000, sources=150, suggestions=90_000)
_SIZE = (160, 50)
_LONGEST = 60.0
"""The most seconds that a process may take to its first words."""
_SCREENS: dict[str, tuple[str, str, dict[str, str]]] = {
    "review": (
        "2",
        "Segment 1 of ",
        {"go on": "n" * 30, "accept": "a" * 30, "reject": "r" * 30, "skip": "s" * 20, "undo": "u" * 20},
    ),
    "read": (
        "3",
        "n/b: ",
        {
            "move": "↓" * 20,
            "page": " " * 10,
            "accept": "nanananana",
            "next source": "]" * 8,
            "search": "/",
            "leave it": "⎋",
        },
    ),
    "codebook": ("4", "codes below them", {"move": "↓" * 20}),
    "matrix": (
        "5",
        "counting quotes",
        {"move": "↓↓→→↑←" * 4, "sort": "ssss", "turn": "xx", "by stance": "vvvv"},
    ),
}
_NAMED = {"↓": "down", "↑": "up", "→": "right", "←": "left", "⎋": "escape"}


TERMINAL = TimedTerminal(*_SIZE)


class TimedDriver(HeadlessDriver):
    """A Textual driver that paints on the timed terminal."""

    @property
    def is_headless(self) -> bool:
        """Return False: an application without a terminal paints nothing."""
        return False

    def write(self, data: str) -> None:
        """Paint."""
        TERMINAL.write(data)


async def _painted(app: Workbench, key: str, *, shows: str = "") -> float:
    """Return the seconds from a key to the end of painting."""
    name = _NAMED.get(key) or _character_to_key(key)
    event = events.Key(name, None if key in _NAMED else key)
    try:
        return await seconds_to_paint(TERMINAL, lambda: app.post_message(event), shows=shows)
    except MeasureError as error:
        raise MeasureError(f"Key “{key}”: {error}") from error


async def _press(study: StudyFolder) -> list[str]:
    """Return a line for each kind of key: anything printed while the application runs is lost."""
    app = Workbench(study)
    app.driver_class = TimedDriver
    tasks: list[asyncio.Task[None]] = []
    opened = await seconds_to_paint(
        TERMINAL,
        lambda: tasks.append(asyncio.create_task(app.run_async(size=_SIZE))),
        shows=_SCREENS["review"][1],
        longest=60.0,
    )
    lines = [f"{'open, Python and Textual loaded':32} {1000 * opened:17.0f} ms"]
    lines.append(f"{'screen':10} {'what':12} {'keys':>6} {'median':>9} {'95 %':>9} {'worst':>9}")
    try:
        # It opens with the review: another screen comes between, so that there is something to paint.
        await _painted(app, "8", shows="Settings of this study")
        for screen, (place, shows, scenes) in _SCREENS.items():
            taken = await _painted(app, place, shows=shows)
            lines.append(f"{screen:10} {'show':12} {1:6} {1000 * taken:6.0f} ms")
            for what, keys in scenes.items():
                times = sorted([await _painted(app, key) for key in keys])
                at = times[min(len(times) - 1, int(0.95 * len(times)))]
                figures = " ".join(
                    f"{1000 * seconds:6.0f} ms" for seconds in (statistics.median(times), at, times[-1])
                )
                lines.append(f"{screen:10} {what:12} {len(times):6} {figures}")
    finally:
        app.exit()
        await tasks[0]
    return lines


def _first_paint(folder: Path) -> float:
    """Return the seconds from the start of a process to the first words on its screen."""
    main, terminal = pty.openpty()
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - quotegrid itself
        [str(Path(sys.executable).with_name("quotegrid"))],
        cwd=folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "COLUMNS": "160", "LINES": "50", "TERM": "xterm-256color"},
    )
    os.close(terminal)
    seen = b""
    try:
        while b"Review" not in seen:
            left = began + _LONGEST - time.perf_counter()
            if left <= 0 or not select.select([main], [], [], left)[0]:
                raise MeasureError(f"No word of the workbench came within {_LONGEST:g} seconds: {seen!r}")
            try:
                seen += os.read(main, 65536)
            except OSError as error:
                raise MeasureError(f"quotegrid ended before its first words: {seen!r}") from error
        return time.perf_counter() - began
    finally:
        process.kill()
        process.wait()
        os.close(main)


def main() -> None:
    """Print a line for each kind of key."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "study"
        study = open_study(folder) if folder.exists() else make_large_study(folder, SIZE)
        with closing(study):
            try:
                print("\n".join(asyncio.run(_press(study))))
            except MeasureError as error:
                raise SystemExit(f"Not measured: {error}") from error
        times = [_first_paint(folder) for _ in range(3)]
        print(f"{'first words on the screen, from the shell':32} {1000 * statistics.median(times):8.0f} ms")


if __name__ == "__main__":
    main()
