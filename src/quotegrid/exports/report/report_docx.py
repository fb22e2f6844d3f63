"""A report as a Word document, in styles that its readers can restyle."""

from __future__ import annotations

from typing import Any

from quotegrid.domain.report.model import Report
from quotegrid.domain.text.normalise import visible
from quotegrid.exports.docx import add_caption, add_table, document_bytes, fill, new_document
from quotegrid.exports.report.docx_contents import add_contents, add_page_numbers, bookmark
from quotegrid.exports.report.report_layout import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Quotation,
    Table,
    laid_out,
    use_of,
)

_WIDEST = 44
_NARROWEST = 7
_STYLES = {
    "header": ("Table header", "Table header number"),
    "body": ("Table text", "Table number"),
    "base": ("Table base", "Table base number"),
}
"""The styles of a text and of a number, by the kind of a row."""


def report_docx(report: Report) -> bytes:
    """Return the report as a file: title, headings, tables with captions, quotes with attributions."""
    widest = max(len(block.header) for block in laid_out(report) if isinstance(block, Table))
    document = new_document(report.title, report.provenance, is_wide=widest > 9)
    document.add_heading(visible(report.title), level=0)
    document.add_paragraph(visible(use_of(report)))
    blocks = list(laid_out(report))
    headings = [block for block in blocks if isinstance(block, Heading) and block.level < 3]
    add_contents(document, [(block.level, block.text) for block in headings])
    add_page_numbers(document, report.title)
    marks = {id(block): number for number, block in enumerate(headings)}
    follows_table = False
    for block in blocks:
        paragraph = _add(document, block, follows_table=follows_table)
        if id(block) in marks:
            bookmark(paragraph, marks[id(block)])
        follows_table = isinstance(block, Table)
    return document_bytes(document)


def _add(document: Any, block: Block, *, follows_table: bool) -> Any:
    """Write a block and return its last paragraph, None for a table."""
    paragraph = None
    match block:
        case Heading(level, text):
            paragraph = document.add_heading(visible(text), level=level)
        case Paragraph(text, is_note):
            style = "Table note" if is_note else "After table" if follows_table else None
            paragraph = document.add_paragraph(visible(text), style=style)
        case Bullets(items):
            for term, text in items:
                paragraph = document.add_paragraph(style="List Bullet")
                if term:
                    paragraph.add_run(f"{visible(term)}: ", style="Strong")
                paragraph.add_run(visible(text))
        case Table():
            _add_table(document, block)
        case Quotation(text, attribution, reference):
            document.add_paragraph(visible(text), style="Quote")
            speaker_and_place = f"{attribution} [{reference}]" if reference else attribution
            paragraph = document.add_paragraph(visible(speaker_and_place), style="Attribution")
    return paragraph


def _add_table(document: Any, table: Table) -> None:
    add_caption(document, table.caption)
    widths = [_width(table, column) for column in range(len(table.header))]
    kinds = ["header"] + ["body"] * len(table.rows) + ["base"] * len(table.bases)
    made = add_table(document, len(kinds), widths, header_rows=1, alt_text=table.caption)
    texts = (table.header, *table.rows, *table.bases)
    for kind, row, said in zip(kinds, made.rows, texts, strict=True):
        for column, (cell, text) in enumerate(zip(row.cells, said, strict=True)):
            fill(cell, text, _STYLES[kind][column >= table.text_columns])


def _width(table: Table, column: int) -> int:
    """Return a column's width: for text its length, for numbers the longest word of their header."""
    texts = [row[column] for row in (table.header, *table.rows, *table.bases)]
    if column < table.text_columns:
        return min(max(_NARROWEST, *map(len, texts)), _WIDEST)
    return max(_NARROWEST, *(len(word) for text in texts for word in text.split()))
