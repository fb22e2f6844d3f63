"""The tables of the printed formats as somebody reads them: headers, rows, bases."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from docx import Document

from quotegrid.domain.matrix.measures import BASE_ROWS
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.exports.drawing import svg
from quotegrid.exports.matrix.docx import matrix_docx
from quotegrid.exports.matrix.latex import matrix_latex
from quotegrid.exports.matrix.picture import matrix_drawing
from quotegrid.exports.pictures import Picture
from tests.exports.test_latex import read_back

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Printed:
    """A table as it is printed: for each row its names and what its cells and its total say."""

    names: list[list[str]]
    cells: list[list[str]]
    bases: list[list[str]]


def from_latex(made: Matrix, provenance: Provenance) -> Printed:
    """The rows of all tables of the file, side by side."""
    table = re.compile(r"\\begin{tabular}{@{}(l+)r*@{}}\n\\toprule\n(.+?)\\bottomrule", re.DOTALL)
    printed = None
    for sides, rows in table.findall(matrix_latex(made, provenance)):
        _, body, bases = rows.split("\\midrule\n")
        part = Printed(
            [row[: len(sides)] for row in _latex_rows(body)],
            [row[len(sides) :] for row in _latex_rows(body)],
            [row[len(sides) :] for row in _latex_rows(bases)],
        )
        printed = part if printed is None else _beside(printed, part)
    assert printed is not None
    return printed


def _latex_rows(text: str) -> list[list[str]]:
    stack = re.compile(r"\\begin{tabular}\[.\]{@{}.@{}}(.+?)\\end{tabular}")
    plain = stack.sub(lambda match: match[1].replace(r" \\ ", " "), text)
    lines = [line.removesuffix(r" \\") for line in plain.splitlines() if line != r"\addlinespace"]
    return [
        [read_back(cell.replace("$-$", MINUS)) for cell in re.split(r" ?(?<!\\)& ?", line)] for line in lines
    ]


def from_docx(made: Matrix, provenance: Provenance) -> Printed:
    """The rows of all tables of the document, side by side."""
    document = Document(io.BytesIO(matrix_docx(made, provenance)))
    printed = None
    for table in document.tables:
        part = _of_table(table)
        printed = part if printed is None else _beside(printed, part)
    assert printed is not None
    return printed


def _of_table(table: Any) -> Printed:
    rows = [(row, [cell.text for cell in row.cells]) for row in table.rows]
    body = [texts for row, texts in rows if not row._tr.xpath("./w:trPr/w:tblHeader")]
    styles = [cell.paragraphs[0].style.name for cell in table.rows[-1].cells]
    labels = styles.index("Table base number")
    body, bases = body[: -len(BASE_ROWS)], body[-len(BASE_ROWS) :]
    return Printed(
        [texts[:labels] for texts in body],
        [texts[labels:] for texts in body],
        [texts[labels:] for texts in bases],
    )


def _beside(first: Printed, other: Printed) -> Printed:
    assert first.names == other.names
    return Printed(
        first.names,
        [[*left, *right] for left, right in zip(first.cells, other.cells, strict=True)],
        [[*left, *right] for left, right in zip(first.bases, other.bases, strict=True)],
    )


def svg_texts(made: Matrix, provenance: Provenance, picture: Picture) -> list[tuple[float, float, str]]:
    """Every text of a picture with its place."""
    root = ElementTree.fromstring(svg(matrix_drawing(made, provenance, picture)))  # noqa: S314
    found = root.iter("{http://www.w3.org/2000/svg}text")
    return [(float(element.attrib["x"]), float(element.attrib["y"]), element.text or "") for element in found]
