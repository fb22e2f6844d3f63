"""A Framework matrix made by hand, with a merged case, hostile text and a quote that is only named."""

from __future__ import annotations

from quotegrid.domain.coding.summaries import ShownSummary
from quotegrid.domain.report.framework import Chart, ChartCell, ChartColumn, ChartRow, Framework
from tests.exports.samples import PROVENANCE, quote

HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> [click](javascript:alert(1)) \x1b[31m'


def shown(number: int, text: str, *quotes: int) -> ShownSummary:
    return ShownSummary(
        number, f"guid {number}", "code", "case", "Case", text, text, quotes, "Ada", "2025-05-02T09:00:00"
    )


def framework() -> Framework:
    columns = (
        ChartColumn("Money (as a whole)", "Money", "What the money does."),
        ChartColumn("quick fix", "quick fix", "It covers up."),
        ChartColumn("room to plan", "room to plan", ""),
    )
    two = ChartCell((shown(1, "**Covers** up [q:1].\n\n- [q:3]", 1, 3), shown(2, "Of the other.")), (1, 2))
    hostile = ChartCell((shown(3, HOSTILE),), (4,))
    rows = (
        ChartRow("Ada Stone", "Headteacher, Westhay", "school", (ChartCell(), two, ChartCell())),
        ChartRow("=Ray Moss", "Parent", "parent", (ChartCell((shown(4, "Alone."),)), hostile, ChartCell())),
        ChartRow("Kim Hall", "", "parent", (ChartCell(), ChartCell((), (5,)), ChartCell())),
    )
    lone = (ChartColumn("Money: who/pays?", "Money: who/pays?", ""),)
    empty = tuple(ChartRow(row.case, row.about, row.group, (ChartCell(),)) for row in rows)
    quotes = tuple(
        quote(number, text, codes=("quick fix",))
        for number, text in enumerate(("=1+1", "Two.", "Three.", "<b>Four</b>.", "Five."), start=1)
    )
    return Framework(
        (
            Chart("Money", "What the money does.", columns, rows),
            Chart("Money: who/pays?", "", lone, empty),
        ),
        quotes,
        PROVENANCE,
        ("2 of 3 cells with quotes have a summary.",),
    )
