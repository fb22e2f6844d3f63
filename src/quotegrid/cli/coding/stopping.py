"""The command that tells how much is still to be found: audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import (
    ForceOption,
    Format,
    FormatOption,
    OutputOption,
    format_for,
    print_records,
    say,
    study_of,
)
from quotegrid.domain.text.normalise import counted, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("audit")(audit)


def audit(
    context: typer.Context,
    draw: Annotated[
        int | None,
        typer.Option("--draw", min=1, help="Draw so many passages at random that nobody has decided on."),
    ] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Tell how many passages of each code are still to be found, from some drawn at random and looked at."""
    from quotegrid.workflows.coding.stopping import AUDIT_FIELDS, audit_records, draw_audit
    from quotegrid.workflows.coding.stopping import audit as audit_of

    with study_of(context) as study:
        drawn = None if draw is None else draw_audit(study, draw)
        found = audit_of(study)
    if drawn is not None:
        say(f"{counted(drawn, 'passage')} drawn.")
    if found is None:
        say('Nothing has been drawn yet: "quotegrid audit --draw 60" draws passages at random.')
        return
    print_records(context, audit_records(found), AUDIT_FIELDS, form, output, _table)
    if format_for(output, form) is Format.TABLE:
        say(
            f"{found.looked_at} of {found.drawn} looked at, drawn by {visible(found.by)} "
            f"from {counted(found.population, 'passage')}."
        )
        if found.looked_at < found.drawn:
            say("Look at them in the review: f, then “drawn at random for the audit”; s where no code fits.")


def _table(out: Console, records: Sequence[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("code", min_width=30)
    table.add_column("found", justify="right")
    table.add_column("left, about", justify="right")
    table.add_column("95 %", justify="right")
    for one in records:
        is_known = one["left"] is not None
        table.add_row(
            Text(visible(one["code"])),
            str(one["found"]),
            str(one["left"]) if is_known else "",
            f"{one['low']} to {one['high']}" if is_known else "",
        )
    out.print(table)
