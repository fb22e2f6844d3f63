"""The commands that list what a study has written and check a file against the study."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import Destination, emit, print_listing, say, study_of
from quotegrid.cli.options import JSON, TABLE, ForceOption, Format, FormatOption, OutputOption
from quotegrid.domain.exchange.listing import as_record
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import UsageError

if TYPE_CHECKING:
    from quotegrid.workflows.report.verify import Verification

DIFFERS = 3
"""Exit code where the file or the numbers are not what they were."""
_MOST = 40


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("verify")(verify)
    app.command("exports")(exports)


def exports(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the files that were written from the study, and whether they are there as written."""
    from quotegrid.workflows.report.list_exports import KeptExport, list_kept_exports

    with study_of(context) as study:
        kept = list_kept_exports(study)
    below = f"{counted(len(kept), 'export')}."
    print_listing(KeptExport, kept, Destination(context, form, output, force), below=below)


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that quotegrid has written.")],
    form: Annotated[Format, typer.Option("--format", "-f", help="table or json.")] = TABLE,
) -> None:
    """Tell whether an exported file is as it was written and whether the study still gives its numbers."""
    from quotegrid.exports.listing.records import json_text
    from quotegrid.workflows.report.verify import verify_export

    if form not in (TABLE, JSON):
        raise UsageError("what is verified is printed as a table or as json.", todo="Use --format json.")

    def again(what: str, arguments: Sequence[str], suffix: str) -> bytes:
        return _made_again(context, what, arguments, suffix)

    with study_of(context) as study:
        found = verify_export(study, file, again)
    if form is JSON:
        emit(json_text(as_record(found)), Destination(context, form, in_study=False))
    else:
        _print(found)
    if found.is_same is False or not found.is_unchanged:
        raise typer.Exit(DIFFERS)


def _made_again(context: typer.Context, what: str, arguments: Sequence[str], suffix: str) -> bytes:
    """Return what a command prints today in the format of a file."""
    from quotegrid.exports.formats import ExportKind, formats_of

    row = formats_of(ExportKind.LIST).get(suffix)
    form = "csv" if row is None else row.name
    root: Any = context.find_root().command
    words = [
        "--study",
        str(context.obj),
        *what.split(),
        "--format",
        form,
        *arguments,
    ]
    out = io.StringIO()
    # What is withheld has been said when the file was made.
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        root.main(args=words, standalone_mode=False)
    return out.getvalue().encode("utf-8")


def _print(found: Verification) -> None:
    by = f" by {found.made_by}" if found.made_by else ""
    published = ", for publication" if found.is_published else ""
    say(f"{found.file}: {found.what}, made {found.made_at}{by} with quotegrid {found.version}{published}")
    if found.command:
        say(f"Command: {found.command}")
    kept = "is as it was written" if found.is_unchanged else "was CHANGED since it was written"
    say(f"The file {kept}.")
    if found.is_same:
        say("The study gives the same numbers today.")
    elif found.is_same is None:
        say(f"Whether the study gives the same numbers cannot be told. {found.trouble}")
    elif found.differences:
        say(f"The study gives other numbers today: {counted(len(found.differences), 'difference')}.")
        for number in found.differences[:_MOST]:
            say(f"  {number.row}, {number.column}: {_shown(number.then)} -> {_shown(number.now)}")
        if len(found.differences) > _MOST:
            say(f"  and {len(found.differences) - _MOST} more; --format json lists them all.")
    else:
        say(f"The study gives something else today. {found.trouble}".rstrip())
    for change in found.changes:
        say(f"Since then: {change}")


def _shown(value: float | int | str | None) -> str:
    if value is None:
        return "none"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
