from __future__ import annotations

from openpyxl import load_workbook
from textual.coordinate import Coordinate
from textual.widgets import DataTable, OptionList, Static

from quotegrid.domain.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.screens.cell_quotes import CellQuotesScreen
from quotegrid.tui.screens.matrix import MatrixScreen
from quotegrid.tui.screens.review import ReviewScreen
from quotegrid.workflows.decide import decide_segment
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.list_quotes import list_quotes


def code_a_quote(study: StudyFolder, words: str, code: str) -> int:
    (quote,) = list_quotes(study, text=words)
    decide_segment(study, quote.id, Action.APPLY, code)
    return quote.id


def table(app: Workbench) -> list[list[str]]:
    grid = app.screen.query_one(DataTable)
    return [[str(cell) for cell in grid.get_row_at(row)] for row in range(grid.row_count)]


def place(app: Workbench) -> str:
    return str(app.screen.query_one("#place", Static).render())


async def test_themes_by_group_with_the_bases_below(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "patch on a roof", "quick fix")
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        rows = table(app)
        assert rows[0] == ["Money", "1", "0", "1"]
        assert rows[1] == ["Families", "0", "1", "1"]
        assert [row[0] for row in rows[2:]] == ["Base: quotes heard", "Base: cases heard", "Base: sources"]
        assert rows[3] == ["Base: cases heard", "1", "1", "2"]


async def test_enter_on_a_number_shows_its_quotes_and_enter_again_its_place(suggested: StudyFolder) -> None:
    number = code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("down", "right", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CellQuotesScreen)
        prompt = str(app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        assert "Parent, Eastlow" in prompt
        assert "Fourteen months on the waiting list." in prompt
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        item = app.review.current()
        assert item is not None
        assert item.quote.id == number


async def test_escape_returns_to_the_same_cell(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("down", "right", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MatrixScreen)
        assert app.screen.query_one(DataTable).cursor_coordinate == Coordinate(1, 2)


async def test_an_empty_cell_says_that_nobody_said_it(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MatrixScreen)
        assert "Nobody was heard saying this here." in place(app)


async def test_keys_change_rows_measure_columns_and_unconfirmed(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("t")
        assert [row[0] for row in table(app)][:3] == ["quick fix", "room to plan", "long wait"]
        await pilot.press("c")
        assert "counting cases" in place(app)
        await pilot.press("o")
        assert "Code by area" in place(app)
        await pilot.press("i")
        assert any("?" in cell for row in table(app) for cell in row)


async def test_the_matrix_counts_again_after_more_decisions(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        assert table(app)[0][3] == "0"
        await pilot.press("2")
        await pilot.press("c", *"quick", "enter")
        await pilot.pause()
        await pilot.press("5")
        await pilot.pause()
        assert table(app)[0] == ["Money", "1", "0", "1"]


async def test_export_writes_the_shown_matrix(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert "Wrote exports/matrix.xlsx" in place(app)
    sheet = load_workbook(suggested.root / "exports" / "matrix.xlsx")["Matrix"]
    assert [cell.value for cell in sheet[1]] == ["Theme", "school", "parent", "all"]
    assert [cell.value for cell in sheet[3]] == ["Families", 0, 1, 1]
