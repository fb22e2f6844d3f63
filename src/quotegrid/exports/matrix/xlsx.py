"""The matrix as a workbook: the counts, the quotes behind each, and how to read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.matrix.read_cases import HOW_TO_MARK
from quotegrid.domain.report.provenance import Provenance
from quotegrid.exports.matrix.layout import further_notes, matrix_title, measure_sentence
from quotegrid.exports.matrix.text import NOT_HEARD, NOT_KNOWN, NOT_READ, WITHHELD, cell_text
from quotegrid.exports.matrix.xlsx_counts import SHEET, CountsSheet, coordinate, origin
from quotegrid.exports.xlsx_cells import (
    font,
    letter,
    lines_needed,
    link_to,
    set_height,
    set_up_page,
    text_cell,
    workbook_bytes,
)

QUOTE_HEADERS = ("Row", "Column", "Quote", "Who", "Case", "Source", "Place", "Codes", "Confirmed")
PUBLISHED_HEADERS = ("Row", "Column", "Quote", "Who", "Codes")
QUOTES_SHEET = "Quotes"
READING_SHEET = "How to read this"
_WIDEST = 100
_MARGIN = 2
_WIDTHS = dict(zip(QUOTE_HEADERS, (24, 18, 80, 28, 18, 24, 12, 28, 11), strict=True))


def matrix_xlsx(matrix: Matrix, provenance: Provenance, quotes: Sequence[Quote]) -> bytes:
    """Return a workbook of three sheets. Every count is a number, and a link to its quotes."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = f"quotegrid {provenance.version}"
    book.properties.title = matrix_title(matrix)
    counts = book.active
    counts.title = SHEET
    headers = QUOTE_HEADERS if provenance.minimum_cases is None else PUBLISHED_HEADERS
    first_rows = _quotes_sheet(book.create_sheet(QUOTES_SHEET), matrix, quotes, headers)
    CountsSheet(counts, matrix, first_rows, QUOTES_SHEET).write(provenance)
    set_up_page(book[QUOTES_SHEET], 1, f"Quotes: {matrix_title(matrix)}", provenance.study)
    _reading_sheet(book.create_sheet(READING_SHEET), matrix, provenance)
    return workbook_bytes(book)


def _quotes_sheet(
    sheet: Any, matrix: Matrix, quotes: Sequence[Quote], headers: Sequence[str]
) -> dict[tuple[int, int], int]:
    """Write the quotes cell by cell, and return the sheet row at which each cell's quotes begin."""
    from openpyxl.styles import Alignment

    by_number = {quote.id: quote for quote in quotes}
    for column, name in enumerate(headers, start=1):
        text_cell(sheet, 1, column, name).font = font(bold=True)
        sheet.column_dimensions[letter(column)].width = _WIDTHS[name]
    shape = Alignment(wrap_text=True, vertical="top")
    begin = origin(matrix)
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
                "Codes": ", ".join(quote.codes_with_stances),
                "Confirmed": "yes" if confirmed else "suggested only",
            }
            for place, name in enumerate(headers, start=1):
                text_cell(sheet, line, place, values[name]).alignment = shape
            set_height(
                sheet, line, max(lines_needed(values[name], _WIDTHS[name] - _MARGIN) for name in headers)
            )
            if line == first_rows[row, column]:
                link_to(sheet.cell(row=line, column=1), SHEET, coordinate(begin, row, column), "Its count")
            line += 1
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letter(len(headers))}{max(line - 1, 1)}"
    return first_rows


def _reading_sheet(sheet: Any, matrix: Matrix, provenance: Provenance) -> None:
    from openpyxl.styles import Alignment

    shape = Alignment(wrap_text=True, vertical="top")
    for row, (label, value) in enumerate(reading_lines(matrix, provenance), start=1):
        cell = text_cell(sheet, row, 1, label)
        cell.font = font(bold=True)
        cell.alignment = Alignment(vertical="top")
        text_cell(sheet, row, 2, value).alignment = shape
        set_height(sheet, row, lines_needed(value, _WIDEST - _MARGIN))
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = _WIDEST
    set_up_page(sheet, 1, READING_SHEET, provenance.study)
    sheet.print_title_rows = None


def reading_lines(matrix: Matrix, provenance: Provenance) -> list[tuple[str, str]]:
    """Return everything that must be known to read the numbers: label and text of each line."""
    lines = [
        ("What it is", matrix_title(matrix)),
        ("Measure", measure_sentence(matrix)),
        ("Rows", matrix.rows_are.value + "; a theme counts everything below it once"),
        ("Columns", matrix.columns_are.replace("_", " ")),
        (
            "Bases",
            "All that was heard of a column, coded or not: passages, people (cases) and documents (sources). "
            "Cases read are those of whom somebody has read all sources to the end. "
            "Somebody who stands in several columns is counted once in the column of all.",
        ),
        *(("Note", note) for note in further_notes(matrix)),
        ("Colour", _colour(matrix)),
        ("Quotes", "A number is a link to the first of its quotes on the sheet Quotes; a 0 has none."),
        ("0", "Somebody was heard, and nobody of them said it."),
    ]
    if any(not base.quotes for base in matrix.bases.values()):
        lines.append((NOT_HEARD, "Somebody was to be heard, and nobody was."))
    if any(map(matrix.is_not_read, matrix.bases.values())):
        lines.append((NOT_READ, f"Somebody was heard, and nobody of them is read to the end. {HOW_TO_MARK}"))
    if any(cell_text(matrix, *place).startswith(NOT_KNOWN) for place in _places(matrix)):
        lines.append((NOT_KNOWN, "It cannot be known or worked out from what was heard."))
    if matrix.withheld or matrix.withheld_totals:
        lines.append((WITHHELD, "Confidential: the count is withheld, so that it tells nobody's answers."))
    return lines + provenance.lines()


def _places(matrix: Matrix) -> Iterator[tuple[int, int]]:
    return product(range(len(matrix.rows)), range(len(matrix.columns)))


def _colour(matrix: Matrix) -> str:
    scale = matrix.count.scale
    if scale.is_signed:
        return (
            "The colour shows the residual: orange is fewer than expected, purple is more; the stronger, the "
            "further. The sign says the same in grey. Numbers in grey italics have no colour: they are "
            "too uncertain."
        )
    end = "the largest number" if scale.full is None else matrix.count.text(scale.full)
    name = matrix.count.name
    return f"The darker a cell, the higher its number ({name}): white is 0 and the darkest blue {end}."
