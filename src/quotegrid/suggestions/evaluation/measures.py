"""How good a ranking of codes is, measured on segments whose right codes are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotegrid.suggestions.calibration import corrected
from quotegrid.suggestions.learner import Decided, decided, learned
from quotegrid.suggestions.prior import Material, Prior, Scores, centred
from quotegrid.suggestions.views import ViewKind

Gold = NDArray[np.bool_]
"""One row a segment, one column a code: whether it is right."""

RECALL_WANTED = 0.95
REVIEWED = (0.1, 0.2, 0.5)
_RESAMPLES = 1000
_FEWER_RESAMPLES = 200
_SUGGESTED = 3
_BINS = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the middle 95 % of what resampling the segments gives."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How good the ranking of undecided segments is after `n` coded segments have been decided."""

    n: int
    hit_at_1: float
    hit_at_3: float
    low: float
    """Of `hit_at_3` in the order in which it went worst."""
    high: float
    """Of `hit_at_3` in the order in which it went best."""


def hits(scores: Scores, gold: Gold, most: int) -> NDArray[np.bool_]:
    """For each segment with a code, whether a right one is among the first `most`."""
    coded = gold.any(axis=1)
    order = np.argsort(-scores[coded], axis=1, kind="stable")[:, :most]
    return np.asarray(np.take_along_axis(gold[coded], order, axis=1).any(axis=1))


def interval(found: NDArray[Any]) -> Interval:
    """Return the mean of a value each, with its bootstrap interval (percentiles of 1,000 resamples, seeded)."""
    if not len(found):
        return Interval(0.0, 0.0, 0.0)
    generator = np.random.default_rng(0)
    drawn = generator.integers(0, len(found), (_RESAMPLES, len(found)))
    low, high = np.percentile(found[drawn].mean(axis=1), (2.5, 97.5))
    return Interval(float(found.mean()), float(low), float(high))


def measures(scores: Scores, gold: Gold) -> dict[str, NDArray[Any]]:
    """What each measure is the mean of: a value a coded segment, or a value a code in use."""
    return {
        "hit_at_1": hits(scores, gold, 1),
        "hit_at_3": hits(scores, gold, 3),
        "lrap": ranking_precisions(scores, gold),
        "map": average_precisions(scores, gold),
        **{f"recall_at_{share:.0%}".rstrip("%"): recalls_after(scores, gold, share) for share in REVIEWED},
        "wss_at_95": works_saved(scores, gold),
    }


def ranking_precisions(scores: Scores, gold: Gold) -> Scores:
    """Label ranking average precision of each segment that has a code (scikit-learn's definition)."""
    from sklearn.metrics import label_ranking_average_precision_score

    found = [
        label_ranking_average_precision_score(gold[[row]], scores[[row]])
        for row in np.flatnonzero(gold.any(axis=1))
    ]
    return np.array(found, dtype=np.float64)


def average_precisions(scores: Scores, gold: Gold) -> Scores:
    """For each code in use, the average precision of ranking all segments for it."""
    from sklearn.metrics import average_precision_score

    used = np.flatnonzero(gold.any(axis=0))
    found = [average_precision_score(gold[:, code], scores[:, code]) for code in used]
    return np.array(found, dtype=np.float64)


def recalls_after(scores: Scores, gold: Gold, share: float) -> Scores:
    """For each code in use, how many of its segments stand in the first share for it."""
    used = np.flatnonzero(gold.any(axis=0))
    many = max(round(share * len(gold)), 1)
    order = np.argsort(-scores, axis=0, kind="stable")[:many]
    found = [gold[order[:, code], code].sum() / gold[:, code].sum() for code in used]
    return np.array(found, dtype=np.float64)


def works_saved(scores: Scores, gold: Gold) -> Scores:
    """WSS@95 of each code in use: what need not be read to find 95 % of its segments.

    Cohen and others, Reducing workload in systematic review preparation, JAMIA 13 (2006): the share that
    stands behind the last segment needed, less the five per cent that reading at random would save.
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

    Resampling adds noise that a single sample does not have, so the interval lies somewhat high.
    """
    generator = np.random.default_rng(0)
    drawn = (generator.integers(0, len(gold), len(gold)) for _ in range(_FEWER_RESAMPLES))
    found = [calibration_error(chances[rows], gold[rows]) for rows in drawn]
    low, high = np.percentile(found, (2.5, 97.5)).tolist()
    return Interval(calibration_error(chances, gold), low, high)


def calibration_error(chances: Scores, gold: Gold) -> float:
    """Expected calibration error over all pairs of segment and code, in ten bins of equal width."""
    flat, labels = chances.ravel(), gold.ravel()
    bins = np.minimum((flat * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            abs(flat[bins == one].mean() - labels[bins == one].mean()) * (bins == one).mean()
            for one in range(_BINS)
            if (bins == one).any()
        )
    )


Learner = Callable[[NDArray[np.intp], Gold], Scores]
"""Scores all segments, given the rows that are decided and their right codes."""


def our_learner(prior: Prior, material: Material) -> Learner:
    """What `quotegrid suggest` does when every code of a decided segment is known."""

    def scores(rows: NDArray[np.intp], gold: Gold) -> Scores:
        none = np.zeros(gold.shape, dtype=np.bool_)
        known = Decided(rows, gold.astype(np.float64), none, np.ones(gold.shape))
        return learned(prior, material.segments, prior.lexical, known)

    return scores


def words_learner(texts: Sequence[str]) -> Learner:
    """TF-IDF of words and a class-balanced logistic regression for each code."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    inputs = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    return lambda rows, gold: _regressions(inputs, rows, gold)


def probe_learner(material: Material) -> Learner:
    """Return a class-balanced logistic regression for each code on the embeddings (a linear probe)."""
    return lambda rows, gold: _regressions(material.segments, rows, gold)


def neighbours_learner(material: Material, nearest: int = 5) -> Learner:
    """Return the codes of the nearest decided segments, weighted by their cosine."""
    vectors = centred(material.segments, material.segments, 1.0).astype(np.float64)

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
    """Plain cosine of each segment to one view of each code: the name, or the name with the definition."""
    rows = [number for number, view in enumerate(material.view_list) if view.kind is kind]
    return np.asarray(material.segments @ material.views[rows].T, dtype=np.float64)


def by_chance(gold: Gold) -> Scores:
    """Return a random order (seeded)."""
    return np.random.default_rng(0).random(gold.shape)


def curve(
    learner: Learner,
    gold: Gold,
    steps: Sequence[int],
    orders: int,
    sources: NDArray[np.intp] | None = None,
) -> list[CurvePoint]:
    """How good a learner is on undecided segments, after so many randomly drawn coded ones.

    Args:
        learner: What learns.
        gold: The right codes.
        steps: How many segments are decided, each less than there are coded ones to decide.
        orders: Over how many random orders the mean is taken.
        sources: The number of each segment's source, to measure on whole sources left out: on a quarter of
            them, drawn anew for each order, after decisions on the others. None to measure on what is left.
    """
    points = []
    for step in steps:
        found = []
        for seed in range(orders):
            known, left = _drawn(gold, step, seed, sources)
            scores = learner(known, gold[known])[left]
            found.append([float(hits(scores, gold[left], most).mean()) for most in (1, 3)])
        first, third = np.mean(found, axis=0).tolist()
        worst, best = min(one[1] for one in found), max(one[1] for one in found)
        points.append(CurvePoint(step, first, third, worst, best))
    return points


def _drawn(
    gold: Gold, step: int, seed: int, sources: NDArray[np.intp] | None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows that are decided, in order, and the coded ones that are measured on."""
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
    """Return how many sources of so many are left out: a quarter, one at least."""
    return max(sources // 4, 1)


@dataclass(frozen=True, slots=True)
class Promise:
    """What suggestions of some chance were worth, on segments that were not decided on."""

    decided: int
    """How many segments had been decided on; 0 for nothing learned."""
    at_least: float
    below: float
    """1 where all above are counted."""
    suggestions: float
    """How many there were, the mean over the orders."""
    expected: float
    """Their mean chance."""
    right: float
    """The share of them that people gave too."""


def promises(
    prior: Prior,
    material: Material,
    gold: Gold,
    step: int,
    orders: int,
    ranges: Sequence[tuple[float, float]],
) -> list[Promise]:
    """Whether chances hold what they promise, with the calibration that a study's own answers would give.

    Of a decided segment the first three codes that would have been suggested are answered; all its other
    codes are applied by hand. Measured are the first three codes of every other segment, coded or not.

    Args:
        prior: The scores by the codebook alone.
        material: What is compared.
        gold: The right codes.
        step: How many segments are decided, coded or not, drawn at random.
        orders: Over how many random orders the means are taken.
        ranges: From which chance to which (1 for all above).
    """
    proposed = np.argsort(-prior.total, axis=1, kind="stable")[:, :_SUGGESTED]
    chances: list[NDArray[np.float64]] = []
    right: list[NDArray[np.bool_]] = []
    times = orders if step else 1
    for seed in range(times):
        shuffled = np.random.default_rng(seed).permutation(len(gold))
        known, left = np.sort(shuffled[:step]), shuffled[step:]
        made = _answers(known, gold, proposed)
        logits = learned(prior, material.segments, prior.lexical, made)
        pairs = [(row, code) for row in known.tolist() for code in proposed[row].tolist()]
        calibration = corrected([float(logits[pair]) for pair in pairs], [bool(gold[pair]) for pair in pairs])
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
            Promise(
                step,
                low,
                high,
                count / times,
                float(flat[inside].mean()) if count else 0.0,
                float(labels[inside].mean()) if count else 0.0,
            )
        )
    return found


def _answers(known: NDArray[np.intp], gold: Gold, proposed: NDArray[np.intp]) -> Decided:
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
    return decided(accepted, rejected, answered, gold.shape[1])
