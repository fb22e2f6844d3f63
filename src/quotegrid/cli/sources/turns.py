"""The command that lists turns."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import Destination, print_listing, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("turns")(turns)


def turns(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Argument(help="The source's name, or part of it; all sources without one.")
    ] = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List who speaks when: transcripts as they were read, with what the interviewer says."""
    from quotegrid.workflows.sources.list_turns import ListedTurn, turn_records

    with study_of(context) as study:
        records = turn_records(study, source)
    below = f"{counted(len(records), 'turn')}."
    if not records:
        below += ' A report has quotes and no turns: "quotegrid quotes" lists them.'
    print_listing(ListedTurn, records, Destination(context, form, output, force), below=below)
