"""Amounts in plain words as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from quotegrid.domain.report.provenance import Provenance
from quotegrid.exports.inert import markdown_paragraph, markdown_text


def amounts_markdown(
    records: Sequence[Mapping[str, Any]], notes: Sequence[str], provenance: Provenance
) -> str:
    """Return a heading for each theme or code, under it a sentence for each group, and how to read them.

    Args:
        records: The amounts, row by row.
        notes: The notes on how to read them.
        provenance: The origin of the numbers.
    """
    parts = []
    for row, of_row in groupby(records, key=lambda record: str(record["row"])):
        sentences = "\n".join(f"- {markdown_paragraph(record['sentence'])}" for record in of_row)
        parts.append(f"## {markdown_text(row)}\n\n{sentences}\n")
    parts.append("\n".join(f"- {markdown_paragraph(note)}" for note in notes) + "\n")
    parts.append(
        "\n".join(f"- {label}: {markdown_text(value)}" for label, value in provenance.lines()) + "\n"
    )
    return "\n".join(parts)
