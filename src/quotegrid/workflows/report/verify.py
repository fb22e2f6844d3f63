"""The verification of exported files against their record and against the study."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotegrid import __version__
from quotegrid.domain.exchange.listing import column
from quotegrid.domain.matrix.measures import QUOTES
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.report.framework import framework_differences, framework_numbers
from quotegrid.domain.report.manifest import (
    Difference,
    Manifest,
    compare_numbers,
    digest,
    knows_no_read,
    numbers_of,
    unpack_manifest,
    without_read,
)
from quotegrid.domain.report.model import report_numbers
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import QuotegridError, UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook

if TYPE_CHECKING:
    from quotegrid.storage.tables import ExportRow
    from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of verifying an exported file."""

    file: str = column("the file that was looked at")
    what: str = column("the command that made it")
    command: str = column(
        "the whole command, as it could be typed again; empty where the study has no record of the file"
    )
    made_at: str = column("when it was made (UTC)")
    made_by: str = column("who made it; empty where the study has no record of it")
    version: str = column("quotegrid's version, when it was made")
    is_published: bool | None = column("whether it was made with `--publish`; null where that is not known")
    is_unchanged: bool = column("whether the file is as it was written")
    is_same: bool | None = column(
        "whether the study gives the same numbers today; null where that cannot be told"
    )
    differences: tuple[Difference, ...] = column(
        "each number that is another one: `row`, `column`, `then`, `now`; empty for a list", default=()
    )
    changes: tuple[str, ...] = column("what has changed in the study since, in sentences", default=())
    trouble: str = column("why it cannot be made again; empty where it can", default="")


WITHHELD_LOG = "log of what is withheld"
_NEVER_MADE_AGAIN = ("report", "framework", WITHHELD_LOG)
"""Kinds that are not made again: reports and charts have numbers, and a log belongs to its file."""
MakeAgain = Callable[[str, Sequence[str], str], bytes]
"""A function that makes a list again, from the command, its arguments and the file's suffix."""


def verify_export(study: StudyFolder, path: Path, again: MakeAgain | None = None) -> Verification:
    """Compare a file with its record and with the present study.

    Args:
        study: The study.
        path: The file, wherever it is now and whatever its name.
        again: Makes lists again; without it only matrices are counted again.

    Raises:
        UsageError: If the file cannot be read, or is no export that can be known again.
    """
    from quotegrid.exports.carrying import bare, manifest_text
    from quotegrid.storage.exchange.exports import find_export, find_export_at, writer_of
    from quotegrid.workflows.exchange.keep_export import place_of

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"this file cannot be read ({error.strerror}).",
            file=path,
            todo="quotegrid exports lists what was written and where.",
        ) from error
    manifest = unpack_manifest(manifest_text(content, path.suffix))
    with study.reading_session() as session:
        name = None if manifest is None else manifest.export
        row = find_export(session, name=name, file_hash=digest(content))
        if row is None and manifest is None:
            # What has no room for a manifest and was changed can only be known by where it stands.
            row = find_export_at(session, place_of(study, path))
        if row is not None:
            made_by = writer_of(session, row)
            session.expunge(row)
    bare_hash = digest(bare(content, path.suffix))
    if row is not None:
        return _recorded(study, path, row, made_by, bare_hash, again)
    if manifest is None:
        raise UsageError(
            "this study has not written this file as it is now, and nothing in it says what it is.",
            file=path,
            todo="If it was changed since, a new export and the old one's backup can be compared.",
        )
    return _only_carried(study, path, manifest, bare_hash)


def _recorded(
    study: StudyFolder, path: Path, row: ExportRow, made_by: str, bare_hash: str, again: MakeAgain | None
) -> Verification:
    is_same: bool | None = None
    found: list[Difference] = []
    trouble = ""
    try:
        if row.numbers is not None and row.what == "report":
            found = compare_numbers(row.numbers, _reported(study, row))
            is_same = not found
        elif row.numbers is not None and row.what == "framework":
            found = framework_differences(row.numbers, _charted(study, row.numbers))
            is_same = not found
        elif row.numbers is not None and row.options is not None:
            found = compare_numbers(row.numbers, _counted(study, row.options, publish=row.is_published))
            is_same = not found
        elif again is not None and row.arguments is not None and _can_be_made_again(row):
            suffix = Path(row.file).suffix
            is_same = digest(_bare(again(row.what, row.arguments, suffix), suffix)) == row.content
        else:
            trouble = "It holds nothing that can be counted again."
    except QuotegridError as error:
        trouble, is_same = str(error), False
    return Verification(
        file=str(path),
        what=row.what,
        command=command_of(row),
        made_at=row.at,
        made_by=made_by,
        version=row.version,
        is_published=row.is_published,
        is_unchanged=bare_hash == row.content,
        is_same=is_same,
        differences=tuple(found),
        changes=tuple(_changes(study, row)),
        trouble=trouble,
    )


def _can_be_made_again(row: ExportRow) -> bool:
    """Return whether a command makes a file again without writing over one: comments stand in a copy."""
    writes_a_copy = any(argument.startswith("--comments=") for argument in row.arguments)
    return row.what not in _NEVER_MADE_AGAIN and not writes_a_copy


def _only_carried(study: StudyFolder, path: Path, manifest: Manifest, bare_hash: str) -> Verification:
    """Return the result for a file without a record in this study, such as one made in a copy of it."""
    is_same: bool | None = None
    trouble = "This study has no record of the file, which was perhaps made in a copy of it or in another."
    if manifest.options is not None and manifest.numbers is not None:
        try:
            now = _counted(study, manifest.options, publish=False)
            is_same = manifest.numbers in (digest(now), digest(without_read(now)))
        except QuotegridError as error:
            trouble, is_same = f"{trouble} {error}", False
    return Verification(
        file=str(path),
        what=manifest.what,
        command="",
        made_at=manifest.made_at,
        made_by="",
        version=manifest.version,
        is_published=None if manifest.options is None else False,
        is_unchanged=bare_hash == manifest.content,
        is_same=is_same,
        trouble=trouble,
    )


def _bare(content: bytes, suffix: str) -> bytes:
    from quotegrid.exports.carrying import bare

    return bare(content, suffix)


def _reported(study: StudyFolder, row: ExportRow) -> dict[str, Any]:
    from quotegrid.workflows.report.make_report import make_report

    is_of_heard = f"--of={SharesOf.HEARD}" in row.arguments or knows_no_read(row.numbers or {})
    of = SharesOf.HEARD if is_of_heard else SharesOf.READ
    return report_numbers(make_report(study, publish=row.is_published, of=of).report)


def _charted(study: StudyFolder, then: Mapping[str, Any]) -> dict[str, Any]:
    from quotegrid.workflows.report.make_framework import make_framework

    return framework_numbers(make_framework(study, only=then["themes"]))


def _counted(study: StudyFolder, options: Mapping[str, Any], *, publish: bool) -> dict[str, Any]:
    from quotegrid.workflows.matrix.make_matrix import choice_of, make_matrix

    try:
        choice = choice_of(options)
    except ValueError as error:
        raise UsageError("the manifest describes no matrix that this quotegrid can make.") from error
    return numbers_of(make_matrix(study, choice, publish=publish, with_quotes=False).matrix)


def command_of(row: ExportRow) -> str:
    """Return the command that wrote a file, as it could be typed again; a log comes with another file."""
    from quotegrid.workflows.matrix.make_matrix import choice_of, options_of

    if row.what == WITHHELD_LOG:
        return ""
    if row.options is None:
        return shlex.join(["quotegrid", *row.what.split(), *row.arguments])
    words = ["quotegrid", "matrix"]
    usual = {"rows": "theme", "columns": "group", "count": QUOTES.name, "of": SharesOf.READ.value}
    for name, value in options_of(choice_of(row.options)).items():
        if not value or name == "query" or usual.get(name) == value:
            continue
        flag = f"--{name.replace('_', '-')}"
        if value is True:
            words.append(flag)
        elif name == "only":
            words += [f"{flag}={item}" for item in value]
        else:
            words.append(f"{flag}={','.join(value) if isinstance(value, list) else value}")
    if row.is_published:
        words.append("--publish")
    return shlex.join([*words, *(["--", row.options["query"]] if row.options.get("query") else [])])


_PARTS = {
    "sources": "Sources were imported, changed or removed.",
    "attributes": "What is said of cases or areas has changed.",
    "read": "Sources were marked as read to the end, or as not.",
    "turns": "Turns of transcripts were put right.",
    "suggestions": "The suggestions are others.",
    "summary": "Summaries of cells were written or taken back.",
    "settings": "quotegrid.toml has changed.",
}


def _changes(study: StudyFolder, row: ExportRow) -> list[str]:
    from quotegrid.storage.exchange.exports import decisions_after
    from quotegrid.workflows.exchange.keep_export import state_of

    with study.reading_session() as session:
        now = state_of(study, session)
        since = decisions_after(session, int(row.state.get("decision", 0)))
    found = []
    if since:
        who = ", ".join(f"{name} ({count})" for name, count in since.items())
        found.append(f"{counted(sum(since.values()), 'decision')} since, by {who}.")
    if current_codebook(study).hash() != row.codebook:
        found.append(f"The codebook has changed: {row.codebook} then, {current_codebook(study).hash()} now.")
    # Where it was not kept yet what is read, nothing was marked.
    before = {"read": 0, "turns": 0, **row.state}
    found += [text for name, text in _PARTS.items() if now[name] != before.get(name)]
    if row.version != __version__:
        found.append(f"quotegrid was {row.version} then and is {__version__} now.")
    return found
