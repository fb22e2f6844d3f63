"""The screen of sources puts right what was read, and undo takes it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.reader.screen import ReadScreen
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import PARENT

SIZES = [(80, 24), (160, 50)]
Compare = Callable[..., bool]


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.group in ("look", "change")])
    await pilot.pause()


def place(app: Workbench) -> str:
    return str(app.screen.query_one("#place", Static).content)


def codes(study: StudyFolder) -> list[tuple[str, ...]]:
    return [quote.codes for quote in find_quotes(study).quotes if quote.codes]


async def test_a_source_is_replaced_read_again_removed_and_brought_back(study: StudyFolder) -> None:
    number = next(quote.id for quote in find_quotes(study).quotes if "Fourteen" in quote.text)
    decide_segment(study, number, Action.APPLY, "long wait")
    (study.root / "better.txt").write_text(PARENT.replace("never rang", "never phoned"), encoding="utf-8")
    app = Workbench(study, start="overview")
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("0")
        await settled(pilot)
        assert "2 sources, 0 of them read to the end" in place(app)
        await pilot.press("end", "p", "ctrl+u", *"better.txt", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ReadLinesScreen)
        shown = str(app.screen.query_one("#read-lines Static", Static).content)
        assert "Words changed under 1 coding" in shown
        assert codes(study) == [("long wait",)]
        await pilot.press("y")
        await settled(pilot)
        assert 'Replaced "parent.txt".' in place(app)
        assert any("never phoned" in quote.text for quote in find_quotes(study).quotes if quote.codes)
        assert "1 earlier version kept" in str(app.screen.query_one("#source-facts", Static).content)
        await pilot.press("o", "ctrl+u", *"interviewer=RAY MOSS, participant=INTERVIEWER", "enter")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert codes(study) == []
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("n", "x")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert [record["name"] for record in source_records(study)] == ["head.md"]
        assert app.screen.query_one("#sources", OptionList).option_count == 1
        await pilot.press("u")
        await settled(pilot)
        assert 'Took back the removal of "parent.txt".' in place(app)
        await pilot.press("u", "R")
        await settled(pilot)
        assert codes(study) == [("long wait",)]
        assert "is read to the end" in place(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReadScreen)


async def test_what_cannot_be_used_is_told_and_changes_nothing(study: StudyFolder) -> None:
    before = source_records(study)
    app = Workbench(study, start="sources")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p", "ctrl+u", *"gone.txt", "enter")
        await settled(pilot)
        await pilot.press("o", "ctrl+u", *"colour=red", "enter")
        await settled(pilot)
        told = [str(notification.message) for notification in app._notifications]
        assert any("there is no such file" in message for message in told)
        assert any('"colour=red" is no option of reading' in message for message in told)
    assert source_records(study) == before


@pytest.mark.parametrize("size", SIZES)
def test_how_sources_look(study: StudyFolder, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await settled(pilot)
        screen = pilot.app.screen
        facts = str(screen.query_one("#source-facts", Static).content)
        day = facts.split("read on ")[1].split(" (UTC)")[0]
        screen.query_one("#source-facts", Static).update(facts.replace(day, "2026-11-30 at 12:00"))
        await pilot.pause()

    assert snap_compare(Workbench(study, start="sources"), run_before=show, terminal_size=size)
