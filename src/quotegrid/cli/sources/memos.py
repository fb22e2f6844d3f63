"""The command that lists memos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from quotegrid.cli.context import Destination, console, print_listing, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("memos")(memos)


def memos(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the memos, those that came as comments in files among them."""
    from quotegrid.workflows.sources.memos import ListedMemo, memo_records

    with study_of(context) as study:
        records = memo_records(study)
    print_listing(ListedMemo, records, Destination(context, form, output, force), shown=_print_memos)


def _print_memos(records: Sequence[Mapping[str, Any]]) -> None:
    out = console()
    for record in records:
        place = "" if record["start"] is None else f":{record['start']}-{record['end']}"
        about = "" if record["segment"] is None else f"  passage {record['segment']}"
        out.print(visible(f"{record['source']}{place}{about}  {record['author']}  {record['at'][:10]}"))
        out.print(f"    {visible(one_line(record['text']))}")
    out.print(f"{counted(len(records), 'memo')}.")
