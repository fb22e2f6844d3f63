"""How long the workbench takes from a key to the last of what it paints, and to its first screen.

    python benchmarks/tui.py [FOLDER]

makes a study of 150 sources, 60,000 segments, 100,000 codings and 90,000 suggestions in FOLDER (or in a
temporary folder) where it is not there yet, and presses the keys in the table below. A key's time is from the
event to the last byte that changes what a terminal (pyte) shows, before it is quiet for a tenth of a second:
Textual paints again, a frame later, widgets whose size has changed, as they are already.
Pilot's own waiting is not in it. The first screen is timed in a process of its own in a pseudo-terminal, from
its start to the first words of the screen.
"""

from __future__ import annotations

import asyncio
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).parent.parent))

import pyte
from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.keys import _character_to_key

from benchmarks.large_study import Size, make_large_study
from quotegrid.tui.app import Workbench
from quotegrid.workflows.study.folder import StudyFolder, open_study

SIZE = Size(segments=60_000, codings=100_000, sources=150, suggestions=90_000)
_SIZE = (160, 50)
_QUIET = 0.1
_LONGEST = 10.0
_SCREENS: dict[str, tuple[str, dict[str, str]]] = {
    "review": (
        "2",
        {"go on": "n" * 30, "accept": "a" * 30, "reject": "r" * 30, "skip": "s" * 20, "undo": "u" * 20},
    ),
    "read": (
        "3",
        {
            "move": "↓" * 20,
            "page": " " * 10,
            "accept": "nanananana",
            "next source": "]" * 8,
            "search": "/",
        },
    ),
    "codebook": ("4", {"move": "↓" * 20}),
    "matrix": ("5", {"move": "↓↓→→↑←" * 4, "sort": "ssss", "turn": "xx", "by stance": "vvvv"}),
}
_ARROWS = {"↓": "down", "↑": "up", "→": "right", "←": "left"}


class TimedDriver(HeadlessDriver):
    """A terminal that remembers what was written and when."""

    writes: ClassVar[list[tuple[float, str]]] = []
    screen: ClassVar[pyte.Screen] = pyte.Screen(*_SIZE)
    stream: ClassVar[pyte.Stream] = pyte.Stream(screen)

    @property
    def is_headless(self) -> bool:
        """No: an application without a terminal paints nothing."""
        return False

    def write(self, data: str) -> None:
        """Remember it."""
        self.writes.append((time.perf_counter(), data))

    @classmethod
    def changed(cls) -> float:
        """When what is shown last changed by what was written since this was last asked; 0.0 for never."""
        last = 0.0
        before = _shown(cls.screen)
        for at, data in cls.writes:
            cls.stream.feed(data)
            after = _shown(cls.screen)
            if after != before:
                last, before = at, after
        cls.writes.clear()
        return last


def _shown(screen: pyte.Screen) -> list[tuple[object, ...]]:
    return [tuple(screen.buffer[line][column] for column in range(_SIZE[0])) for line in range(_SIZE[1])]


async def _painted(app: Workbench, key: str) -> float:
    """Seconds from a key to the last that is painted for it."""
    name = _ARROWS.get(key) or _character_to_key(key)
    began = time.perf_counter()
    app.post_message(events.Key(name, None if key in _ARROWS else key))
    await _quiet(1.0)
    return max(TimedDriver.changed() - began, 0.0)


async def _quiet(longest: float) -> None:
    """Wait until nothing has been written for a while; for the first of it no longer than so many seconds."""
    began = time.perf_counter()
    while True:
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        last = TimedDriver.writes[-1][0] if TimedDriver.writes else 0.0
        if (last and now - last > _QUIET) or (not last and now - began > longest):
            return


async def _press(study: StudyFolder) -> list[str]:
    """A line for each kind of key: what is printed while the application runs is lost."""
    app = Workbench(study)
    app.driver_class = TimedDriver
    began = time.perf_counter()
    running = asyncio.create_task(app.run_async(size=_SIZE))
    await asyncio.sleep(0.5)
    await _quiet(_LONGEST)
    lines = [f"{'open, Python and Textual loaded':32} {1000 * (TimedDriver.changed() - began):17.0f} ms"]
    lines.append(f"{'screen':10} {'what':12} {'keys':>6} {'median':>9} {'95 %':>9} {'worst':>9}")
    for screen, (place, scenes) in _SCREENS.items():
        taken = await _painted(app, place)
        lines.append(f"{screen:10} {'show':12} {1:6} {1000 * taken:6.0f} ms")
        for what, keys in scenes.items():
            times = sorted([await _painted(app, key) for key in keys])
            at = times[min(len(times) - 1, int(0.95 * len(times)))]
            figures = " ".join(f"{1000 * one:6.0f} ms" for one in (statistics.median(times), at, times[-1]))
            lines.append(f"{screen:10} {what:12} {len(times):6} {figures}")
    app.exit()
    await running
    return lines


def _first_paint(folder: Path) -> float:
    """Seconds from the start of a process to the first words on its screen."""
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
            seen += os.read(main, 65536)
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
            print("\n".join(asyncio.run(_press(study))))
        times = [_first_paint(folder) for _ in range(3)]
        print(f"{'first words on the screen, from the shell':32} {1000 * statistics.median(times):8.0f} ms")


if __name__ == "__main__":
    main()
