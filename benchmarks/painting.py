"""The timing of an event until the last byte that changes the terminal's display.

Textual often writes bytes that change nothing, and what takes long paints its frame first and its content
much later. So an event counts as painted only once something has changed after it, what is waited for is
there, and nothing has been written for a tenth of a second. All times are of one clock, `time.perf_counter`.
What is written is drawn only while nothing more comes, so that drawing does not slow down what is measured.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pyte

QUIET = 0.1
"""The seconds without output after which painting counts as finished."""
_LOOK_EVERY = 0.005
_Shown = list[tuple[object, ...]]


class MeasureError(Exception):
    """A time that could not be measured."""


class TimedTerminal:
    """A terminal that records when it was written to.

    Args:
        columns: Its width.
        lines: Its height.
    """

    def __init__(self, columns: int, lines: int) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._writes: list[tuple[float, str]] = []
        self._last_write = 0.0

    def write(self, data: str) -> None:
        """Record an application's output."""
        self._last_write = time.perf_counter()
        self._writes.append((self._last_write, data))

    @property
    def text(self) -> str:
        """Return the displayed text, as of the latest check for changes."""
        return "\n".join(self._screen.display)

    @property
    def is_quiet(self) -> bool:
        """Return whether nothing has been written for a while."""
        return time.perf_counter() - self._last_write > QUIET

    def last_change(self) -> float | None:
        """Draw the output since the last check.

        Returns:
            The time of the last change of the display; None if nothing changed.
        """
        writes, self._writes = self._writes, []
        last = None
        before = self._shown()
        for at, data in writes:
            self._stream.feed(data)
            after = self._shown()
            if after != before:
                last, before = at, after
        return last

    def _shown(self) -> _Shown:
        buffer = self._screen.buffer
        return [
            tuple(buffer[line][column] for column in range(self._screen.columns))
            for line in range(self._screen.lines)
        ]


async def seconds_to_paint(
    terminal: TimedTerminal, act: Callable[[], object], *, shows: str = "", longest: float = 10.0
) -> float:
    """Measure the time from an event to the last byte painted for it.

    Args:
        terminal: The terminal.
        act: Triggers the event.
        shows: Words that are there once it is painted, and not before.
        longest: Seconds to wait at most.

    Returns:
        Seconds, always more than 0.

    Raises:
        MeasureError: If nothing changes, the words are there beforehand, or they do not come in time.
    """
    while not terminal.is_quiet:
        await asyncio.sleep(_LOOK_EVERY)
    terminal.last_change()
    if shows and shows in terminal.text:
        raise MeasureError(f"“{shows}” is on the screen before the event: wait for other words.")
    began = time.perf_counter()
    act()
    changed: float | None = None
    while time.perf_counter() - began < longest:
        await asyncio.sleep(_LOOK_EVERY)
        if not terminal.is_quiet:
            continue
        changed = terminal.last_change() or changed
        if changed is not None and shows in terminal.text:
            return changed - began
    wanted = f"“{shows}” did not appear" if changed is not None else "nothing changed on the screen"
    raise MeasureError(f"After the event {wanted} within {longest:g} seconds; it shows:\n{terminal.text}")
