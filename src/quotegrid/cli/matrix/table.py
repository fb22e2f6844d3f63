"""The matrix command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, console, emit, report_of, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OfOption, PublishOption
from quotegrid.cli.report.publication import refuse_foreign_log, say_withheld
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.matrix.measures import BASE_ROWS, MEASURES, QUOTES, Measure, measure_named
from quotegrid.domain.matrix.model import Rows
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.text.normalise import visible
from quotegrid.errors import UsageError
from quotegrid.exports.formats import ExportKind, offered, one_of, picture_suffixes
from quotegrid.exports.pictures import Picture

if TYPE_CHECKING:
    from rich.table import Table

    from quotegrid.domain.matrix.model import Matrix
    from quotegrid.workflows.matrix.make_matrix import StudyMatrix

_GAP = 2
_WIDEST_ROW = 36
_LONGEST_BASE = "Base: quotes heard"


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("matrix")(matrix)


def matrix(
    context: typer.Context,
    query: Annotated[
        str,
        typer.Argument(help='Which quotes count, as in "quotes": group:parent text:roof.'),
    ] = "",
    rows: Annotated[Rows, typer.Option("--rows", help="What stands in the rows.")] = Rows.THEME,
    within: Annotated[
        str | None, typer.Option("--within", help="Sub-codes of this code in the rows instead.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="A row for this code instead; give it again for more.")
    ] = None,
    columns: Annotated[
        str,
        typer.Option(
            "--columns", help='group, area, role, source, case, any attribute, or two: "group,area".'
        ),
    ] = "group",
    count: Annotated[
        Measure,
        typer.Option(
            "--count",
            help="What a cell counts.",
            parser=measure_named,
            metavar=f"<{'|'.join(MEASURES)}>",
            autocompletion=lambda: list(MEASURES),
        ),
    ] = QUOTES,
    include_suggested: Annotated[
        bool, typer.Option("--include-suggested", help="Count undecided suggestions too, and mark them.")
    ] = False,
    by_stance: Annotated[
        bool, typer.Option("--by-stance", help="Split each row by what its codings support or dispute.")
    ] = False,
    stance: Annotated[
        Stance | None, typer.Option("--stance", help="Count only codings that are marked so.")
    ] = None,
    of: OfOption = SharesOf.READ,
    publish: PublishOption = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help=f"Write to this {one_of(offered(ExportKind.MATRIX))} file.",
        ),
    ] = None,
    force: ForceOption = False,
    picture: Annotated[
        Picture | None,
        typer.Option(
            "--picture", help=f"What a {one_of(picture_suffixes())} file shows; a heat map without it."
        ),
    ] = None,
    form: FormatOption = TABLE,
) -> None:
    """Count confirmed codings: themes, codes or sub-codes by any attribute, or two nested."""
    from quotegrid.workflows.matrix.export_matrix import export_matrix, matrix_as
    from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix

    if picture is not None and (output is None or output.suffix.lower() not in picture_suffixes()):
        raise UsageError(
            "--picture says what a picture shows, and none is to be written.",
            todo=f"Write to a file whose name ends in {one_of(picture_suffixes())}, or leave it out.",
        )
    with study_of(context) as study:
        choice = MatrixChoice(
            rows=rows,
            within=within,
            only=tuple(only or ()),
            columns=columns,
            count=count,
            include_suggested=include_suggested,
            by_stance=by_stance,
            stance=stance,
            query=query,
            of=of,
        )
        to = Destination(context, form, output, force, publish=publish)
        made = make_matrix(
            study, choice, publish=publish, with_quotes=output is not None, report=report_of(context)
        )
        if output is not None:
            if publish:
                refuse_foreign_log(to)
            export_matrix(
                made,
                output,
                picture or Picture.HEAT,
                study=study,
                force=force,
                report=report_of(context),
            )
    if output is not None:
        say(f"Wrote {output}")
    elif form is TABLE:
        _print_table(made)
    else:
        emit(matrix_as(made, form.value), to)
    if publish:
        say_withheld(made.withheld, to)


def _print_table(made: StudyMatrix) -> None:
    """Print the table, as several one below the other where the terminal is too narrow for all columns."""
    from quotegrid.exports.matrix.layout import filled
    from quotegrid.exports.matrix.text import notes

    matrix = made.matrix
    out = console()
    columns = [_Column.of(matrix, number) for number in range(len(matrix.columns) + 1)]
    first = min(max(map(len, map(visible, (*matrix.rows, _LONGEST_BASE)))), _WIDEST_ROW)
    for block in filled([column.width + _GAP for column in columns], out.width - first - 1):
        out.print(_table(matrix, [columns[number] for number in block], first))
        out.print()
    for note in notes(matrix):
        out.print(visible(note))
    for label, value in made.provenance.lines():
        out.print(f"{label}: {visible(value)}", style="dim")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the printed table."""

    head: str
    cells: list[str]
    bases: list[str]

    @classmethod
    def of(cls, matrix: Matrix, number: int) -> _Column:
        """Return a column by its number; the one after the last is that of all."""
        from quotegrid.exports.matrix.layout import ALL, column_texts
        from quotegrid.exports.matrix.text import base_rows

        is_total = number == len(matrix.columns)
        return cls(
            ALL if is_total else visible(matrix.columns[number]),
            column_texts(matrix, number),
            [str(values[number]) for _, values in base_rows(matrix)],
        )

    @property
    def width(self) -> int:
        """Count the characters that the longest word of its name and its cells need."""
        return max(map(len, (*self.head.split(), *self.cells, *self.bases)))


def _table(matrix: Matrix, columns: Sequence[_Column], first: int) -> Table:
    from rich.text import Text

    from quotegrid.exports.listing.records import plain_table

    table = plain_table()
    table.add_column(Text(matrix.rows_are.value), width=first)
    for column in columns:
        table.add_column(Text(column.head), justify="right", min_width=column.width)
    for number, name in enumerate(matrix.rows):
        table.add_row(Text(visible(name)), *(column.cells[number] for column in columns))
    table.add_section()
    for number, (label, _) in enumerate(BASE_ROWS):
        table.add_row(
            Text(label, style="dim"), *(Text(column.bases[number], style="dim") for column in columns)
        )
    return table
