"""The passages that come next in the review follow each decision."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from quotegrid.storage.suggestions.suggestions import change_suggestions, list_suggestions
from quotegrid.tui.app import Workbench
from quotegrid.tui.review.candidate_list import CandidateList
from quotegrid.tui.review.screen import ReviewScreen
from quotegrid.workflows.study.change_settings import change_setting
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.learn_live import LearningChange
from quotegrid.workflows.suggestions.list_suggestions import suggestion_records
from quotegrid.workflows.suggestions.suggest import suggest_codes


def stored(study: StudyFolder) -> dict[tuple[int, str], float]:
    with study.reading_session() as session:
        return {
            (suggestion.segment, suggestion.code): suggestion.score
            for suggestion in list_suggestions(session)
        }


async def learned(app: Workbench, pilot: Pilot[None]) -> None:
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_decision_changes_what_is_suggested_next_but_not_what_is_on_the_screen(
    suggested: StudyFolder,
) -> None:
    before = stored(suggested)
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await learned(app, pilot)
        await pilot.press("a")
        item = app.review.current()
        assert item is not None
        await learned(app, pilot)
        now = stored(suggested)
        here = item.quote.id
        assert {place for place in now if now[place] != before[place]}
        assert all(now[place] == before[place] for place in now if place[0] == here)
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("r", "n")
        await learned(app, pilot)
        following = app.review.current()
        assert following is not None
        shown = {
            candidate.code: candidate.suggestion.score
            for candidate in following.candidates
            if candidate.suggestion
        }
        assert shown == {
            code: score for (row, code), score in stored(suggested).items() if row == following.quote.id
        }


@pytest.mark.parametrize("keys", [("a", "u"), ("r", "u")])
async def test_an_undo_is_unlearned(suggested: StudyFolder, keys: tuple[str, ...]) -> None:
    before = stored(suggested)
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await learned(app, pilot)
        for key in keys:
            await pilot.press(key)
            await learned(app, pilot)
        now = stored(suggested)
        assert now.keys() == before.keys()
        assert max(abs(now[place] - before[place]) for place in now) < 0.011


async def test_where_learning_waits_until_asked_nothing_changes_by_itself(suggested: StudyFolder) -> None:
    change_setting(suggested, "suggestions.learning", "when asked")
    before = stored(suggested)
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await learned(app, pilot)
        await pilot.press("a", "r")
        await learned(app, pilot)
        assert stored(suggested) == before


async def test_what_waits_is_told_as_it_is_after_learning(study: StudyFolder) -> None:
    suggest_codes(study, at_least=0.3)
    before = stored(study)
    app = Workbench(study)
    async with app.run_test(size=(160, 50)) as pilot:
        await learned(app, pilot)
        for _ in range(2):
            await pilot.press("r")
            await learned(app, pilot)
            left = len(suggestion_records(study))
            assert app.review.waiting == left
            assert isinstance(app.screen, ReviewScreen)
            told = str(app.screen.query_one("#place", Static).content)
            assert f"   {left} suggestions wait   " in told
        assert min(stored(study).values()) >= 0.3
        assert len(stored(study)) < len(before)


async def test_a_passage_on_the_screen_is_drawn_again_where_learning_has_changed_it(
    suggested: StudyFolder,
) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await learned(app, pilot)
        item = app.review.current()
        assert item is not None and isinstance(app.screen, ReviewScreen)
        shown = app.screen.query_one(CandidateList)
        assert shown.chosen is not None
        here = item.quote.id
        with suggested.writing_session("suggesting") as session:
            change_suggestions(session, {here: {}}, "none")
        app.review.take_suggestions(LearningChange(frozenset({here}), came_or_went=True))
        app.screen.post_message(ReviewScreen.Learned(frozenset({here})))
        await learned(app, pilot)
        assert shown.chosen is None
