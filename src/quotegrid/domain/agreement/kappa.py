"""Agreement of two coders on what both decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from quotegrid.domain.coding.decisions import FALLS, STANDS, Action, Decision, taken_back


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two coders on the pairs of a segment and a code that both accepted or rejected."""

    first: str
    second: str
    decided: int
    """Pairs that both decided."""
    alike: int
    """Pairs that both decided in the same way."""
    kappa: float | None
    """Agreement beyond chance, 1 at the most; None where chance alone would let them agree always."""


def agreements(decisions: Iterable[Decision[str]]) -> list[Agreement]:
    """Return the agreement of every two coders who decided on the same pairs, by Cohen's kappa.

    The source is Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20 (1960). What only one of the two decided says nothing of either, nor does a
    coding that was moved to another range.
    """
    log = sorted(decisions, key=lambda decision: decision.number)
    undone = taken_back(log)
    last: dict[str, dict[tuple[int, str], bool]] = {}
    for entry in log:
        if entry.code is None or entry.number in undone or entry.action not in (*STANDS, *FALLS):
            continue
        if entry.action is Action.MOVE:
            last.get(entry.coder, {}).pop((entry.segment, entry.code), None)
        else:
            last.setdefault(entry.coder, {})[entry.segment, entry.code] = entry.action in STANDS
    found = []
    for first, second in combinations(sorted(last), 2):
        both = last[first].keys() & last[second].keys()
        if both:
            pairs = [(last[first][place], last[second][place]) for place in both]
            alike = sum(mine is theirs for mine, theirs in pairs)
            found.append(Agreement(first, second, len(pairs), alike, _kappa(pairs)))
    return found


def _kappa(pairs: list[tuple[bool, bool]]) -> float | None:
    count = len(pairs)
    first = sum(mine for mine, _ in pairs) / count
    second = sum(theirs for _, theirs in pairs) / count
    by_chance = first * second + (1 - first) * (1 - second)
    observed = sum(mine is theirs for mine, theirs in pairs) / count
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
