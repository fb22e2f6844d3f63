r"""The matrix as a table for LaTeX, to be read in with `\input`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from quotegrid.domain.matrix.measures import BASE_ROWS
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.text.normalise import one_line
from quotegrid.exports.latex import latex_label, latex_text
from quotegrid.exports.matrix import layout
from quotegrid.exports.matrix.layout import Header
from quotegrid.exports.matrix.text import base_rows

_MINUS = re.compile(r"^(\(?)-(?=\d)")
_WIDEST_LABEL = 34
_WIDEST_HEAD = 10
_GAP = 3
_FITS = ((74, ""), (82, r"\small"), (94, r"\footnotesize"))
"""The most characters of a line of the article class, by type size; wider tables are turned sideways."""
_SIDEWAYS = r"\footnotesize\setlength{\tabcolsep}{4pt}"
_WIDEST_SIDEWAYS = 160
"""The most characters of a table that is turned sideways; wider ones are divided into several."""


def matrix_latex(matrix: Matrix, provenance: Provenance) -> str:
    """Return a floating table with caption, label, bases and notes; its first lines say what it needs."""
    labels = layout.row_headers(matrix)
    label_width, widths = _label_width(labels), _widths(matrix)
    whole = label_width + sum(widths)
    size = next((size for most, size in _FITS if whole <= most), None)
    packages = ("booktabs", "graphicx" if size is not None else "rotating")
    lines = [
        f"% Made by quotegrid {provenance.version}. The preamble needs:",
        *(rf"% \usepackage{{{package}}}" for package in packages),
    ]
    blocks = layout.column_blocks(widths, _WIDEST_SIDEWAYS - label_width)
    for number, block in enumerate(blocks, start=1):
        part = f" (part {number} of {len(blocks)})" if len(blocks) > 1 else ""
        lines += _table(matrix, provenance, labels, block, part, size)
    return "\n".join(lines) + "\n"


def _table(
    matrix: Matrix,
    provenance: Provenance,
    labels: Sequence[Sequence[Header]],
    block: Sequence[int],
    part: str,
    size: str | None,
) -> list[str]:
    environment = "table" if size is not None else "sidewaystable"
    title = f"{layout.matrix_title(matrix)}{part}"
    return [
        rf"\begin{{{environment}}}[htbp]",
        rf"\centering{_SIDEWAYS if size is None else size}",
        rf"\caption{{{latex_text(f'{title}. {layout.measure_sentence(matrix)}')}}}",
        rf"\label{{tab:{latex_label(title)}}}",
        r"\sbox0{%",
        rf"\begin{{tabular}}{{@{{}}{'l' * len(labels)}{'r' * len(block)}@{{}}}}",
        r"\toprule",
        *_head(matrix, block),
        r"\midrule",
        *_body(matrix, labels, block),
        r"\midrule",
        *(
            _row([label, *[""] * (len(labels) - 1), *(str(values[column]) for column in block)])
            for label, values in base_rows(matrix)
        ),
        r"\bottomrule",
        r"\end{tabular}}",
        r"\ifdim\wd0>\linewidth\resizebox{\linewidth}{!}{\usebox0}\else\usebox0\fi",
        r"\par\smallskip",
        r"\begin{minipage}{\linewidth}\footnotesize\raggedright",
        *(rf"{latex_text(note)}\par" for note in layout.further_notes(matrix)),
        rf"{latex_text('; '.join(f'{label}: {value}' for label, value in provenance.lines()))}\par",
        r"\end{minipage}",
        rf"\end{{{environment}}}",
    ]


def _head(matrix: Matrix, block: Sequence[int]) -> list[str]:
    names = layout.corner_names(matrix)
    *outer, innermost = layout.column_headers(matrix, block)
    lines = []
    for headers in outer:
        cells, rules, place = [""] * len(names), [], len(names) + 1
        for header in headers:
            cells.append(
                rf"\multicolumn{{{header.span}}}{{c}}{{{latex_text(header.text)}}}" if header.text else ""
            )
            if header.text:
                rules.append(rf"\cmidrule(lr){{{place}-{place + header.span - 1}}}")
            place += header.span
        lines += [_row(cells), *rules]
    heads = [_stacked(header.text, _head_width(header.text), "b", "r") for header in innermost]
    return [*lines, _row([*names, *heads])]


def _body(matrix: Matrix, labels: Sequence[Sequence[Header]], block: Sequence[int]) -> list[str]:
    """Return a line for each row; a theme that is split stands at the first of its rows."""
    names = [
        [text for header in level for text in (header.text, *[""] * (header.span - 1))] for level in labels
    ]
    columns = [layout.column_texts(matrix, column) for column in block]
    lines = []
    for row in range(len(matrix.rows)):
        if row and len(labels) > 1 and names[0][row]:
            lines.append(r"\addlinespace")
        heads = [_stacked(level[row], _WIDEST_LABEL, "t", "l") for level in names]
        lines.append(_row([*heads, *(_number(texts[row]) for texts in columns)]))
    return lines


def _row(cells: Sequence[str]) -> str:
    return rf"{' & '.join(cells)} \\"


def _stacked(text: str, width: int, align: str, side: str) -> str:
    """Return a text in lines of at most so many characters, or as many as its longest word has."""
    lines = [latex_text(line) for line in _lines(text, width)]
    if len(lines) < 2:
        return "".join(lines)
    stack = r" \\ ".join(lines)
    return rf"\begin{{tabular}}[{align}]{{@{{}}{side}@{{}}}}{stack}\end{{tabular}}"


def _lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(one_line(text), width, break_long_words=False, break_on_hyphens=False)


def _head_width(text: str) -> int:
    return max(_WIDEST_HEAD, *map(len, text.split() or [""]))


def _number(text: str) -> str:
    """Return a cell's text, with a minus sign where it begins with a hyphen."""
    return _MINUS.sub(r"\1$-$", latex_text(text))


def _label_width(labels: Sequence[Sequence[Header]]) -> int:
    names = [[header.text for header in level] for level in labels]
    names[0].append(BASE_ROWS[0][0])
    return sum(min(max(map(len, level)), _WIDEST_LABEL) + _GAP for level in names)


def _widths(matrix: Matrix) -> list[int]:
    """Return about how many characters wide each column is."""
    return [
        max(
            map(len, (*_lines(header.text, _head_width(header.text)), *layout.column_texts(matrix, column))),
            default=1,
        )
        + _GAP
        for column, header in enumerate(layout.column_headers(matrix)[-1])
    ]
