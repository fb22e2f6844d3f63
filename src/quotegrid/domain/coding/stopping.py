"""An estimate of how many passages with a code are still to be found, from a random sample that was read.

The interval inverts the hypergeometric distribution: it holds all totals of which it would not be strange
(two and a half per cent in either tail) to meet as many in the sample as were met. It is exact, for small
studies too (Buonaccorsi, A note on confidence intervals for proportions in finite populations, The American
Statistician 41, 1987).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import exp, lgamma

_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class RemainingEstimate:
    """An estimate of how many passages with a code are still to be found."""

    about: int
    low: int
    high: int

    def in_words(self) -> str:
        """Return the estimate in words: "about 12 (5 to 24)"."""
        return f"about {self.about} ({self.low} to {self.high})"


def estimate_remaining(
    population: int, looked_at: int, carrying: int, found: int
) -> RemainingEstimate | None:
    """Estimate how many are left, with a 95 % interval.

    Args:
        population: The number of passages, none of them read, from which the sample was drawn.
        looked_at: How many of the sample have been read since, in the order in which they were drawn.
        carrying: How many of these have the code.
        found: How many of the population are known to have it, in the sample or elsewhere.

    Returns:
        The estimate; None where nothing of the sample has been read.
    """
    if not looked_at:
        return None
    low, high = total_between(population, looked_at, carrying)
    about = round(population * carrying / looked_at)
    return RemainingEstimate(max(about - found, 0), max(low - found, 0), max(high - found, 0))


def total_between(population: int, drawn: int, carrying: int) -> tuple[int, int]:
    """Return the least and the greatest total that are consistent with the sample.

    Args:
        population: How many there are.
        drawn: How many were drawn without putting any back.
        carrying: How many of these carry what is counted.
    """
    least, most = carrying, population - (drawn - carrying)
    totals = range(least, most + 1)
    low = bisect_left(totals, True, key=lambda total: _at_least(carrying, total, population, drawn) > _TAIL)
    high = bisect_left(totals, True, key=lambda total: _at_most(carrying, total, population, drawn) <= _TAIL)
    return least + low, least + high - 1


def _at_least(carrying: int, total: int, population: int, drawn: int) -> float:
    return sum(_chance(met, total, population, drawn) for met in range(carrying, min(total, drawn) + 1))


def _at_most(carrying: int, total: int, population: int, drawn: int) -> float:
    return sum(_chance(met, total, population, drawn) for met in range(carrying + 1))


def _chance(met: int, total: int, population: int, drawn: int) -> float:
    """Return the chance of `met` in a sample where the population holds `total` (hypergeometric)."""
    if met > total or drawn - met > population - total:
        return 0.0
    return exp(_ways(total, met) + _ways(population - total, drawn - met) - _ways(population, drawn))


def _ways(of: int, many: int) -> float:
    return lgamma(of + 1) - lgamma(many + 1) - lgamma(of - many + 1)
