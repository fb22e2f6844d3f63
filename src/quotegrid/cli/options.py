"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.exports.formats import FORMATS, ExportKind

Format = StrEnum(  # type: ignore[misc]  # mypy knows no members that come from a table
    "Format", ["table", *(row.name for row in FORMATS if ExportKind.LIST in row.writers)]
)
"""A format in which a list is printed: a table for the terminal, or whatever a list is written in."""
TABLE, JSON, MARKDOWN = Format("table"), Format("json"), Format("markdown")
"""The formats that some commands treat in a way of their own."""

FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file instead; its suffix says the format."),
]
ForceOption = Annotated[
    bool,
    typer.Option("--force", help="Replace the file also if quotegrid did not make it or it was changed."),
]
PublishOption = Annotated[
    bool,
    typer.Option(
        "--publish", help="Withhold small counts and what could tell who spoke; a log says what and why."
    ),
]
OfOption = Annotated[
    SharesOf,
    typer.Option("--of", help="Shares and amounts are of cases read to the end, or of all who were heard."),
]
BelowOption = Annotated[str | None, typer.Option("--below", help="The code below which it goes.")]
