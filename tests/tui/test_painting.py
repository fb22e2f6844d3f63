"""The measure that `benchmarks/tui.py` prints, on a terminal that is painted by hand."""

from __future__ import annotations

import asyncio
import time

import pytest
from benchmarks.painting import MeasureError, TimedTerminal, seconds_to_paint

pytestmark = pytest.mark.timing
NOTHING_SEEN = "\x1b[?2026h\x1b[?2026l"
"""The sequences that Textual writes around a frame, and often without one."""


def painting(terminal: TimedTerminal, *paints: tuple[float, str]) -> None:
    """Write something so many seconds from now."""
    for after, data in paints:
        asyncio.get_running_loop().call_later(after, terminal.write, data)


async def test_the_time_is_that_of_the_last_byte_that_changes_what_is_shown() -> None:
    terminal = TimedTerminal(20, 4)
    terminal.write("before")
    began = time.perf_counter()
    taken = await seconds_to_paint(
        terminal, lambda: painting(terminal, (0.02, "first"), (0.08, " last"), (0.1, NOTHING_SEEN))
    )
    assert 0.08 <= taken < time.perf_counter() - began
    assert "beforefirst last" in terminal.text


async def test_bytes_that_change_nothing_do_not_count_as_painted() -> None:
    terminal = TimedTerminal(20, 4)
    taken = await seconds_to_paint(
        terminal, lambda: painting(terminal, (0.0, NOTHING_SEEN), (0.4, "the words"))
    )
    assert taken >= 0.4


async def test_a_frame_does_not_count_for_the_content_that_comes_after_it() -> None:
    terminal = TimedTerminal(20, 4)
    taken = await seconds_to_paint(
        terminal, lambda: painting(terminal, (0.0, "a frame "), (0.4, "turn 1")), shows="turn 1"
    )
    assert taken >= 0.4


async def test_what_was_painted_before_the_event_is_not_taken_for_it() -> None:
    terminal = TimedTerminal(20, 4)
    painting(terminal, (0.0, "late"), (0.05, "r"))
    await asyncio.sleep(0.01)
    taken = await seconds_to_paint(terminal, lambda: painting(terminal, (0.2, "now")))
    assert taken >= 0.2


async def test_an_event_that_paints_nothing_is_an_error() -> None:
    terminal = TimedTerminal(20, 4)
    with pytest.raises(MeasureError, match=r"nothing changed on the screen within 0\.3 seconds"):
        await seconds_to_paint(terminal, lambda: terminal.write(NOTHING_SEEN), longest=0.3)


async def test_content_that_does_not_come_is_an_error_that_shows_the_screen() -> None:
    terminal = TimedTerminal(20, 4)
    with pytest.raises(MeasureError, match=r"“turn 1” did not appear(.|\n)*a frame"):
        await seconds_to_paint(terminal, lambda: terminal.write("a frame"), shows="turn 1", longest=0.3)


async def test_words_that_are_there_already_cannot_be_waited_for() -> None:
    terminal = TimedTerminal(20, 4)
    terminal.write("turn 1")
    with pytest.raises(MeasureError, match="before the event"):
        await seconds_to_paint(terminal, lambda: terminal.write("turn 2"), shows="turn")
