from __future__ import annotations

from openpyxl import load_workbook
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.matrix.model import Rows
from quotegrid.exports.matrix.colours import single
from quotegrid.tui.app import Workbench
from quotegrid.tui.matrix.cell_quotes import CellQuotesScreen
from quotegrid.tui.matrix.screen import MatrixScreen
from quotegrid.tui.matrix.table import MatrixTable
from quotegrid.tui.reader.screen import ReadScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.matrix.list_publications import list_publications
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.settling import settled


def code_a_quote(study: StudyFolder, words: str, code: str) -> int:
    (quote,) = list_quotes(study, text=words)
    decide_segment(study, quote.id, Action.APPLY, code)
    return quote.id


def table(app: Workbench) -> list[list[str]]:
    grid = app.screen.query_one(MatrixTable).grid
    return [[name, *(cell.text for cell in line)] for name, line in zip(grid.names, grid.lines, strict=True)]


def heads(app: Workbench) -> tuple[str, ...]:
    return app.screen.query_one(MatrixTable).grid.heads


def place(app: Workbench) -> str:
    return str(app.screen.query_one("#place", Static).render())


def said(app: Workbench) -> str:
    """All of what the last key did, of which the line at the top shows what there is room for."""
    assert isinstance(app.screen, WorkbenchScreen)
    return app.screen.last_message


async def written(pilot: Pilot[None]) -> None:
    """Wait until a file has been written in the background, and what it means has been shown."""
    for _ in range(2):
        await settled(pilot)


async def test_themes_by_group_with_the_bases_below(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "patch on a roof", "quick fix")
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        rows = table(app)
        assert rows[0] == ["Money", "1", "0", "1"]
        assert rows[1] == ["Families", "0", "1", "1"]
        assert [row[0] for row in rows[2:]] == [
            "Base: quotes heard",
            "Base: cases heard",
            "Base: cases read",
            "Base: sources",
        ]
        assert rows[3] == ["Base: cases heard", "1", "1", "2"]


async def test_enter_on_a_number_shows_its_quotes_and_enter_again_its_place(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("down", "right", "enter")
        await settled(pilot)
        assert isinstance(app.screen, CellQuotesScreen)
        prompt = str(app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        assert "Parent, Eastlow" in prompt
        assert "Fourteen months on the waiting list." in prompt
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ReadScreen)
        assert "Parent · parent · Eastlow" in str(app.screen.query_one("#about", Static).render())
        assert "Coded: long wait" in str(app.screen.query_one("#about", Static).render())


async def test_escape_returns_to_the_same_cell(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("down", "right", "enter")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, MatrixScreen)
        assert app.screen.query_one(MatrixTable).cursor == (1, 1)


async def test_an_empty_cell_says_that_nobody_said_it(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, MatrixScreen)
        assert "No quotes here." in place(app)


async def test_rows_measure_and_columns_are_chosen_from_lists(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("5")
        await pilot.press("t", "down", "enter")
        await settled(pilot)
        assert [row[0] for row in table(app)][:3] == ["quick fix", "room to plan", "long wait"]
        await pilot.press("c", "down", "enter")
        await settled(pilot)
        assert "counting cases" in place(app)
        await pilot.press("o", "down", "enter")
        await settled(pilot)
        assert "Code by area" in place(app)
        await pilot.press("O", "down", "enter")
        await settled(pilot)
        assert "Code by area within group" in place(app)
        assert heads(app) == ("school / Westhay", "parent / Eastlow", "all")
        await pilot.press("t", "down", "enter")
        await settled(pilot)
        assert [row[0] for row in table(app)][:2] == ["quick fix", "room to plan"]
        assert "within Money" in place(app)


async def test_undecided_suggestions_are_counted_apart(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("5", "i")
        await settled(pilot)
        assert any("?" in cell for row in table(app) for cell in row)
        await pilot.press("v")
        await settled(pilot)
        assert any("takes no stance" in str(note.message) for note in app._notifications)
        await pilot.press("i")
        await settled(pilot)
        assert not any("?" in cell for row in table(app) for cell in row)


async def test_rows_are_split_by_stance(suggested: StudyFolder) -> None:
    number = code_a_quote(suggested, "patch on a roof", "quick fix")
    decide_segment(suggested, number, Action.MARK, "quick fix", stance=Stance.DISPUTES)
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("5", "v")
        await settled(pilot)
        assert ["Money: disputes", "1", "0", "1"] in table(app)


async def test_a_query_filters_what_is_counted_a_wrong_one_changes_nothing(
    suggested: StudyFolder,
) -> None:
    code_a_quote(suggested, "patch on a roof", "quick fix")
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("5", "f", *"group:parent", "enter")
        await settled(pilot)
        assert table(app)[1] == ["Families", "1", "1"]
        assert "group:parent" in place(app)
        await pilot.press("f", *" AND (", "enter")
        await settled(pilot)
        assert any("column" in str(note.message) for note in app._notifications)
        assert table(app)[1] == ["Families", "1", "1"]


async def test_lines_are_sorted_by_the_column_under_the_cursor_and_bases_stay_below(
    suggested: StudyFolder,
) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("5", "s")
        assert "sorted by school" in place(app)
        await pilot.press("right", "s")
        await settled(pilot)
        assert [row[0] for row in table(app)][:3] == ["Families", "Money", "Base: quotes heard"]
        await pilot.press("s")
        assert [row[0] for row in table(app)][:2] == ["Money", "Families"]
        await pilot.press("s")
        assert "sorted" not in place(app)


async def test_turned_a_cell_still_opens_its_quotes(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("5", "x")
        await settled(pilot)
        assert heads(app) == (
            "Money",
            "Families",
            "Base: quotes heard",
            "Base: cases heard",
            "Base: cases read",
            "Base: sources",
        )
        assert [row[:3] for row in table(app)] == [
            ["school", "0", "0"],
            ["parent", "0", "1"],
            ["all", "0", "1"],
        ]
        await pilot.press("down", "right", "enter")
        await settled(pilot)
        assert isinstance(app.screen, CellQuotesScreen)


async def test_cells_are_shaded_by_their_numbers_or_not(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        fills = [[cell.fill for cell in line] for line in app.screen.query_one(MatrixTable).grid.lines]
        assert fills[1] == [single(0), single(1), ""]
        await pilot.press("h")
        assert not any(cell.fill for line in app.screen.query_one(MatrixTable).grid.lines for cell in line)


async def test_a_click_moves_the_cursor_and_a_second_one_opens_the_cell(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.click(MatrixTable, offset=(30, 2))
        assert app.screen.query_one(MatrixTable).cursor == (1, 1)
        await pilot.click(MatrixTable, offset=(30, 2))
        await settled(pilot)
        assert isinstance(app.screen, CellQuotesScreen)


async def test_the_matrix_counts_again_after_more_decisions(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        assert table(app)[0][3] == "0"
        await pilot.press("2")
        await pilot.press("c", *"quick", "enter")
        await settled(pilot)
        await pilot.press("5")
        await settled(pilot)
        assert table(app)[0] == ["Money", "1", "0", "1"]


async def test_export_writes_the_shown_matrix(suggested: StudyFolder) -> None:
    code_a_quote(suggested, "Fourteen months", "long wait")
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("e", "enter")
        await written(pilot)
        assert "Wrote exports/matrix.xlsx" in place(app)
    sheet = load_workbook(suggested.root / "exports" / "matrix.xlsx")["Matrix"]
    assert [cell.value for cell in sheet[1]] == ["Theme", "school", "parent", "all"]
    assert [cell.value for cell in sheet[3]] == ["Families", 0, 1, 1]


async def test_choices_of_one_burst_all_hold(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, MatrixScreen)
        screen._count_with(columns="role")
        screen._count_with(rows=Rows.CODE)
        await settled(pilot)
        assert "Headteacher" in heads(app)
        assert table(app)[0][0] == "quick fix"


async def test_what_is_shown_is_published_listed_and_withdrawn(publishable: StudyFolder) -> None:
    code_a_quote(publishable, "Fourteen months", "long wait")
    app = Workbench(publishable)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("P")
        await settled(pilot)
        assert "Nothing has been published yet" in said(app)
        await pilot.press("p", "enter")
        await written(pilot)
        assert "Published exports/published.xlsx. Withheld or coarsened: " in said(app)
        (first,) = list_publications(publishable)
        assert (first.path, first.withdrawn, first.checked_beside) == ("exports/published.xlsx", None, True)
        await pilot.press("P", "enter")
        await settled(pilot)
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        assert "no longer checked beside it" in said(app)
        assert not list_publications(publishable)[0].checked_beside
    assert (publishable.root / "exports" / "published.xlsx.withheld.csv").exists()


async def test_a_refused_publication_says_what_is_in_the_way(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("5")
        await settled(pilot)
        await pilot.press("p", "enter")
        await written(pilot)
        assert any("nothing of them can be published" in str(note.message) for note in app._notifications)
    assert not (suggested.root / "exports" / "published.xlsx").exists()
    assert list_publications(suggested) == []
