"""The Framework matrix as one HTML file: a table a theme, and the quotes below."""

from __future__ import annotations

from typing import Any

from quotegrid.domain.report.framework import NOT_FOR_PUBLICATION, ChartCell, Framework
from quotegrid.exports.pages import page
from quotegrid.exports.report.framework_text import (
    WAITING,
    definitions,
    framework_title,
    reading_lines,
    speaker_and_place,
)
from quotegrid.exports.report.summary_text import summary_html

_PREFIX = "quote-"


def framework_html(framework: Framework) -> str:
    """Return the charts with links from every number to its quote; the page needs no script."""
    return page(
        "framework.html.j2",
        styles=("framework.css",),
        title=framework_title(framework),
        provenance=framework.provenance,
        use=NOT_FOR_PUBLICATION,
        charts=[
            {
                "theme": chart.theme,
                "definitions": definitions(chart),
                "columns": chart.columns,
                "groups": [
                    {
                        "name": name,
                        "rows": [
                            {
                                "case": row.case,
                                "about": row.about,
                                "cells": [_cell(cell) for cell in row.cells],
                            }
                            for row in rows
                        ],
                    }
                    for name, rows in chart.groups()
                ],
            }
            for chart in framework.charts
        ],
        quotes=[
            {
                "id": quote.id,
                "text": quote.text,
                "who": speaker_and_place(quote),
                "codes": ", ".join(quote.codes_with_stances),
            }
            for quote in sorted(framework.quotes, key=lambda quote: quote.id)
        ],
        reading=reading_lines(framework),
        prefix=_PREFIX,
    )


def _cell(cell: ChartCell) -> dict[str, Any]:
    from markupsafe import Markup

    return {
        # Made by markdown-it, which escapes all but its own tags; the only links lead to the page's quotes.
        "summaries": [
            Markup(summary_html(summary.text, _PREFIX))  # noqa: S704 - escaped by markdown-it
            for summary in cell.summaries
        ],
        "waiting": WAITING if cell.is_waiting else "",
        "quotes": cell.quotes,
    }
