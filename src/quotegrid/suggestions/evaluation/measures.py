"""Measures how good a ranking of codes is, on segments whose right codes are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotegrid.suggestions.calibration import fit_calibration
from quotegrid.suggestions.learner import DecidedSegments, arrange_decisions, predict_log_odds
from quotegrid.suggestions.prior import Material, Prior, Scores, centre_vectors
from quotegrid.suggestions.views import ViewKind

Gold = NDArray[np.bool_]
"""Whether each code is right, with one row per segment and one column per code."""

RECALL_WANTED = 0.95
REVIEWED = (0.1, 0.2, 0.5)
_RESAMPLES = 1000
_FEWER_RESAMPLES = 200
_SUGGESTED = 3
_BINS = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the middle 95 % of its values when the segments are resampled."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The quality of the ranking of undecided segments after `n` coded segments have been decided."""

    n: int
    hit_at_1: float
    hit_at_3: float
    low: float
    """The lowest `hit_at_3` of all orders."""
    high: float
    """The highest `hit_at_3` of all orders."""


def hits(scores: Scores, gold: Gold, most: int) -> NDArray[np.bool_]:
    """Return, for each segment with a code, whether a right one is among the first `most`."""
    coded = gold.any(axis=1)
    order = np.argsort(-scores[coded], axis=1, kind="stable")[:, :most]
    return np.asarray(np.take_along_axis(gold[coded], order, axis=1).any(axis=1))


def interval(found: NDArray[Any]) -> Interval:
    """Return the mean of the values with its bootstrap interval (percentiles of 1,000 seeded resamples)."""
    if not len(found):
        return Interval(0.0, 0.0, 0.0)
    generator = np.random.default_rng(0)
    drawn = generator.integers(0, len(found), (_RESAMPLES, len(found)))
    low, high = np.percentile(found[drawn].mean(axis=1), (2.5, 97.5))
    return Interval(float(found.mean()), float(low), float(high))


def measures(scores: Scores, gold: Gold) -> dict[str, NDArray[Any]]:
    """Return the values whose mean is each measure: one per coded segment, or one per code in use."""
    return {
        "hit_at_1": hits(scores, gold, 1),
        "hit_at_3": hits(scores, gold, 3),
        "lrap": ranking_precisions(scores, gold),
        "map": average_precisions(scores, gold),
        **{f"recall_at_{share:.0%}".rstrip("%"): recalls_after(scores, gold, share) for share in REVIEWED},
        "wss_at_95": works_saved(scores, gold),
    }


def ranking_precisions(scores: Scores, gold: Gold) -> Scores:
    """Return the label ranking average precision (scikit-learn's definition) of each segment with a code."""
    from sklearn.metrics import label_ranking_average_precision_score

    found = [
        label_ranking_average_precision_score(gold[[row]], scores[[row]])
        for row in np.flatnonzero(gold.any(axis=1))
    ]
    return np.array(found, dtype=np.float64)


def average_precisions(scores: Scores, gold: Gold) -> Scores:
    """Return, for each code in use, the average precision of ranking all segments for it."""
    from sklearn.metrics import average_precision_score

    used = np.flatnonzero(gold.any(axis=0))
    found = [average_precision_score(gold[:, code], scores[:, code]) for code in used]
    return np.array(found, dtype=np.float64)


def recalls_after(scores: Scores, gold: Gold, share: float) -> Scores:
    """Return, for each code in use, the share of its segments among the first `share` of the ranking."""
    used = np.flatnonzero(gold.any(axis=0))
    many = max(round(share * len(gold)), 1)
    order = np.argsort(-scores, axis=0, kind="stable")[:many]
    found = [gold[order[:, code], code].sum() / gold[:, code].sum() for code in used]
    return np.array(found, dtype=np.float64)


def works_saved(scores: Scores, gold: Gold) -> Scores:
    """Return WSS@95 of each code in use: the reading saved when finding 95 % of its segments.

    Cohen and others, Reducing workload in systematic review preparation, JAMIA 13 (2006): the share of
    segments after the last one needed, less the five per cent that reading at random would save.
    """
    found = []
    for code in np.flatnonzero(gold.any(axis=0)):
        ranked = gold[np.argsort(-scores[:, code], kind="stable"), code]
        needed = int(np.ceil(RECALL_WANTED * ranked.sum()))
        read = int(np.searchsorted(np.cumsum(ranked), needed)) + 1
        found.append(1 - read / len(ranked) - (1 - RECALL_WANTED))
    return np.array(found, dtype=np.float64)


def calibration_interval(chances: Scores, gold: Gold) -> Interval:
    """Return the expected calibration error with its bootstrap interval over segments (seeded).

    Resampling adds noise that a single sample does not have, so the interval is somewhat high.
    """
    generator = np.random.default_rng(0)
    drawn = (generator.integers(0, len(gold), len(gold)) for _ in range(_FEWER_RESAMPLES))
    found = [calibration_error(chances[rows], gold[rows]) for rows in drawn]
    low, high = np.percentile(found, (2.5, 97.5)).tolist()
    return Interval(calibration_error(chances, gold), low, high)


def calibration_error(chances: Scores, gold: Gold) -> float:
    """Return the expected calibration error over all pairs of segment and code, in ten equal bins."""
    flat, labels = chances.ravel(), gold.ravel()
    bins = np.minimum((flat * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            abs(flat[bins == number].mean() - labels[bins == number].mean()) * (bins == number).mean()
            for number in range(_BINS)
            if (bins == number).any()
        )
    )


Learner = Callable[[NDArray[np.intp], Gold], Scores]
"""Scores all segments, given the rows that are decided and their right codes."""


def our_learner(prior: Prior, material: Material) -> Learner:
    """Return the learner of `quotegrid suggest`, for decided segments whose codes are all known."""

    def scores(rows: NDArray[np.intp], gold: Gold) -> Scores:
        none = np.zeros(gold.shape, dtype=np.bool_)
        known = DecidedSegments(rows, gold.astype(np.float64), none, np.ones(gold.shape))
        return predict_log_odds(prior, material.segments, prior.lexical, known)

    return scores


def words_learner(texts: Sequence[str]) -> Learner:
    """Return a learner on TF-IDF of words, with a class-balanced logistic regression for each code."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    inputs = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    return lambda rows, gold: _regressions(inputs, rows, gold)


def probe_learner(material: Material) -> Learner:
    """Return a learner on the embeddings, with a class-balanced logistic regression for each code."""
    return lambda rows, gold: _regressions(material.segments, rows, gold)


def neighbours_learner(material: Material, nearest: int = 5) -> Learner:
    """Return a learner that scores the codes of the nearest decided segments, weighted by cosine."""
    vectors = centre_vectors(material.segments, material.segments, 1.0).astype(np.float64)

    def scores(rows: NDArray[np.intp], gold: Gold) -> Scores:
        cosines = vectors @ vectors[rows].T
        cosines[rows, np.arange(len(rows))] = -1
        taken = np.argsort(-cosines, axis=1, kind="stable")[:, :nearest]
        weights = np.maximum(np.take_along_axis(cosines, taken, axis=1), 0)
        return np.asarray(np.einsum("sk,skc->sc", weights, gold[taken].astype(np.float64)))

    return scores


def _regressions(inputs: Any, rows: NDArray[np.intp], gold: Gold) -> Scores:
    from sklearn.linear_model import LogisticRegression

    known = inputs[rows]
    scores = np.full((inputs.shape[0], gold.shape[1]), -np.inf)
    for code in range(gold.shape[1]):
        labels = gold[:, code]
        if labels.all():
            scores[:, code] = 0
        elif labels.any():
            model = LogisticRegression(class_weight="balanced", max_iter=1000).fit(known, labels)
            scores[:, code] = model.decision_function(inputs)
    return scores


def nearest_view(material: Material, kind: ViewKind) -> Scores:
    """Return the plain cosine of each segment to one view of each code: the name, or name and definition."""
    rows = [number for number, view in enumerate(material.view_list) if view.kind is kind]
    return np.asarray(material.segments @ material.views[rows].T, dtype=np.float64)


def by_chance(gold: Gold) -> Scores:
    """Return random scores (seeded)."""
    return np.random.default_rng(0).random(gold.shape)


def curve(
    learner: Learner,
    gold: Gold,
    steps: Sequence[int],
    orders: int,
    sources: NDArray[np.intp] | None = None,
) -> list[CurvePoint]:
    """Return how good a learner is on undecided segments after given numbers of randomly drawn coded ones.

    Args:
        learner: The learner.
        gold: The right codes.
        steps: The numbers of decided segments, each less than the number of coded ones that can be decided.
        orders: The number of random orders over which the mean is taken.
        sources: The number of each segment's source, to measure on whole sources left out: on a quarter of
            them, drawn anew for each order, after decisions on the others. None to measure on the remaining
            segments.
    """
    points = []
    for step in steps:
        found = []
        for seed in range(orders):
            known, left = _drawn(gold, step, seed, sources)
            scores = learner(known, gold[known])[left]
            found.append([float(hits(scores, gold[left], most).mean()) for most in (1, 3)])
        hit_at_1, hit_at_3 = np.mean(found, axis=0).tolist()
        worst, best = min(third for _, third in found), max(third for _, third in found)
        points.append(CurvePoint(step, hit_at_1, hit_at_3, worst, best))
    return points


def _drawn(
    gold: Gold, step: int, seed: int, sources: NDArray[np.intp] | None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows that are decided, in order, and the coded rows that are measured on."""
    chance = np.random.default_rng(seed)
    coded = np.flatnonzero(gold.any(axis=1))
    if sources is None:
        shuffled = chance.permutation(coded)
        return np.sort(shuffled[:step]), shuffled[step:]
    used = np.unique(sources[coded])
    left_out = chance.permutation(used)[: left_out_sources(len(used))]
    is_left_out = np.isin(sources[coded], left_out)
    return np.sort(chance.permutation(coded[~is_left_out])[:step]), coded[is_left_out]


def left_out_sources(sources: int) -> int:
    """Return how many of the sources are left out: a quarter, at least one."""
    return max(sources // 4, 1)


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The share of right suggestions within a range of chances, on segments that were not decided."""

    decided: int
    """The number of decided segments; 0 if nothing was learned."""
    at_least: float
    below: float
    """1 if the range has no upper limit."""
    suggestions: float
    """Their number, as the mean over the orders."""
    expected: float
    """Their mean chance."""
    right: float
    """The share of them that people gave too."""


def reliability_bins(
    prior: Prior,
    material: Material,
    gold: Gold,
    step: int,
    orders: int,
    ranges: Sequence[tuple[float, float]],
) -> list[ReliabilityBin]:
    """Return how often suggestions are right, compared with their chances.

    The chances are calibrated with the study's own answers. On a decided segment, the first three codes that
    would have been suggested are answered; all its other codes are applied by hand. The first three codes of
    every other segment, coded or not, are measured.

    Args:
        prior: The scores from the codebook alone.
        material: The vectors and texts that are compared.
        gold: The right codes.
        step: The number of segments decided, coded or not, drawn at random.
        orders: The number of random orders over which the means are taken.
        ranges: The lower and upper limit of each range of chances; an upper limit of 1 includes 1.
    """
    proposed = np.argsort(-prior.total, axis=1, kind="stable")[:, :_SUGGESTED]
    chances: list[NDArray[np.float64]] = []
    right: list[NDArray[np.bool_]] = []
    times = orders if step else 1
    for seed in range(times):
        shuffled = np.random.default_rng(seed).permutation(len(gold))
        known, left = np.sort(shuffled[:step]), shuffled[step:]
        made = _answers(known, gold, proposed)
        logits = predict_log_odds(prior, material.segments, prior.lexical, made)
        pairs = [(row, code) for row in known.tolist() for code in proposed[row].tolist()]
        calibration = fit_calibration(
            [float(logits[pair]) for pair in pairs], [bool(gold[pair]) for pair in pairs]
        )
        of_left = calibration.chances(logits[left])
        best = np.argsort(-of_left, axis=1, kind="stable")[:, :_SUGGESTED]
        chances.append(np.take_along_axis(of_left, best, axis=1).ravel())
        right.append(np.take_along_axis(gold[left], best, axis=1).ravel())
    flat, labels = np.concatenate(chances), np.concatenate(right)
    found = []
    for low, high in ranges:
        inside = (flat >= low) & ((flat < high) | (high >= 1))
        count = int(inside.sum())
        found.append(
            ReliabilityBin(
                step,
                low,
                high,
                count / times,
                float(flat[inside].mean()) if count else 0.0,
                float(labels[inside].mean()) if count else 0.0,
            )
        )
    return found


def _answers(known: NDArray[np.intp], gold: Gold, proposed: NDArray[np.intp]) -> DecidedSegments:
    accepted: dict[int, list[int]] = {}
    rejected: dict[int, list[int]] = {}
    answered = []
    for row in known.tolist():
        asked = proposed[row].tolist()
        for code in np.flatnonzero(gold[row]).tolist():
            accepted.setdefault(code, []).append(row)
        for code in asked:
            if not gold[row, code]:
                rejected.setdefault(code, []).append(row)
            answered.append((row, code, bool(gold[row, code])))
    return arrange_decisions(accepted, rejected, answered, gold.shape[1])
