"""The amounts command."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, console, print_listing, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OfOption, OutputOption, PublishOption
from quotegrid.cli.report.publication import refuse_foreign_log, say_withheld
from quotegrid.domain.exchange.listing import as_record
from quotegrid.domain.matrix.model import Rows
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.text.normalise import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.workflows.report.tell_amounts import Amount, Amounts


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("amounts")(amounts)


def amounts(
    context: typer.Context,
    rows: Annotated[Rows, typer.Option("--rows", help="Themes or codes.")] = Rows.THEME,
    code: Annotated[list[str] | None, typer.Option("--code", "-c", help="Only this code or theme.")] = None,
    columns: Annotated[str, typer.Option("--columns", help="group, area, role, or any attribute.")] = "group",
    of: OfOption = SharesOf.READ,
    publish: PublishOption = False,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Say in plain words how many of each group spoke of each theme, by cases."""
    from quotegrid.exports.report.amounts_text import amounts_markdown
    from quotegrid.workflows.report.tell_amounts import Amount, tell_amounts

    to = Destination(context, form, output, force, publish=publish)
    with study_of(context) as study:
        found = tell_amounts(study, rows=rows, only=code or (), columns=columns, of=of, publish=publish)
    if publish:
        refuse_foreign_log(to)
        to = replace(to, tables=found.tables)
    print_listing(
        Amount,
        found.amounts,
        to,
        shown=partial(_print_sentences, found=found),
        markdown=lambda amounts: amounts_markdown(
            list(map(as_record, amounts)), found.notes, found.provenance
        ),
    )
    if publish:
        say_withheld(found.withheld, to)


def _print_sentences(amounts: Sequence[Amount], *, found: Amounts) -> None:
    width = console().width
    lines = []
    for row, of_row in groupby(amounts, key=lambda amount: amount.row):
        lines.append(typer.style(visible(row), bold=True))
        lines += [
            textwrap.fill(visible(amount.sentence), width, initial_indent="  ", subsequent_indent="    ")
            for amount in of_row
        ]
        lines.append("")
    lines += [textwrap.fill(visible(note), width) for note in found.notes]
    lines += [
        typer.style(f"{label}: {visible(value)}", dim=True) for label, value in found.provenance.lines()
    ]
    typer.echo("\n".join(lines))
