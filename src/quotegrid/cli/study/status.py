"""Commands that list: status, sources, codes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from quotegrid.cli.context import (
    ForceOption,
    Format,
    FormatOption,
    OutputOption,
    console,
    emit,
    print_records,
    simple_table,
    study_of,
)
from quotegrid.domain.text.normalise import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quotegrid.workflows.coding.status import Progress


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("status")(status)
    app.command("sources")(sources)
    app.command("codes")(codes)


def status(context: typer.Context, form: FormatOption = Format.TABLE) -> None:
    """Show what is in the study, what is decided and what to do next."""
    from quotegrid.exports.listing.records import listing_csv, listing_markdown
    from quotegrid.workflows.coding.status import study_status

    with study_of(context) as study:
        found = study_status(study)
    record = asdict(found)
    if form is Format.JSON:
        emit(json.dumps(record, ensure_ascii=False, indent=2) + "\n", None, context)
        return
    flat = {key: value for key, value in record.items() if not isinstance(value, list | tuple)}
    if form is Format.CSV:
        emit(listing_csv([flat], list(flat)), None, context)
        return
    if form is Format.MARKDOWN:
        emit(listing_markdown([flat], list(flat)), None, context)
        return
    out = console()
    out.print(visible(found.study))
    out.print(
        f"{found.sources} sources, {found.cases} cases, {found.segments} segments, {found.codes} codes\n"
        f"{found.suggestions} suggestions, {found.decided} of them decided; {found.decisions} decisions, "
        f"{found.codings} codings on {found.coded_segments} segments\n"
    )
    _progress_table(out, "group", found.by_group)
    out.print()
    _progress_table(out, "code", found.by_code)
    out.print(f"\nNext: {visible(found.next_step)}")


def _progress_table(out: Console, what: str, rows: Sequence[Progress]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(what, min_width=28)
    for name in ("suggested", "decided", "coded quotes"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(Text(visible(row.name)), str(row.total), str(row.done), str(row.coded))
    out.print(table)


def sources(
    context: typer.Context,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the sources."""
    from quotegrid.workflows.api.records import SOURCE_FIELDS, source_records

    with study_of(context) as study:
        records = source_records(study)
    columns = ("name", "kind", "turns", "segments", "cases", "date")
    print_records(context, records, SOURCE_FIELDS, form, output, simple_table(columns, "source"))


def codes(
    context: typer.Context,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the codebook with how often each code is suggested and confirmed."""
    from quotegrid.workflows.api.records import CODE_FIELDS, code_records

    with study_of(context) as study:
        records = code_records(study)
    print_records(context, records, CODE_FIELDS, form, output, _codes_table)


def _codes_table(out: Console, records: Sequence[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("code", min_width=30)
    table.add_column("waiting", justify="right")
    table.add_column("coded", justify="right")
    table.add_column("definition", ratio=1)
    for record in records:
        table.add_row(
            Text("  " * record["depth"] + visible(record["name"])),
            str(record["suggested"]) if record["suggested"] else "",
            str(record["coded"]),
            Text(visible(shortened(record["definition"], 90))),
        )
    out.print(table)
