"""The matrix: themes by an attribute, every number one key away from its words."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from quotegrid.domain.matrix import Count, Rows
from quotegrid.domain.quotes import Quote
from quotegrid.domain.text import shortened, visible
from quotegrid.errors import QuotegridError
from quotegrid.tui.look import plain
from quotegrid.tui.screens.base import WorkbenchScreen
from quotegrid.tui.screens.cell_quotes import CellQuotesScreen
from quotegrid.tui.screens.write_summary import WriteSummaryScreen
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.list_quotes import all_quotes
from quotegrid.workflows.make_matrix import MatrixChoice, StudyMatrix, column_attributes, make_matrix
from quotegrid.workflows.summarise import CellText, Written, read_cell, standing_summaries, undo_in_cell

EXPORT = "exports/matrix.xlsx"
SUMMARISED = "\N{PILCROW SIGN}"
"""Stands behind the number of a cell that has a summary."""


class MatrixScreen(WorkbenchScreen):
    """A table of confirmed codings.

    Args:
        study: The study.
    """

    MODE = "matrix"
    MORE_KEYS = (("arrows", "Move from cell to cell"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_cell", "Quotes", tooltip="Quotes behind the number", priority=True),
        Binding("w", "write", "Write", tooltip="Write the summary of a cell", show=False),
        Binding("u", "undo", "Undo", tooltip="Take back what you wrote of a cell last", show=False),
        Binding("t", "rows", "Codes", tooltip="Themes or codes in the rows"),
        Binding("c", "count", "Count", tooltip="What the cells count"),
        Binding("o", "columns", "Columns", tooltip="Another attribute in the columns"),
        Binding("i", "suggested", "Unconfirmed", tooltip="With or without undecided suggestions"),
        Binding("e", "export", "Export", tooltip=f"Export to {EXPORT}"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._rows = Rows.THEME
        self._count = Count.QUOTES
        self._columns = "group"
        self._suggested = False
        self._made: StudyMatrix | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the table and its notes."""
        yield DataTable(id="matrix", cursor_type="cell", zebra_stripes=True, fixed_columns=1)
        yield Static(id="notes")

    def on_screen_resume(self) -> None:
        """Count again: decisions may have been made meanwhile."""
        self.show()

    def show(self) -> None:
        """Count and draw."""
        self._count_again()
        self.say()

    def place_told(self) -> str:
        """What is counted."""
        if self._made is None:
            return ""
        matrix = self._made.matrix
        return f"{matrix.rows_are.value.capitalize()} by {matrix.columns_are}   counting {matrix.count.value}"

    def _make(self, *, with_quotes: bool) -> StudyMatrix:
        choice = MatrixChoice(
            rows=self._rows,
            columns=self._columns,
            count=self._count,
            include_suggested=self._suggested,
        )
        return make_matrix(self._study, choice, with_quotes=with_quotes)

    def _count_again(self) -> None:
        try:
            self._made = self._make(with_quotes=False)
        except QuotegridError as error:
            self.failed(error)
            return
        from quotegrid.exports.matrix_text import BASE_ROWS, base_values, cell_text, notes, total_text

        matrix = self._made.matrix
        written = standing_summaries(self._study)
        table: DataTable[Text] = self.query_one(DataTable)
        cursor = table.cursor_coordinate
        table.clear(columns=True)
        heads = [_wrapped(visible(name)) for name in (matrix.rows_are.value, *matrix.columns, "all")]
        table.header_height = max(head.count("\n") for head in heads) + 1
        for head in heads:
            table.add_column(Text(head))
        for row, name in enumerate(matrix.rows):
            key = matrix.row_codes[row][0], matrix.columns_are
            cells = [
                cell_text(matrix, row, column) + (SUMMARISED if (*key, value) in written else "")
                for column, value in enumerate(matrix.columns)
            ]
            cells.append(total_text(matrix, row))
            table.add_row(Text(visible(name)), *(Text(cell, justify="right") for cell in cells))
        for label, field in BASE_ROWS:
            bases = (Text(str(base), justify="right", style="dim") for base in base_values(matrix, field))
            table.add_row(Text(label, style="dim"), *bases)
        table.cursor_coordinate = Coordinate(
            min(cursor.row, len(matrix.rows) - 1), min(max(cursor.column, 1), len(matrix.columns) + 1)
        )
        table.focus()
        said = notes(matrix)
        codes = {of_row[0] for of_row in matrix.row_codes}
        if any(code in codes and attribute == matrix.columns_are for code, attribute, _ in written):
            said = [*said, f"{SUMMARISED} has a summary."]
        self.query_one("#notes", Static).update(plain("\n".join(said)))

    def _at_cursor(self) -> tuple[int, int] | None:
        """The row and column under the cursor; the column after the last is that of all."""
        if self._made is None:
            return None
        matrix = self._made.matrix
        cursor = self.query_one(DataTable).cursor_coordinate
        row, column = cursor.row, cursor.column - 1
        if row >= len(matrix.rows) or column < 0:
            self.say("Quotes stand behind the counts; move to one of them.")
            return None
        return row, column

    def _quotes_at(self, row: int, column: int) -> list[Quote]:
        if self._made is None:
            return []
        matrix = self._made.matrix
        columns = range(len(matrix.columns)) if column == len(matrix.columns) else [column]
        wanted = {number for one in columns for number in matrix.members.get((row, one), ())}
        return all_quotes(self._study, only=wanted, with_suggestions=self._suggested) if wanted else []

    def _cell_at(self, row: int, column: int) -> CellText | None:
        """What is written of a cell; None in the column of all, and where it cannot be read."""
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

    def action_open_cell(self) -> None:
        """Show the quotes behind the number under the cursor, and what is written of them."""
        place = self._at_cursor()
        if place is None or self._made is None:
            return
        row, column = place
        matrix = self._made.matrix
        quotes, cell = self._quotes_at(row, column), self._cell_at(row, column)
        if not quotes and (cell is None or not cell.summaries):
            self.say("Nobody was heard saying this here.")
            return
        name = "all" if column == len(matrix.columns) else matrix.columns[column]
        title = f"{matrix.rows[row]}, {name}"
        self.app.push_screen(CellQuotesScreen(title, quotes, self._study, cell), self._go_to)

    def action_write(self) -> None:
        """Write the summary of the cell under the cursor."""
        place = self._at_cursor()
        if place is None:
            return
        cell = self._cell_at(*place)
        if cell is None:
            self.say("A summary is of one column; go to a cell of it.")
            return
        self.app.push_screen(WriteSummaryScreen(self._study, cell, self._quotes_at(*place)), self._written)

    def action_undo(self) -> None:
        """Take back what the coder wrote last of the cell under the cursor."""
        place = self._at_cursor()
        cell = None if place is None else self._cell_at(*place)
        if cell is None:
            return
        try:
            found = undo_in_cell(self._study, cell.code, cell.value, cell.attribute)
        except QuotegridError as error:
            self.failed(error)
            return
        self.show()
        self.say("You wrote nothing here that could be undone." if found is None else "Took it back.")

    def _written(self, done: Written | None) -> None:
        if done is not None and done.number is not None:
            said = f"Saved as summary {done.number}." if done.cell.summaries else "Took the summary away."
            # The screen counts and draws again when it is shown again, which comes first.
            self.call_after_refresh(self.say, said)

    def _go_to(self, segment: int | None) -> None:
        if segment is not None:
            self.post_message(CellQuotesScreen.GoTo(segment))

    @on(DataTable.CellSelected)
    def _clicked(self) -> None:
        self.action_open_cell()

    def action_rows(self) -> None:
        """Themes or codes in the rows."""
        self._rows = Rows.CODE if self._rows is Rows.THEME else Rows.THEME
        self.show()

    def action_count(self) -> None:
        """Count something else."""
        counts = list(Count)
        self._count = counts[(counts.index(self._count) + 1) % len(counts)]
        self.show()

    def action_columns(self) -> None:
        """Take another attribute for the columns."""
        names = column_attributes(self._study)
        self._columns = names[(names.index(self._columns) + 1) % len(names)]
        self.show()

    def action_suggested(self) -> None:
        """Count undecided suggestions too, marked, or leave them out."""
        self._suggested = not self._suggested
        self.show()

    def action_export(self) -> None:
        """Write what is shown to a workbook."""
        from quotegrid.workflows.export_matrix import export_matrix

        if self._made is None:
            return
        try:
            made = self._make(with_quotes=True)
            export_matrix(made, self._study.root / EXPORT, study=self._study)
        except QuotegridError as error:
            self.failed(error)
            return
        self.say(f"Wrote {EXPORT}")


def _wrapped(name: str, width: int = 12) -> str:
    """A column's name on as many lines as it needs to be narrow; at most three."""
    lines = textwrap.wrap(name, width) or [""]
    return "\n".join([*lines[:2], shortened(" ".join(lines[2:]), width)] if len(lines) > 3 else lines)
