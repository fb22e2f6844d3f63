"""Chooses the quotes that support and dispute a theme in a report, and describes the dissent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.exemplars import exemplars, taking
from quotegrid.domain.coding.quotes import Quote, number_of_quotes
from quotegrid.domain.matrix.disclosure import is_tellable
from quotegrid.domain.text.normalise import counted

NO_STANCE_SAID = "Nobody has marked any of its passages as supporting or disputing it."
NOBODY_DISPUTES = "Nobody disputes it in what is coded so far."
DISPUTE_WITHHELD = "It is disputed. By how many cases is withheld, and no quote is marked as disputing it."


@dataclass(frozen=True, slots=True)
class Voices:
    """Quotes on a theme, by their stance."""

    speaking: tuple[Quote, ...]
    """Quotes without a stance, and those whose stance may not be published."""
    disputing: tuple[Quote, ...]
    mixed: tuple[Quote, ...]
    """Quotes that both support and dispute it."""
    on_dissent: str
    """A sentence on how many cases dispute it, that nobody does, or that no stance has been recorded."""


def voices(
    quotes: Sequence[Quote],
    shown: Sequence[Quote],
    family: Collection[str],
    most: int,
    *,
    minimum: int | None = None,
    is_told: bool = True,
) -> Voices:
    """Return the quotes that represent a theme: at most `most` of each kind, each from another case.

    In a publication, further quotes of cases already quoted follow, so that the number of quotes does not
    reveal the number of cases; and if too few cases dispute the theme to publish how many, a disputing quote
    is placed among the others without being marked.

    Args:
        quotes: All quotes of the study.
        shown: The quotes on the theme that may be shown.
        family: The codes of the theme.
        most: The maximum of each kind.
        minimum: The fewest cases that a published count may stand for; None if nothing is published.
        is_told: Whether the number of cases that spoke of the theme may be published.
    """
    wanted = {code.casefold() for code in family}
    here = [quote for quote in quotes if any(code.casefold() in wanted for code in quote.codes)]
    disputing, mixed = _by_stance(here, family)
    speaking = _cases(here)

    def may_stand_apart(some: Sequence[Quote]) -> bool:
        return minimum is None or (is_told and is_tellable(len(_cases(some)), len(speaking), minimum))

    chosen = list(shown)
    against, both = _by_stance(chosen, family)
    first: list[Quote] = []
    if not may_stand_apart(mixed):
        both = []
    if not may_stand_apart(disputing):
        first, against = exemplars(against, 1, family), []
    apart = {quote.id for quote in (*against, *both, *first)}
    others = [quote for quote in chosen if quote.id not in apart]

    def some(said: Sequence[Quote], wanted: int) -> list[Quote]:
        found = exemplars(said, wanted, family)
        if minimum is not None:
            known = {quote.id for quote in found}
            rest = [replace(quote, case=None) for quote in said if quote.id not in known]
            more = {quote.id for quote in exemplars(rest, wanted - len(found), family)}
            found += [quote for quote in said if quote.id in more]
        return found

    return Voices(
        speaking=(*first, *some(others, most - len(first))),
        disputing=tuple(some(against, most)),
        mixed=tuple(some(both, most)),
        on_dissent=_on_dissent(here, family, disputing, is_told=may_stand_apart(disputing)),
    )


def _by_stance(quotes: Sequence[Quote], family: Collection[str]) -> tuple[list[Quote], list[Quote]]:
    """Return the disputing quotes, and those of the others that both dispute and support."""
    disputing = taking(quotes, family, Stance.DISPUTES)
    apart = {quote.id for quote in disputing}
    return disputing, [quote for quote in taking(quotes, family, Stance.MIXED) if quote.id not in apart]


def _on_dissent(
    here: Sequence[Quote], family: Collection[str], disputing: Sequence[Quote], *, is_told: bool
) -> str:
    if not any(taking(here, family, stance) for stance in Stance):
        return NO_STANCE_SAID
    if not disputing:
        return NOBODY_DISPUTES
    if not is_told:
        return DISPUTE_WITHHELD
    cases = len(_cases(disputing))
    if not cases:
        number = number_of_quotes(disputing)
        name, dispute = ("names", "disputes") if number == 1 else ("name", "dispute")
        return f"{counted(number, 'quote')} that {name} nobody {dispute} it."
    return f"{cases} of the {counted(len(_cases(here)), 'case')} who spoke of it disputed it at least once."


def _cases(quotes: Sequence[Quote]) -> set[str]:
    return {quote.case for quote in quotes if quote.case is not None}
