"""The matrix as a Word document: a table to paste into a report, and on demand the quotes behind its rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.measures import BASE_ROWS
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.exports.docx import add_caption, add_paragraph, add_table, document_bytes, fill, new_document
from quotegrid.exports.matrix import layout
from quotegrid.exports.matrix.layout import Header
from quotegrid.exports.matrix.text import base_rows

MINUS = "\N{MINUS SIGN}"
_WIDEST_LABEL = 32
_NARROWEST = 5
_GAP = 4
_PORTRAIT, _LANDSCAPE = 100, 140
"""The most characters of a line on a page, including the cells' margins; wider tables are divided."""


def matrix_docx(
    matrix: Matrix, provenance: Provenance, quotes: Sequence[Quote] = (), *, with_quotes: bool = False
) -> bytes:
    """Return a document with the table, its caption, bases and notes, and quotes under a heading a row."""
    labels = layout.row_headers(matrix)
    label_widths, widths = _label_widths(labels), _widths(matrix)
    blocks = layout.column_blocks(widths, _LANDSCAPE - sum(label_widths))
    title = layout.matrix_title(matrix)
    document = new_document(title, provenance, is_wide=sum(label_widths) + sum(widths) > _PORTRAIT)
    for number, block in enumerate(blocks, start=1):
        part = f" (part {number} of {len(blocks)})" if len(blocks) > 1 else ""
        caption = f"{title}{part}. {layout.measure_sentence(matrix)}"
        add_caption(document, caption)
        headers = layout.column_headers(matrix, block)
        table = add_table(
            document,
            len(headers) + len(matrix.rows) + len(BASE_ROWS),
            [*label_widths, *(widths[column] for column in block)],
            header_rows=len(headers),
            alt_text=f"{caption} The last rows are the bases of each column.",
        )
        _fill_head(table, layout.corner_names(matrix), headers)
        _fill_labels(table, labels, len(headers))
        _fill_numbers(table, matrix, block, len(labels), len(headers))
        if number < len(blocks):
            document.add_page_break()
    for note in layout.further_notes(matrix):
        add_paragraph(document, note, "Table note")
    said = "; ".join(f"{label}: {value}" for label, value in provenance.lines())
    add_paragraph(document, said, "Table note")
    if with_quotes:
        _add_quotes(document, matrix, quotes, is_published=provenance.minimum_cases is not None)
    return document_bytes(document)


def _fill_head(table: Any, names: Sequence[str], columns: Sequence[Sequence[Header]]) -> None:
    """Fill in the headers; a header with nothing above it stands in the merged cells of its column."""
    levels = len(columns)
    for place, name in enumerate(names):
        fill(table.cell(0, place).merge(table.cell(levels - 1, place)), name, "Table header")
    for level, headers in enumerate(columns):
        place = 0
        for header in headers:
            if header.text:
                top = _top(columns, level, place)
                first = table.cell(top, len(names) + place)
                last = table.cell(level, len(names) + place + header.span - 1)
                style = "Table header number" if level == levels - 1 else "Table header group"
                fill(first.merge(last), header.text, style)
            place += header.span


def _top(columns: Sequence[Sequence[Header]], level: int, place: int) -> int:
    """Return the level up to which nothing stands above a column's header."""
    while level and not layout.spread(columns[level - 1])[place]:
        level -= 1
    return level


def _fill_labels(table: Any, labels: Sequence[Sequence[Header]], first_row: int) -> None:
    for place, level in enumerate(labels):
        row = first_row
        for header in level:
            cell = table.cell(row, place).merge(table.cell(row + header.span - 1, place))
            fill(cell, header.text, "Table text")
            row += header.span


def _fill_numbers(
    table: Any, matrix: Matrix, block: Sequence[int], label_columns: int, first_row: int
) -> None:
    rows = [row.cells for row in table.rows][first_row:]
    bases = rows[len(matrix.rows) :]
    for cells, (label, values) in zip(bases, base_rows(matrix), strict=True):
        fill(cells[0].merge(cells[label_columns - 1]), label, "Table base")
        for cell, column in zip(cells[label_columns:], block, strict=True):
            fill(cell, str(values[column]), "Table base number")
    for place, column in enumerate(block, start=label_columns):
        for cells, text in zip(rows, layout.column_texts(matrix, column), strict=False):
            fill(cells[place], text.replace("-", MINUS), "Table number")


def _label_widths(labels: Sequence[Sequence[Header]]) -> list[int]:
    names = [[header.text for header in level] for level in labels]
    names[0].append(BASE_ROWS[0][0])
    return [min(max(map(len, level)), _WIDEST_LABEL) + _GAP for level in names]


def _widths(matrix: Matrix) -> list[int]:
    """Return how many characters each column needs; names may break between words, numbers may not."""
    bases = [values for _, values in base_rows(matrix)]
    widths = []
    for column, header in enumerate(layout.column_headers(matrix)[-1]):
        words = " ".join((header.text, *layout.column_texts(matrix, column))).split()
        widths.append(max(_NARROWEST, *map(len, words), *(len(str(base[column])) for base in bases)) + _GAP)
    return widths


def _add_quotes(document: Any, matrix: Matrix, quotes: Sequence[Quote], *, is_published: bool) -> None:
    by_number = {quote.id: quote for quote in quotes}
    document.add_page_break()
    add_paragraph(document, "Quotes", "Heading 1")
    for row, name in enumerate(matrix.rows):
        add_paragraph(document, name, "Heading 2")
        places = [column for column in range(len(matrix.columns)) if matrix.members.get((row, column))]
        if not places:
            is_withheld = any(
                place in matrix.withheld for place in product((row,), range(len(matrix.columns)))
            )
            told = "No quotes can be published." if is_withheld else "No quotes."
            add_paragraph(document, told, "Attribution")
        for column in places:
            add_paragraph(document, matrix.columns[column], "Heading 3")
            for number in matrix.members[row, column]:
                _add_quote(document, by_number[number], matrix.row_codes[row], is_published=is_published)


def _add_quote(document: Any, quote: Quote, codes: Sequence[str], *, is_published: bool) -> None:
    add_paragraph(
        document, f"\N{LEFT DOUBLE QUOTATION MARK}{quote.text}\N{RIGHT DOUBLE QUOTATION MARK}", "Quote"
    )
    told = [quote.attribution]
    if not is_published:
        told += [part for part in (quote.case, quote.source, f"quote {quote.id}") if part]
    stances = {stance.value for code in codes for stance in quote.stances.get(code, ())}
    told += sorted(stances)
    if not any(code in quote.codes for code in codes):
        told.append("only suggested")
    add_paragraph(document, " \N{MIDDLE DOT} ".join(told), "Attribution")
