"""Embeddings kept by model and text: the same text is never embedded twice, models never mix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, insert, select

from quotegrid.storage.tables import VectorRow

_BATCH = 500


def load_vectors(session: Session, model: str, hashes: Iterable[str]) -> dict[str, bytes]:
    """The stored vectors among those wanted, by text hash."""
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
    """Store new vectors by text hash; ones already there stay."""
    rows = [{"model": model, "text_hash": digest, "data": data} for digest, data in vectors.items()]
    if rows:
        session.connection().execute(insert(VectorRow).prefix_with("OR IGNORE"), rows)
