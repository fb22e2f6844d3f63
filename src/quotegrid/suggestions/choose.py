"""Chooses the codes suggested for a passage: the only place that applies threshold, number and rounding.

Suggesting for a whole study and learning from single decisions both choose here, so that they show the same
suggestions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

DIGITS = 4
"""The number of decimal places to which a chance is stored, compared and listed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A code suggested for a passage."""

    code: int
    """The code's index in the codebook."""
    score: float
    """The chance that a person accepts it, rounded."""
    rank: int
    """The rank, 1 for the passage's best."""


def choose(chances: Sequence[float], *, threshold: float, per_segment: int) -> list[Choice]:
    """Return the codes to suggest for one passage, the likeliest first.

    A chance is rounded before it is compared, so that every listed score is at or above the threshold, and
    everything that would be listed at the threshold is suggested.

    Args:
        chances: The chance of each code.
        threshold: The least chance that is suggested.
        per_segment: The maximum number suggested, including decided ones.
    """
    best = sorted(range(len(chances)), key=lambda code: -chances[code])[:per_segment]
    choices = [
        Choice(code, round(float(chances[code]), DIGITS), rank) for rank, code in enumerate(best, start=1)
    ]
    return [choice for choice in choices if choice.score >= threshold]
