"""The choice of quotes that illustrate a theme in a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.sources.model import Certainty
from quotegrid.domain.text.words import word_count

_BEST_LENGTH = 35
"""The number of words of a quote that is complete and still short enough to be read."""


def exemplars(quotes: Sequence[Quote], most: int, family: Collection[str] = ()) -> list[Quote]:
    """Return up to `most` quotes, from as many groups as there are and each from another case.

    The groups take turns, the one with the most cases first; of a case's quotes the one whose length is
    nearest to 35 words stands for it, but before it one that somebody has marked as an exemplar of a code of
    the family, and a group's marked ones come first. Quotes whose speaker a report leaves unsure are left
    out, and those that name nobody count as a case each.
    """
    wanted = {code.casefold() for code in family}

    def worth(quote: Quote) -> tuple[bool, int]:
        is_marked = any(code.casefold() in wanted for code in quote.exemplar_of)
        return not is_marked, _distance(quote)

    by_group: dict[str, dict[object, list[Quote]]] = defaultdict(lambda: defaultdict(list))
    for quote in quotes:
        if quote.certainty is not Certainty.UNSURE:
            by_group[quote.group or ""][quote.case or quote.id].append(quote)
    turns = [
        sorted(
            (min(said, key=worth) for said in cases.values()),
            key=lambda quote: (*worth(quote), quote.id),
        )
        for _, cases in sorted(by_group.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    chosen: list[Quote] = []
    while len(chosen) < most and any(turns):
        for turn in turns:
            if turn and len(chosen) < most:
                chosen.append(turn.pop(0))
    return chosen


def taking(quotes: Sequence[Quote], codes: Collection[str], stance: Stance) -> list[Quote]:
    """Return the quotes that take a stance towards one of these codes."""
    wanted = {code.casefold() for code in codes}
    return [
        quote
        for quote in quotes
        if any(stance in taken for code, taken in quote.stances.items() if code.casefold() in wanted)
    ]


def _distance(quote: Quote) -> int:
    return abs(word_count(quote.text) - _BEST_LENGTH)
