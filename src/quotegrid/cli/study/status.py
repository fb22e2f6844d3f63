"""Commands that list: status, codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from quotegrid.cli.context import Destination, console, emit, print_listing, say_uncounted, study_of
from quotegrid.cli.options import JSON, TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.exchange.listing import as_record
from quotegrid.domain.text.normalise import counted, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.workflows.coding.status import Progress, Status


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("status")(status)
    app.command("codes")(codes)


def status(context: typer.Context, form: FormatOption = TABLE) -> None:
    """Show what is in the study, what is decided and what to do next."""
    from quotegrid.exports.listing.records import json_text
    from quotegrid.workflows.coding.status import Status, study_status

    with study_of(context) as study:
        found = study_status(study)
        say_uncounted(study)
    to = Destination(context, form)
    if form is JSON:
        emit(json_text(as_record(found)), to)
    else:
        print_listing(Status, [found], to, shown=lambda _: _print_status(found))


def _print_status(found: Status) -> None:
    out = console()
    out.print(visible(found.study))
    out.print(
        f"{counted(found.sources, 'source')}, {found.sources_read:,} of them read to the end; "
        f"{counted(found.cases, 'case')}, {counted(found.segments, 'passage')}, "
        f"{counted(found.codes, 'code')}\n"
        f"{counted(found.suggestions, 'suggestion')}, {found.decided:,} of them decided; "
        f"{counted(found.decisions, 'decision')}, {counted(found.codings, 'coding')} on "
        f"{counted(found.coded_segments, 'passage')}\n"
    )
    _print_progress("group", found.by_group)
    out.print()
    _print_progress("code", found.by_code)
    out.print(f"\nNext: {visible(found.next_step)}")


def _print_progress(what: str, rows: Sequence[Progress]) -> None:
    from rich.text import Text

    from quotegrid.exports.listing.records import plain_table

    table = plain_table(what, "suggested", "decided", "coded quotes")
    table.columns[0].min_width = 28
    for row in rows:
        table.add_row(Text(visible(row.name)), str(row.total), str(row.done), str(row.coded))
    console().print(table)


def codes(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the codebook with how often each code is suggested and confirmed."""
    from quotegrid.workflows.codebook.list_codes import ListedCode, code_records

    with study_of(context) as study:
        records = code_records(study)
        say_uncounted(study)
    print_listing(ListedCode, records, Destination(context, form, output, force))
