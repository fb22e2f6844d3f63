"""Cells of a workbook whose text stays text, and links that lead only inside it."""

from __future__ import annotations

import io
from typing import Any

from quotegrid.domain.text.normalise import visible

_LONGEST_TEXT = 32_700
"""A cell holds 32,767 characters at most."""
_MOST_LINKS = 65_000
"""A sheet holds 65,530 links at most."""
_LONGEST_FOOTER = 80
_A4 = 9
_PLAIN, _BOLD = 0.95, 1.15
_LINE_HEIGHT = 15.5
HIGHEST = 409
"""Points: the highest row that a workbook takes."""


def workbook_bytes(book: Any) -> bytes:
    """Return a workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_cell(sheet: Any, row: int, column: int, value: str) -> Any:
    """Write a cell that holds text and stays text, whatever it begins with."""
    cell = sheet.cell(row=row, column=column)
    text = visible(value)
    cell.value = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + " [cut: too long for a cell]"
    cell.data_type = "s"
    return cell


def link_to(cell: Any, sheet_name: str, place: str, told: str) -> None:
    """Link a cell to a place of another sheet, unless its sheet already holds the most links."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    if len(cell.parent._hyperlinks) < _MOST_LINKS:
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=f"'{sheet_name}'!{place}", tooltip=visible(told)
        )


def font(**looks: Any) -> Any:
    """Return the workbook's own font in another style; some readers show a font without a name as serif."""
    from openpyxl.styles import Font

    return Font(name="Calibri", size=11, family=2, scheme="minor", **looks)


def letter(column: int) -> str:
    """Return the letters of a column by its number, counted from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def lines_needed(text: str, width: float, *, is_bold: bool = False) -> int:
    """Estimate how many lines a text takes in a cell that wraps it and is that many digits wide."""
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split():
            long = text_width(word, is_bold=is_bold)
            if used and used + 1 + long > width:
                lines, used = lines + 1, 0.0
            used += long + (1 if used else 0)
            while used > width:
                lines, used = lines + 1, used - width
    return lines


def text_width(text: str, *, is_bold: bool = False) -> float:
    """Estimate the width of a text in digits of the sheet's font."""
    wide = sum(character.isupper() for character in text)
    return (len(text) + 0.3 * wide) * (_BOLD if is_bold else _PLAIN)


def set_height(sheet: Any, row: int, lines: int) -> None:
    """Make a row high enough for some lines, as far as a sheet allows."""
    sheet.row_dimensions[row].height = min(lines * _LINE_HEIGHT, HIGHEST)


def set_up_page(sheet: Any, header_rows: int, above: str, below: str) -> None:
    """Print on A4 landscape, as wide as the page, with the header rows on each page and a line about it."""
    sheet.print_title_rows = f"1:{header_rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddHeader.left.text = footer_text(above)
    sheet.oddFooter.left.text = footer_text(below)
    sheet.oddFooter.right.text = "&P / &N"


def footer_text(text: str) -> str:
    """Return the text for a footer, where an ampersand would begin an instruction; long texts are cut."""
    shown = visible(text)
    if len(shown) > _LONGEST_FOOTER:
        shown = shown[: _LONGEST_FOOTER - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return shown.replace("&", "&&")
