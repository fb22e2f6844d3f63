"""How the main screens look. After a wanted change: pytest tests/tui/test_looks.py --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.workflows.coding.decide import decide_suggestion
from quotegrid.workflows.study.folder import StudyFolder

SIZES = [(80, 24), (160, 50)]
Compare = Callable[..., bool]


@pytest.fixture
def decided(suggested: StudyFolder) -> StudyFolder:
    decide_suggestion(suggested, 1, Action.ACCEPT)
    decide_suggestion(suggested, 2, Action.REJECT)
    return suggested


@pytest.mark.parametrize("theme", ["quotegrid-dark", "quotegrid-light"])
@pytest.mark.parametrize("size", SIZES)
def test_the_review(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=look, terminal_size=size)


@pytest.mark.parametrize("theme", ["quotegrid-dark", "quotegrid-light"])
@pytest.mark.parametrize("size", SIZES)
def test_the_quotes(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def ask(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("6", "slash", *"text:wait", "enter")
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=ask, terminal_size=size)


@pytest.mark.parametrize("theme", ["quotegrid-dark", "quotegrid-light"])
@pytest.mark.parametrize("size", SIZES)
def test_the_overview(study: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("1")
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(study), run_before=look, terminal_size=size)


@pytest.mark.parametrize("theme", ["quotegrid-dark", "quotegrid-light"])
@pytest.mark.parametrize("size", SIZES)
def test_reading(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def read(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("3", "slash", *"quick", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=read, terminal_size=size)


@pytest.mark.parametrize("theme", ["quotegrid-dark", "quotegrid-light"])
@pytest.mark.parametrize("size", SIZES)
def test_the_matrix(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def count(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("5", "t", "down", "enter")
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=count, terminal_size=size)


def test_choosing_what_stands_in_the_rows(decided: StudyFolder, snap_compare: Compare) -> None:
    assert snap_compare(Workbench(decided), press=["5", "t"], terminal_size=SIZES[0])


def test_the_quotes_behind_a_number(decided: StudyFolder, snap_compare: Compare) -> None:
    assert snap_compare(Workbench(decided), press=["5", "enter"], terminal_size=SIZES[0])


def test_choosing_a_code(decided: StudyFolder, snap_compare: Compare) -> None:
    async def still(pilot: Pilot[None]) -> None:
        await pilot.press("c")
        pilot.app.screen.query_one(Input).cursor_blink = False
        await pilot.press("w", "a")

    assert snap_compare(Workbench(decided), run_before=still, terminal_size=SIZES[0])


def test_the_keys(decided: StudyFolder, snap_compare: Compare) -> None:
    assert snap_compare(Workbench(decided), press=["question_mark"], terminal_size=SIZES[1])


@pytest.mark.parametrize("theme", ["quotegrid-dark", "quotegrid-light"])
@pytest.mark.parametrize("size", SIZES)
def test_the_codebook(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("4")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=look, terminal_size=size)


@pytest.mark.parametrize("theme", ["quotegrid-dark", "quotegrid-light"])
@pytest.mark.parametrize("size", SIZES)
def test_importing(study: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("1", "i")
        await pilot.pause()
        pilot.app.screen.query_one(Input).cursor_blink = False
        await pilot.press("enter")
        for _ in range(200):
            if "Ctrl+S imports" in str(pilot.app.screen.query_one("#place", Static).content):
                break
            await pilot.pause(0.05)
        await pilot.pause()

    assert snap_compare(Workbench(study), run_before=look, terminal_size=size)
