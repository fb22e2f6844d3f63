"""Every file that a matrix is written to holds the same numbers, whatever is asked for and published."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.model import Matrix, Rows
from quotegrid.exports.formats import ExportKind, formats_of
from quotegrid.exports.matrix.text import NOT_KNOWN
from quotegrid.workflows.matrix.export_matrix import export_matrix
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix
from quotegrid.workflows.study.folder import StudyFolder
from tests.exports.read_back import from_latex
from tests.workflows.report.test_make_report import code_at_random, large

SUFFIXES = formats_of(ExportKind.MATRIX)

__all__ = ["large"]

CHOICES = {
    "themes": MatrixChoice(count=measures.CASES),
    "codes": MatrixChoice(rows=Rows.CODE, count=measures.QUOTES),
    "nested": MatrixChoice(rows=Rows.CODE, columns="group,area", count=measures.SOURCES),
    "by stance": MatrixChoice(by_stance=True, count=measures.CASES),
    "one stance": MatrixChoice(stance=Stance.DISPUTES),
    "filtered": MatrixChoice(within="Money", query="group:parent OR group:school"),
    "counting": MatrixChoice(query='code:"quick fix" -group:college', count=measures.CASES),
}
READ_BACK = {".csv", ".tidy.csv", ".json", ".md", ".html", ".xlsx", ".docx", ".tex", ".svg"}


def _rows_of(path: Path, made: Any) -> list[list[str]]:
    """Return the text of a file's cells, row by row, with each row's total last where the format has it."""
    matrix: Matrix = made.matrix
    labels = len(matrix.row_paths[0])
    height, width = len(matrix.rows), len(matrix.columns) + 1
    kind = path.name.removeprefix("matrix")
    if kind == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [row[1 : width + 1] for row in list(csv.reader(file))[1 : height + 1]]
    if kind == ".md":
        tokens = MarkdownIt().enable("table").parse(path.read_text(encoding="utf-8"))
        cells = [
            inline.children[0].content if inline.children else ""
            for opening, inline in pairwise(tokens)
            if opening.type == "td_open"
        ]
        return [cells[at + 1 : at + 1 + width] for at in range(0, height * (width + 1), width + 1)]
    if kind == ".html":
        lines = LexborHTMLParser(path.read_text(encoding="utf-8")).css("table.matrix tbody tr")
        return [[cell.text(deep=True) for cell in line.css("td")] for line in lines]
    if kind == ".docx":
        table = Document(str(path)).tables[0]
        rows = [row for row in table.rows if not row._tr.xpath("./w:trPr/w:tblHeader")][:height]
        return [[cell.text for cell in row.cells][labels:] for row in rows]
    if kind == ".tex":
        return from_latex(matrix, made.provenance).cells
    assert kind == ".xlsx"
    sheet = openpyxl.load_workbook(path)["Matrix"]
    found = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    heads = next(number for number, row in enumerate(found) if row[0] == matrix.row_paths[0][0])
    return [row[labels : labels + width] for row in found[heads : heads + height]]


def _texts(matrix: Matrix) -> list[list[str]]:
    """Return the texts to be read: numbers as they are, [c] where withheld, a dash where not known."""

    def text(value: float | int | None, *, is_withheld: bool) -> str:
        return "[c]" if is_withheld else NOT_KNOWN if value is None else str(value)

    return [
        [
            *(
                text(value, is_withheld=(row, column) in matrix.withheld)
                for column, value in enumerate(cells)
            ),
            text(matrix.totals[row], is_withheld=row in matrix.withheld_totals),
        ]
        for row, cells in enumerate(matrix.cells)
    ]


@pytest.mark.parametrize("publish", [False, True], ids=["team", "published"])
@pytest.mark.parametrize("seed", range(2))
def test_every_file_holds_the_same_numbers(
    large: StudyFolder, tmp_path: Path, seed: int, publish: bool
) -> None:
    code_at_random(large, seed + 10)
    assert READ_BACK <= set(SUFFIXES)
    withheld = 0
    for name, choice in CHOICES.items():
        made = make_matrix(large, choice, publish=publish)
        wanted = _texts(made.matrix)
        withheld += len(made.matrix.withheld)
        folder = tmp_path / name
        for suffix in READ_BACK:
            export_matrix(made, folder / f"matrix{suffix}")
        for suffix in READ_BACK - {".json", ".tidy.csv", ".svg"}:
            found = _rows_of(folder / f"matrix{suffix}", made)
            assert [[text or NOT_KNOWN for text in row] for row in found] == wanted, (name, suffix)
        told = json.loads((folder / "matrix.json").read_text(encoding="utf-8"))
        with (folder / "matrix.tidy.csv").open(encoding="utf-8", newline="") as file:
            tidy = [line["value"] for line in csv.DictReader(file)]
        width = len(made.matrix.columns)
        for row, texts in enumerate(wanted):
            numbers = [None if text in ("[c]", NOT_KNOWN) else int(text) for text in texts]
            assert [*told["cells"][row], told["totals"][row]] == numbers
            line = tidy[row * width : (row + 1) * width]
            assert [None if text == "" else int(text) for text in line] == numbers[:-1]
        picture = ElementTree.fromstring((folder / "matrix.svg").read_text(encoding="utf-8"))  # noqa: S314
        drawn = [element.text or "" for element in picture.iter("{http://www.w3.org/2000/svg}text")]
        for text in {text for texts in wanted for text in texts[:-1]}:
            assert drawn.count(text) >= sum(texts[:-1].count(text) for texts in wanted), (name, text)
    assert bool(withheld) is publish
