from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.widgets import Static

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.review.candidate_list import CandidateList
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.suggestions.suggest import suggest_codes

WITHIN = 2.0
"""Seconds in which one coder sees what the other does."""


def as_ben(study: StudyFolder, segment: int, action: Action, code: str) -> None:
    """Decide in a study that Ben has open for himself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUOTEGRID_CODER", "Ben")
        other = open_study(study.root)
        decide_segment(other, segment, action, code)
        other.close()


async def until(true: Callable[[], bool]) -> None:
    """Wait until a function says yes; fail where it does not within two seconds."""
    for _ in range(int(WITHIN / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the other coder's work was not seen within two seconds")


async def test_what_the_other_decides_on_the_segment_is_shown_and_named(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        item = app.review.current()
        assert item is not None
        candidate, waiting = item.candidates[0], app.review.waiting
        as_ben(suggested, item.quote.id, Action.ACCEPT, candidate.code)
        await until(lambda: "Ben: accept" in str(app.screen.query_one("#place", Static).render()))
        shown = app.screen.query_one(CandidateList)._candidates
        assert next(listed for listed in shown if listed.code == candidate.code).stands
        assert app.review.waiting == waiting - 1


async def test_both_decide_the_same_and_both_decisions_are_kept(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        item = app.review.current()
        assert item is not None
        code = item.candidates[0].code
        as_ben(suggested, item.quote.id, Action.REJECT, code)
        await pilot.press("a")
    made = [
        (decision["coder"], decision["decision"], decision["code"])
        for decision in decision_records(suggested)
    ]
    assert made == [("Ben", "reject", code), ("tester", "accept", code)]


async def test_new_suggestions_from_elsewhere_come_while_the_segment_stays(study: StudyFolder) -> None:
    app = Workbench(study)
    other = open_study(study.root)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "down", "down", "enter", "n")
        await pilot.pause()
        item = app.review.current()
        assert item is not None
        suggest_codes(other, at_least=0.0)
        await until(lambda: app.review.waiting > 0)
        again = app.review.current()
        assert again is not None
        assert again.quote.id == item.quote.id
        assert again.candidates
    other.close()
