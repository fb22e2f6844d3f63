"""Reads the rows of a workbook's first sheet that is not empty, with their cells as people see them."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotegrid.corpus.readers.guard import BROKEN_PACKAGE, check_package
from quotegrid.errors import ReadError

if TYPE_CHECKING:
    from openpyxl import Workbook

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LEADING_ZEROS = re.compile("0+")
_PERCENT = re.compile(r"0(?:\.(0+))?%")
_MERGED = b"<mergeCell "


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet."""

    number: int
    cells: list[str]
    merged: dict[int, str]
    """The values of cells merged with one above them, by their places; these are empty in `cells`."""
    escapes: int = 0
    """The number of characters that the workbook has as codes."""


def sheet_rows(path: Path) -> Iterator[SheetRow]:
    """Yield the rows of the first sheet that is not empty.

    Raises:
        ReadError: If the file is not a workbook.
    """
    from openpyxl.utils.exceptions import InvalidFileException

    if path.stat().st_size == 0:
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    try:
        with closing(_opened(path)) as book:
            for sheet in book.worksheets:
                merged = _merged_values(sheet)
                is_empty = True
                for number, row in enumerate(sheet.iter_rows(), start=1):
                    cells = [shown(cell) for cell in row]
                    is_empty = is_empty and not any(cells)
                    escapes = sum(len(_ESCAPE.findall(str(cell.value))) for cell in row)
                    yield SheetRow(number, cells, merged.get(number, {}), escapes)
                if not is_empty:
                    return
    except (InvalidFileException, *BROKEN_PACKAGE) as error:
        raise ReadError(
            "this workbook is broken or is not one.",
            file=path,
            todo="Open it in Excel or LibreOffice and save it again as .xlsx.",
        ) from error


def other_sheets(path: Path) -> list[str]:
    """Return the names of the sheets with cells that are not read, because another one comes first."""
    with closing(_opened(path)) as book:
        filled = [
            sheet.title
            for sheet in book.worksheets
            if any(cell.value is not None for row in sheet.iter_rows() for cell in row)
        ]
    return filled[1:]


def _opened(path: Path) -> Workbook:
    """Open a workbook row by row, or as a whole if it has merged cells, which only that shows."""
    from openpyxl import load_workbook

    check_package(path)
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        has_merged = any(_MERGED in package.read(name) for name in sheets if name.endswith(".xml"))
    with warnings.catch_warnings():
        # openpyxl warns of missing styles, which do not concern the answers.
        warnings.simplefilter("ignore")
        return load_workbook(path, read_only=not has_merged, data_only=True)


def _merged_values(sheet: Any) -> dict[int, dict[int, str]]:
    """Return the value of the uppermost cell for each cell merged with it below, by row and place."""
    found: dict[int, dict[int, str]] = {}
    ranges = getattr(sheet, "merged_cells", None)
    for area in ranges.ranges if ranges is not None else ():
        value = shown(sheet.cell(area.min_row, area.min_col))
        for row in range(area.min_row + 1, area.max_row + 1):
            found.setdefault(row, {})[area.min_col - 1] = value
    return found


def shown(cell: Any) -> str:
    """Return a cell's value as a spreadsheet shows it; dates as ISO dates, errors of formulas as nothing."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, str):
        return _ESCAPE.sub(_unescaped, value) if "_x" in value else value
    return _number_shown(value, str(cell.number_format)) or plain_value(value)


def _unescaped(code: re.Match[str]) -> str:
    char = chr(int(code[1], 16))
    return char if char >= " " or char in "\t\n\r" else ""


def _number_shown(value: Any, number_format: str) -> str | None:
    """Return a number as its format shows it, if that has leading zeros or a percent sign."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if _LEADING_ZEROS.fullmatch(number_format) and value == int(value) and value >= 0:
        return str(int(value)).zfill(len(number_format))
    percent = _PERCENT.fullmatch(number_format)
    return None if percent is None else f"{value * 100:.{len(percent[1] or '')}f}%"


def plain_value(value: Any) -> str:
    """Return a value of any type as text: whole numbers without a fraction, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        is_date = value.time() == time()
        return value.date().isoformat() if is_date else value.isoformat(" ").split(".")[0]
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, date | time):
        return value.isoformat().split(".")[0]
    return str(value)
