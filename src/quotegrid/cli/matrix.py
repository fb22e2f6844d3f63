"""The matrix command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Format, FormatOption, console, emit, say, study_of
from quotegrid.cli.publication import PublishOption, say_withheld
from quotegrid.domain.matrix import Count, Rows
from quotegrid.domain.text import visible

if TYPE_CHECKING:
    from quotegrid.workflows.make_matrix import StudyMatrix


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("matrix")(matrix)


def matrix(
    context: typer.Context,
    rows: Annotated[Rows, typer.Option("--rows", help="What stands in the rows.")] = Rows.THEME,
    columns: Annotated[
        str, typer.Option("--columns", help="group, area, role, source, case, or any attribute.")
    ] = "group",
    count: Annotated[Count, typer.Option("--count", help="What a cell counts.")] = Count.QUOTES,
    include_suggested: Annotated[
        bool, typer.Option("--include-suggested", help="Count undecided suggestions too, and mark them.")
    ] = False,
    publish: PublishOption = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this .csv, .xlsx, .md or .json file."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Count confirmed codings: themes or codes by any attribute."""
    from quotegrid.workflows.export_matrix import export_matrix, matrix_as
    from quotegrid.workflows.make_matrix import make_matrix

    with study_of(context) as study:
        made = make_matrix(
            study,
            rows=rows,
            columns=columns,
            count=count,
            include_suggested=include_suggested,
            publish=publish,
        )
    if output is not None:
        export_matrix(made, output)
        say(f"Wrote {output}")
    elif form is Format.TABLE:
        _print_table(made)
    else:
        emit(matrix_as(made, form.value), None)
    if publish:
        say_withheld(made.withheld, output)


def _print_table(made: StudyMatrix) -> None:
    from rich.table import Table
    from rich.text import Text

    from quotegrid.exports.matrix_text import BASE_ROWS, base_values, cell_text, notes, total_text

    matrix = made.matrix
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(Text(matrix.rows_are.value), min_width=18)
    for name in (*matrix.columns, "all"):
        table.add_column(Text(visible(name)), justify="right")
    for number, name in enumerate(matrix.rows):
        cells = [cell_text(matrix, number, column) for column in range(len(matrix.columns))]
        table.add_row(Text(visible(name)), *cells, total_text(matrix, number))
    table.add_section()
    for label, field in BASE_ROWS:
        table.add_row(
            Text(label, style="dim"), *(Text(str(one), style="dim") for one in base_values(matrix, field))
        )
    out = console()
    out.print(table)
    out.print()
    for note in notes(matrix):
        out.print(visible(note))
    for label, value in made.provenance.lines():
        out.print(f"{label}: {visible(value)}", style="dim")
