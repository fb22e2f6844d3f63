"""Learns from decisions how likely each code is for each segment.

One logistic regression covers all pairs of a decided segment and a code. Its features are the prior's score,
two ridge regressions of the decisions (on embeddings, and on character n-grams), each evaluated for a decided
segment as if it had not been decided (the closed form of leave-one-out: Rifkin and Lippert, Notes on
Regularized Least Squares, 2007), the likeness to rejected segments, and the code's frequency. Its weights
start from those fitted on coded data and follow a study's decisions as far as these support it, so that a few
decisions change little and many may outweigh the prior.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotegrid.suggestions.encoder import Vectors
from quotegrid.suggestions.prior import Prior, Scores, centre_vectors

RIDGE = 1.0
_UNSEEN = 0.3
"""The weight of a code that nobody was asked about as a refusal, relative to one that was rejected."""
_NEIGHBOURS = 3
_PATIENCE = 4.0
"""The number of rejections of a code at which they have half of their full influence."""
_MOST_SEGMENTS = 3000
"""The largest number of decided segments used, drawn at random, because the time grows with its third power.
"""
_STEPS = 40
_HALVINGS = 20


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic model of acceptance, before a study's own decisions.

    `benchmarks/suggestions.py --fit` fits them; docs/suggestions.md reports on which data, and which of them
    are kept.
    """

    intercept: float = -0.57
    prior: float = 0.83
    embedding: float = 5.0
    lexical: float = 4.0
    rejected: float = -1.8
    frequency: float = 0.1

    def start(self, codes: int) -> Scores:
        """Return the weights of the features in order, with the intercept last.

        The more codes there are, the rarer is each, so the log of their number is subtracted from the
        intercept.
        """
        return np.array(
            [
                self.prior,
                self.embedding,
                self.lexical,
                self.rejected,
                self.frequency,
                self.intercept - np.log(codes),
            ]
        )


HELD = np.array([4.0, 0.3, 0.3, 0.5, 20.0, 4.0])
"""The firmness with which each weight is held at its start: the inverse of its expected variance."""


@dataclass(frozen=True, slots=True)
class DecidedSegments:
    """The decisions on segments, by segment and code."""

    rows: NDArray[np.intp]
    """The segments' rows, in order."""
    stands: Scores
    """One row per decided segment, one column per code: 1 if the code stands, else 0."""
    refused: NDArray[np.bool_]
    """Whether the code was rejected for the segment."""
    counts: Scores
    """The weight of each of these: 1 for a decision, less if nobody was asked."""


def arrange_decisions(
    accepted: Mapping[int, Sequence[int]],
    rejected: Mapping[int, Sequence[int]],
    answered: Sequence[tuple[int, int, bool]],
    codes: int,
) -> DecidedSegments:
    """Arrange decisions by segment.

    On a segment to which somebody applied a code by hand, the whole codebook was open to them, so all other
    codes count as refused there.

    Args:
        accepted: The segment rows on which each code stands.
        rejected: The segment rows for which each code was rejected.
        answered: Segment row, code and acceptance of each suggestion that was decided on.
        codes: The number of codes.
    """
    rows = sorted({row for by_code in (accepted, rejected) for many in by_code.values() for row in many})
    if len(rows) > _MOST_SEGMENTS:
        drawn = np.random.default_rng(0).choice(len(rows), _MOST_SEGMENTS, replace=False)
        rows = [rows[number] for number in sorted(drawn.tolist())]
    place = {row: number for number, row in enumerate(rows)}
    suggested = {(row, code) for row, code, _ in answered}
    stands = np.zeros((len(rows), codes))
    refused = np.zeros((len(rows), codes), dtype=np.bool_)
    counts = np.full((len(rows), codes), _UNSEEN)
    for code, many in accepted.items():
        for number in (place[row] for row in many if row in place):
            stands[number, code] = 1
            if (rows[number], code) not in suggested:
                counts[number] = 1
    for code, many in rejected.items():
        refused[[place[row] for row in many if row in place], code] = True
    counts[(stands > 0) | refused] = 1
    return DecidedSegments(np.array(rows, dtype=np.intp), stands, refused, counts)


def predict_log_odds(
    prior: Prior, segments: Vectors, lexical: Any, made: DecidedSegments, weights: Weights | None = None
) -> Scores:
    """Return the log odds that each code is right for each segment.

    Args:
        prior: The scores from the codebook alone.
        segments: One embedding per segment.
        lexical: One sparse row of character n-grams per segment, of unit length.
        made: The decisions.
        weights: The weights to start from.

    Returns:
        One row per segment, one column per code; a decided segment's own decisions are left out of its row.
    """
    codes = prior.total.shape[1]
    start = (weights or Weights()).start(codes)
    if not len(made.rows):
        return np.asarray(start[0] * prior.total + start[-1])
    found = features(prior, segments, lexical, made)
    weights_now = fit_weights(found[made.rows], made, start)
    return np.asarray(found @ weights_now[:-1] + weights_now[-1])


def features(prior: Prior, segments: Vectors, lexical: Any, made: DecidedSegments) -> Scores:
    """Return the features by segment and code.

    They are, in this order: prior, two ridge scores, likeness to rejected segments, frequency.
    """
    vectors = centre_vectors(segments, segments, 1.0).astype(np.float64)
    return np.stack(
        [
            prior.total,
            _ridge(vectors, vectors[made.rows], made),
            _ridge(lexical, lexical[made.rows], made),
            _refused_of_all(vectors, made),
            _frequency(len(segments), made),
        ],
        axis=-1,
    )


def _ridge(everything: Any, known: Any, made: DecidedSegments) -> Scores:
    """Return the ridge regression of the standing codes in its dual form, leave-one-out if decided."""
    count = len(made.rows)
    expected = made.stands.sum(axis=0) / (count + 1)
    kernel = known @ known.T
    kernel = np.asarray(kernel.toarray() if hasattr(kernel, "toarray") else kernel, dtype=np.float64)
    inverse = np.linalg.inv(kernel + RIDGE * np.eye(count))
    dual = inverse @ (made.stands - expected)
    scores = np.asarray(everything @ (known.T @ dual), dtype=np.float64)
    scores[made.rows] = (made.stands - expected) - dual / np.diag(inverse)[:, None]
    return scores


def _refused_of_all(vectors: Scores, made: DecidedSegments) -> Scores:
    known = vectors[made.rows]
    scores = like_refused(vectors, known, made.refused)
    scores[made.rows] = like_refused(known, known, made.refused, itself=True)
    return scores


def _frequency(segments: int, made: DecidedSegments) -> Scores:
    times = made.stands.sum(axis=0)
    everywhere = np.repeat(frequencies(times[None], len(made.stands)), segments, axis=0)
    everywhere[made.rows] = frequencies(times - made.stands, len(made.stands) - 1)
    return everywhere


def like_refused(
    vectors: Scores, known: Scores, refused: NDArray[np.bool_], *, itself: bool = False
) -> Scores:
    """Return the mean cosine to the nearest segments rejected for each code, reduced if these are few.

    Args:
        vectors: The segments to score.
        known: The decided segments.
        refused: One row per decided segment, one column per code: whether the code was rejected.
        itself: Whether the segments to score are the decided ones, so that none counts as its own neighbour.
    """
    scores = np.zeros((len(vectors), refused.shape[1]))
    for code in np.flatnonzero(refused.any(axis=0)).tolist():
        of_code = np.flatnonzero(refused[:, code])
        cosines = vectors @ known[of_code].T
        if itself:
            cosines[of_code, np.arange(len(of_code))] = -1
        taken = min(_NEIGHBOURS, len(of_code))
        nearest = np.partition(cosines, -taken, axis=1)[:, -taken:]
        scores[:, code] = np.maximum(nearest, 0).mean(axis=1) * len(of_code) / (len(of_code) + _PATIENCE)
    return scores


def frequencies(times: Scores, count: int) -> Scores:
    """Return the log of each code's smoothed share of the decided segments, less its mean over the codes.

    Args:
        times: The number of times each code stands, one row per segment to score.
        count: The number of decided segments without that one.
    """
    shares = np.log((times + 1) / (count + times.shape[1]))
    return np.asarray(shares - shares.mean(axis=1, keepdims=True))


def fit_weights(found: Scores, made: DecidedSegments, start: Scores, begin: Scores | None = None) -> Scores:
    """Return the weights that minimise logistic loss plus a Gaussian penalty, by Newton's method.

    Args:
        found: The features of the decided segments: segments by codes by features.
        made: The decisions.
        start: The weights around which the penalty is centred, intercept last.
        begin: The weights from which the search begins; None for `start`. The result is the same, because the
            loss has one minimum.
    """
    inputs = np.concatenate([found, np.ones((*found.shape[:2], 1))], axis=-1).reshape(-1, len(start))
    labels, counts = made.stands.reshape(-1), made.counts.reshape(-1)

    def loss(logits: Scores, weights: Scores) -> float:
        fit = counts @ np.logaddexp(0, np.where(labels > 0, -logits, logits))
        return float(fit + HELD @ (weights - start) ** 2 / 2)

    weights = (start if begin is None else begin).copy()
    logits = inputs @ weights
    now = loss(logits, weights)
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        gradient = inputs.T @ (counts * (chances - labels)) + HELD * (weights - start)
        curvature = (inputs * (counts * chances * (1 - chances))[:, None]).T @ inputs + np.diag(HELD)
        step = np.linalg.solve(curvature, gradient)
        for _ in range(_HALVINGS):
            closer = inputs @ (weights - step)
            after = loss(closer, weights - step)
            if after <= now:
                break
            step = step / 2
        else:
            break
        weights, logits = weights - step, closer
        if now - after < 1e-9 * (1 + abs(now)):
            break
        now = after
    return weights
