"""Commands that write and list what cells of the matrix say: summarise, summaries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import Destination, console, print_listing, read_text, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.matrix.model import Rows
from quotegrid.domain.text.normalise import counted, visible
from quotegrid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COLUMNS = "case, group, area, any attribute, or two: group,area."


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("summarise")(summarise)
    app.command("summaries")(summaries)


def summarise(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="A theme or code.")],
    value: Annotated[str, typer.Argument(help="A case, or a value of the attribute in --columns.")],
    columns: Annotated[str, typer.Option("--columns", help=_COLUMNS)] = "case",
    text: Annotated[
        str | None,
        typer.Option("--text", help="The summary, in Markdown; [q:12] names quote 12. Empty to remove it."),
    ] = None,
    from_file: Annotated[Path | None, typer.Option("--from", help="Read the summary from this file.")] = None,
    replaces: Annotated[
        list[int] | None,
        typer.Option("--replaces", help="The number of the summary that this one replaces."),
    ] = None,
) -> None:
    """Write what a cell of the matrix says, above its quotes."""
    from quotegrid.workflows.report.summarise import write_summary

    if (text is None) == (from_file is None):
        raise UsageError(
            "say what the cell's summary is, once.",
            todo='Example: quotegrid summarise "who pays" "Anil Rao" --text "The council should [q:12]."',
        )
    words = text if from_file is None else read_text(from_file)
    with study_of(context) as study:
        written = write_summary(study, code, value, words or "", columns, base=replaces or ())
    where = f'"{written.cell.code}", {written.cell.value}'
    if written.number is None:
        say(f"Nothing changed: {where} {'says so already' if written.cell.summaries else 'has no summary'}.")
    elif written.cell.summaries:
        quotes = {number for summary in written.cell.summaries for number in summary.quotes}
        say(f"Summary {written.number} of {where}: names {counted(len(quotes), 'quote')}.")
    else:
        say(f"Summary {written.number}: took away that of {where}.")


def summaries(
    context: typer.Context,
    empty: Annotated[
        bool, typer.Option("--empty", help="The cells that have quotes and no summary instead.")
    ] = False,
    log: Annotated[bool, typer.Option("--log", help="All that was ever written, oldest first.")] = False,
    rows: Annotated[
        Rows, typer.Option("--rows", help="With --empty: whose cells, those of codes or of themes.")
    ] = Rows.CODE,
    columns: Annotated[str | None, typer.Option("--columns", help=_COLUMNS)] = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List what is written of the matrix's cells, what is still to be written, or the log of it."""
    from quotegrid.workflows.report import list_summaries

    if empty and log:
        raise UsageError("give either --empty or --log, not both.")
    if log and columns is not None:
        raise UsageError("the log is listed whole.", todo="Leave out --columns.")
    if rows is not Rows.CODE and not empty:
        raise UsageError("--rows says whose empty cells are listed.", todo="Add --empty.")
    to = Destination(context, form, output, force)
    with study_of(context) as study:
        if empty:
            cells = list_summaries.empty_cell_records(study, rows=rows, columns=columns or "case")
            number = counted(len(cells), "cell")
            below = f"{number} without a summary. Write one: quotegrid summarise CODE VALUE"
        elif log:
            entries = list_summaries.summary_log_records(study)
        else:
            written = list_summaries.summary_records(study, columns)
    if empty:
        print_listing(list_summaries.EmptyCell, cells, to, below=below)
    elif log:
        print_listing(list_summaries.SummaryEntry, entries, to)
    else:
        print_listing(list_summaries.ListedSummary, written, to, shown=_print_summaries)


def _print_summaries(records: Sequence[Mapping[str, Any]]) -> None:
    out = console()
    for record in records:
        of = "" if record["columns"] == "case" else f" ({record['columns']})"
        where = f"{record['id']}  {record['code']}  {record['value']}{of}"
        out.print(visible(f"{where}  {record['coder']}  {record['at'][:16].replace('T', ' ')}"), style="bold")
        for line in record["text"].splitlines():
            out.print(visible(f"    {line}"))
    number = f"{len(records):,} summar{'y' if len(records) == 1 else 'ies'}."
    out.print(f'{number} "quotegrid summaries --empty" lists the cells without one.')
