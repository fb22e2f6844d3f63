from __future__ import annotations

from textual.widgets import OptionList, Static, TextArea

from quotegrid.tui.app import Workbench
from quotegrid.tui.matrix.cell_quotes import CellQuotesScreen
from quotegrid.tui.matrix.screen import MatrixScreen
from quotegrid.tui.matrix.table import MatrixTable
from quotegrid.tui.matrix.write_summary import WriteSummaryScreen
from quotegrid.tui.review.screen import ReviewScreen
from quotegrid.tui.widgets.leave_screen import LeaveScreen
from quotegrid.workflows.report.list_summaries import summary_log_records, summary_records
from quotegrid.workflows.report.summarise import write_summary
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.matrix.test_screen import code_a_quote, place, table


def _stored(study: StudyFolder) -> list[tuple[str, str, str, str]]:
    return [
        (summary["code"], summary["columns"], summary["value"], summary["text"])
        for summary in summary_records(study)
    ]


def _shown(app: Workbench) -> str:
    return str(app.screen.query_one("#summary-shown", Static).render())


async def test_w_among_the_quotes_writes_the_summary_and_u_takes_it_back(
    suggested: StudyFolder,
) -> None:
    number = code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("down", "right", "enter")
        await pilot.pause()
        assert "No summary yet" in _shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, WriteSummaryScreen)
        assert f"[q:{number}] Parent, Eastlow: Fourteen months" in str(
            app.screen.query_one("#named Static", Static).render()
        )
        await pilot.press(*"q 1 w", "left_square_bracket", *f"q:{number}", "right_square_bracket")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, CellQuotesScreen)
        assert _stored(suggested) == [("Families", "group", "parent", f"q 1 w[q:{number}]")]
        assert f"q 1 w[q:{number}]" in _shown(app)
        assert "tester" in _shown(app)
        assert "Saved as summary 1." in place(app)
        await pilot.press("escape")
        await pilot.pause()
        assert table(app)[1][2] == "1¶"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert _stored(suggested) == []
        assert "No summary yet" in _shown(app)
        await pilot.press("u")
        assert "nothing here that could be undone" in place(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MatrixScreen)
        assert table(app)[1][2] == "1"


async def test_escape_leaves_an_unchanged_text_and_asks_about_a_changed_one(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("down", "right", "w")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MatrixScreen)
        await pilot.press("w")
        await pilot.pause()
        await pilot.press(*"hello", "escape")
        await pilot.pause()
        assert isinstance(app.screen, LeaveScreen)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, WriteSummaryScreen)
        assert app.screen.query_one(TextArea).text == "hello"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(app.screen, MatrixScreen)
    assert summary_log_records(suggested) == []


async def test_an_unknown_quote_is_named_and_the_text_stays(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        app.screen.query_one(TextArea).text = "See [q:99]."
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, WriteSummaryScreen)
        assert '"99"' in place(app)
        assert app.screen.query_one(TextArea).text == "See [q:99]."
    assert summary_log_records(suggested) == []


async def test_what_another_wrote_since_is_shown_before_it_can_be_replaced(
    suggested: StudyFolder,
) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        await pilot.press(*"mine")
        write_summary(suggested, "Money", "school", "Theirs.", "group")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, WriteSummaryScreen)
        assert "Theirs." in str(app.screen.query_one("#newer", Static).render())
        assert _stored(suggested) == [("Money", "group", "school", "Theirs.")]
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, MatrixScreen)
    assert _stored(suggested) == [("Money", "group", "school", "mine")]


async def test_a_cell_without_quotes_opens_when_it_has_a_summary(suggested: StudyFolder) -> None:
    write_summary(suggested, "Money", "school", "They [bold]never[/bold] said so.", "group")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        assert table(app)[0][1] == "0¶"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CellQuotesScreen)
        assert "They [bold]never[/bold] said so." in _shown(app)
        assert app.screen.query_one(OptionList).option_count == 0
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CellQuotesScreen)


async def test_the_column_of_all_has_no_summary(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("down", "right", "right", "w")
        await pilot.pause()
        assert isinstance(app.screen, MatrixScreen)
        assert "A summary is of one column" in place(app)
        await pilot.press("enter")
        await pilot.pause()
        assert not app.screen.query_one("#summary").display
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, CellQuotesScreen)
        assert "A summary is of one column" in place(app)


async def test_emptying_a_text_takes_the_summary_away(suggested: StudyFolder) -> None:
    write_summary(suggested, "Money", "school", "Old.", "group")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        assert app.screen.query_one(TextArea).text == "Old."
        app.screen.query_one(TextArea).text = ""
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Took the summary away." in place(app)
        assert app.screen.query_one(MatrixTable).grid.lines[0][0].text == "0"
        await pilot.press("u")
        await pilot.pause()
        assert "Took it back." in place(app)
        assert table(app)[0][1] == "0¶"
        assert _stored(suggested) == [("Money", "group", "school", "Old.")]
        await pilot.press("u", "u")
        await pilot.pause()
        assert "nothing here that could be undone" in place(app)
    assert _stored(suggested) == []


async def test_u_in_the_review_takes_back_a_summary_too_and_says_so(suggested: StudyFolder) -> None:
    write_summary(suggested, "Money", "school", "Old.", "group")
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("u")
        await pilot.pause()
        assert 'Took back summary 1 of "Money", school: "Old.".' in place(app)
    assert _stored(suggested) == []
