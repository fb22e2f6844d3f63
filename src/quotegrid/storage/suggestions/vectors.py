"""Embeddings by model and text: the same text is never embedded twice, models never mix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy
from sqlalchemy import ColumnElement, and_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from quotegrid.storage.tables import SegmentRow, VectorRow

_BATCH = 500
_TOLERANCE = 1e-3
"""The most by which rounding changes the length of a vector."""


def load_vectors(session: Session, model: str, hashes: Iterable[str]) -> dict[str, bytes]:
    """Return the stored vectors of some texts, by text hash."""
    wanted = list(dict.fromkeys(hashes))
    found: dict[str, bytes] = {}
    for first in range(0, len(wanted), _BATCH):
        rows = session.exec(
            select(VectorRow.text_hash, VectorRow.data).where(
                VectorRow.model == model, col(VectorRow.text_hash).in_(wanted[first : first + _BATCH])
            )
        )
        found.update(rows.all())
    return found


def save_vectors(session: Session, model: str, vectors: Mapping[str, bytes]) -> None:
    """Store new vectors by text hash; existing ones stay."""
    rows = [{"model": model, "text_hash": digest, "data": data} for digest, data in vectors.items()]
    if rows:
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        session.connection().execute(insert(VectorRow).on_conflict_do_nothing(), rows)


def segment_vectors(
    session: Session, model: str, condition: ColumnElement[bool]
) -> Iterator[tuple[int, str, bytes | None]]:
    """Return number, text hash and stored vector of each segment that matches a condition."""
    stored = and_(col(VectorRow.text_hash) == SegmentRow.text_hash, col(VectorRow.model) == model)
    rows = session.connection().execute(
        sqlalchemy.select(col(SegmentRow.id), col(SegmentRow.text_hash), col(VectorRow.data))
        .outerjoin_from(SegmentRow, VectorRow, stored)
        .where(condition)
        .order_by(col(SegmentRow.id))
    )
    for number, digest, data in rows:
        yield number or 0, digest, data


def damaged_vectors(session: Session) -> list[tuple[str, str]]:
    """Return model and text hash of the vectors whose numbers cannot be those of a text."""
    rows = session.exec(
        select(VectorRow.model, VectorRow.text_hash, VectorRow.data).execution_options(yield_per=_BATCH)
    )
    return [(model, digest) for model, digest, data in rows if not _is_vector(data)]


def _is_vector(data: bytes) -> bool:
    """Return whether 32-bit floats have length one, or are all nought, as those of a text without words."""
    if not data or len(data) % 4:
        return False
    import numpy as np

    with np.errstate(all="ignore"):
        length = float(np.linalg.norm(np.frombuffer(data, dtype="<f4").astype(np.float64)))
    return length == 0 or abs(length - 1) < _TOLERANCE
