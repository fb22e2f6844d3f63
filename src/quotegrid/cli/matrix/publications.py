"""The commands that list, compare and withdraw publications."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import Destination, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted

_NumberArgument = Annotated[int, typer.Argument(help="The number of a publication.")]

publications = typer.Typer(help="List, compare and withdraw what was published.", rich_markup_mode=None)


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.add_typer(publications, name="publications")


@publications.callback(invoke_without_command=True)
def listed(context: typer.Context) -> None:
    """List what was published."""
    if context.invoked_subcommand is None:
        list_command(context)


@publications.command("list")
def list_command(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List what was published, by whom, and whether new publications are checked beside it."""
    from quotegrid.workflows.matrix.list_publications import ListedPublication, list_publications

    with study_of(context) as study:
        found = list_publications(study)
    below = f"{counted(len(found), 'publication')}."
    print_listing(ListedPublication, found, Destination(context, form, output, force), below=below)


@publications.command("compare")
def compare(context: typer.Context, first: _NumberArgument, second: _NumberArgument) -> None:
    """Show the numbers in which two publications differ."""
    from quotegrid.workflows.matrix.list_publications import compare_publications

    with study_of(context) as study:
        differences = compare_publications(study, first, second)
    for number in differences:
        say(f"{number.row}, {number.column}: {_shown(number.then)} -> {_shown(number.now)}")
    say(f"{counted(len(differences), 'difference')}.")


@publications.command("withdraw")
def withdraw(
    context: typer.Context,
    number: _NumberArgument,
    never_left: Annotated[
        bool,
        typer.Option("--never-left", help="Nobody outside the team ever had the file."),
    ] = False,
) -> None:
    """Withdraw a publication; what it told stays known outside, unless it never left the house."""
    from quotegrid.workflows.matrix.list_publications import withdraw_in_words

    with study_of(context) as study:
        told = withdraw_in_words(study, number, never_left=never_left)
    say(told)


def _shown(value: float | int | str | None) -> str:
    return "none" if value is None else str(value)
