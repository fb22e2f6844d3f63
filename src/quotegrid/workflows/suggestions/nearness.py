"""The similarity of quotes to words, by the study's model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.normalise import text_hash
from quotegrid.errors import DiskError, StudyBusyError
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.search.values import Condition
    from quotegrid.suggestions.encoder import Encoder, Vectors

_KEEP_EVERY = 256


def similarities(
    study: StudyFolder,
    session: Session,
    condition: Condition,
    words: Sequence[str],
    *,
    encoder: Encoder | None = None,
    report: ProgressReport | None = None,
) -> dict[int, float]:
    """Return the cosine of each segment with the words, from -1 to 1; with several, the mean of the cosines.

    What has no vector yet is embedded, and kept unless somebody else is writing to the study: the model is
    Segments without a vector are embedded, and the vectors stored unless somebody else is writing to the
    study; the model is loaded only for that.

    Args:
        study: The study.
        session: A session that reads it.
        condition: The condition on segments.
        words: The words to compare with.
        encoder: The encoder; None for the study's model.
        report: Called with the progress.

    Raises:
        ConfigError: If the model is needed and cannot be loaded.
    """
    import numpy as np

    from quotegrid.storage.search.quotes import load_texts
    from quotegrid.storage.suggestions.vectors import load_vectors, segment_vectors

    encoder = encoder or study.encoder()
    rows = list(segment_vectors(session, encoder.fingerprint, condition))
    if not rows:
        return {}
    hashes = [text_hash(word) for word in words]
    known = load_vectors(session, encoder.fingerprint, hashes)
    missing = {digest: word for digest, word in zip(hashes, words, strict=True) if digest not in known}
    without = {number: digest for number, digest, data in rows if data is None}
    for number, _, text in load_texts(session, without):
        missing[without[number]] = spoken(text).text
    known |= _embedded(study, encoder, missing, report)
    vectors = np.frombuffer(
        b"".join(known[digest] if data is None else data for _, digest, data in rows), dtype="<f4"
    ).reshape(len(rows), -1)
    asked = np.mean([np.frombuffer(known[digest], dtype="<f4") for digest in hashes], axis=0)
    return dict(zip((number for number, _, _ in rows), (vectors @ asked).tolist(), strict=True))


def _embedded(
    study: StudyFolder, encoder: Encoder, texts: dict[str, str], report: ProgressReport | None
) -> dict[str, bytes]:
    """Return the vectors of texts by their hashes, stored as they are made."""
    from quotegrid.storage.suggestions.vectors import save_vectors

    found: dict[str, bytes] = {}
    waiting = sorted(texts, key=lambda digest: -len(texts[digest]))
    if waiting and report is not None:
        report("Loading the model", 0, 1)
    keeps = True
    for first in range(0, len(waiting), _KEEP_EVERY):
        batch = waiting[first : first + _KEEP_EVERY]
        if report is not None:
            report("Embedding", first, len(waiting))
        rows: Vectors = encoder.encode([texts[digest] for digest in batch])
        fresh = {digest: row.astype("<f4").tobytes() for digest, row in zip(batch, rows, strict=True)}
        found |= fresh
        if keeps:
            try:
                with study.writing_session("embedding") as session:
                    save_vectors(session, encoder.fingerprint, fresh)
            except (DiskError, StudyBusyError):
                keeps = False
    if waiting and report is not None:
        report("Embedding", len(waiting), len(waiting))
    return found
