"""The counts of every format agree with each other and with the matrix."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest

from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.measures import BASE_ROWS
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.exports.matrix.layout import column_texts, row_headers, spread
from quotegrid.exports.matrix.text import (
    NOT_HEARD,
    base_values,
    cell_text,
    matrix_csv,
    matrix_json,
    matrix_markdown,
)
from quotegrid.exports.matrix.tidy import matrix_tidy
from quotegrid.exports.matrix.xlsx import matrix_xlsx
from quotegrid.exports.pictures import Picture
from tests.exports.matrices import MATRICES, many_quotes, provenance_of
from tests.exports.read_back import MINUS, from_docx, from_latex, svg_texts
from tests.exports.samples import HOSTILE_QUOTES, QUOTES

ON_PAGE = re.compile(r"\[U\+(\w{4})\]")
IN_CELL = re.compile(r"(\(?[+\N{MINUS SIGN}]?[\d.]+%?\)?|\[c\]|\N{EN DASH})( \(\d+\?\))?( \d+/\d+)?")
BEHIND = {
    "hostile_names": HOSTILE_QUOTES,
    "residuals": many_quotes(),
    "published": many_quotes(),
}


def _printed(made: Matrix) -> list[list[str]]:
    """Return the rows that every format that prints a table prints."""
    columns = [column_texts(made, column) for column in range(len(made.columns) + 1)]
    texts = [list(row) for row in zip(*columns, strict=True)]
    if made.count is measures.RESIDUAL:
        texts = [[text.replace("-", MINUS) for text in row] for row in texts]
    return texts


def _name(text: str) -> str:
    return visible(one_line(text))


@pytest.mark.parametrize("name", MATRICES)
def test_latex_and_docx_print_the_matrixs_numbers_and_bases(name: str) -> None:
    made, provenance = MATRICES[name], provenance_of(name)
    bases = [[str(value) for value in base_values(made, field)] for _, field in BASE_ROWS]
    levels = [spread(level) for level in row_headers(made)]
    names = [[_name(text) for text in row] for row in zip(*levels, strict=True)]
    latex, word = from_latex(made, provenance), from_docx(made, provenance)
    assert word.cells == latex.cells == _printed(made)
    assert word.bases == latex.bases == bases
    assert [[_name(text) for text in row] for row in word.names] == names
    assert [ON_PAGE.sub(lambda match: chr(int(match[1], 16)), row[-1]) for row in latex.names] == [
        row[-1] for row in names
    ]


@pytest.mark.parametrize("picture", Picture)
@pytest.mark.parametrize("name", MATRICES)
def test_a_picture_has_every_number_in_its_row_and_its_column(name: str, picture: Picture) -> None:
    made = MATRICES[name]
    texts = svg_texts(made, provenance_of(name), picture)
    left = min(x for x, _, _ in texts)
    total = max((x for x, _, text in texts if text == "all"), default=None)
    found = sorted(
        (round(y), x, text) for x, y, text in texts if IN_CELL.fullmatch(text) and x not in (left, total)
    )
    heard = [number for number, column in enumerate(made.columns) if made.bases[column].quotes]
    wanted = [[row[number] for number in heard] for row in _printed(made)]
    cells = found[: len(heard) * len(made.rows)]
    # The legend's end comes after all cells.
    assert len(found) - len(cells) == (picture is Picture.HEAT)
    for number, row in enumerate(wanted):
        here = cells[number * len(heard) : (number + 1) * len(heard)]
        assert [re.sub(r" \d+/\d+$", "", text) for _, _, text in here] == row
        assert len({y for y, _, _ in here}) <= 1
        assert [x for _, x, _ in here] == [x for _, x, _ in cells[: len(heard)]]
    not_heard = len(made.columns) - len(heard)
    assert sum(text in (NOT_HEARD, "heard") for _, _, text in texts) == not_heard * len(made.rows)


@pytest.mark.parametrize("name", MATRICES)
def test_csv_tidy_json_markdown_and_xlsx_have_the_same_numbers(name: str) -> None:
    made, provenance = MATRICES[name], provenance_of(name)
    height, width = len(made.rows), len(made.columns)
    wide = list(csv.reader(io.StringIO(matrix_csv(made, provenance))))[1 : height + 1]
    tidy = list(csv.DictReader(io.StringIO(matrix_tidy(made, provenance))))
    told = json.loads(matrix_json(made, provenance))
    book = openpyxl.load_workbook(io.BytesIO(matrix_xlsx(made, provenance, BEHIND.get(name, QUOTES))))
    in_book = [cell.value for row in book["Matrix"].iter_rows() for cell in row]
    lines = [line for line in matrix_markdown(made, provenance).splitlines() if line.startswith("| ")]
    for row in range(height):
        in_markdown = lines[row + 1].removesuffix(" |").rsplit(" | ", width + 1)[1:]
        assert [text.replace("\\", "") for text in in_markdown[:width]] == [
            cell_text(made, row, column) for column in range(width)
        ]
        for column in range(width):
            value = made.cells[row][column]
            in_tidy, in_wide = tidy[row * width + column]["value"], wide[row][column + 1]
            assert told["cells"][row][column] == value
            if value is None:
                assert in_tidy == ""
                assert in_wide in ("", cell_text(made, row, column))
            else:
                assert float(in_tidy) == pytest.approx(value, abs=1e-5)
                assert float(in_wide) == pytest.approx(value, abs=1e-4)
                numbers = [block for block in in_book if isinstance(block, int | float)]
                assert cell_text(made, row, column) in in_book or pytest.approx(value) in numbers
