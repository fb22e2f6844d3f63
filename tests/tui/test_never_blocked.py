"""A keypress never waits: nothing that a key starts holds the event loop for a tenth of a second.

What counts is the processor's time of the loop's thread in one callback, so that another program's work is
not taken for ours. Each key is pressed twice, and the second time counts: at the first, modules are loaded.
There is no search for garbage meanwhile: what a test has loaded before is not the workbench's.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from benchmarks.large_study import Size, make_large_study

from quotegrid.tui.app import Workbench
from quotegrid.workflows.study.folder import StudyFolder, open_study

LONGEST = 0.1 if sys.gettrace() is None else 0.3
"""Seconds of the loop's thread in one callback; where coverage watches every line, three times as many."""
SIZE = Size(segments=6_000, codings=10_000, sources=40, suggestions=9_000)
KEYS = {
    "1": ("down", "up"),
    "2": ("n", "b", "a", "r", "u", "e", "escape", "p", "p"),
    "3": ("down", "pagedown", "w", "n", "]", "["),
    "4": ("down", "down", "h", "escape"),
    "5": ("down", "right", "s", "x", "v", "enter", "escape"),
    "6": ("down", "pagedown", "space", "space"),
    "7": ("down",),
    "8": ("down", "up"),
}
"""What is pressed on each screen."""


@contextmanager
def watched() -> Iterator[list[tuple[float, str]]]:
    """Every callback of the event loop that takes long meanwhile, but for the steps of the test itself."""
    long: list[tuple[float, str]] = []
    run = asyncio.events.Handle._run
    test = asyncio.current_task()

    def timed(handle: Any) -> None:
        began = time.thread_time()
        run(handle)
        took = time.thread_time() - began
        callback = handle._callback
        if took > LONGEST and getattr(callback, "__self__", None) is not test:
            long.append((took, repr(callback)))

    gc.collect()
    gc.disable()
    asyncio.events.Handle._run = timed  # type: ignore[method-assign,assignment]
    try:
        yield long
    finally:
        asyncio.events.Handle._run = run  # type: ignore[method-assign]
        gc.enable()


@pytest.fixture(scope="module")
def sizeable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudyFolder]:
    """A study of 6,000 segments."""
    folder = tmp_path_factory.mktemp("sizeable") / "study"
    make_large_study(folder, SIZE).close()
    study = open_study(folder)
    yield study
    study.close()


@pytest.mark.parametrize("screen", KEYS)
async def test_no_key_holds_the_loop_for_a_tenth_of_a_second(sizeable: StudyFolder, screen: str) -> None:
    app = Workbench(sizeable, start="settings")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for is_known in (False, True):
            with watched() as long:
                for key in (screen, *KEYS[screen]):
                    await pilot.press(key)
                    await asyncio.wait_for(app.workers.wait_for_complete(), 60)
                    await pilot.pause()
                    if is_known:
                        assert long == [], key
            await pilot.press("8")


async def test_the_watch_sees_what_holds_the_loop(sizeable: StudyFolder) -> None:
    def hold() -> None:
        until = time.thread_time() + 2 * LONGEST
        while time.thread_time() < until:
            pass

    app = Workbench(sizeable, start="settings")
    async with app.run_test(size=(80, 24)) as pilot:
        with watched() as long:
            app.call_later(hold)
            await pilot.pause()
            await asyncio.sleep(0.05)
        assert long
