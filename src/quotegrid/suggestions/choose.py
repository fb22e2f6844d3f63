"""Which codes are suggested for a passage: the one place that knows threshold, number and rounding.

Suggesting for a whole study and learning from single decisions both choose here, so that what the one leaves
out the other never shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

DIGITS = 4
"""To so many decimal places a chance is stored, compared and listed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A code that is suggested for a passage."""

    code: int
    """Its place in the codebook."""
    score: float
    """The chance that a person accepts, rounded."""
    rank: int
    """1 for the passage's best."""


def choose(chances: Sequence[float], *, threshold: float, per_segment: int) -> list[Choice]:
    """Return the codes to suggest for one passage, the likeliest first.

    A chance is rounded before it is compared, so that every score that is listed is at or above the
    threshold, and whatever would be listed at the threshold is suggested.

    Args:
        chances: The chance of each code.
        threshold: Below it nothing is suggested.
        per_segment: At most so many are, decided ones among them.
    """
    best = sorted(range(len(chances)), key=lambda code: -chances[code])[:per_segment]
    choices = [
        Choice(code, round(float(chances[code]), DIGITS), rank) for rank, code in enumerate(best, start=1)
    ]
    return [choice for choice in choices if choice.score >= threshold]
