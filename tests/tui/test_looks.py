"""The looks of the main screens. After a wanted change: pytest tests/tui/test_looks.py --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.storage import tables
from quotegrid.tui.app import Workbench
from quotegrid.workflows.coding.decide import decide_suggestion
from quotegrid.workflows.coding.memos.write import write_memo
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import add_files

SIZES = [(80, 24), (160, 50)]
WARD = """\
Title: Ward 4

Lena Fox (interviewer): Who decides on breaks?

Marta Quill (ward sister): I do, if somebody is left.

Marta Quil (ward sister): And at night I do.

Lena Fox (interviewer): Every night?

Marta Quill (ward sister): Three of four.
"""
Compare = Callable[..., bool]
in_both_looks = pytest.mark.parametrize(
    ("size", "theme"), tuple(zip(SIZES, ("quotegrid-dark", "quotegrid-light"), strict=True))
)
"""Colours do not depend on the size, so that each size is drawn in one look."""


class _StoppedClock(datetime):
    """A clock on which it is always the same time."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a datetime is enough here
        return datetime(2026, 1, 3, 12, tzinfo=UTC)


@pytest.fixture
def decided(suggested: StudyFolder) -> StudyFolder:
    decide_suggestion(suggested, 1, Action.ACCEPT)
    decide_suggestion(suggested, 2, Action.REJECT)
    return suggested


@in_both_looks
def test_the_review(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=look, terminal_size=size)


@in_both_looks
def test_the_quotes(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def ask(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("6", "slash", *"text:wait", "enter")
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=ask, terminal_size=size)


@in_both_looks
def test_the_overview(study: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("1")
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(study), run_before=look, terminal_size=size)


@in_both_looks
def test_reading(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def read(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("3", "slash", *"quick", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=read, terminal_size=size)


@in_both_looks
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


@in_both_looks
def test_the_codebook(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("4")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=look, terminal_size=size)


@in_both_looks
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


@pytest.mark.parametrize("size", SIZES)
def test_the_memos(
    study: StudyFolder, snap_compare: Compare, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "datetime", _StoppedClock)
    write_memo(study, MemoSubject.CODE, "quick fix", "More a habit than a fix: see [[room to plan]].")
    write_memo(
        study, MemoSubject.STUDY, "", "## First day\n\n- rang [[Ray Moss]]\n- *long* wait", day="2026-01-02"
    )

    async def look(pilot: Pilot[None]) -> None:
        await pilot.press("4")
        await pilot.app.workers.wait_for_complete()
        await pilot.press("M")
        await pilot.pause()
        pilot.app.screen.query_one(Input).cursor_blink = False
        await pilot.press("down")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(study), run_before=look, terminal_size=size)


@in_both_looks
def test_the_people(study: StudyFolder, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    add_files(study, {"ward.txt": WARD})

    async def look(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("9")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("down", "space", "right")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(Workbench(study), run_before=look, terminal_size=size)


def test_editing_a_value(study: StudyFolder, snap_compare: Compare) -> None:
    async def edit(pilot: Pilot[None]) -> None:
        await pilot.press("9")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        pilot.app.screen.query_one(Input).cursor_blink = False
        await pilot.press("right", "enter", *"Carer")

    assert snap_compare(Workbench(study), run_before=edit, terminal_size=SIZES[0])


_COLUMNS = (
    "Nr,Unit (please tick one),What would you most like to see changed on your ward and why?,Shift,Form,Yrs\n"
)
_UNITS = ("Ward sister", "ward sister", "porter")
_ROWS = "".join(
    f"S{number},{_UNITS[number % 3]},More pumps at night please.,day,F{number},{number}\n"
    for number in range(9)
)


async def _previewed(pilot: Pilot[None], study: StudyFolder) -> None:
    (study.root / "corpus" / "survey.csv").write_text(_COLUMNS + _ROWS, encoding="utf-8")
    await pilot.press("1", "i")
    await pilot.pause()
    field = pilot.app.screen.query_one(Input)
    field.cursor_blink = False
    field.value = "corpus/survey.csv"
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
def test_the_columns_of_a_table(
    empty_study: StudyFolder, snap_compare: Compare, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await _previewed(pilot, empty_study)
        await pilot.press("c", "down", "g", "down")
        await pilot.pause()

    assert snap_compare(Workbench(empty_study), run_before=look, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_joining_groups(empty_study: StudyFolder, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await _previewed(pilot, empty_study)
        await pilot.press("c", "down", "g", "ctrl+s")
        for key, said in (("ctrl+s", "Ctrl+S imports"), ("ctrl+g", "Imported")):
            for _ in range(200):
                if said in str(pilot.app.screen.query_one("#place", Static).content):
                    break
                await pilot.pause(0.05)
            await pilot.press(key)
        for _ in range(200):
            if pilot.app.screen.query("#joins") and "Groups" in str(
                pilot.app.screen.query_one("#place", Static).content
            ):
                break
            await pilot.pause(0.05)
        await pilot.pause()

    assert snap_compare(Workbench(empty_study, start="overview"), run_before=look, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_putting_a_turn_right(decided: StudyFolder, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def choose(pilot: Pilot[None]) -> None:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.press("e")
        await pilot.pause()

    assert snap_compare(Workbench(decided), run_before=choose, terminal_size=size)
