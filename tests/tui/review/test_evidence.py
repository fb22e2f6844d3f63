from __future__ import annotations

import pytest
from textual.widgets import Static

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.review.evidence import explanation
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.memos.list import memo_records
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.tui.review.test_screen import chosen, logged, segment, shown
from tests.tui.settling import settled
from tests.workflows.coding.test_alike import pasted

__all__ = ["pasted"]


def lines(app: Workbench) -> str:
    assert isinstance(app.screen, ReadLinesScreen)
    return "\n".join(str(widget.render()) for widget in app.screen.query(Static))


async def test_a_memo_is_written_in_place(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        here = segment(app)
        await pilot.press("m", *"ask again", "ctrl+s")
        await settled(pilot)
        (memo,) = memo_records(suggested)
        assert (memo["text"], memo["author"]) == ("ask again", "tester")
        assert segment(app) == here
        assert "ask again" in shown(app, "#memos")
        assert "Kept the memo." in shown(app, "#place")


async def test_a_suggestion_is_explained_with_all_its_evidence(suggested: StudyFolder) -> None:
    decide_segment(suggested, 5, Action.ACCEPT, "quick fix")
    suggest_codes(suggested, at_least=0.0)
    app = Workbench(suggested)
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        assert chosen(app) == "quick fix"
        await pilot.press("e")
        told = lines(app)
        for part in (
            "Why “quick fix” is suggested here",
            "Honestly, it is a quick fix.",
            "The part of the code nearest to it",
            "The money covers up the trouble for a while.",
            "The confirmed quote most like it",
            "Never heard of it.",
            "Embedded by hashing-512.",
        ):
            assert part in told
        await pilot.press("escape")
        assert logged(suggested) == [("accept", 5, "quick fix")]


async def test_a_denial_is_told_of_and_a_code_applied_by_hand_has_nothing_to_explain(
    suggested: StudyFolder,
) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        assert app.review.go_to(5)
        item = app.review.current()
        assert item is not None
        (denied,) = [candidate for candidate in item.candidates if candidate.code == "quick fix"]
        told = explanation(denied, item.quote, None, "")
        assert any(line.startswith("Careful: what it says is negated") for line in told)
        assert "  None yet: nothing is coded with it, so the codebook alone speaks." in told


async def test_one_decision_for_all_that_say_the_same(pasted: StudyFolder) -> None:
    suggest_codes(pasted, at_least=0.0)
    app = Workbench(pasted)
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        code = chosen(app)
        await pilot.press("A")
        await settled(pilot)
        assert "3 passages more say nearly the same" in lines(app)
        assert f"apply “{code}” to all 4 alike" in lines(app)
        await pilot.press("n")
        assert logged(pasted) == []
        await pilot.press("A")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert "applied to 4 passages" in shown(app, "#place")
        assert {quote.id for quote in list_quotes(pasted, coded=True)} == {1, 2, 3, 4}
        await pilot.press("A")
        await settled(pilot)
        assert "No other passage that says the same" in shown(app, "#place")
        await pilot.press("u")
        await settled(pilot)
        assert list_quotes(pasted, coded=True) == []


@pytest.mark.parametrize("key", ["m", "e", "A"])
async def test_the_keys_do_nothing_where_nothing_is_under_review(study: StudyFolder, key: str) -> None:
    app = Workbench(study)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(key)
        await settled(pilot)
        assert not isinstance(app.screen, ReadLinesScreen)
        assert logged(study) == []
