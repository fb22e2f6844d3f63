"""Makes again whatever of a database follows from its journal and its texts."""

from __future__ import annotations

from sqlmodel import Session, col, delete, select

from quotegrid.domain.study.faults import Fault, Part
from quotegrid.storage.checking import decided_segments, find_faults
from quotegrid.storage.coding.decisions import refresh_codings
from quotegrid.storage.engines.database import Database
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.suggestions.suggestions import refresh_verdicts
from quotegrid.storage.suggestions.vectors import damaged_vectors
from quotegrid.storage.tables import CoderRow, CodingRow, SuggestionRow, VectorRow


def make_again(database: Database, parts: set[Part]) -> list[Fault]:
    """Make parts of a database again, all or none of them.

    Args:
        database: The database.
        parts: The damaged parts; what cannot be made again is left as it is.

    Returns:
        What is still wrong afterwards.
    """
    with database.session(write=True) as session:
        if parts & {Part.INDEXES, Part.FULL_TEXT}:
            database.at.make_indexes_again(session.connection())
        if Part.CODINGS in parts:
            _make_codings_again(session)
        if parts & {Part.CODINGS, Part.VERDICTS}:
            refresh_verdicts(session, set(session.exec(select(SuggestionRow.segment_id).distinct()).all()))
        if Part.VECTORS in parts:
            # They are made anew when suggestions are made next.
            for model, digest in damaged_vectors(session):
                session.exec(
                    delete(VectorRow).where(col(VectorRow.model) == model, col(VectorRow.text_hash) == digest)
                )
    return find_faults(database, {})


def _make_codings_again(session: Session) -> None:
    for number in session.exec(select(CoderRow.id).order_by(col(CoderRow.id))).all():
        coder = stored_id(number)
        segments = decided_segments(session, coder)
        session.exec(delete(CodingRow).where(col(CodingRow.coder_id) == coder))
        session.expire_all()
        refresh_codings(session, segments, coder)
