"""Commands about stakeholder groups and areas: how they are written, and joining their spellings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted

if TYPE_CHECKING:
    from quotegrid.domain.exchange.listing import Record
    from quotegrid.workflows.people.joins.offers import OfferedJoin
    from quotegrid.workflows.study.folder import StudyFolder

groups = typer.Typer(name="stakeholders", rich_markup_mode=None)
areas = typer.Typer(name="areas", rich_markup_mode=None)
SpellingsArgument = Annotated[list[str], typer.Argument(help="Spellings, as your files write them.")]
UnderOption = Annotated[str, typer.Option("--under", help="What they are joined to; a new one is made.")]


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    main.add_typer(groups)
    main.add_typer(areas)


@groups.callback(invoke_without_command=True)
def stakeholders(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List groups and roles as your files write them, and offer to join near spellings."""
    if context.invoked_subcommand is None:
        from quotegrid.workflows.people.joins.written_groups import (
            WrittenGroup,
            offered_groups,
            written_groups,
        )

        to = Destination(context, form, output, force)
        _list(context, "stakeholders", WrittenGroup, written_groups, offered_groups, to)


@areas.callback(invoke_without_command=True)
def list_areas(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List areas as your files write them, and offer near spellings and names of headings."""
    if context.invoked_subcommand is None:
        from quotegrid.workflows.people.joins.written_areas import WrittenArea, offered_areas, written_areas

        to = Destination(context, form, output, force)
        _list(context, "areas", WrittenArea, written_areas, offered_areas, to)


def _list(
    context: typer.Context,
    name: str,
    listing: type,
    written: Callable[[StudyFolder], Sequence[Record]],
    offered: Callable[[StudyFolder], Sequence[OfferedJoin]],
    to: Destination,
) -> None:
    from quotegrid.workflows.people.joins.spellings import Spellings, joined

    table = Spellings(name)
    with study_of(context) as study:
        records, offers = written(study), offered(study)
        has_table = bool(joined(study, table))
    print_listing(listing, records, to, below=f"{counted(len(records), 'spelling')}.")
    if not offers or to.format != TABLE:
        return
    for offer in offers:
        say(f"{offer.told}: {'join them' if len(offer.spellings) > 1 else f'an {table.noun}'}?")
    where = f"below [{table}] in" if has_table else "at the end of"
    them = "them" if len(offers) > 1 or len(offers[0].spellings) > 1 else "it"
    say(f'To join {them}, use "quotegrid {table} join", or paste {where} quotegrid.toml:')
    if not has_table:
        say(f"[{table}]")
    for offer in offers:
        say(offer.line)


@groups.command("join")
def join_groups(context: typer.Context, spellings: SpellingsArgument, under: UnderOption) -> None:
    """Join spellings and roles to one group, in quotegrid.toml; groups follow at once."""
    _join(context, "stakeholders", spellings, under)


@areas.command("join")
def join_areas(context: typer.Context, spellings: SpellingsArgument, under: UnderOption) -> None:
    """Join spellings to one area, in quotegrid.toml; people and the quotes of reports follow at once."""
    _join(context, "areas", spellings, under)


@groups.command("leave")
def leave_groups(context: typer.Context, spellings: SpellingsArgument) -> None:
    """Take spellings, or whole groups, out of quotegrid.toml; groups are as written again."""
    _leave(context, "stakeholders", spellings)


@areas.command("leave")
def leave_areas(context: typer.Context, spellings: SpellingsArgument) -> None:
    """Take spellings, or whole areas, out of quotegrid.toml; areas are as written again."""
    _leave(context, "areas", spellings)


@groups.command("rename")
def rename_group(context: typer.Context, name: str, new: str) -> None:
    """Give a group of quotegrid.toml another name."""
    _rename(context, "stakeholders", name, new)


@areas.command("rename")
def rename_area(context: typer.Context, name: str, new: str) -> None:
    """Give an area of quotegrid.toml another name; the old one stays a spelling of it."""
    _rename(context, "areas", name, new)


def _join(context: typer.Context, table: str, spellings: Sequence[str], under: str) -> None:
    from quotegrid.workflows.people.joins.joining import join
    from quotegrid.workflows.people.joins.spellings import Spellings

    with study_of(context) as study:
        say(join(study, Spellings(table), spellings, under))


def _leave(context: typer.Context, table: str, spellings: Sequence[str]) -> None:
    from quotegrid.workflows.people.joins.joining import leave
    from quotegrid.workflows.people.joins.spellings import Spellings

    with study_of(context) as study:
        say(leave(study, Spellings(table), spellings))


def _rename(context: typer.Context, table: str, name: str, new: str) -> None:
    from quotegrid.workflows.people.joins.joining import rename
    from quotegrid.workflows.people.joins.spellings import Spellings

    with study_of(context) as study:
        say(rename(study, Spellings(table), name, new))
