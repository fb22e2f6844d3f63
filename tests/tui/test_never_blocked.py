"""A keypress never waits: nothing that a key starts keeps the event loop busy for long.

What counts is the work of one callback, calls of functions and steps of the database, as the processor's time
is another on every machine and at every moment. Each key is pressed twice, and the second time counts: at the
first, modules are loaded.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from cProfile import Profile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from benchmarks.large_study import Size, make_large_study
from benchmarks.people import make_people_study
from sqlalchemy import event, text

from quotegrid.domain.people.sheet import SheetRow
from quotegrid.storage.people.case_log import list_changes
from quotegrid.tui.app import Workbench
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.profiles import often

MOST_CALLS = 400_000
"""Calls of functions in one callback: about a tenth of a second."""
MOST_STEPS = 500_000
"""Instructions of SQLite's virtual machine in one callback: about a twentieth of a second."""
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
    "9": (
        "down",
        "right",
        "enter",
        "x",
        "enter",
        "escape",
        "u",
        "pagedown",
        "space",
        "g",
        "escape",
        "m",
        "escape",
    ),
}
"""The keys that are pressed on each screen."""


@dataclass
class Work:
    """The most that one callback of the event loop did while it was watched."""

    calls: int = 0
    steps: int = 0

    @property
    def is_long(self) -> bool:
        """Return whether a user would notice it."""
        return self.calls > MOST_CALLS or self.steps > MOST_STEPS


steps_of: Counter[int] = Counter()
"""The instructions of SQLite so far, in thousands, by thread."""


def count_steps(connection: sqlite3.Connection, *_: object) -> None:
    """Have a connection count its instructions."""

    def step() -> None:
        steps_of[threading.get_ident()] += 1

    connection.set_progress_handler(step, 1_000)


@contextmanager
def watched() -> Iterator[Work]:
    """Count the work of every callback of the event loop, but for the steps of the test itself."""
    most = Work()
    run = asyncio.events.Handle._run
    test = asyncio.current_task()

    def counted(handle: Any) -> None:
        if getattr(handle._callback, "__self__", None) is test:
            run(handle)
            return
        profile = Profile()
        loop = threading.get_ident()
        before = steps_of[loop]
        profile.enable()
        try:
            run(handle)
        finally:
            profile.disable()
        most.calls = max(most.calls, sum(function.callcount for function in profile.getstats()))
        most.steps = max(most.steps, 1_000 * (steps_of[loop] - before))

    asyncio.events.Handle._run = counted  # type: ignore[method-assign,assignment]
    try:
        yield most
    finally:
        asyncio.events.Handle._run = run  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def sizeable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudyFolder]:
    """A study of 6,000 segments."""
    folder = tmp_path_factory.mktemp("sizeable") / "study"
    make_large_study(folder, SIZE).close()
    study = open_study(folder)
    event.listen(study.database.engine, "checkout", count_steps)
    yield study
    study.close()


@pytest.mark.parametrize("screen", KEYS)
async def test_no_key_keeps_the_loop_busy(sizeable: StudyFolder, screen: str) -> None:
    app = Workbench(sizeable, start="settings")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for watch in (nullcontext, watched):
            for key in (screen, *KEYS[screen]):
                with watch() as work:
                    await pilot.press(key)
                    await asyncio.wait_for(app.workers.wait_for_complete(), 60)
                    await pilot.pause()
                assert work is None or not work.is_long, (key, work)
            await pilot.press("8")


async def test_an_edit_in_a_grid_of_many_people_draws_what_is_in_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = make_people_study(tmp_path / "study", often(2_000, quick=600), 40)
    drawn: Counter[str] = Counter()
    text = SheetRow.text

    def counted(row: SheetRow, field: str) -> str:
        drawn[row.guid] += 1
        return text(row, field)

    app = Workbench(study, start="people")
    async with app.run_test(size=(160, 50)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("right", "right", "right")
        monkeypatch.setattr(SheetRow, "text", counted)
        for key in ("down", "enter", "x", "enter", "escape", "u", "pagedown"):
            drawn.clear()
            with watched() as work:
                await pilot.press(key)
                await asyncio.wait_for(app.workers.wait_for_complete(), 60)
                await pilot.pause()
            assert not work.is_long, (key, work)
            assert len(drawn) <= 2 * 50, key
    with study.reading_session() as session:
        assert len(list_changes(session)) == 2
    study.close()


async def test_the_watch_sees_what_keeps_the_loop_busy(sizeable: StudyFolder) -> None:
    def call_often() -> None:
        for number in range(MOST_CALLS):
            abs(number)

    def ask_much() -> None:
        with sizeable.reading_session() as session:
            session.connection().execute(text("SELECT count(*) FROM segment a, segment b WHERE a.id < b.id"))

    app = Workbench(sizeable, start="settings")
    async with app.run_test(size=(80, 24)) as pilot:
        for busy in (call_often, ask_much):
            with watched() as work:
                app.call_later(busy)
                await pilot.pause()
                await asyncio.sleep(0.05)
            assert work.is_long, busy
