"""The amounts command."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import ForceOption, Format, FormatOption, OutputOption, print_records, study_of
from quotegrid.cli.report.publication import PublishOption, refuse_foreign_log, say_withheld
from quotegrid.domain.matrix.model import Rows
from quotegrid.domain.text.normalise import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quotegrid.workflows.report.tell_amounts import Amounts

FIELDS = ("row", "column", "cases", "base", "word", "amount", "sentence", "stances")


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("amounts")(amounts)


def amounts(
    context: typer.Context,
    rows: Annotated[Rows, typer.Option("--rows", help="Themes or codes.")] = Rows.THEME,
    code: Annotated[list[str] | None, typer.Option("--code", "-c", help="Only this code or theme.")] = None,
    columns: Annotated[str, typer.Option("--columns", help="group, area, role, or any attribute.")] = "group",
    publish: PublishOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Say in plain words how many of each group spoke of each theme, by cases."""
    from quotegrid.exports.report.amounts_text import amounts_markdown
    from quotegrid.workflows.report.tell_amounts import tell_amounts

    with study_of(context) as study:
        found = tell_amounts(study, rows=rows, only=code or (), columns=columns, publish=publish)
    if publish:
        refuse_foreign_log(output, context)
    print_records(
        context,
        [asdict(one) for one in found.amounts],
        FIELDS,
        form,
        output,
        partial(_sentences, found=found),
        lambda records: amounts_markdown(records, found.notes, found.provenance),
    )
    if publish:
        say_withheld(found.withheld, output, context)


def _sentences(out: Console, records: Sequence[dict[str, Any]], *, found: Amounts) -> None:
    lines = []
    for row, of_row in groupby(records, key=lambda record: str(record["row"])):
        lines.append(typer.style(visible(row), bold=True))
        lines += [
            textwrap.fill(
                visible(record["sentence"]), out.width, initial_indent="  ", subsequent_indent="    "
            )
            for record in of_row
        ]
        lines.append("")
    lines += [textwrap.fill(visible(note), out.width) for note in found.notes]
    lines += [
        typer.style(f"{label}: {visible(value)}", dim=True) for label, value in found.provenance.lines()
    ]
    typer.echo("\n".join(lines))
