"""Measures how near segments are in meaning, apart from who says them and what the corpus is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotegrid.suggestions.encoder import Vectors
from quotegrid.suggestions.prior import scale_to_unit

Affinity = NDArray[np.float32]
_BESIDE = 0.3
"""The weight of the neighbouring segments, which often make clear what a segment is about."""
_OWN = 0.75
"""The share of the speaker's mean that is subtracted, so that a theme is not one speaker."""
_FEW = 5
"""The number of a speaker's segments at which their mean has half the weight; the corpus's mean has the rest.
"""
_LEXICAL = 0.7


def affinities(
    texts: Sequence[str], vectors: Vectors, voices: Sequence[Hashable], sources: Sequence[Hashable]
) -> Affinity:
    """Return how near each segment is to each other one, in standard deviations.

    The matrix is symmetric, with -9 on the diagonal. It is the sum of two measures, each standardised over
    all pairs: the cosine of embeddings mixed with their neighbours' and freed of their speaker's mean, and
    the cosine of character 3-to-5-gram TF-IDF.

    Args:
        texts: The segments' words, without the corpus's commonplace words, in the order of the sources.
        vectors: The segments' embeddings.
        voices: The speaker of each segment.
        sources: The source of each segment.
    """
    of_meaning = _without_voices(_with_neighbours(vectors, sources), voices)
    near = _standardised(of_meaning @ of_meaning.T)
    near += np.float32(_LEXICAL) * _standardised(_lexical(texts))
    np.fill_diagonal(near, -9)
    return near


def _with_neighbours(vectors: Vectors, sources: Sequence[Hashable]) -> Vectors:
    numbers: dict[Hashable, int] = {}
    places = np.array([numbers.setdefault(source, len(numbers)) for source in sources])
    follows = places[1:] == places[:-1]
    moved = vectors.copy()
    moved[1:][follows] += _BESIDE * vectors[:-1][follows]
    moved[:-1][follows] += _BESIDE * vectors[1:][follows]
    return scale_to_unit(moved)


def _without_voices(vectors: Vectors, voices: Sequence[Hashable]) -> Vectors:
    mean = vectors.mean(axis=0)
    moved = vectors.copy()
    spoken = Counter(voices)
    rows: dict[Hashable, list[int]] = {}
    for row, voice in enumerate(voices):
        rows.setdefault(voice, []).append(row)
    for voice, own in rows.items():
        share = spoken[voice] / (spoken[voice] + _FEW)
        moved[own] -= _OWN * (share * vectors[own].mean(axis=0) + (1 - share) * mean)
    return scale_to_unit(moved)


def _lexical(texts: Sequence[str]) -> Affinity:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True, dtype=np.float32
    )
    try:
        rows: Any = vectoriser.fit_transform(texts)
    except ValueError:
        return np.zeros((len(texts), len(texts)), dtype=np.float32)
    found: Affinity = (rows @ rows.T).toarray()
    return found


def _standardised(found: Affinity) -> Affinity:
    spread = float(found.std())
    return np.asarray((found - found.mean()) / (spread if spread > 1e-9 else 1), dtype=np.float32)
