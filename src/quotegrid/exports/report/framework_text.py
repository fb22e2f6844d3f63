"""Texts that all formats of the Framework matrix share."""

from __future__ import annotations

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.report.framework import HOW_TO_READ, NOT_FOR_PUBLICATION, Chart, ChartCell, Framework
from quotegrid.domain.text.normalise import one_line
from quotegrid.exports.report.summary_text import summary_plain

WAITING = "No summary yet."


def framework_title(framework: Framework) -> str:
    """Return the title of the Framework matrix."""
    return f"{framework.provenance.study}: Framework matrix"


def quotes_line(cell: ChartCell) -> str:
    """Return the numbers of a cell's quotes: "Quotes: 12, 14"; empty where there are none."""
    if not cell.quotes:
        return ""
    return f"Quote{'s' if len(cell.quotes) > 1 else ''}: {', '.join(map(str, cell.quotes))}"


def cell_plain(cell: ChartCell) -> str:
    """Return a cell as plain text: its summaries one after the other, then the numbers of its quotes."""
    parts = [summary_plain(summary.text) for summary in cell.summaries]
    if cell.is_waiting:
        parts.append(WAITING)
    if cell.quotes:
        parts.append(quotes_line(cell))
    return "\n\n".join(parts)


def reading_lines(framework: Framework) -> list[tuple[str, str]]:
    """Return how to read the charts and where they come from: label and sentence."""
    notes = [("Note", note) for note in framework.notes]
    made = [(label, text) for label, text in framework.provenance.lines() if label != "Use"]
    return [*HOW_TO_READ, *notes, *made, ("Use", NOT_FOR_PUBLICATION)]


def definitions(chart: Chart) -> list[tuple[str, str]]:
    """Return the theme and its codes with their definitions, where they have one."""
    said = [(chart.theme, chart.definition), *((column.code, column.definition) for column in chart.columns)]
    return list(dict.fromkeys((name, one_line(text)) for name, text in said if text))


def speaker_and_place(quote: Quote) -> str:
    """Return who said a quote and where it stands."""
    place = f"{quote.source}, page {quote.page}" if quote.page else quote.source
    return " \N{MIDDLE DOT} ".join(part for part in (quote.attribution, quote.case, place) if part)
