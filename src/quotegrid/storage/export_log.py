"""The log of the files that were written from a study; entries are only ever added."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from quotegrid.domain.figures import Figure
from quotegrid.storage.case_values import stored_id
from quotegrid.storage.decisions import coder_id
from quotegrid.storage.tables import CaseChangeRow, CoderRow, DecisionRow, ExportRow, SourceRow


@dataclass(frozen=True, slots=True)
class LoggedExport:
    """A file that was written."""

    guid: str
    path: str
    """Relative to the study where it was written in it."""
    sha256: str
    what: str
    """The command that wrote it."""
    options: Mapping[str, Any]
    version: str
    codebook_hash: str
    settings_digest: str
    figures: Sequence[Figure] | None = field(default=None, repr=False)
    """Its numbers; None where they cannot be worked out again."""
    id: int = 0
    at: str = ""
    coder: str = ""
    last_decision: int | None = None
    last_case_change: int | None = None


def add_export(session: Session, coder: str, export: LoggedExport) -> None:
    """Add an entry, with the time and the last decision and change of cases as they are now."""
    packed = None
    if export.figures is not None:
        packed = zlib.compress(json.dumps(list(export.figures), ensure_ascii=False).encode())
    session.add(
        ExportRow(
            guid=export.guid,
            coder_id=coder_id(session, coder),
            path=export.path,
            sha256=export.sha256,
            what=export.what,
            options=dict(export.options),
            version=export.version,
            codebook_hash=export.codebook_hash,
            settings_digest=export.settings_digest,
            last_decision_id=session.exec(select(func.max(DecisionRow.id))).one(),
            last_case_change_id=session.exec(select(func.max(CaseChangeRow.id))).one(),
            figures=packed,
        )
    )
    session.flush()


def list_exports(
    session: Session, *, sha256: str | None = None, guid: str | None = None, path: str | None = None
) -> list[LoggedExport]:
    """The log, oldest first: all of it, or what has this content, this id or this place."""
    query = (
        select(ExportRow, CoderRow.name)
        .join(CoderRow, col(CoderRow.id) == ExportRow.coder_id)
        .order_by(col(ExportRow.id))
    )
    for column, wanted in ((ExportRow.sha256, sha256), (ExportRow.guid, guid), (ExportRow.path, path)):
        if wanted is not None:
            query = query.where(column == wanted)
    return [
        LoggedExport(
            guid=row.guid,
            path=row.path,
            sha256=row.sha256,
            what=row.what,
            options=row.options,
            version=row.version,
            codebook_hash=row.codebook_hash,
            settings_digest=row.settings_digest,
            figures=_unpacked(row.figures),
            id=stored_id(row.id),
            at=row.at,
            coder=coder,
            last_decision=row.last_decision_id,
            last_case_change=row.last_case_change_id,
        )
        for row, coder in session.exec(query)
    ]


def is_export(session: Session, sha256: str) -> bool:
    """Whether a file with this content was written from the study."""
    return session.exec(select(ExportRow.id).where(ExportRow.sha256 == sha256).limit(1)).first() is not None


def decisions_since(session: Session, export: LoggedExport) -> int:
    """How many decisions were made after a file was written."""
    query = select(func.count()).select_from(DecisionRow)
    return session.exec(query.where(col(DecisionRow.id) > (export.last_decision or 0))).one()


def case_changes_since(session: Session, export: LoggedExport) -> int:
    """How many changes of cases were made after a file was written."""
    query = select(func.count()).select_from(CaseChangeRow)
    return session.exec(query.where(col(CaseChangeRow.id) > (export.last_case_change or 0))).one()


def sources_since(session: Session, export: LoggedExport) -> list[str]:
    """The names of the sources that were imported, for the first time or again, after a file was written."""
    query = select(SourceRow.name).where(SourceRow.imported_at > export.at)
    return list(session.exec(query.order_by(SourceRow.name)))


def _unpacked(packed: bytes | None) -> Sequence[Figure] | None:
    if packed is None:
        return None
    return [(row, column, value) for row, column, value in json.loads(zlib.decompress(packed))]
