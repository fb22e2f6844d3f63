"""Commands about cases: who speaks, what is said of them, and changing it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import (
    ForceOption,
    Format,
    FormatOption,
    OutputOption,
    emit,
    format_for,
    pair,
    print_records,
    say,
    simple_table,
    study_of,
)
from quotegrid.domain.text.normalise import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quotegrid.workflows.people.change_cases import CaseChanged
    from quotegrid.workflows.people.show_case import CaseView

app = typer.Typer(name="cases", rich_markup_mode=None)
NameArgument = Annotated[str, typer.Argument(help="A case, by any name that it is known by.")]


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    main.add_typer(app)


@app.callback(invoke_without_command=True)
def cases(
    context: typer.Context,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the cases: who speaks."""
    if context.invoked_subcommand is not None:
        return
    from quotegrid.workflows.api.records import CASE_FIELDS, case_records

    with study_of(context) as study:
        records = case_records(study)
    columns = ("name", "group", "role", "area", "segments", "sources")
    print_records(context, records, CASE_FIELDS, form, output, simple_table(columns, "case"))


@app.command("show")
def show(
    context: typer.Context,
    name: NameArgument,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Show all that is said of a case and where it comes from, and where the case speaks."""
    from quotegrid.exports.listing.records import listing_csv, listing_markdown
    from quotegrid.workflows.people.show_case import show_case

    with study_of(context) as study:
        found = show_case(study, name)
    form = format_for(output, form)
    values = [asdict(value) for value in found.values]
    fields = ("field", "value", "origin", "place", "line", "stands")
    if form is Format.JSON:
        emit(json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n", output, context)
    elif form is Format.CSV:
        emit(listing_csv(values, fields), output, context)
    elif form is Format.MARKDOWN:
        emit(listing_markdown(values, fields), output, context)
    else:
        _show(found)


def _show(found: CaseView) -> None:
    names = f" (also {', '.join(found.other_names)})" if found.other_names else ""
    say(f"{found.name}{names}: {found.segments} segments")
    for value in found.values:
        where = value.place if value.line is None else f"{value.place}, line {value.line}"
        if value.origin == "derived" and value.field == "group":
            where = f'from the role "{value.place}"'
        mark = " " if value.stands else "-"
        origin = f"{value.origin}, {where}" if where else value.origin
        say(f"{mark} {value.field}: {value.value}  ({origin})")
    for one in found.sources:
        say(f"  {one.source}: {one.label or '(no label)'}, {one.turns} turns")
    for conflict in found.conflicts:
        say(f"  Conflict: {conflict}")


@app.command("check")
def check(
    context: typer.Context,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List who lacks a group, a role, an area or what others have, conflicts, and what is offered."""
    from quotegrid.workflows.people.check_cases import check_cases

    with study_of(context) as study:
        gaps = check_cases(study)
    form = format_for(output, form)
    records = [{key: _plain(value) for key, value in asdict(gap).items()} for gap in gaps]
    if form in (Format.CSV, Format.MARKDOWN):
        for record in records:
            offers = record["offered"]
            record["offered"] = [f"{one['role']} ({one['source']}:{one['start']})" for one in offers]
    fields = (
        "case", "role", "sources", "missing", "nearest_group", "nearest_area", "is_named", "conflicts",
        "offered",
    )  # fmt: skip
    print_records(context, records, fields, form, output, _check_table)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _check_table(out: Console, records: Sequence[dict[str, Any]]) -> None:
    lacking = [record for record in records if record["missing"] and record["case"] is not None]
    if lacking:
        columns = ("case", "missing", "role", "nearest_group", "sources")
        simple_table(columns, "")(out, lacking)
    for record in records:
        for conflict in record["conflicts"]:
            say(f'Conflict: "{record["case"]}": {conflict}')
    for record in records:
        if record["nearest_area"]:
            say(f'Unknown area of "{record["case"]}": did you mean {record["nearest_area"]}?')
    for record in records:
        if record["case"] is None:
            near = f"; did you mean {record['nearest_group']}?" if record["nearest_group"] else ""
            say(f'In no group: "{record["role"]}" ({", ".join(record["sources"])}){near}')
    unnamed = [record["case"] for record in records if not record["is_named"]]
    if unnamed:
        say(f'Not named: {", ".join(unnamed)}. Name them: quotegrid cases rename "{unnamed[0]}" NAME')
    for record in records:
        for offer in record["offered"]:
            place = f"{offer['source']}:{offer['start']}-{offer['end']}"
            say(f'Offered: "{record["case"]}" says "{offer["text"]}" ({place}), so perhaps')
            say(f'  quotegrid cases set "{record["case"]}" role="{offer["role"]}" group="{offer["group"]}"')
    count = len(lacking)
    say("1 case lacks something." if count == 1 else f"{count} cases lack something.")


@app.command("merge")
def merge(
    context: typer.Context,
    name: NameArgument,
    into: Annotated[str, typer.Argument(help="The case that it is.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Merge also where the groups differ.")] = False,
) -> None:
    """Let one case be another one; the old name leads there from now on."""
    from quotegrid.workflows.people.change_cases import merge_cases

    with study_of(context) as study:
        _say(merge_cases(study, name, into, despite_groups=yes))


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
    """Let what a case says in one source be a case of its own."""
    from quotegrid.workflows.people.change_cases import split_case

    with study_of(context) as study:
        _say(split_case(study, name, source, label=label, new=new))


@app.command("rename")
def rename(
    context: typer.Context,
    name: NameArgument,
    new: Annotated[str, typer.Argument(help="What it is to be called.")],
) -> None:
    """Call a case by another name; the old one leads to it still."""
    from quotegrid.workflows.people.change_cases import rename_case

    with study_of(context) as study:
        _say(rename_case(study, name, new))


@app.command("set")
def set_(
    context: typer.Context,
    name: NameArgument,
    values: Annotated[
        list[str],
        typer.Argument(help="group=, role=, area= or any attribute; an empty value takes it back."),
    ],
) -> None:
    """Set the group, role, area or attributes of a case by hand, before all that files say."""
    from quotegrid.workflows.people.change_cases import set_case

    wanted = dict(pair(one, "group=parent") for one in values)
    with study_of(context) as study:
        _say(set_case(study, name, wanted))


@app.command("undo")
def undo(context: typer.Context) -> None:
    """Take back the latest change of a case, whoever made it; again for the one before."""
    from quotegrid.workflows.people.change_cases import described, undo_case_change

    with study_of(context) as study:
        last = undo_case_change(study)
    say("There is nothing to undo." if last is None else f"Took back: {last.coder} {described(last)}.")


@app.command("history")
def history(
    context: typer.Context,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List what was changed about cases, oldest first."""
    from quotegrid.workflows.api.records import CASE_CHANGE_FIELDS, case_change_records

    with study_of(context) as study:
        records = case_change_records(study)
    print_records(
        context,
        records,
        CASE_CHANGE_FIELDS,
        form,
        output,
        simple_table(("id", "at", "coder", "what"), "change"),
    )


def _say(changed: CaseChanged) -> None:
    say(visible(changed.what))
    for unsure in changed.unsure:
        say(f"Unsure: {unsure}", err=True)
