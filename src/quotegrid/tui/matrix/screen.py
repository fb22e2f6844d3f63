"""The matrix of themes by an attribute, with the quotes behind every number."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.measures import MEASURES
from quotegrid.domain.matrix.model import Rows
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.errors import QuotegridError
from quotegrid.tui.look import plain
from quotegrid.tui.matrix.cell_quotes import CellQuotesScreen
from quotegrid.tui.matrix.exporting import ask_to_export, ask_to_publish, show_publications
from quotegrid.tui.matrix.grid import SUMMARISED, Grid, grid_of, sorted_by, transposed
from quotegrid.tui.matrix.table import MatrixTable
from quotegrid.tui.matrix.write_summary import WriteSummaryScreen, saved_message, undone_message
from quotegrid.tui.messages import ShowPassage
from quotegrid.tui.remedies import with_keys
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.write_memo import ask_memo_on
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.matrix.columns import column_attributes
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, StudyMatrix, make_matrix
from quotegrid.workflows.report.summarise import (
    CellText,
    WrittenSummary,
    read_cell,
    standing_summaries,
    undo_in_cell,
)
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.study.folder import StudyFolder

_QUERY = "As among the quotes (6): group:parent area:Eastmere text:waiting. Nothing counts everything again."


class MatrixScreen(WorkbenchScreen):
    """A table that counts confirmed codings.

    Args:
        study: The study.
    """

    MODE = "matrix"
    MORE_KEYS = (("arrows", "Move from cell to cell"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_cell", "Quotes", tooltip="Quotes behind the number", priority=True),
        Binding("t", "rows", "Rows", tooltip="What is in the rows"),
        Binding("o", "columns", "Columns", tooltip="What is in the columns"),
        Binding("O", "within", "Nested", tooltip="Nest the columns in another attribute", show=False),
        Binding("c", "count", "Count", tooltip="What the cells count"),
        Binding("f", "filter", "Filter", tooltip="Count only quotes that fit a query"),
        Binding("e", "export", "Export", tooltip="Export what is shown"),
        Binding("s", "sort", "Sort", tooltip="Sort by the column under the cursor"),
        Binding("x", "transpose", "Turn", tooltip="Swap rows and columns on the screen", show=False),
        Binding("h", "shade", "Shade", tooltip="Shade the cells, or do not", show=False),
        Binding("v", "by_stance", "Stance", tooltip="Split the rows by stance, or do not", show=False),
        Binding("i", "suggested", "Unconfirmed", tooltip="With or without undecided suggestions", show=False),
        Binding("r", "of", "Read or heard", tooltip="Shares of cases read, or of all heard", show=False),
        Binding("m", "memo", "Memo", tooltip="Write a memo on the row's code, or change yours"),
        Binding("w", "write", "Write", tooltip="Write the summary of a cell"),
        Binding("u", "undo", "Undo", tooltip="Undo what you wrote of a cell last", show=False),
        Binding("p", "publish", "Publish", tooltip="Publish what is shown, small cells withheld"),
        Binding("P", "publications", "Publications", tooltip="List and withdraw publications", show=False),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._choice = MatrixChoice()
        self._made: StudyMatrix | None = None
        self._summaries: Collection[tuple[str, str, str]] = ()
        """The cells that have a summary, by code, attribute and value."""
        self._is_shaded = True
        self._is_transposed = False
        self._sorting: tuple[str, bool] | None = None
        """The head of the column that the lines are sorted by, and whether the highest comes first."""

    def compose_body(self) -> ComposeResult:
        """Lay out the table and its notes."""
        yield MatrixTable(id="matrix")
        yield Static(id="notes")

    async def on_screen_resume(self) -> None:
        """Count again: decisions may have been made meanwhile."""
        self.query_one(MatrixTable).focus()
        await self._count_again()

    def study_changed(self, change: Change) -> None:
        """Count again what somebody else has changed."""
        self.start(partial(self._count_again, None), "again", exclusive=True)

    def place_text(self) -> str:
        """Return what is counted."""
        if self._made is None:
            return "Counting"
        matrix = self._made.matrix
        rows = matrix.rows_are.value.capitalize()
        parts = [f"{rows} by {matrix.columns_are}", f"counting {matrix.count.name}"]
        if matrix.count.is_proportion:
            parts.append(f"of cases {matrix.of.value}")
        if self._choice.within is not None:
            parts.append(f"within {self._choice.within}")
        if self._choice.query:
            parts.append(self._choice.query)
        if self._sorting is not None:
            parts.append(f"sorted by {self._sorting[0]}")
        return "   ".join(parts)

    async def _choose(self, **changes: Any) -> None:
        """Count something else; if it cannot be counted, show why and leave everything as it was."""
        before = self._choice
        self._choice = chosen = replace(self._choice, **changes)
        if not await self._count_again() and self._choice is chosen:
            self._choice = before

    async def _count_again(self, message: str | None = "") -> bool:
        """Count, and show what was counted; a message of None leaves the one that is shown."""
        self.say(self.last_message if message is None else message)
        choice = self._choice
        result = await self.attempt(
            lambda: (make_matrix(self._study, choice, with_quotes=False), standing_summaries(self._study))
        )
        if result is None:
            return False
        # What was chosen meanwhile is being counted, and is shown instead.
        if choice is self._choice:
            self._made, self._summaries = result
            # Another key may have set a message while this was being counted.
            self._draw(self.last_message)
        return True

    async def look_again(self, message: str | None = None) -> None:
        """Count again what is shown."""
        await self._count_again(message)

    def _summarised(self) -> set[tuple[int, int]]:
        """Return the cells that have a summary."""
        if self._made is None:
            return set()
        matrix = self._made.matrix
        return {
            (row, column)
            for row, codes in enumerate(matrix.row_codes)
            for column, value in enumerate(matrix.columns)
            if (codes[0], matrix.columns_are, value) in self._summaries
        }

    def _grid(self) -> Grid | None:
        if self._made is None:
            return None
        grid = grid_of(self._made.matrix, summarised=self._summarised(), shaded=self._is_shaded)
        if self._is_transposed:
            grid = transposed(grid)
        if self._sorting is not None:
            head, descending = self._sorting
            if head in grid.heads:
                return sorted_by(grid, grid.heads.index(head), descending=descending)
            self._sorting = None
        return grid

    def _draw(self, message: str = "") -> None:
        from quotegrid.exports.matrix.text import notes

        grid = self._grid()
        if grid is None or self._made is None:
            return
        table = self.query_one(MatrixTable)
        cell = table.chosen
        table.show(grid, None if cell is None else cell.origin)
        lines = list(notes(self._made.matrix))
        if self._summarised():
            lines.append(f"{SUMMARISED} has a summary.")
        self.query_one("#notes", Static).update(plain(with_keys("\n".join(lines))))
        self.say(message)

    def _at_cursor(self) -> tuple[int, int] | None:
        """Return the row and column under the cursor; the column after the last is the total."""
        if self._made is None:
            self.say("The matrix is still being counted; press the key again when it is shown.")
            return None
        cell = self.query_one(MatrixTable).chosen
        if cell is None or cell.origin is None:
            self.say("There are no quotes behind this number; move to a count.")
            return None
        return cell.origin

    def _quotes_at(self, row: int, column: int) -> list[Quote]:
        if self._made is None:
            return []
        matrix = self._made.matrix
        columns = range(len(matrix.columns)) if column == len(matrix.columns) else [column]
        numbers = {number for place in columns for number in matrix.members.get((row, place), ())}
        with_suggestions = self._choice.include_suggested
        return all_quotes(self._study, only=numbers, with_suggestions=with_suggestions) if numbers else []

    def _cell_at(self, row: int, column: int) -> CellText | None:
        """Return the summaries of a cell; None in the column of totals, and if they cannot be read."""
        if self._made is None or column == len(self._made.matrix.columns):
            return None
        matrix = self._made.matrix
        try:
            return read_cell(
                self._study, matrix.row_codes[row][0], matrix.columns[column], matrix.columns_are
            )
        except QuotegridError as error:
            self.failed(error)
            return None

    async def action_open_cell(self) -> None:
        """Show the quotes behind the number under the cursor, and the summaries of the cell."""
        place = self._at_cursor()
        if place is None or self._made is None:
            return
        row, column = place
        matrix = self._made.matrix
        quotes = await asyncio.to_thread(self._quotes_at, row, column)
        cell = self._cell_at(row, column)
        if not quotes and (cell is None or not cell.summaries):
            self.say("No quotes here.")
            return
        name = "all" if column == len(matrix.columns) else matrix.columns[column]
        title = f"{matrix.rows[row]}, {name}"
        self.ask(
            CellQuotesScreen(title, quotes, self._study, cell),
            lambda segment: self.post_message(ShowPassage(segment)),
        )

    @on(MatrixTable.Opened)
    async def _clicked(self) -> None:
        await self.action_open_cell()

    def action_write(self) -> None:
        """Write the summary of the cell under the cursor."""
        place = self._at_cursor()
        if place is None:
            return
        cell = self._cell_at(*place)
        if cell is None:
            self.say("A summary is of one column; move to a cell of one.")
            return
        self.ask(WriteSummaryScreen(self._study, cell, self._quotes_at(*place)), self._show_written)

    async def action_memo(self) -> None:
        """Write a memo on the code of the row under the cursor, or change yours."""
        place = self._at_cursor()
        if place is not None and self._made is not None:
            await ask_memo_on(self, MemoSubject.CODE, self._made.matrix.row_codes[place[0]][0])

    async def action_undo(self) -> None:
        """Undo what the coder wrote last of the cell under the cursor."""
        place = self._at_cursor()
        cell = None if place is None else self._cell_at(*place)
        if cell is None:
            return
        try:
            undone = undo_in_cell(self._study, cell.code, cell.value, cell.attribute)
        except QuotegridError as error:
            self.failed(error)
            return
        await self._count_again(undone_message(undone))

    def _show_written(self, written: WrittenSummary) -> None:
        if written.number is not None:
            # The screen counts and draws again when it is shown again, which comes first.
            self.call_after_refresh(self.say, saved_message(written))

    def _pick(
        self, title: str, names: Sequence[str], current: int, changes: Callable[[int], dict[str, Any]]
    ) -> None:
        """Ask for one of some names, and count what its place changes."""
        self.ask(
            ChooseOneScreen(title, names, current),
            lambda place: self._count_with(**changes(place)),
        )

    def _count_with(self, **changes: Any) -> None:
        self.start(partial(self._choose, **changes), "count")

    def action_rows(self) -> None:
        """Choose what is in the rows: themes, codes, or the codes below one."""
        codebook = current_codebook(self._study)
        parents = [code.name for code in codebook.walk() if codebook.children(code.name)]
        choices: list[tuple[Rows, str | None]] = [(Rows.THEME, None), (Rows.CODE, None)]
        choices += [(self._choice.rows, name) for name in parents]
        names = ["Themes", "Codes", *(f"Codes below “{name}”" for name in parents)]
        within = self._choice.within
        current = 2 + parents.index(within) if within in parents else int(self._choice.rows is Rows.CODE)
        self._pick(
            "Rows", names, current, lambda place: {"rows": choices[place][0], "within": choices[place][1]}
        )

    def action_columns(self) -> None:
        """Choose the attribute of the columns."""
        names = column_attributes(self._study)
        inner = self._columns[-1]
        self._pick(
            "Columns",
            names,
            names.index(inner) if inner in names else 0,
            lambda place: {"columns": names[place]},
        )

    def action_within(self) -> None:
        """Choose an attribute that the columns are nested in, or none."""
        inner = self._columns[-1]
        names = [name for name in column_attributes(self._study) if name != inner]
        outer = self._columns[0] if len(self._columns) > 1 else None
        self._pick(
            f"{inner.capitalize()} within",
            ["nothing", *names],
            1 + names.index(outer) if outer in names else 0,
            lambda place: {"columns": inner if place == 0 else (names[place - 1], inner)},
        )

    @property
    def _columns(self) -> Sequence[str]:
        chosen = self._choice.columns
        return (chosen,) if isinstance(chosen, str) else chosen

    def action_count(self) -> None:
        """Choose what the cells count."""
        names = list(MEASURES)
        current = names.index(self._choice.count.name)
        self._pick("Count", names, current, lambda place: {"count": MEASURES[names[place]]})

    def action_filter(self) -> None:
        """Count only quotes that fit a query."""
        self.ask(
            AskTextScreen("Only quotes that fit", self._choice.query, _QUERY, allows_empty=True),
            lambda query: self._count_with(query=query),
        )

    async def action_suggested(self) -> None:
        """Count undecided suggestions too, marked, or leave them out."""
        await self._choose(include_suggested=not self._choice.include_suggested)

    async def action_by_stance(self) -> None:
        """Split the rows by stance, or do not."""
        await self._choose(by_stance=not self._choice.by_stance)

    async def action_of(self) -> None:
        """Work out shares of the cases read to the end, or of all who were heard."""
        is_of_read = self._choice.of is SharesOf.READ
        await self._choose(of=SharesOf.HEARD if is_of_read else SharesOf.READ)

    def action_sort(self) -> None:
        """Sort by the column under the cursor: highest first, then lowest first, then not at all."""
        table = self.query_one(MatrixTable)
        if not table.grid.heads:
            return
        head = table.grid.heads[table.cursor[1]]
        if self._sorting == (head, True):
            self._sorting = head, False
        elif self._sorting == (head, False):
            self._sorting = None
        else:
            self._sorting = head, True
        self._draw()

    def action_transpose(self) -> None:
        """Swap rows and columns on the screen; exports stay as they are."""
        self._is_transposed = not self._is_transposed
        self._sorting = None
        self._draw()

    def action_shade(self) -> None:
        """Shade the cells by their numbers, or do not."""
        self._is_shaded = not self._is_shaded
        self._draw()

    def action_export(self) -> None:
        """Write what is counted to a file; the matrix is counted for it, whether it is shown yet or not."""
        ask_to_export(self, self._study, self._choice)

    def action_publish(self) -> None:
        """Publish what is counted: small cells are withheld, also beside what was published before."""
        ask_to_publish(self, self._study, self._choice)

    def action_publications(self) -> None:
        """List what was published."""
        show_publications(self, self._study)
