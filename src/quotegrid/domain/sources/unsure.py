"""Puts together what an import is unsure about: the worst first, and what is alike told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotegrid.domain.sources.model import ReadWarning, WarningKind

_MOST_APART = 3
"""The most warnings of one kind about different people or things that are told one by one."""
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class ToldWarnings:
    """One or more warnings that are told in one sentence."""

    kind: WarningKind
    what: str
    """A complete sentence, without the places."""
    places: tuple[tuple[str, int | None], ...]
    """The source and the line of each of the warnings, in order."""


def how_many(warnings: Iterable[ReadWarning]) -> int:
    """Return how many people or things are unsure; a warning that names none counts as one."""
    return sum(max(len(warning.names), 1) for warning in warnings)


def put_together(warnings: Sequence[tuple[str, ReadWarning]]) -> list[ToldWarnings]:
    """Return what is unsure, the worst kind first, else in the order of the warnings.

    The same sentence in several places is told once. Sentences that say the same of more than a few people or
    things are told as one that counts them.

    Args:
        warnings: The warnings, each with the name of its source.
    """
    alike: dict[tuple[WarningKind, str], list[tuple[str, ReadWarning]]] = {}
    for source, warning in warnings:
        alike.setdefault((warning.kind, warning.many or warning.what), []).append((source, warning))
    found = [thing for told in alike.values() for thing in _told(told)]
    order = list(WarningKind)
    return sorted(found, key=lambda thing: order.index(thing.kind))


def _told(alike: Sequence[tuple[str, ReadWarning]]) -> list[ToldWarnings]:
    first = alike[0][1]
    names = tuple(dict.fromkeys(name for _, warning in alike for name in warning.names))
    if first.many and len(names) > _MOST_APART:
        shown = ", ".join(f'"{name}"' for name in names[:_MOST_NAMES])
        what = f"{first.many.format(count=f'{len(names):,}')}: {shown} and {len(names) - _MOST_NAMES:,} more."
        return [ToldWarnings(first.kind, what, _places(alike))]
    same: dict[str, list[tuple[str, ReadWarning]]] = {}
    for source, warning in alike:
        same.setdefault(warning.what, []).append((source, warning))
    return [ToldWarnings(first.kind, what, _places(told)) for what, told in same.items()]


def _places(told: Sequence[tuple[str, ReadWarning]]) -> tuple[tuple[str, int | None], ...]:
    return tuple(dict.fromkeys((source, warning.line) for source, warning in told))
