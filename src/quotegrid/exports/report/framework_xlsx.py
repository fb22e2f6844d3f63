"""The Framework matrix as a workbook: a sheet a theme, the quotes, and how to read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from quotegrid.domain.report.framework import NOT_FOR_PUBLICATION, Chart, Framework
from quotegrid.domain.text.normalise import visible
from quotegrid.errors import UsageError
from quotegrid.exports.report.framework_text import cell_plain, reading_lines
from quotegrid.exports.xlsx_cells import HIGHEST, letter, text_cell, workbook_bytes

QUOTES = "Quotes"
READING = "How to read this"
_ABOUT_LINKS = (
    QUOTES,
    f'The number beside a cell says how many quotes are coded so, and leads to them on the sheet "{QUOTES}".',
)
QUOTE_HEADERS = ("Theme", "Code", "Case", "Number", "Quote", "Who", "Source", "Place", "Codes", "In the cell")
_RESERVED = (QUOTES, READING, "History")
"""Sheet names that are taken; Excel reserves the last one."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_MOST_ROWS = 1_048_576
_WIDTHS = (24, 24, 24, 9, 80, 34, 28, 14, 34, 12)
_CELL_WIDTH = 38
_FIRST_COLUMNS = ("Group", "Case", "Role and area")
_FIRST_WIDTHS = (14, 22, 26)
_LINK_WIDTH = 8
_LINE = 15
"""Points: a line of text."""
_GREY = "595959"
_LINK = "1F4E8C"
_HEAD = "E7E6E1"


def framework_xlsx(framework: Framework) -> bytes:
    """Return a workbook in which the number beside every cell with quotes is a link to the first of them.

    The link is not on the text itself because LibreOffice shows a linked text on one line.

    Raises:
        UsageError: If the quotes are more than a sheet has rows.
    """
    from openpyxl import Workbook

    cells = [cell for chart in framework.charts for row in chart.rows for cell in row.cells]
    if sum(len(cell.quotes) + len(cell.named_only) for cell in cells) >= _MOST_ROWS:
        raise UsageError(
            "a workbook's sheet has too few rows for all these quotes.",
            todo="Write one theme at a time with --only, or a .docx or .html file.",
        )
    book = Workbook()
    book.remove(book.active)
    names = sheet_names([chart.theme for chart in framework.charts])
    sheets = [book.create_sheet(name) for name in names]
    links = _quotes_sheet(book.create_sheet(QUOTES), framework)
    for number, (sheet, chart) in enumerate(zip(sheets, framework.charts, strict=True)):
        of_chart = {key[1:]: row for key, row in links.items() if key[0] == number}
        _chart_sheet(sheet, chart, of_chart)
    _reading_sheet(book.create_sheet(READING), framework)
    return workbook_bytes(book)


def sheet_names(names: list[str]) -> list[str]:
    """Return names that a workbook accepts, close to those wanted and unique regardless of case."""
    taken = {name.casefold() for name in _RESERVED}
    found = []
    for name in names:
        legal = _NOT_IN_NAMES.sub(" ", visible(name)).strip().strip("'").strip() or "Theme"
        made, number = legal[:_LONGEST_NAME].strip().strip("'"), 1
        while made.casefold() in taken:
            number += 1
            tail = f" ({number})"
            made = legal[: _LONGEST_NAME - len(tail)].strip() + tail
        taken.add(made.casefold())
        found.append(made)
    return found


def _chart_sheet(sheet: Any, chart: Chart, links: Mapping[tuple[str, str], int]) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    top = Alignment(wrap_text=True, vertical="top")
    below = Border(bottom=Side(style="thin", color="BFBFBF"))
    head = PatternFill("solid", fgColor=_HEAD)
    widths = (*_FIRST_WIDTHS, *(width for _ in chart.columns for width in (_CELL_WIDTH, _LINK_WIDTH)))
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[letter(place)].width = width
    headers = (*_FIRST_COLUMNS, *(text for column in chart.columns for text in (column.label, QUOTES)))
    for place, name in enumerate(headers, start=1):
        cell = text_cell(sheet, 1, place, name)
        cell.font, cell.alignment, cell.fill = _font(bold=True), top, head
    for line, row in enumerate(chart.rows, start=2):
        for place, value in enumerate((row.group, row.case, row.about), start=1):
            cell = text_cell(sheet, line, place, value)
            cell.font, cell.alignment, cell.border = _font(bold=place == 2), top, below
        for number, (column, content) in enumerate(zip(chart.columns, row.cells, strict=True)):
            place = len(_FIRST_COLUMNS) + 1 + 2 * number
            cell = text_cell(sheet, line, place, cell_plain(content))
            cell.alignment, cell.border = top, below
            if content.is_waiting:
                cell.font = _font(italic=True, color=_GREY)
            target = links.get((column.code, row.case))
            beside = sheet.cell(row=line, column=place + 1)
            beside.border = below
            if target is not None:
                beside.value, beside.hyperlink = len(content.quotes), f"#'{QUOTES}'!A{target}"
                beside.font = _font(color=_LINK, underline="single")
                beside.alignment = Alignment(vertical="top", horizontal="center")
        _set_height(sheet, line, widths)
    sheet.freeze_panes = "C2"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:B"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    last = f"{letter(len(headers))}{len(chart.rows) + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.oddFooter.left.text = NOT_FOR_PUBLICATION
    sheet.oddFooter.right.text = "&A, page &P of &N"


def _quotes_sheet(sheet: Any, framework: Framework) -> dict[tuple[int, str, str], int]:
    """Write the quotes cell by cell; returns the row at which those of a chart's code and case begin."""
    from openpyxl.styles import Alignment

    by_number = {quote.id: quote for quote in framework.quotes}
    for place, (name, width) in enumerate(zip(QUOTE_HEADERS, _WIDTHS, strict=True), start=1):
        text_cell(sheet, 1, place, name).font = _font(bold=True)
        sheet.column_dimensions[letter(place)].width = width
    first: dict[tuple[int, str, str], int] = {}
    line = 2
    for number, chart in enumerate(framework.charts):
        for place, column in enumerate(chart.columns):
            for row in chart.rows:
                cell = row.cells[place]
                coded = [(number, "coded") for number in cell.quotes]
                for quote_number, why in (*coded, *((number, "named only") for number in cell.named_only)):
                    first.setdefault((number, column.code, row.case), line)
                    quote = by_number[quote_number]
                    values: tuple[str | int, ...] = (
                        chart.theme,
                        column.code,
                        row.case,
                        quote.id,
                        quote.text,
                        quote.attribution,
                        quote.source,
                        f"{quote.start}-{quote.end}",
                        ", ".join(quote.codes_with_stances),
                        why,
                    )
                    for at, value in enumerate(values, start=1):
                        made = (
                            sheet.cell(row=line, column=at, value=value)
                            if isinstance(value, int)
                            else text_cell(sheet, line, at, value)
                        )
                        made.alignment = Alignment(wrap_text=True, vertical="top")
                    _set_height(sheet, line, _WIDTHS)
                    line += 1
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letter(len(QUOTE_HEADERS))}{max(line - 1, 1)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    return first


def _reading_sheet(sheet: Any, framework: Framework) -> None:
    from openpyxl.styles import Alignment

    lines = [_ABOUT_LINKS, *reading_lines(framework)]
    for row, (label, value) in enumerate(lines, start=1):
        made = text_cell(sheet, row, 1, label)
        made.font, made.alignment = _font(bold=True), Alignment(vertical="top")
        text_cell(sheet, row, 2, value).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 100


def _font(**form: Any) -> Any:
    """Return a font of the workbook's own family and size, which a style alone would not keep."""
    from openpyxl.styles import Font

    return Font(name="Calibri", size=11, **form)


def _set_height(sheet: Any, row: int, widths: Sequence[int]) -> None:
    """Make a row as tall as its wrapped text, which not every program does by itself."""
    lines = max(
        sum(-(-max(len(part), 1) // max(width - 2, 1)) for part in str(cell.value or "").split("\n"))
        for cell, width in zip(sheet[row], widths, strict=True)
    )
    sheet.row_dimensions[row].height = min(lines * _LINE + 3, HIGHEST)
