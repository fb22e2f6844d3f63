"""Chooses the quotes that support and dispute a theme in a report, and describes the dissent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.disclosure import is_tellable
from quotegrid.domain.report.exemplars import ExemplarBasis, exemplars
from quotegrid.domain.text.normalise import counted

NO_STANCE_SAID = "Nobody has marked any of its passages as supporting or disputing it."
NOBODY_DISPUTES = "Nobody disputes it in what is coded so far."
DISPUTE_WITHHELD = "It is disputed. By how many cases is withheld, and no quote is marked as disputing it."


@dataclass(frozen=True, slots=True)
class Voices:
    """The numbers of quotes on a theme, by their stance."""

    speaking: tuple[int, ...]
    """Quotes without a stance, and those whose stance may not be published."""
    disputing: tuple[int, ...]
    mixed: tuple[int, ...]
    """Quotes that both support and dispute it."""
    on_dissent: str
    """A sentence on how many cases dispute it, that nobody does, or that no stance has been recorded."""


def voices(
    heard: HeardQuotes,
    shown: Collection[int],
    family: Collection[str],
    most: int,
    basis: ExemplarBasis,
    *,
    minimum: int | None = None,
    is_told: bool = True,
) -> Voices:
    """Return the quotes that represent a theme: at most `most` of each kind, each from another case.

    In a publication, further quotes of cases already quoted follow, so that the number of quotes does not
    reveal the number of cases; and if too few cases dispute the theme to publish how many, a disputing quote
    is placed among the others without being marked.

    Args:
        heard: All that was heard.
        shown: The quotes on the theme that may be shown.
        family: The codes of the theme.
        most: The maximum of each kind.
        basis: What exemplars are chosen by.
        minimum: The fewest cases that a published count may stand for; None if nothing is published.
        is_told: Whether the number of cases that spoke of the theme may be published.
    """
    here = heard.with_codes(family)
    disputing, mixed = _by_stance(heard, here, family)
    speaking = heard.cases_of(here)

    def may_stand_apart(some: Collection[int]) -> bool:
        if minimum is None:
            return True
        return is_told and is_tellable(len(heard.cases_of(some)), len(speaking), minimum)

    # A publication's cells come in an order of their own, which says nothing of the sources' order.
    places = None if minimum is None else {number: place for place, number in enumerate(shown)}
    chosen = frozenset(shown)
    against, both = _by_stance(heard, chosen, family)
    first: list[int] = []
    if not may_stand_apart(mixed):
        both = frozenset()
    if not may_stand_apart(disputing):
        first, against = exemplars(heard, against, 1, basis, family, places=places), frozenset()
    others = chosen - against - both - frozenset(first)

    def some(said: frozenset[int], wanted: int) -> list[int]:
        found = exemplars(heard, said, wanted, basis, family, places=places)
        if minimum is not None:
            rest = said.difference(found)
            found += sorted(
                exemplars(heard, rest, wanted - len(found), basis, family, places=places, apart=True)
            )
        return found

    return Voices(
        speaking=(*first, *some(others, most - len(first))),
        disputing=tuple(some(against, most)),
        mixed=tuple(some(both, most)),
        on_dissent=_on_dissent(heard, speaking, family, disputing, is_told=may_stand_apart(disputing)),
    )


def _by_stance(
    heard: HeardQuotes, numbers: frozenset[int], family: Collection[str]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the disputing quotes, and those of the others that both dispute and support."""
    disputing = numbers & heard.with_stance(family, Stance.DISPUTES)
    return disputing, numbers & heard.with_stance(family, Stance.MIXED) - disputing


def _on_dissent(
    heard: HeardQuotes,
    speaking: Collection[str],
    family: Collection[str],
    disputing: frozenset[int],
    *,
    is_told: bool,
) -> str:
    if not any(heard.with_stance(family, stance) for stance in Stance):
        return NO_STANCE_SAID
    if not disputing:
        return NOBODY_DISPUTES
    if not is_told:
        return DISPUTE_WITHHELD
    cases = len(heard.cases_of(disputing))
    if not cases:
        number = len(heard.apart(disputing))
        name, dispute = ("names", "disputes") if number == 1 else ("name", "dispute")
        return f"{counted(number, 'quote')} that {name} nobody {dispute} it."
    return f"{cases} of the {counted(len(speaking), 'case')} who spoke of it disputed it at least once."
