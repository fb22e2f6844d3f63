"""The commands that list what was written from a study and verify it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import (
    Format,
    FormatOption,
    OutputOption,
    emit,
    print_records,
    say,
    simple_table,
    study_of,
)
from quotegrid.domain.text import counted, visible
from quotegrid.errors import DataError

if TYPE_CHECKING:
    from quotegrid.domain.figures import Difference, Value
    from quotegrid.workflows.verify_export import Verification

_SHOWN = 20
_SHOWN_SOURCES = 5


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("verify")(verify)
    app.command("exports")(exports)


def exports(context: typer.Context, form: FormatOption = Format.TABLE, output: OutputOption = None) -> None:
    """List the files that were written from the study, oldest first."""
    from quotegrid.workflows.export_records import EXPORT_FIELDS, export_records

    with study_of(context) as study:
        records = export_records(study)
    columns = ("at", "coder", "what", "path", "there")
    print_records(records, EXPORT_FIELDS, form, output, simple_table(columns, "export"))


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that was written from the study.")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Tell whether the study still gives a file's numbers; exit code 3 if not, or if the file was changed."""
    from quotegrid.exports.listing import listing_csv, listing_markdown
    from quotegrid.workflows.export_records import DIFFERENCE_FIELDS, verification_record
    from quotegrid.workflows.verify_export import verify_export

    with study_of(context) as study:
        found = verify_export(study, file)
    record = verification_record(found)
    if form is Format.JSON:
        emit(json.dumps(record, ensure_ascii=False, indent=2) + "\n", None)
    elif form is Format.TABLE:
        _say(found)
    else:
        write = listing_csv if form is Format.CSV else listing_markdown
        emit(write(record["differences"], DIFFERENCE_FIELDS), None)
    if not found.holds:
        raise typer.Exit(DataError.exit_code)


def _say(found: Verification) -> None:
    export = found.export
    say(f"{found.file}: {_verdict(found)}")
    how = {
        "content": "The file is as it was written.",
        "id": "The file has been changed since it was written; it is recognised by the id in it.",
        "place": "The file has been changed since it was written, or is another one in its place.",
    }[found.found_by.value]
    say(how)
    told = ", ".join(_told(name, value) for name, value in export.options.items())
    at = export.at[:16].replace("T", " ")
    say(f"Written {at} UTC by {export.coder} with quotegrid {export.version} to {export.path}.")
    say(f"Command: {export.what}{f' ({told})' if told else ''}.")
    if found.problem is not None:
        say(f"The study cannot give these numbers any more: {found.problem}")
    for one in found.differences[:_SHOWN]:
        say(f"  {one.row}, {one.column}: {_number(one.then)} -> {_number(one.now)}")
    if len(found.differences) > _SHOWN:
        say(f"  and {len(found.differences) - _SHOWN:,} more.")
    since = _since(found)
    say(f"Since then: {'; '.join(since)}." if since else "Since then nothing was decided, imported or set.")


def _verdict(found: Verification) -> str:
    if found.problem is not None:
        return "the study cannot give its numbers any more."
    if not found.is_recomputed:
        return "its numbers are not worked out again; only the file itself is compared."
    if not found.differences:
        return f"the study gives the same {counted(len(found.export.figures or ()), 'figure')} today."
    return f"{_numbers(found.differences)} today."


def _numbers(differing: Sequence[Difference]) -> str:
    return "1 figure differs" if len(differing) == 1 else f"{len(differing):,} figures differ"


def _since(found: Verification) -> list[str]:
    said = []
    if found.decisions_since:
        said.append(counted(found.decisions_since, "decision"))
    if found.case_changes_since:
        said.append(f"{counted(found.case_changes_since, 'change')} of cases")
    if found.sources_since:
        names = ", ".join(map(visible, found.sources_since[:_SHOWN_SOURCES]))
        more = len(found.sources_since) - _SHOWN_SOURCES
        said.append(f"imported: {names}{f' and {more} more' if more > 0 else ''}")
    if found.codebook_now != found.export.codebook_hash:
        said.append(f"codebook {found.export.codebook_hash} -> {found.codebook_now}")
    if found.has_settings_changed:
        said.append("quotegrid.toml has changed")
    return said


def _told(name: str, value: Any) -> str:
    name = name.replace("_", " ")
    if isinstance(value, bool):
        return name if value else f"not {name}"
    return f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"


def _number(value: Value) -> str:
    if value is None:
        return "nothing known"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
