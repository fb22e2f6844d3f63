"""A report as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from quotegrid.domain.report.model import Report
from quotegrid.exports.inert import markdown_heading, markdown_paragraph, markdown_text
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


def report_markdown(report: Report) -> str:
    """Return the report, with a blank line between its blocks."""
    parts = [f"# {markdown_heading(report.title)}", markdown_paragraph(use_of(report))]
    for block in laid_out(report):
        parts.append("\n".join(_lines(block)))
    return "\n\n".join(parts) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * (level + 1)} {markdown_heading(text)}"
        case Paragraph(text):
            yield markdown_paragraph(text)
        case Bullets(items):
            for term, text in items:
                told = markdown_text(text) if term else markdown_paragraph(text)
                yield f"- {f'**{markdown_text(term)}:** ' if term else ''}{told}"
        case Table(caption, header, rows, text_columns, bases):
            yield f"**{markdown_text(caption)}**"
            yield ""
            yield _row(header)
            yield "|" + "---|" * text_columns + "---:|" * (len(header) - text_columns)
            yield from map(_row, (*rows, *bases))
        case Quotation(text, attribution, reference):
            speaker_and_place = f"{attribution} [{reference}]" if reference else attribution
            yield f"> {markdown_paragraph(text)}"
            yield ">"
            yield f"> — {markdown_text(speaker_and_place)}"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(markdown_text(cell) for cell in cells)} |"
