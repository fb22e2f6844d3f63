"""The files that a study has written, and their present state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.exchange.listing import column
from quotegrid.domain.report.manifest import digest
from quotegrid.workflows.report.verify import command_of
from quotegrid.workflows.study.folder import StudyFolder


class ExportStatus(StrEnum):
    """The present state of a written file's path."""

    AS_WRITTEN = "as written"
    REPLACED = "replaced"
    """Replaced by another file that the study has written."""
    CHANGED = "changed"
    """Changed since, or replaced by a foreign file."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class KeptExport:
    """A file that a study has written."""

    id: int = column("the number of the record, oldest first")
    at: str = column("when the file was written (UTC)", place=1)
    by: str = column("by whom", place=2)
    what: str = column("the command")
    command: str = column(
        "the whole command, as it could be typed again; empty for the log beside a publication", place=5
    )
    path: str = column("where it was written, relative to the study where it is in it", place=3)
    there: ExportStatus = column(
        "what is there today: `as written`, `replaced` (by another file of the study), `changed` or `gone`",
        place=4,
    )
    published: bool = column("whether it was made with `--publish`")
    version: str = column("quotegrid's version at the time")
    codebook: str = column("the codebook's hash at the time")


def list_kept_exports(study: StudyFolder) -> list[KeptExport]:
    """Return all files that were written from a study, oldest first."""
    from quotegrid.storage.exchange.exports import list_exports

    with study.reading_session() as session:
        rows = list_exports(session)
    written = {row.file_hash for row, _ in rows}
    found = {path: _digest_at(study, path) for path in {row.path for row, _ in rows}}
    return [
        KeptExport(
            id=row.id or 0,
            at=row.at,
            by=by,
            what=row.what,
            command=command_of(row),
            path=row.path,
            there=_status_of(found[row.path], row.file_hash, written),
            published=row.is_published,
            version=row.version,
            codebook=row.codebook,
        )
        for row, by in rows
    ]


def _status_of(content: str | None, file_hash: str, written: set[str]) -> ExportStatus:
    if content is None:
        return ExportStatus.GONE
    if content == file_hash:
        return ExportStatus.AS_WRITTEN
    return ExportStatus.REPLACED if content in written else ExportStatus.CHANGED


def _digest_at(study: StudyFolder, path: str) -> str | None:
    file = study.root / path
    try:
        return digest(file.read_bytes())
    except OSError:
        return None
