"""Commands that list: status, sources, codes, quotes."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import (
    Format,
    FormatOption,
    OutputOption,
    console,
    emit,
    pair,
    print_records,
    simple_table,
    study_of,
)
from quotegrid.cli.publication import PublishOption, say_withheld
from quotegrid.domain.quotes import told_codes
from quotegrid.domain.sources import SegmentKind
from quotegrid.domain.text import counted, one_line, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quotegrid.workflows.status import Progress


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("status")(status)
    app.command("sources")(sources)
    app.command("codes")(codes)
    app.command("quotes")(quotes)


def status(context: typer.Context, form: FormatOption = Format.TABLE) -> None:
    """Show what is in the study, what is decided and what to do next."""
    from quotegrid.exports.listing import listing_csv, listing_markdown
    from quotegrid.workflows.status import study_status

    with study_of(context) as study:
        found = study_status(study)
    record = asdict(found)
    if form is Format.JSON:
        emit(json.dumps(record, ensure_ascii=False, indent=2) + "\n", None)
        return
    flat = {key: value for key, value in record.items() if not isinstance(value, list | tuple)}
    if form is Format.CSV:
        emit(listing_csv([flat], list(flat)), None)
        return
    if form is Format.MARKDOWN:
        emit(listing_markdown([flat], list(flat)), None)
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


def sources(context: typer.Context, form: FormatOption = Format.TABLE, output: OutputOption = None) -> None:
    """List the sources."""
    from quotegrid.workflows.records import SOURCE_FIELDS, source_records

    with study_of(context) as study:
        records = source_records(study)
    columns = ("name", "kind", "turns", "segments", "cases", "date")
    print_records(records, SOURCE_FIELDS, form, output, simple_table(columns, "source"))


def codes(context: typer.Context, form: FormatOption = Format.TABLE, output: OutputOption = None) -> None:
    """List the codebook with how often each code is suggested and confirmed."""
    from quotegrid.workflows.records import CODE_FIELDS, code_records

    with study_of(context) as study:
        records = code_records(study)
    print_records(records, CODE_FIELDS, form, output, _codes_table)


def quotes(
    context: typer.Context,
    group: Annotated[list[str] | None, typer.Option("--group", "-g", help="A stakeholder group.")] = None,
    area: Annotated[list[str] | None, typer.Option("--area", "-a", help="An area.")] = None,
    role: Annotated[list[str] | None, typer.Option("--role", help="A role.")] = None,
    code: Annotated[
        list[str] | None, typer.Option("--code", "-c", help="A code or theme that somebody confirmed.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="A source.")] = None,
    case: Annotated[list[str] | None, typer.Option("--case", help="A case.")] = None,
    kind: Annotated[list[SegmentKind] | None, typer.Option("--kind", help="Where it comes from.")] = None,
    text: Annotated[str, typer.Option("--text", "-t", help="Words that it must hold.")] = "",
    coded: Annotated[
        bool | None, typer.Option("--coded/--uncoded", help="Only quotes with, or without, a code.")
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="Another attribute, as name=value.")
    ] = None,
    publish: PublishOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """List quotes; an option given twice means either, different options combine."""
    from quotegrid.exports.listing import quotes_markdown
    from quotegrid.workflows.list_quotes import all_quotes, list_quotes
    from quotegrid.workflows.publish import published_quotes
    from quotegrid.workflows.records import (
        PUBLISHED_QUOTE_FIELDS,
        QUOTE_FIELDS,
        published_quote_records,
        quote_records,
    )

    with study_of(context) as study:
        found = list_quotes(
            study,
            groups=group or (),
            areas=area or (),
            roles=role or (),
            codes=code or (),
            sources=source or (),
            cases=case or (),
            kinds=kind or (),
            text=text,
            coded=coded,
            attributes=dict(pair(one, "--where wave=2") for one in where or ()),
        )
        if publish:
            told, withheld = published_quotes(study, found, all_quotes(study))
    if publish:
        records = published_quote_records(told)
        print_records(records, PUBLISHED_QUOTE_FIELDS, form, output, _quotes_list, quotes_markdown)
        say_withheld(withheld, output)
        return
    fields = (*QUOTE_FIELDS, "attribution")
    print_records(quote_records(found), fields, form, output, _quotes_list, quotes_markdown)


def _quotes_list(out: Console, records: Sequence[dict[str, Any]]) -> None:
    """Print without rich, which takes as long to lay out a few hundred quotes as everything else does."""
    lines = []
    for record in records:
        head = typer.style(f"{record.get('id', ''):>5}  ", dim=True)
        head += typer.style(visible(record["attribution"]), bold=True)
        if "source" in record:
            who = f"{record['case']}, " if record["case"] else ""
            head += typer.style(f"  {visible(who + record['source'])}", dim=True)
        if record.get("certainty") == "unsure":
            head += typer.style("  (not certain who is quoted)", dim=True)
        if record["codes"]:
            told = told_codes(record["codes"], record["stances"])
            head += f"  [{visible(', '.join(told))}]"
        text = visible(one_line(record["text"]))
        words = textwrap.fill(text, out.width, initial_indent=" " * 7, subsequent_indent=" " * 7)
        lines += [head, words, ""]
    typer.echo("\n".join([*lines, f"{counted(len(records), 'quote')}."]))


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
