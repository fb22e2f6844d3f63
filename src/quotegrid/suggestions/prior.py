"""Scores how well each code fits each segment from the codebook alone, before any decision.

The prior is the sum of two scores, each standardised over a segment's codes: the cosine of embeddings (three
quarters of the mean vector subtracted on both sides, the segment or its best sentence against the code's
description and its nearest other view) and the cosine of character 3-to-5-gram TF-IDF. The recipe is the one
that performed best over several bodies of coded data (`benchmarks/suggestions.py` measures it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotegrid.suggestions.encoder import Vectors
from quotegrid.suggestions.views import CodeView, ViewKind

Scores = NDArray[np.float64]
_BLOCK = 2048
QUESTION = 0.25
"""The share of the interviewer's question in a segment's vector (`benchmarks/question_context.py`)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The parameters of the prior."""

    centring: float = 0.75
    """The share of the mean vector that is subtracted, from 0 to 1."""
    lexical: float = 0.5
    """The weight of the character n-gram score beside the embedding score."""
    other_views: float = 0.5
    """The share of the nearest other view, beside name and definition."""
    best_sentence: float = 0.5
    """The share of the best sentence beside the whole segment."""
    push: float = 0.5
    """The weight with which a nearer "do not use when" lowers the score."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is compared, as vectors and texts.

    `segments` has one row per segment, including a share of the question before it; `sentences` one row per
    sentence; `sentence_of` the segment row of each sentence (ascending, no segment left out); `views` one row
    per view of a code.
    """

    segment_texts: Sequence[str]
    segments: Vectors
    sentences: Vectors
    sentence_of: NDArray[np.intp]
    view_list: Sequence[CodeView]
    views: Vectors
    codes: int


@dataclass(frozen=True, slots=True)
class Prior:
    """The scores before learning, one row per segment and one column per code."""

    total: Scores
    """The sum of the standardised scores, which decides the ranking."""
    lexical: Any
    """The segments' character n-grams, one sparse row each."""
    best_sentence: NDArray[np.intp]
    """The row in `Material.sentences` of the sentence nearest to each code."""
    best_view: NDArray[np.intp]
    """The row in `Material.views` of the view nearest to that sentence."""


def score(material: Material, recipe: Recipe | None = None) -> Prior:
    """Score all codes for all segments.

    Args:
        material: The vectors and texts to compare.
        recipe: The parameters; None for the default ones.
    """
    recipe = recipe or Recipe()
    described = np.array([view.kind is ViewKind.DEFINITION for view in material.view_list])
    views = centre_vectors(material.views, material.views[described], recipe.centring)
    mean = material.segments.mean(axis=0) if len(material.segments) > 1 else None
    of_segments, of_codes = lexical_rows(material)
    shape = len(material.segment_texts), material.codes
    prior = Prior(
        total=np.zeros(shape),
        lexical=of_segments,
        best_sentence=np.zeros(shape, dtype=np.intp),
        best_view=np.zeros(shape, dtype=np.intp),
    )
    # In blocks, because the cosines of all sentences to all views would fill the memory.
    for first in range(0, shape[0], _BLOCK):
        rows = slice(first, min(first + _BLOCK, shape[0]))
        start, end = np.searchsorted(material.sentence_of, (rows.start, rows.stop)).tolist()
        segments = _moved(material.segments[rows], mean, recipe.centring)
        sentences = _moved(material.sentences[start:end], mean, recipe.centring)
        against_sentences = (sentences @ views.T).astype(np.float64)
        whole = _by_code((segments @ views.T).astype(np.float64), material, recipe)
        best, where = _best_sentence(
            _by_code(against_sentences, material, recipe), material.sentence_of[start:end] - first
        )
        cosine = (1 - recipe.best_sentence) * whole + recipe.best_sentence * best
        lexical = np.asarray((of_segments[rows] @ of_codes.T).toarray(), dtype=np.float64)
        prior.total[rows] = _standardised(cosine) + recipe.lexical * _standardised(lexical)
        prior.best_sentence[rows] = where + start
        prior.best_view[rows] = _best_view(against_sentences, where, material)
    return prior


def mix_in_questions(segments: Vectors, questions: Vectors, asked: NDArray[np.bool_]) -> Vectors:
    """Return the segments' vectors mixed with those of the questions before them, at unit length.

    Args:
        segments: One row per segment.
        questions: One row per segment, ignored if nothing was asked.
        asked: Whether a question precedes each segment.
    """
    mixed = np.where(asked[:, None], (1 - QUESTION) * segments + QUESTION * questions, segments)
    lengths = np.linalg.norm(mixed, axis=1, keepdims=True)
    return np.asarray(mixed / np.where(lengths < 1e-9, 1, lengths), dtype=np.float32)


def centre_vectors(vectors: Vectors, around: Vectors, share: float) -> Vectors:
    """Return the vectors less a share of the mean of others, at unit length.

    If there is only one other vector, they are returned as they are.
    """
    return _moved(vectors, around.mean(axis=0) if len(around) > 1 else None, share)


def scale_to_unit(vectors: Vectors) -> Vectors:
    """Return the vectors at unit length; a single vector is returned as it is."""
    return centre_vectors(vectors, vectors, 0.0)


def _moved(vectors: Vectors, mean: Vectors | None, share: float) -> Vectors:
    if len(vectors) == 0 or mean is None:
        return vectors
    moved = vectors - share * mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.where(lengths < 1e-9, 1, lengths), dtype=np.float32)


def _by_code(cosines: Scores, material: Material, recipe: Recipe) -> Scores:
    """Return scores with one column per code from cosines with one column per view."""
    scores = np.zeros((cosines.shape[0], material.codes))
    columns: dict[int, dict[str, list[int]]] = {}
    for number, view in enumerate(material.view_list):
        sort = {ViewKind.DEFINITION: "described", ViewKind.DO_NOT_USE_WHEN: "against"}.get(view.kind, "other")
        columns.setdefault(view.code, {}).setdefault(sort, []).append(number)
    for code, sorts in columns.items():
        described = cosines[:, sorts["described"]].max(axis=1)
        other = cosines[:, sorts["other"]].max(axis=1)
        scores[:, code] = (1 - recipe.other_views) * described + recipe.other_views * other
        if "against" in sorts:
            against = cosines[:, sorts["against"]].max(axis=1)
            scores[:, code] -= recipe.push * np.maximum(against - np.maximum(described, other), 0)
    return scores


def _best_sentence(by_sentence: Scores, sentence_of: NDArray[np.intp]) -> tuple[Scores, NDArray[np.intp]]:
    """Return the best score of each segment's sentences for each code, and the row of the sentence."""
    begins = np.searchsorted(sentence_of, np.arange(sentence_of[-1] + 1))
    best = np.maximum.reduceat(by_sentence, begins, axis=0)
    rows = np.arange(len(by_sentence), dtype=np.intp)[:, None]
    is_best = by_sentence == best[sentence_of]
    where = np.minimum.reduceat(np.where(is_best, rows, len(by_sentence)), begins, axis=0)
    return best, where


def _best_view(
    against_sentences: Scores, best_sentence: NDArray[np.intp], material: Material
) -> NDArray[np.intp]:
    where = np.zeros(best_sentence.shape, dtype=np.intp)
    for code in range(material.codes):
        rows = [
            number
            for number, view in enumerate(material.view_list)
            if view.code == code and view.kind is not ViewKind.DO_NOT_USE_WHEN
        ]
        nearest = against_sentences[best_sentence[:, code]][:, rows].argmax(axis=1)
        where[:, code] = np.array(rows, dtype=np.intp)[nearest]
    return where


def lexical_rows(material: Material) -> tuple[Any, Any]:
    """Return character 3-to-5-gram TF-IDF of unit length: a row per segment, and a row per code."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    described = [""] * material.codes
    for view in material.view_list:
        if view.kind is not ViewKind.DO_NOT_USE_WHEN:
            described[view.code] += f" {view.text}"
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, lowercase=True)
    rows = vectoriser.fit_transform([*material.segment_texts, *described])
    count = len(material.segment_texts)
    return rows[:count], rows[count:]


def _standardised(scores: Scores) -> Scores:
    """Return each row with mean 0 and standard deviation 1, or all 0 if it has no spread."""
    if scores.shape[1] < 2:
        return np.zeros_like(scores)
    spread = scores.std(axis=1, keepdims=True)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / np.where(spread < 1e-9, 1, spread))
