"""Benchmark of suggestions: hits, the gain from decisions, and the calibration of the chances.

Run with `make benchmark`, or `python benchmarks/suggestions.py --fit` to fit the numbers that
`quotegrid.suggestions.learner` ships with. Everything is measured on coded data (coded_data.py).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.coded_data import CodedData, demonstration, demonstration_by_definition, interviews, material
from quotegrid.settings_values import PACKAGED_MODEL
from quotegrid.suggestions.calibration import Calibration
from quotegrid.suggestions.encoder import encoder_for
from quotegrid.suggestions.learner import (
    DecidedSegments,
    Weights,
    arrange_decisions,
    features,
    predict_log_odds,
)
from quotegrid.suggestions.prior import Material, Prior, Recipe, Scores, score

RECIPES = {
    "name and definition": Recipe(centring=0, lexical=0, other_views=0, best_sentence=0, push=0),
    "the same, fully centred": Recipe(centring=1, lexical=0, other_views=0, best_sentence=0, push=0),
    "centred, best sentence": Recipe(centring=1, lexical=0, other_views=0, best_sentence=0.5, push=0),
    "all views, best sentence": Recipe(lexical=0),
    "shipped, half centred": Recipe(centring=0.5),
    "what ships": Recipe(),
    "without do not use when": Recipe(push=0),
    "shipped, fully centred": Recipe(centring=1),
    "shipped, lexical weight 1": Recipe(lexical=1),
}
DECIDED = (0, 1, 2, 4, 8, 16)
"""The numbers of decided segments per code, on average."""
ORDERS = 10
BINS = 10
Bools = NDArray[np.bool_]


def main() -> None:
    """Print every table; with `--fit` fit the weights too."""
    encoder = encoder_for(PACKAGED_MODEL, Path(), precision="full")
    data = [demonstration(), demonstration_by_definition()]
    real = interviews()
    if real is not None:
        data.append(real)
    began = time.perf_counter()
    measured = [(coded, material(coded, encoder)) for coded in data]
    print(f"Embedded in {time.perf_counter() - began:.1f} s\n")
    print(f"hit@1 / hit@3, nothing learned\n{'':<28}", *(f"{coded.name:>28}" for coded in data))
    for name, recipe in RECIPES.items():
        found = [hits(score(made, recipe).total, coded) for coded, made in measured]
        print(f"{name:<28}", *(f"{f'{first:.3f} / {third:.3f}':>28}" for first, third in found))
    print(f"\nhit@1 / hit@3 on segments not decided, mean of {ORDERS} orders\n{'decided a code':<28}")
    for number in DECIDED:
        found = [after(coded, made, number) for coded, made in measured]
        print(f"{number:<28}", *(f"{f'{first:.3f} / {third:.3f}':>28}" for first, third in found))
    if "--fit" in sys.argv[1:]:
        _fit(measured)
    print("\nExpected calibration error over all pairs of segment and code, by decided segments a code")
    print(f"{'':<28}", *(f"{number:>7}" for number in DECIDED))
    for coded, made in measured:
        print(f"{coded.name:<28}", *(f"{error:>7.4f}" for error in _calibration(coded, made)))


def hits(total: Scores, data: CodedData, rows: Sequence[int] | None = None) -> tuple[float, float]:
    """Return the shares of coded segments with a right code first and among the first three."""
    order = np.argsort(-total, axis=1, kind="stable")
    coded = [row for row in (range(len(data.gold)) if rows is None else rows) if data.gold[row]]
    first, third = (
        float(np.mean([bool(data.gold[row] & set(order[row, :most].tolist())) for row in coded]))
        for most in (1, 3)
    )
    return first, third


def _orders(data: CodedData, prior: Prior, each: int) -> Iterator[tuple[list[int], DecidedSegments]]:
    """Yield, for several random orders, the undecided segments, and the decisions on the others.

    Of a decided segment the first three proposed codes are answered, its other gold codes applied by hand.
    """
    order = np.argsort(-prior.total, axis=1, kind="stable")
    count = min(each * len(data.codes), len(data.gold) // 2)
    for seed in range(ORDERS):
        shuffled = np.random.default_rng(seed).permutation(len(data.gold)).tolist()
        accepted: dict[int, list[int]] = {}
        rejected: dict[int, list[int]] = {}
        answered: list[tuple[int, int, bool]] = []
        for row in shuffled[:count]:
            proposed = set(order[row, :3].tolist())
            for code in data.gold[row]:
                accepted.setdefault(code, []).append(row)
            for code in proposed - data.gold[row]:
                rejected.setdefault(code, []).append(row)
            answered += [(row, code, code in data.gold[row]) for code in proposed]
        yield shuffled[count:], arrange_decisions(accepted, rejected, answered, len(data.codes))


def after(data: CodedData, made: Material, each: int) -> tuple[float, float]:
    """Return hit@1 and hit@3 on undecided segments, after `each` decided segments per code."""
    prior = score(made)
    found = [
        hits(predict_log_odds(prior, made.segments, prior.lexical, known), data, left)
        for left, known in _orders(data, prior, each)
    ]
    first, third = np.mean(found, axis=0).tolist()
    return first, third


def _gold(data: CodedData) -> Bools:
    return np.array([[code in codes for code in range(len(data.codes))] for codes in data.gold])


def _pairs(data: CodedData, made: Material, decisions: Sequence[int] = DECIDED) -> tuple[Scores, Bools]:
    """Return the features and the log of the number of codes of undecided pairs, and whether each is gold."""
    prior, gold = score(made), _gold(data)
    found: list[Scores] = []
    labels: list[Bools] = []
    for number in decisions:
        for left, known in _orders(data, prior, number):
            of_all = features(prior, made.segments, prior.lexical, known)[left]
            rarity = np.full((*of_all.shape[:2], 1), np.log(len(data.codes)))
            found.append(np.concatenate([of_all, rarity], axis=-1).reshape(-1, of_all.shape[2] + 1))
            labels.append(gold[left].reshape(-1))
    return np.concatenate(found), np.concatenate(labels)


def _calibration(data: CodedData, made: Material) -> list[float]:
    """Return the error of the chances on undecided pairs, by the number of decisions per code."""
    prior, gold = score(made), _gold(data)

    def error(left: list[int], known: DecidedSegments) -> float:
        logits = predict_log_odds(prior, made.segments, prior.lexical, known)[left]
        return _error(Calibration().chances(logits).ravel(), gold[left].ravel())

    return [float(np.mean([error(*order) for order in _orders(data, prior, number)])) for number in DECIDED]


def _error(chances: Scores, labels: Bools) -> float:
    """Return the expected calibration error over bins of equal width, weighted by their pairs."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    shares = [
        abs(float(chances[bins == band].mean() - labels[bins == band].mean())) * float((bins == band).mean())
        for band in range(BINS)
        if (bins == band).any()
    ]
    return sum(shares)


def _fitted(sets: Sequence[tuple[Scores, Bools]]) -> Weights:
    """Fit a logistic regression to the pairs of several sets, each counting the same, with rarity given."""
    from scipy.optimize import minimize

    counts = np.concatenate([np.full(len(labels), 1 / len(labels)) for _, labels in sets])
    found = np.concatenate([columns for columns, _ in sets])
    labels = np.concatenate([right for _, right in sets])

    def loss(numbers: Scores) -> float:
        logits = numbers[0] + found @ np.array([*numbers[1:], -1.0])
        return float(counts @ np.logaddexp(0, np.where(labels, -logits, logits)))

    return Weights(*(round(weight, 2) for weight in minimize(loss, np.zeros(6), method="BFGS").x.tolist()))


def _fit(measured: Sequence[tuple[CodedData, Material]]) -> None:
    sets = [_pairs(*pair) for pair in measured]
    print("\nWeights fitted on the other sets, expected calibration error on the one left out")
    for number, (coded, _) in enumerate(measured):
        others = [each for place, each in enumerate(sets) if place != number and len(sets) > 1]
        fitted = _fitted(others or sets)
        found, labels = sets[number]
        numbers = np.array(
            [fitted.prior, fitted.embedding, fitted.lexical, fitted.rejected, fitted.frequency, -1.0]
        )
        error = _error(Calibration().chances(fitted.intercept + found @ numbers), labels)
        print(f"{coded.name:<28} {error:.4f}  {fitted}")
    print(f"Fitted on all: {_fitted(sets)}")
    nothing = [_pairs(*pair, decisions=(0,)) for pair in measured]
    print(f"Fitted on all with nothing decided: {_fitted(nothing)}")


if __name__ == "__main__":
    main()
