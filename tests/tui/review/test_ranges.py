from __future__ import annotations

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.review.test_screen import chosen, logged, segment, shown


def coded(study: StudyFolder) -> dict[int, tuple[str, ...]]:
    return {quote.id: quote.codes for quote in list_quotes(study) if quote.codes}


async def test_the_range_of_a_coded_segment_is_widened_narrowed_and_split(suggested: StudyFolder) -> None:
    decide_segment(suggested, 2, Action.APPLY, "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(100, 30)) as pilot:
        assert app.review.go_to(2)
        app.screen.show()  # type: ignore[attr-defined]
        await pilot.press("left_square_bracket")
        await pilot.pause()
        wide = segment(app)
        assert shown(app, "#passage").startswith("The cause is still there")
        assert "cut by tester" in shown(app, "#who")
        assert coded(suggested) == {wide: ("long wait",)}
        await pilot.press("left_curly_bracket", "right_curly_bracket")
        await pilot.pause()
        assert shown(app, "#passage") == "It buys time, I will say that."
        await pilot.press("right_curly_bracket")
        assert any("only one sentence" in notification.message for notification in app._notifications)
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert coded(suggested) == {2: ("long wait",)}
        await pilot.press("vertical_line")
        assert isinstance(app.screen, ChooseOneScreen)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert len(coded(suggested)) == 2
        assert 2 not in coded(suggested)
        assert shown(app, "#passage") == "It buys time, I will say that."
        await pilot.press("u")
        assert (segment(app), coded(suggested)) == (2, {2: ("long wait",)})
        await pilot.press("u", "u", "u", "u")
        assert coded(suggested) == {2: ("long wait",)}
        await pilot.press("ctrl+r")
        assert (segment(app), coded(suggested)) == (wide, {wide: ("long wait",)})


async def test_a_range_may_be_chosen_before_anything_is_accepted(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(100, 30)) as pilot:
        first, code = segment(app), chosen(app)
        await pilot.press("right_curly_bracket")
        await pilot.pause()
        short = shown(app, "#passage")
        assert "new range, nothing stands on it yet" in shown(app, "#who")
        assert (segment(app), logged(suggested)) == (first, [])
        await pilot.press("a")
        await pilot.pause()
        assert segment(app) == first
        assert [quote.text for quote in list_quotes(suggested, codes=[code])] == [
            quote.text for quote in list_quotes(suggested) if quote.made_by
        ]
        (quote,) = list_quotes(suggested, codes=[code])
        assert " ".join(quote.text.split()) == short
        assert [decision[0] for decision in logged(suggested)] == ["accept", "move", "apply"]
        await pilot.press("u")
        assert coded(suggested) == {}
