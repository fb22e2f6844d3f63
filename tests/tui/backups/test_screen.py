"""Backups are listed, made, checked and put back in the workbench."""

from __future__ import annotations

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.backups.screen import BackupsScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.place_bar import PlaceLine
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.restoring import list_backups
from tests.tui.importing.test_screen import shown
from tests.tui.settling import settled


def said(app: Workbench) -> str:
    return str(app.screen.query_one(PlaceLine).content)


async def test_backups_are_made_checked_and_put_back(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "room to plan")
    app = Workbench(study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+b")
        await settled(pilot)
        assert isinstance(app.screen, BackupsScreen)
        assert "n makes one" in said(app)
        await pilot.press("enter", "v", "n")
        await settled(pilot)
        (made,) = list_backups(study)
        assert made.why == "by hand"
        assert f"Wrote {made.name}" in said(app)
        assert made.folder in shown(app, "#backup-where")
        await pilot.press("v")
        await settled(pilot)
        assert "is whole and unchanged" in said(app)
        decide_segment(study, 2, Action.APPLY, "room to plan")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert len(decision_records(study)) == 2, "the cursor is on No at first"
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert f"Put back {made.name}" in app.restored
    assert len(decision_records(study)) == 1
    assert [listed.why for listed in list_backups(study)] == ["by hand", "before a restore"]


async def test_a_damaged_backup_is_told_and_not_put_back(study: StudyFolder) -> None:
    study.back_up("before a test")
    next(study.files.backups.glob("*/codebook.yaml")).unlink()
    app = Workbench(study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+b")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "codebook.yaml is missing" in said(app)
        assert app.screen.query_one(ChoiceList).option_count == 1
        assert app.restored == ""
