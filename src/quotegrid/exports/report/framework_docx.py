"""The Framework matrix as a Word document, landscape: a table a theme, and the quotes at the end."""

from __future__ import annotations

from typing import Any

from quotegrid.domain.report.framework import NOT_FOR_PUBLICATION, Chart, ChartCell, Framework
from quotegrid.domain.text.normalise import visible
from quotegrid.exports.docx import add_caption, add_paragraph, add_table, document_bytes, fill, new_document
from quotegrid.exports.matrix.layout import column_blocks
from quotegrid.exports.report.framework_text import (
    WAITING,
    cell_plain,
    definitions,
    framework_title,
    reading_lines,
    speaker_and_place,
)
from quotegrid.exports.report.summary_text import Run, summary_blocks

_REFERENCE_STYLE = "Quote reference"
_WAITING_STYLE = "Not written yet"
_ITEM_STYLE = "Table item"
_CASE_WIDTH = 14
_CELL_WIDTH = 22
_PAGE = 125
"""The width of a landscape page in characters."""
_MOST_LINES = 30
"""The most lines of a row that stays on one page; taller rows may break across pages."""


def framework_docx(framework: Framework) -> bytes:
    """Return a document whose cells lead to the quotes at its end."""
    title = framework_title(framework)
    document = new_document(title, framework.provenance, is_wide=True)
    _add_styles(document)
    document.add_heading(visible(title), level=0)
    add_paragraph(document, NOT_FOR_PUBLICATION, "Table note")
    for chart in framework.charts:
        _add_chart(document, chart)
    _add_quotes(document, framework)
    add_paragraph(document, "How to read this", "Heading 1")
    for label, value in reading_lines(framework):
        _add_line(document, label, value)
    return document_bytes(document)


def _add_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, RGBColor

    reference = document.styles.add_style(_REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
    reference.font.color.rgb = RGBColor.from_string("1F4E8C")
    waiting = document.styles.add_style(_WAITING_STYLE, WD_STYLE_TYPE.CHARACTER)
    waiting.font.italic, waiting.font.color.rgb = True, RGBColor.from_string("595959")
    item = document.styles.add_style(_ITEM_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    item.base_style = document.styles["Table text"]
    item.paragraph_format.left_indent = Mm(3)
    item.paragraph_format.first_line_indent = -Mm(3)


def _add_chart(document: Any, chart: Chart) -> None:
    add_paragraph(document, chart.theme, "Heading 1")
    for name, text in definitions(chart):
        _add_line(document, name, text)
    blocks = column_blocks([_CELL_WIDTH] * len(chart.columns), _PAGE - _CASE_WIDTH)
    groups = chart.groups()
    for number, block in enumerate(blocks, start=1):
        part = f" (part {number} of {len(blocks)})" if len(blocks) > 1 else ""
        caption = f"{chart.theme}{part}: what each case says of each code, and the numbers of its quotes"
        add_caption(document, caption)
        widths = [_CASE_WIDTH, *([_CELL_WIDTH] * len(block))]
        table = add_table(
            document, 1 + len(groups) + len(chart.rows), widths, header_rows=1, alt_text=caption
        )
        rows = [row.cells for row in table.rows]
        fill(rows[0][0], "Case", "Table header")
        for cell, place in zip(rows[0][1:], block, strict=True):
            fill(cell, chart.columns[place].label, "Table header")
        line = 1
        for group, members in groups:
            fill(rows[line][0].merge(rows[line][-1]), group, "Table header")
            _keep_with_next(rows[line][0])
            line += 1
            for row in members:
                fill(rows[line][0], row.case, "Table header")
                if row.about:
                    add_to = rows[line][0].add_paragraph()
                    add_to.style = "Table base"
                    add_to.add_run(visible(row.about))
                for cell, place in zip(rows[line][1:], block, strict=True):
                    _fill_cell(cell, row.cells[place])
                if max(_lines(row.cells[place]) for place in block) > _MOST_LINES:
                    _may_break(table.rows[line])
                line += 1
        add_paragraph(document, "", "Table note")


def _fill_cell(cell: Any, content: ChartCell) -> None:
    paragraphs = iter([cell.paragraphs[0]])

    def following(style: str) -> Any:
        paragraph = next(paragraphs, None)
        paragraph = cell.add_paragraph() if paragraph is None else paragraph
        paragraph._p.style = style.replace(" ", "")
        return paragraph

    for summary in content.summaries:
        for block in summary_blocks(summary.text):
            paragraph = following(_ITEM_STYLE if block.depth else "Table text")
            if block.marker:
                paragraph.add_run(f"{block.marker} ")
            for run in block.runs:
                _add_run(paragraph, run)
    if content.is_waiting:
        following("Table text").add_run(WAITING, style=_WAITING_STYLE)
    if content.quotes:
        paragraph = following("Table base")
        paragraph.add_run("Quotes: " if len(content.quotes) > 1 else "Quote: ")
        for place, number in enumerate(content.quotes):
            if place:
                paragraph.add_run(", ")
            _add_run(paragraph, Run(str(number), quote=number))
    if not content.summaries and not content.quotes:
        following("Table text")


def _add_run(paragraph: Any, run: Run) -> None:
    made = paragraph.add_run(visible(run.text))
    if run.quote is None:
        if run.is_bold or run.is_italic:
            made._r.style = "Strong" if run.is_bold else "Emphasis"
        if run.is_bold and run.is_italic:
            made.italic = True
        return
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made._r.style = _REFERENCE_STYLE.replace(" ", "")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _mark(run.quote))
    made._r.addprevious(link)
    link.append(made._r)


def _add_quotes(document: Any, framework: Framework) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    add_paragraph(document, "Quotes", "Heading 1")
    if not framework.quotes:
        add_paragraph(document, "Nothing is coded yet.", "Attribution")
    for place, quote in enumerate(sorted(framework.quotes, key=lambda quote: quote.id)):
        paragraph = document.add_paragraph()
        paragraph._p.style = "Quote"
        name = _mark(quote.id)
        paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{place}" w:name="{name}"/>'))
        paragraph.add_run(f"{quote.id}  ")._r.style = "Strong"
        paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{place}"/>'))
        paragraph.add_run(
            visible(f"\N{LEFT DOUBLE QUOTATION MARK}{quote.text}\N{RIGHT DOUBLE QUOTATION MARK}")
        )
        add_paragraph(document, speaker_and_place(quote), "Attribution")


def _add_line(document: Any, label: str, value: str) -> None:
    paragraph = document.add_paragraph(style="Table note")
    paragraph.add_run(f"{visible(label)}: ", style="Strong")
    paragraph.add_run(visible(value))


def _keep_with_next(cell: Any) -> None:
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _lines(content: ChartCell) -> int:
    """Estimate how many lines a cell takes."""
    return sum(-(-len(part) // _CELL_WIDTH) for part in cell_plain(content).splitlines())


def _may_break(row: Any) -> None:
    from docx.oxml.ns import qn

    properties = row._tr.trPr
    for mark in properties.findall(qn("w:cantSplit")):
        properties.remove(mark)


def _mark(number: int) -> str:
    return f"quote_{number}"
