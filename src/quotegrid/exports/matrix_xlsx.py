"""The matrix as a workbook: the counts, the quotes behind each, and how to read them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from quotegrid.domain.matrix import Count, Matrix
from quotegrid.domain.provenance import Provenance
from quotegrid.domain.quotes import Quote
from quotegrid.domain.text import visible
from quotegrid.exports.matrix_text import (
    BASE_ROWS,
    NOT_KNOWN,
    WITHHELD,
    base_values,
    notes,
    total_unconfirmed,
)

QUOTE_HEADERS = ("Row", "Column", "Quote", "Who", "Case", "Source", "Place", "Codes", "Confirmed")
_PUBLISHED = ("Row", "Column", "Quote", "Who", "Codes")
_LONGEST_TEXT = 32_700
"""A cell holds 32,767 characters at most."""
_NUMBER_FORMATS = {Count.SHARE: "0%", Count.ROW_SHARE: "0%", Count.RESIDUAL: "+0.0;-0.0;0.0"}
_MORE = "92C5DE"
_FEWER = "F4A582"
"""Ends of ColorBrewer's RdBu, safe for colour-blind readers; the sign tells them apart in grey."""
_GREY = "404040"
"""Dark enough to be read on the darkest shade; the italics tell it in print."""
_WIDTHS = dict(zip(QUOTE_HEADERS, (24, 18, 80, 34, 22, 28, 14, 34, 11), strict=True))


def matrix_xlsx(matrix: Matrix, provenance: Provenance, quotes: Sequence[Quote]) -> bytes:
    """A workbook of three sheets. Every count is a number, and a link to its quotes."""
    from openpyxl import Workbook

    book = Workbook()
    counts = book.active
    counts.title = "Matrix"
    headers = QUOTE_HEADERS if provenance.minimum_cases is None else _PUBLISHED
    first_rows = _quotes_sheet(book.create_sheet("Quotes"), matrix, quotes, headers)
    _counts_sheet(counts, matrix, first_rows)
    _reading_sheet(book.create_sheet("How to read this"), matrix, provenance)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _counts_sheet(sheet: Any, matrix: Matrix, first_rows: Mapping[tuple[int, int], int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    bold = Font(bold=True)
    for column, name in enumerate((matrix.rows_are.value.capitalize(), *matrix.columns, "all"), start=1):
        cell = _text(sheet, 1, column, name)
        cell.font = bold
        cell.alignment = Alignment(
            wrap_text=True, vertical="bottom", horizontal="left" if column == 1 else "right"
        )
    marked = PatternFill("solid", fgColor="FFF2CC")
    for row, name in enumerate(matrix.rows):
        _text(sheet, row + 2, 1, name)
        for column, value in enumerate((*matrix.cells[row], matrix.totals[row])):
            unconfirmed = total_unconfirmed(matrix, row)
            if matrix.unconfirmed is not None and column < len(matrix.columns):
                unconfirmed = matrix.unconfirmed[row][column]
            mark = f" ({unconfirmed}?)" if unconfirmed else ""
            cell = sheet.cell(row=row + 2, column=column + 2, value=value)
            is_total = column == len(matrix.columns)
            if row in matrix.withheld_totals if is_total else (row, column) in matrix.withheld:
                cell.value = WITHHELD
            elif value is None:
                cell.value = NOT_KNOWN + mark
            cell.number_format = _NUMBER_FORMATS.get(matrix.count, "0")
            if (row, column) in matrix.uncertain:
                cell.font = Font(italic=True, color=_GREY)
            cell.alignment = Alignment(horizontal="right")
            if unconfirmed:
                cell.number_format += f'"{mark}"'
                cell.fill = marked
            if (row, column) in first_rows:
                cell.hyperlink = f"#'Quotes'!A{first_rows[row, column]}"
    _heat(sheet, matrix)
    below = len(matrix.rows) + 2
    for offset, (label, field) in enumerate(BASE_ROWS):
        _text(sheet, below + offset, 1, label).font = Font(italic=True)
        for column, base in enumerate(base_values(matrix, field), start=2):
            cell = sheet.cell(row=below + offset, column=column, value=base)
            cell.font = Font(italic=True)
    for offset, note in enumerate(notes(matrix)):
        _text(sheet, below + len(BASE_ROWS) + 1 + offset, 1, note)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 34
    for column in range(2, len(matrix.columns) + 3):
        sheet.column_dimensions[_letter(column)].width = 14
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _heat(sheet: Any, matrix: Matrix) -> None:
    """Shade the cells: light to dark in one hue for counts, two hues either side of 0 for residuals."""
    from openpyxl.formatting.rule import ColorScaleRule

    if not matrix.rows or not matrix.columns:
        return
    if matrix.count is Count.RESIDUAL:
        known = [abs(value) for row in matrix.cells for value in row if value is not None]
        most = max([1.0, *known])
        ends = {"start_type": "num", "start_value": -most, "end_type": "num", "end_value": most}
        middle = {"mid_type": "num", "mid_value": 0, "mid_color": "FFFFFF"}
        rule = ColorScaleRule(start_color=_FEWER, end_color=_MORE, **ends, **middle)
    else:
        rule = ColorScaleRule(
            start_type="num", start_value=0, start_color="FFFFFF", end_type="max", end_color=_MORE
        )
    sheet.conditional_formatting.add(f"B2:{_letter(len(matrix.columns) + 1)}{len(matrix.rows) + 1}", rule)


def _quotes_sheet(
    sheet: Any, matrix: Matrix, quotes: Sequence[Quote], headers: Sequence[str]
) -> dict[tuple[int, int], int]:
    """Write the quotes cell by cell; returns the sheet row at which each cell's quotes begin."""
    from openpyxl.styles import Alignment, Font

    by_number = {quote.id: quote for quote in quotes}
    for column, name in enumerate(headers, start=1):
        _text(sheet, 1, column, name).font = Font(bold=True)
        sheet.column_dimensions[_letter(column)].width = _WIDTHS[name]
    first_rows: dict[tuple[int, int], int] = {}
    line = 2
    for (row, column), members in sorted(matrix.members.items()):
        first_rows[row, column] = line
        wanted = {name.casefold() for name in matrix.row_codes[row]}
        for number in members:
            quote = by_number[number]
            confirmed = any(code.casefold() in wanted for code in quote.codes)
            values = {
                "Row": matrix.rows[row],
                "Column": matrix.columns[column],
                "Quote": quote.text,
                "Who": quote.attribution,
                "Case": quote.case or "",
                "Source": quote.source,
                "Place": f"{quote.start}-{quote.end}",
                "Codes": ", ".join(quote.told_codes),
                "Confirmed": "yes" if confirmed else "suggested only",
            }
            for place, name in enumerate(headers, start=1):
                cell = _text(sheet, line, place, values[name])
                cell.alignment = Alignment(wrap_text=name == "Quote", vertical="top")
            line += 1
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{_letter(len(headers))}{max(line - 1, 1)}"
    return first_rows


def _reading_sheet(sheet: Any, matrix: Matrix, provenance: Provenance) -> None:
    from openpyxl.styles import Alignment, Font

    lines = [
        ("Rows", matrix.rows_are.value + "; a theme counts everything below it once"),
        ("Columns", matrix.columns_are),
        *(("Note", note) for note in notes(matrix)),
        *provenance.lines(),
    ]
    for row, (label, value) in enumerate(lines, start=1):
        _text(sheet, row, 1, label).font = Font(bold=True)
        _text(sheet, row, 2, value).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 100


def _text(sheet: Any, row: int, column: int, value: str) -> Any:
    """A cell that holds text and stays text, whatever it begins with."""
    cell = sheet.cell(row=row, column=column)
    text = visible(value)
    cell.value = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + " [cut: too long for a cell]"
    cell.data_type = "s"
    return cell


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
