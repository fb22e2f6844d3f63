"""The coverage command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, console, emit, say_uncounted, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption, PublishOption
from quotegrid.cli.report.publication import refuse_foreign_log, say_withheld
from quotegrid.domain.text.normalise import visible
from quotegrid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.domain.matrix.coverage import Coverage
    from quotegrid.domain.report.publication import WithheldItem


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("coverage")(coverage)


def coverage(
    context: typer.Context,
    rows: Annotated[str | None, typer.Option("--rows", help="Any attribute; area without it.")] = None,
    columns: Annotated[str | None, typer.Option("--columns", help="Any attribute; group without it.")] = None,
    publish: PublishOption = False,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Compare who was to be interviewed with who was heard, who is read and who is coded."""
    from quotegrid.exports.formats import ExportKind, written_as
    from quotegrid.workflows.matrix.coverage import make_coverage, published_coverage

    to = Destination(context, form, output, force, publish=publish)
    name = to.format
    withheld: Sequence[WithheldItem] = ()
    with study_of(context) as study:
        if publish and rows is not None:
            raise UsageError(
                "a published coverage is by one attribute: by two it would single people out.",
                todo="Leave out --rows.",
            )
        if publish:
            found, withheld, table = published_coverage(study, columns=columns)
            to = replace(to, tables=(table,))
        else:
            found = make_coverage(study, rows=rows, columns=columns)
        say_uncounted(study)
    if publish:
        refuse_foreign_log(to)
    if name == TABLE:
        _print_table(found)
    else:
        emit(written_as(name, ExportKind.COVERAGE, found).decode(), to)
    if publish:
        say_withheld(withheld, to)


def _print_table(found: Coverage) -> None:
    from rich.text import Text

    from quotegrid.exports.listing.records import plain_table
    from quotegrid.exports.report.coverage_text import figure, lines_of, measures, notes

    table = plain_table()
    table.add_column(Text(visible(found.rows_are)))
    table.add_column("cases")
    for name in (*found.columns, "all"):
        table.add_column(Text(visible(name)), justify="right")
    first, *_, last = measures(found)
    for name, measure, figures in lines_of(found):
        style = "bold" if measure == "missing" else ""
        shown = [Text(figure(number), style=style if number else "dim") for number in figures]
        table.add_row(
            Text(visible(name) if measure == first else ""),
            Text(measure, style="" if measure == "heard" else "dim"),
            *shown,
            end_section=measure == last,
        )
    out = console()
    out.print(table)
    out.print()
    for note in notes(found):
        out.print(visible(note))
