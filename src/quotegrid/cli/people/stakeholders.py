"""Commands about stakeholder groups: how they are written, and joining their spellings."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import Destination, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted

app = typer.Typer(name="stakeholders", rich_markup_mode=None)


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    main.add_typer(app)


@app.callback(invoke_without_command=True)
def stakeholders(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List groups and roles as your files write them, and offer to join near spellings."""
    if context.invoked_subcommand is not None:
        return
    from quotegrid.workflows.people.join_groups import (
        WrittenGroup,
        offered_joins,
        people_counted,
        written_groups,
    )

    with study_of(context) as study:
        records, offers = written_groups(study), offered_joins(study)
        has_table = bool(study.stakeholders.names)
    to = Destination(context, form, output, force)
    print_listing(WrittenGroup, records, to, below=f"{counted(len(records), 'spelling')}.")
    if offers and to.format == TABLE:
        for offer in offers:
            say(f"{', '.join(offer.spellings)} ({people_counted(offer.people)}): join them?")
        where = "below [stakeholders] in" if has_table else "at the end of"
        say(f'To join them, use "quotegrid stakeholders join", or paste {where} quotegrid.toml:')
        if not has_table:
            say("[stakeholders]")
        for offer in offers:
            say(offer.line)


@app.command("join")
def join(
    context: typer.Context,
    spellings: Annotated[list[str], typer.Argument(help="Groups or roles, as your files write them.")],
    under: Annotated[str, typer.Option("--under", help="The group; a new one is made.")],
) -> None:
    """Join spellings and roles to one group, in quotegrid.toml; groups follow at once."""
    from quotegrid.workflows.people.join_groups import join_groups

    with study_of(context) as study:
        say(join_groups(study, spellings, under))
