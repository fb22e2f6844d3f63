"""From scores to the chance that a person accepts: fitted in advance, corrected by each study's decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotegrid.suggestions.scoring import Prior, Scores

_STEPS = 25
_HELD = 8.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of acceptance over the scores.

    The defaults are fitted by `benchmarks/suggestions.py --fit`; docs/suggestions.md says on what.
    """

    intercept: float = -0.57
    standardised: float = 0.83
    """The weight of the prior's standardised score."""
    pull: float = 4.49
    """The weight of what decisions add."""
    slope: float = 1.0
    """How a study's own decisions stretch the fitted chance."""
    shift: float = 0.0
    """How a study's own decisions move it."""

    def logits(self, prior: Prior, pull: Scores) -> Scores:
        """The fitted log odds of acceptance, before the study's own correction.

        The more codes there are, the rarer is each: the log of their number is taken away.
        """
        rarity = float(np.log(prior.total.shape[1]))
        return np.asarray(self.intercept - rarity + self.standardised * prior.total + self.pull * pull)

    def chances(self, logits: Scores) -> Scores:
        """The chance of acceptance, 0 to 1."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.shift + self.slope * logits, -30, 30))))


def corrected(calibration: Calibration, logits: Sequence[float], accepted: Sequence[bool]) -> Calibration:
    """The calibration moved towards a study's own decisions (Platt scaling, held by a prior).

    Slope and shift minimise the logistic loss plus a Gaussian penalty around 1 and 0, so that a handful
    of decisions moves them little.

    Args:
        calibration: The fitted one.
        logits: The log odds of the decided suggestions.
        accepted: Whether each was accepted.
    """
    if not logits:
        return calibration
    rows: NDArray[np.float64] = np.column_stack([np.asarray(logits, dtype=np.float64), np.ones(len(logits))])
    labels = np.asarray(accepted, dtype=np.float64)
    start = np.array([1.0, 0.0])
    weights = start.copy()
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (chances - labels) + _HELD * (weights - start)
        curvature = (rows * (chances * (1 - chances))[:, None]).T @ rows + _HELD * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return Calibration(
        intercept=calibration.intercept,
        standardised=calibration.standardised,
        pull=calibration.pull,
        slope=max(float(weights[0]), 0.05),
        shift=float(weights[1]),
    )
