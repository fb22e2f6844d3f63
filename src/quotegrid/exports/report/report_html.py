"""A report as one HTML file."""

from __future__ import annotations

from quotegrid.domain.report.model import Report
from quotegrid.exports.matrix.shading import heat_styles
from quotegrid.exports.pages import page
from quotegrid.exports.report.report_layout import Heading, laid_out, use_of


def report_html(report: Report) -> str:
    """Return the report with a table of contents; the page needs no script."""
    blocks = []
    for number, block in enumerate(laid_out(report)):
        fields = {name: getattr(block, name) for name in block.__slots__}
        blocks.append({**fields, "kind": type(block).__name__, "anchor": f"part-{number}"})
    return page(
        "report.html.j2",
        styles=("report.css",),
        further_style=heat_styles(),
        title=report.title,
        provenance=report.provenance,
        use=use_of(report),
        blocks=blocks,
        headings=[block for block in blocks if block["kind"] == Heading.__name__ and block["level"] < 3],
    )
