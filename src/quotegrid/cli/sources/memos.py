"""The command that lists memos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from quotegrid.cli.context import ForceOption, Format, FormatOption, OutputOption, print_records, study_of
from quotegrid.domain.text.normalise import counted, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("memos")(memos)


def memos(
    context: typer.Context,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the memos, those that came as comments in files among them."""
    from quotegrid.workflows.api.records import MEMO_FIELDS, memo_records

    with study_of(context) as study:
        records = memo_records(study)
    print_records(context, records, MEMO_FIELDS, form, output, _memos_list)


def _memos_list(out: Console, records: Sequence[dict[str, Any]]) -> None:
    for record in records:
        place = "" if record["start"] is None else f":{record['start']}-{record['end']}"
        about = "" if record["segment"] is None else f"  segment {record['segment']}"
        out.print(visible(f"{record['source']}{place}{about}  {record['author']}  {record['at'][:10]}"))
        out.print(f"    {visible(one_line(record['text']))}")
    out.print(f"{counted(len(records), 'memo')}.")
