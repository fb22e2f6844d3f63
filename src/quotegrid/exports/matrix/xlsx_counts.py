"""The sheet of a workbook that holds the matrix itself: headers, counts with their heat, bases and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import Any

from quotegrid.domain.coding.quotes import counted_quotes
from quotegrid.domain.matrix.measures import BASE_ROWS
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.exports.matrix.colours import diverging, single
from quotegrid.exports.matrix.layout import (
    Header,
    column_headers,
    column_texts,
    corner_names,
    matrix_title,
    row_headers,
)
from quotegrid.exports.matrix.text import (
    NOT_HEARD,
    WITHHELD,
    base_rows,
    cell_text,
    notes,
    total_text,
    total_unconfirmed,
)
from quotegrid.exports.xlsx_cells import (
    font,
    letter,
    lines_needed,
    link_to,
    set_height,
    set_up_page,
    text_cell,
    text_width,
)

SHEET = "Matrix"
DARKEST = single(0.625)
"""The end of the heat scale: black text can be read on all of it (WCAG 2 AA)."""
BELOW, MIDDLE, ABOVE = diverging(-0.6), diverging(0), diverging(0.6)
"""The scale of residuals, on all of which black text can be read too."""
GREY = "595959"
_LINE = "BFBFBF"
_WIDEST_LABEL, _WIDEST_COLUMN, _NARROWEST_COLUMN = 48, 26, 8
_WIDEST_PAGE = 240
_PADDING = 3
_MOST_FORMATS = 100
"""Excel opens a workbook with about 200 number formats of its own."""


class CountsSheet:
    """The sheet of a workbook with a matrix.

    Args:
        sheet: An empty sheet.
        matrix: The matrix.
        quotes_at: The row of the sheet of quotes at which each cell's quotes begin.
        quotes_sheet: The name of that sheet.
    """

    def __init__(
        self, sheet: Any, matrix: Matrix, quotes_at: Mapping[tuple[int, int], int], quotes_sheet: str
    ) -> None:
        self._sheet = sheet
        self._matrix = matrix
        self._quotes_at = quotes_at
        self._quotes_sheet = quotes_sheet
        self._labels = row_headers(matrix)
        self._headers = column_headers(matrix)
        self._origin = origin(matrix)
        marks = {number for row in matrix.unconfirmed or () for number in row}
        marks.update(total_unconfirmed(matrix, row) for row in range(len(matrix.rows)))
        self._are_marks_exact = len(marks) <= _MOST_FORMATS

    def write(self, provenance: Provenance) -> None:
        """Write everything."""
        self._write_headers()
        self._write_labels()
        self._write_counts()
        self._write_bases()
        self._write_notes(provenance)
        self._draw_lines()
        self._set_widths()
        self._colour()
        self._sheet.freeze_panes = coordinate(self._origin, 0, 0)
        set_up_page(self._sheet, len(self._headers), matrix_title(self._matrix), provenance.study)
        self._sheet.print_title_cols = f"A:{letter(len(self._labels))}"
        letters = map(letter, range(1, self._last + 1))
        width = sum(self._sheet.column_dimensions[column].width for column in letters)
        self._sheet.page_setup.fitToWidth = max(1, round(width / _WIDEST_PAGE))

    @property
    def _first_row(self) -> int:
        return self._origin[0]

    @property
    def _first_column(self) -> int:
        return self._origin[1]

    @property
    def _last(self) -> int:
        return self._first_column + len(self._matrix.columns)

    def _write_headers(self) -> None:
        from openpyxl.styles import Alignment, Border, Side

        bold = font(bold=True)
        levels = len(self._headers)
        for place, name in enumerate(corner_names(self._matrix), start=1):
            cell = self._merged(1, place, levels, place, name)
            cell.font = bold
            cell.alignment = Alignment(wrap_text=True, vertical="bottom")
        for level, headers in enumerate(self._headers):
            column = self._first_column
            for header in headers:
                last = column + header.span - 1
                if header.text:
                    top = level + 1
                    while top > 1 and not self._above(top - 2, column):
                        top -= 1
                    cell = self._merged(top, column, level + 1, last, header.text)
                    cell.font = bold
                    is_group = level < levels - 1
                    cell.alignment = Alignment(
                        wrap_text=True,
                        vertical="bottom",
                        horizontal="center" if is_group else "right",
                    )
                    if is_group:
                        line = Border(bottom=Side("thin", color=_LINE))
                        for under in range(column, last + 1):
                            self._sheet.cell(row=level + 1, column=under).border = line
                column = last + 1
        under_all = Side("thin", color="000000")
        for column in range(1, self._last + 1):
            self._sheet.cell(row=levels, column=column).border = Border(bottom=under_all)

    def _above(self, level: int, column: int) -> str:
        place = self._first_column
        for header in self._headers[level]:
            if place <= column < place + header.span:
                return header.text
            place += header.span
        return ""

    def _write_labels(self) -> None:
        from openpyxl.styles import Alignment

        shape = Alignment(wrap_text=True, vertical="top")
        for place, level in enumerate(self._labels, start=1):
            row = self._first_row
            for header in level:
                self._merged(row, place, row + header.span - 1, place, header.text).alignment = shape
                row += header.span

    def _write_counts(self) -> None:
        from openpyxl.styles import Alignment

        matrix = self._matrix
        right = Alignment(horizontal="right", vertical="top")
        bold, grey, grey_italic = font(bold=True), font(color=GREY), font(color=GREY, italic=True)
        for row, values in enumerate(matrix.cells):
            for column, value in enumerate((*values, matrix.totals[row])):
                is_total = column == len(matrix.columns)
                cell = self._sheet.cell(
                    row=self._first_row + row, column=self._first_column + column, value=value
                )
                cell.alignment = right
                if is_total:
                    cell.font = bold
                text = total_text(matrix, row) if is_total else cell_text(matrix, row, column)
                if value is None or text.startswith((WITHHELD, NOT_HEARD)):
                    cell.value = text
                    cell.font = grey
                else:
                    is_uncertain = (row, column) in matrix.uncertain
                    cell.number_format = self._number_format(row, column, is_uncertain=is_uncertain)
                    if is_uncertain:
                        cell.font = grey_italic
                if (row, column) in self._quotes_at:
                    behind = len(matrix.members[row, column])
                    tally = matrix.tallies[row][column] if matrix.tallies else None
                    told = counted_quotes(behind if tally is None else tally.quotes, behind)
                    link_to(cell, self._quotes_sheet, f"A{self._quotes_at[row, column]}", told)

    def _number_format(self, row: int, column: int, *, is_uncertain: bool) -> str:
        matrix = self._matrix
        mark = ""
        if matrix.unconfirmed is not None:
            is_total = column == len(matrix.columns)
            number = total_unconfirmed(matrix, row) if is_total else matrix.unconfirmed[row][column]
            if number:
                exact = self._are_marks_exact or number < _MOST_FORMATS
                mark = f'" ({number}?)"' if exact else f'" ({_MOST_FORMATS}+?)"'
        before, after = ('"("', '")"') if is_uncertain else ("", "")
        parts = self._format_of(row, column).split(";")
        return ";".join(f"{before}{part}{after}{mark}" for part in parts)

    def _format_of(self, row: int, column: int) -> str:
        """Return the format that shows a value as it is printed elsewhere: what is not 0 never looks so."""
        matrix = self._matrix
        value = matrix.totals[row] if column == len(matrix.columns) else matrix.cells[row][column]
        if matrix.count.share_of is not None and value is not None:
            text = matrix.count.text(value)
            if text.startswith(("<", ">")):
                return f'"{text}"'
        return matrix.count.number_format

    def _write_bases(self) -> None:
        from openpyxl.styles import Alignment, Border, Side

        italic = font(italic=True)
        right = Alignment(horizontal="right")
        top = Border(top=Side("thin", color="000000"))
        for offset, (label, values) in enumerate(base_rows(self._matrix)):
            row = self._first_row + len(self._matrix.rows) + offset
            text_cell(self._sheet, row, 1, label).font = italic
            for column, base in enumerate(values, start=self._first_column):
                cell = self._sheet.cell(row=row, column=column, value=base)
                cell.font = italic
                cell.alignment = right
            if not offset:
                for column in range(1, self._last + 1):
                    self._sheet.cell(row=row, column=column).border = top

    def _draw_lines(self) -> None:
        """Draw light lines between outer columns and between rows that are split, where there are any."""
        from openpyxl.styles import Border, Side

        light = Side("thin", color=_LINE)
        height = self._first_row + len(self._matrix.rows)
        if len(self._headers) > 1:
            for column in _begins(self._headers[0], self._first_column):
                for row in range(1, height + len(BASE_ROWS)):
                    cell = self._sheet.cell(row=row, column=column)
                    cell.border = Border(left=light, top=cell.border.top, bottom=cell.border.bottom)
        if len(self._labels) > 1:
            for row in _begins(self._labels[0], self._first_row)[1:]:
                for column in range(1, self._last + 1):
                    cell = self._sheet.cell(row=row, column=column)
                    cell.border = Border(left=cell.border.left, top=light)

    def _write_notes(self, provenance: Provenance) -> None:
        row = self._first_row + len(self._matrix.rows) + len(BASE_ROWS) + 1
        use = dict(provenance.lines())["Use"]
        for offset, note in enumerate([*notes(self._matrix), use]):
            text_cell(self._sheet, row + offset, 1, note)

    def _set_widths(self) -> None:
        dimensions = self._sheet.column_dimensions
        for place, level in enumerate(self._labels, start=1):
            names = [header.text for header in level]
            if place == 1:
                names.append(max((label for label, _ in BASE_ROWS), key=len))
            dimensions[letter(place)].width = min(max(map(len, names)) + 2, _WIDEST_LABEL)
        widths: list[int] = []
        for column, header in enumerate(self._headers[-1]):
            width = self._column_width(column, header.text)
            widths.append(width)
            dimensions[letter(self._first_column + column)].width = width
        for number, headers in enumerate(self._headers, start=1):
            set_height(self._sheet, number, _lines(headers, widths))

    def _column_width(self, column: int, name: str) -> int:
        texts = column_texts(self._matrix, column)
        # A name may break between words, and over about two lines is easier to read than over more.
        longest = max((text_width(word, is_bold=True) for word in name.split()), default=0)
        cells = max((len(text) * 1.1 for text in texts), default=0)
        needed = max(
            _NARROWEST_COLUMN,
            longest + _PADDING,
            text_width(name, is_bold=True) / 2 + _PADDING,
            cells + _PADDING,
        )
        return min(ceil(needed), _WIDEST_COLUMN)

    def _colour(self) -> None:
        """Colour what can be compared, by a rule of the sheet that follows the numbers."""
        from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
        from openpyxl.styles.colors import Color

        matrix = self._matrix
        values = [
            value
            for row, cells in enumerate(matrix.cells)
            for column, value in enumerate(cells)
            if value is not None and (row, column) not in matrix.uncertain
        ]
        if not values:
            return
        most = matrix.count.scale.end(values)
        if matrix.count.scale.is_signed:
            points = [(-most, BELOW), (0.0, MIDDLE), (most, ABOVE)]
        else:
            points = [(0.0, "#ffffff"), (most, DARKEST)]
        scale = ColorScale(
            cfvo=[FormatObject(type="num", val=value) for value, _ in points],
            color=[Color(f"FF{colour[1:].upper()}") for _, colour in points],
        )
        self._sheet.conditional_formatting.add(
            " ".join(self._ranges()), Rule(type="colorScale", colorScale=scale)
        )

    def _ranges(self) -> list[str]:
        """Return the cells with heat: a column at a time, without what is uncertain."""
        matrix = self._matrix
        if not matrix.uncertain:
            last = coordinate(self._origin, len(matrix.rows) - 1, len(matrix.columns) - 1)
            return [f"{coordinate(self._origin, 0, 0)}:{last}"]
        ranges = []
        for column in range(len(matrix.columns)):
            certain = [row for row in range(len(matrix.rows)) if (row, column) not in matrix.uncertain]
            for _, run in groupby(enumerate(certain), key=lambda pair: pair[1] - pair[0]):
                rows = [row for _, row in run]
                first, last = (
                    coordinate(self._origin, rows[0], column),
                    coordinate(self._origin, rows[-1], column),
                )
                ranges.append(f"{first}:{last}")
        return ranges

    def _merged(self, top: int, left: int, bottom: int, right: int, text: str) -> Any:
        cell = text_cell(self._sheet, top, left, text)
        if (top, left) != (bottom, right):
            self._sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        return cell


def origin(matrix: Matrix) -> tuple[int, int]:
    """Return the row and the column of the sheet, counted from 1, at which the counts begin."""
    return len(column_headers(matrix)) + 1, len(row_headers(matrix)) + 1


def coordinate(begin: tuple[int, int], row: int, column: int) -> str:
    """Return where a cell of the matrix stands in its sheet, whose counts begin at `begin`: "B2"."""
    return f"{letter(column + begin[1])}{row + begin[0]}"


def _begins(headers: Sequence[Header], first: int) -> list[int]:
    return [first + sum(header.span for header in headers[:number]) for number in range(len(headers))]


def _lines(headers: Sequence[Header], widths: Sequence[int]) -> int:
    """Return how many lines the headers of a level need, each as wide as the columns under it."""
    most = 1
    for header, begin in zip(headers, _begins(headers, 0), strict=True):
        width = sum(widths[begin : begin + header.span]) - _PADDING
        most = max(most, lines_needed(header.text, width, is_bold=True))
    return most
