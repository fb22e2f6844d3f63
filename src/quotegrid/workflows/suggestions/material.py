"""The material for suggestions: segments with sentences, vectors, and decisions in the form for learning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.decisions import FALLS, STANDS, Action
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.normalise import text_hash
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.suggestions.encoder import Encoder, Vectors
    from quotegrid.suggestions.views import SegmentText

_KEEP_EVERY = 512
"""The number of texts after which vectors are stored and progress is reported."""


def with_sentences(
    rows: Sequence[tuple[int, int, int, str]],
    pipeline: str,
    report: ProgressReport | None,
    questions: Mapping[int, str] | None = None,
    languages: Mapping[int, str] | None = None,
) -> list[SegmentText]:
    """Return the segments that contain speech, with their sentences.

    Args:
        rows: Number, source, start and text of each segment.
        pipeline: The spaCy pipeline that finds sentences.
        report: Called with the progress.
        questions: The interviewer's question before each segment, by its number.
        languages: The language of each source, by its number, where it is known.
    """
    from quotegrid.corpus.text.sentences import sentence_spans
    from quotegrid.suggestions.views import SegmentText

    texts = []
    for done, (number, source, start, text) in enumerate(rows):
        if report is not None and done % _KEEP_EVERY == 0:
            report("Finding sentences", done, len(rows))
        if not spoken(text).text:
            continue
        found = sentence_spans(text, 0, len(text), pipeline)
        spans = [(first, last) for first, last in found if spoken(text[first:last]).text] or [(0, len(text))]
        asked = spoken((questions or {}).get(number, "")).text
        language = (languages or {}).get(source)
        texts.append(SegmentText(number, text, start, tuple(spans), asked, language))
    return texts


def all_texts(texts: Sequence[SegmentText], codes: Sequence[Code]) -> dict[str, str]:
    """Return every text that needs a vector, by its hash, each once."""
    from quotegrid.suggestions.views import code_views

    found: dict[str, str] = {}
    for segment in texts:
        for text in (segment.said, *segment.sentence_texts(), segment.question):
            if text:
                found[text_hash(text)] = text
    for view in code_views(codes):
        found[text_hash(view.text)] = view.text
    return found


def vectors_of(
    study: StudyFolder, encoder: Encoder, texts: Mapping[str, str], report: ProgressReport | None
) -> tuple[dict[str, Vectors], int]:
    """Return the vector of each text by its hash, and how many were new; each is stored as it is made."""
    import numpy as np

    from quotegrid.storage.suggestions.vectors import load_vectors, save_vectors

    with study.reading_session() as session:
        stored = load_vectors(session, encoder.fingerprint, texts)
    vectors: dict[str, Vectors] = {
        digest: np.frombuffer(data, dtype="<f4").astype(np.float32) for digest, data in stored.items()
    }
    missing = [digest for digest in texts if digest not in vectors]
    missing.sort(key=lambda digest: -len(texts[digest]))
    if missing and report is not None:
        report("Loading the model", 0, 1)
    for first in range(0, len(missing), _KEEP_EVERY):
        batch = missing[first : first + _KEEP_EVERY]
        if report is not None:
            report("Embedding", first, len(missing))
        rows = encoder.encode([texts[digest] for digest in batch])
        fresh = {digest: row.astype("<f4").tobytes() for digest, row in zip(batch, rows, strict=True)}
        with study.writing_session("suggesting") as session:
            save_vectors(session, encoder.fingerprint, fresh)
        vectors.update(zip(batch, rows, strict=True))
    if missing and report is not None:
        report("Embedding", len(missing), len(missing))
    return vectors, len(missing)


def material_of(texts: Sequence[SegmentText], codes: Sequence[Code], vectors: Mapping[str, Vectors]) -> Any:
    """Return the material for scoring, from the vectors of all texts by their hashes."""
    import numpy as np

    from quotegrid.suggestions.prior import Material, mix_in_questions
    from quotegrid.suggestions.views import code_views

    views = code_views(codes)

    def rows(of: Sequence[str]) -> Vectors:
        return np.stack([vectors[text_hash(text)] for text in of])

    return Material(
        segment_texts=[text.said for text in texts],
        segments=mix_in_questions(
            rows([text.said for text in texts]),
            rows([text.question or text.said for text in texts]),
            np.array([bool(text.question) for text in texts], dtype=np.bool_),
        ),
        sentences=rows([sentence for text in texts for sentence in text.sentence_texts()]),
        sentence_of=np.array(
            [number for number, text in enumerate(texts) for _ in text.sentences], dtype=np.intp
        ),
        view_list=views,
        views=rows([view.text for view in views]),
        codes=len(codes),
    )


Decisions = tuple[dict[int, list[int]], dict[int, list[int]], list[tuple[int, int, bool]]]
"""The rows with each code, the rows for which it was rejected, and the answers to suggestions."""


def decided_rows(
    row_of: Mapping[int, int], code_of: Mapping[int, int], actions: Mapping[tuple[int, int], Action]
) -> Decisions:
    """Return the decisions that count, as rows of segments and places of codes, for learning.

    Args:
        row_of: The row of each segment, by its number.
        code_of: The place of each code, by its number.
        actions: The last action on each segment and code; other segments and codes are ignored.
    """
    accepted: dict[int, list[int]] = {}
    rejected: dict[int, list[int]] = {}
    answered: list[tuple[int, int, bool]] = []
    for (segment, code), action in actions.items():
        if segment in row_of and code in code_of:
            if action in STANDS:
                accepted.setdefault(code_of[code], []).append(row_of[segment])
            elif action in FALLS and action is not Action.MOVE:
                rejected.setdefault(code_of[code], []).append(row_of[segment])
            if action in (Action.ACCEPT, Action.REJECT):
                answered.append((row_of[segment], code_of[code], action is Action.ACCEPT))
    return accepted, rejected, answered
