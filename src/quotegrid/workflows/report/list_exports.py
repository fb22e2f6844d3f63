"""The files that a study has written, and what has become of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from quotegrid.domain.report.manifest import digest
from quotegrid.workflows.report.verify import command_of
from quotegrid.workflows.study.folder import StudyFolder

EXPORT_FIELDS = ("id", "at", "by", "what", "command", "path", "there", "published", "version", "codebook")


class There(StrEnum):
    """What stands today where a file was written."""

    AS_WRITTEN = "as written"
    REPLACED = "replaced"
    """Another file that the study has written."""
    CHANGED = "changed"
    """A file that the study has not written so."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class KeptExport:
    """A file that a study has written."""

    id: int
    at: str
    """UTC, ISO 8601."""
    by: str
    what: str
    """The command."""
    command: str
    """The whole command, as it could be typed again."""
    path: str
    """Where it was written, relative to the study where it is in it."""
    there: There
    published: bool
    version: str
    codebook: str
    """The codebook's hash at the time."""


def list_kept_exports(study: StudyFolder) -> list[KeptExport]:
    """All files that were written from a study, oldest first."""
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
            there=_there(found[row.path], row.file_hash, written),
            published=row.is_published,
            version=row.version,
            codebook=row.codebook,
        )
        for row, by in rows
    ]


def export_records(study: StudyFolder) -> list[dict[str, Any]]:
    """The same with the documented fields."""
    return [asdict(one) for one in list_kept_exports(study)]


def _there(content: str | None, file_hash: str, written: set[str]) -> There:
    if content is None:
        return There.GONE
    if content == file_hash:
        return There.AS_WRITTEN
    return There.REPLACED if content in written else There.CHANGED


def _digest_at(study: StudyFolder, path: str) -> str | None:
    file = study.root / path
    try:
        return digest(file.read_bytes())
    except OSError:
        return None
