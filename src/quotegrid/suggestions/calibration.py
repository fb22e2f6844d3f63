"""Converts log odds into the chance that a person accepts, corrected by a study's own decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotegrid.suggestions.prior import Scores

_STEPS = 25
_HELD = 8.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The conversion of log odds into chances of acceptance."""

    slope: float = 1.0
    """The factor by which a study's decisions scale the log odds."""
    shift: float = 0.0
    """The amount that a study's decisions add to the log odds."""

    def chances(self, logits: Scores) -> Scores:
        """Return the chances of acceptance, from 0 to 1."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.shift + self.slope * logits, -30, 30))))


def fit_calibration(logits: Sequence[float], accepted: Sequence[bool]) -> Calibration:
    """Fit a calibration to a study's own decisions (Platt scaling with a prior).

    Slope and shift minimise the logistic loss plus a Gaussian penalty around 1 and 0, so that a few decisions
    change them little.

    Args:
        logits: The log odds of the decided suggestions.
        accepted: Whether each was accepted.
    """
    if not logits:
        return Calibration()
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
    return Calibration(slope=max(float(weights[0]), 0.05), shift=float(weights[1]))
