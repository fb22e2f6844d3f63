"""Commands about cases: who speaks, what is said of them, and changing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, console, emit, pair, print_listing, say, study_of
from quotegrid.cli.options import JSON, TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.exchange.listing import as_record
from quotegrid.domain.text.normalise import counted, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.workflows.people.change_cases import CaseChanged
    from quotegrid.workflows.people.check_cases import CaseGap
    from quotegrid.workflows.people.show_case import CaseView

app = typer.Typer(name="cases", rich_markup_mode=None)
NameArgument = Annotated[str, typer.Argument(help="A case, by any name that it is known by.")]


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    main.add_typer(app)


@app.callback(invoke_without_command=True)
def cases(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the cases: who speaks."""
    if context.invoked_subcommand is not None:
        return
    from quotegrid.workflows.people.list_cases import ListedCase, case_records

    with study_of(context) as study:
        records = case_records(study)
    below = f"{counted(len(records), 'case')}."
    print_listing(ListedCase, records, Destination(context, form, output, force), below=below)


@app.command("show")
def show(
    context: typer.Context,
    name: NameArgument,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Show all that is said of a case and where it comes from, and where the case speaks."""
    from quotegrid.exports.listing.records import json_text
    from quotegrid.workflows.people.show_case import CaseValue, show_case

    with study_of(context) as study:
        found = show_case(study, name)
    to = Destination(context, form, output, force)
    if to.format == JSON:
        emit(json_text(as_record(found)), to)
    else:
        print_listing(CaseValue, found.values, to, shown=lambda _: _show(found))


def _show(found: CaseView) -> None:
    names = f" (also {', '.join(found.other_names)})" if found.other_names else ""
    say(f"{found.name}{names}: {found.segments} passages")
    for value in found.values:
        mark = " " if value.stands else "-"
        say(f"{mark} {value.field}: {value.value}  ({value.said_by})")
    for place in found.sources:
        say(f"  {place.source}: {place.label or '(no label)'}, {place.turns} turns")
    for conflict in found.conflicts:
        say(f"  Conflict: {conflict}")


@app.command("check")
def check(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List who lacks a group, a role, an area or what others have, conflicts, and what is offered."""
    from quotegrid.workflows.people.check_cases import CaseGap, check_cases

    with study_of(context) as study:
        gaps = check_cases(study)
    print_listing(CaseGap, gaps, Destination(context, form, output, force), shown=_print_gaps)


def _print_gaps(gaps: Sequence[CaseGap]) -> None:
    from quotegrid.exports.listing.records import listing_table
    from quotegrid.workflows.people.check_cases import CaseGap

    lacking = [gap for gap in gaps if gap.missing and gap.case is not None]
    if lacking:
        console().print(listing_table(CaseGap, lacking))
    for gap in gaps:
        for conflict in gap.conflicts:
            say(f'Conflict: "{gap.case}": {conflict}')
    for gap in gaps:
        if gap.nearest_area:
            say(f'Unknown area of "{gap.case}": did you mean {gap.nearest_area}?')
    for gap in gaps:
        if gap.case is None:
            near = f"; did you mean {gap.nearest_group}?" if gap.nearest_group else ""
            say(f'In no group: "{gap.role}" ({", ".join(gap.sources)}){near}')
    for gap in gaps:
        for other in gap.near:
            pair = f'"{gap.case}" "{other}"'
            say(f"Perhaps one person: quotegrid cases merge {pair}")
            say(f"  or two of them: quotegrid cases apart {pair}")
    unnamed = [gap.case for gap in gaps if gap.case is not None and not gap.is_named]
    if unnamed:
        say(f'Not named: {", ".join(unnamed)}. Name them: quotegrid cases rename "{unnamed[0]}" NAME')
    for gap in gaps:
        for offer in gap.offered:
            place = f"{offer.source}:{offer.start}-{offer.end}"
            say(f'Offered: "{gap.case}" says "{offer.text}" ({place}), so perhaps')
            say(f'  quotegrid cases set "{gap.case}" role="{offer.role}" group="{offer.group}"')
    count = len(lacking)
    say("1 case lacks something." if count == 1 else f"{count} cases lack something.")


@app.command("merge")
def merge(
    context: typer.Context,
    name: NameArgument,
    into: Annotated[str, typer.Argument(help="The case that it is.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Merge also where the groups differ.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what they differ in, and change nothing.")
    ] = False,
) -> None:
    """Merge a case into another; its old name leads there from then on, and where they differ INTO stands."""
    from quotegrid.workflows.people.change_cases import merge_cases, merge_differences

    with study_of(context) as study:
        if preview:
            for line in merge_differences(study, name, into) or ["They differ in nothing that is known."]:
                say(visible(line))
            return
        _say(merge_cases(study, name, into, despite_groups=yes))


@app.command("apart")
def apart(
    context: typer.Context,
    name: NameArgument,
    other: Annotated[str, typer.Argument(help="Somebody else, whose name is near.")],
) -> None:
    """Say that two cases with near names are two people, so that they are not offered as one any more."""
    from quotegrid.workflows.people.near_cases import keep_apart

    with study_of(context) as study:
        _say(keep_apart(study, name, other))


@app.command("split")
def split(
    context: typer.Context,
    name: NameArgument,
    source: Annotated[str, typer.Option("--source", help="The source in which somebody else speaks.")],
    label: Annotated[
        str | None, typer.Option("--label", help="Only what stands under this speaker label.")
    ] = None,
    new: Annotated[str, typer.Option("--as", help="What the new case is called.")] = "",
) -> None:
    """Make what a case says in one source a case of its own."""
    from quotegrid.workflows.people.change_cases import split_case

    with study_of(context) as study:
        _say(split_case(study, name, source, label=label, new=new))


@app.command("rename")
def rename(
    context: typer.Context,
    name: NameArgument,
    new: Annotated[str, typer.Argument(help="What it is to be called.")],
) -> None:
    """Rename a case; the old name still leads to it."""
    from quotegrid.workflows.people.change_cases import rename_case

    with study_of(context) as study:
        _say(rename_case(study, name, new))


@app.command("import")
def import_(
    context: typer.Context,
    table: Annotated[
        Path, typer.Argument(help="A table (.csv, .tsv, .xlsx) with a column speaker, source or area.")
    ],
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what would change, and change nothing.")
    ] = False,
) -> None:
    """Take in the attributes of people and sources from a table, and list what changes."""
    from quotegrid.corpus.sources.read_source import ReadingOptions
    from quotegrid.workflows.sources.import_messages import attributes_lines
    from quotegrid.workflows.sources.import_sources import import_sources

    with study_of(context) as study:
        summary = import_sources(
            study, [], ReadingOptions(), attributes=[table], strict=True, is_trial=preview
        )
    for line in attributes_lines(summary, is_trial=preview):
        say(line.text, err=line.is_warning)


@app.command("set")
def set_(
    context: typer.Context,
    name: NameArgument,
    values: Annotated[
        list[str],
        typer.Argument(help="group=, role=, area= or any attribute; an empty value takes it back."),
    ],
    also: Annotated[
        list[str] | None, typer.Option("--also", help="Another case that gets the same values.")
    ] = None,
) -> None:
    """Set the group, role, area or attributes of cases by hand; this takes precedence over files."""
    from quotegrid.workflows.people.set_values import set_cases

    wanted = dict(pair(value, "group=parent") for value in values)
    with study_of(context) as study:
        _say(set_cases(study, dict.fromkeys([name, *(also or ())], wanted)))


@app.command("types")
def types(
    context: typer.Context,
    attribute: Annotated[str, typer.Argument(help="An attribute whose type is set; none lists all.")] = "",
    kind: Annotated[
        list[str] | None,
        typer.Argument(
            help="number, date, text or told; or the values of an ordered list, the lowest first."
        ),
    ] = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the types of attributes, or set one: people and columns of a matrix are ordered by them."""
    from quotegrid.domain.people.value_types import ValueType
    from quotegrid.workflows.people.attribute_types import TOLD, ListedType, set_type, type_records

    with study_of(context) as study:
        if attribute and kind:
            if len(kind) > 1:
                say(visible(set_type(study, attribute, ValueType.LIST.value, kind)))
            else:
                say(visible(set_type(study, attribute, TOLD if kind == ["told"] else kind[0])))
            return
        records = [record for record in type_records(study) if attribute in ("", record["attribute"])]
    below = f"{counted(len(records), 'attribute')}."
    print_listing(ListedType, records, Destination(context, form, output, force), below=below)


@app.command("undo")
def undo(context: typer.Context) -> None:
    """Take back the latest change of a case, whoever made it; again for the one before."""
    from quotegrid.workflows.people.change_words import described
    from quotegrid.workflows.people.reversing import undo_case_change

    with study_of(context) as study:
        last = undo_case_change(study)
    say("There is nothing to undo." if last is None else f"Took back: {last.coder} {described(last)}.")


@app.command("history")
def history(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List what was changed about cases, oldest first."""
    from quotegrid.workflows.people.list_cases import ListedCaseChange, case_change_records

    with study_of(context) as study:
        records = case_change_records(study)
    below = f"{counted(len(records), 'change')}."
    print_listing(ListedCaseChange, records, Destination(context, form, output, force), below=below)


def _say(changed: CaseChanged) -> None:
    say(visible(changed.what))
    for told in changed.told:
        say(f"  {visible(told)}")
    for unsure in changed.unsure:
        say(f"Unsure: {unsure}", err=True)
