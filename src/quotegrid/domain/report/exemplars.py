"""The choice of quotes that illustrate a theme in a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.sources.model import Certainty
from quotegrid.domain.text.words import word_count

_BEST_LENGTH = 35
"""The number of words of a quote that is complete and still short enough to be read."""


@dataclass(frozen=True, slots=True)
class ExemplarBasis:
    """The signs by which exemplars are chosen, so that only the texts of the chosen need to be read."""

    lengths: Mapping[int, frozenset[int]]
    """The quotes by how many words are said in them."""
    unsure: frozenset[int] = frozenset()
    """The quotes whose speaker a report leaves unsure."""
    marked: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """The quotes marked as exemplars of a code, by the code's name without case."""

    def best_first(self, numbers: frozenset[int], family: Collection[str]) -> Iterator[frozenset[int]]:
        """Return those quotes that are equally good, the best ones first.

        Args:
            numbers: The quotes.
            family: The codes whose marked exemplars go before all others.
        """
        marked = numbers & frozenset[int]().union(*(self.marked.get(code.casefold(), ()) for code in family))
        for among in filter(None, (marked, numbers - marked)):
            for _, lengths in groupby(sorted(self.lengths, key=_distance), key=_distance):
                yield frozenset[int]().union(*(among & self.lengths[words] for words in lengths))


def exemplar_basis(quotes: Iterable[Quote]) -> ExemplarBasis:
    """Return what quotes are chosen by, where their texts have been read."""
    lengths: dict[int, set[int]] = defaultdict(set)
    marked: dict[str, set[int]] = defaultdict(set)
    unsure = set()
    for quote in quotes:
        lengths[word_count(quote.text)].add(quote.id)
        for code in quote.exemplar_of:
            marked[code.casefold()].add(quote.id)
        if quote.certainty is Certainty.UNSURE:
            unsure.add(quote.id)
    return ExemplarBasis(
        {words: frozenset(numbers) for words, numbers in lengths.items()},
        frozenset(unsure),
        {code: frozenset(numbers) for code, numbers in marked.items()},
    )


def exemplars(
    heard: HeardQuotes,
    numbers: Collection[int],
    most: int,
    basis: ExemplarBasis,
    family: Collection[str] = (),
    *,
    places: Mapping[int, int] | None = None,
    apart: bool = False,
) -> list[int]:
    """Return up to `most` quotes, from as many groups as there are and each from another case.

    The groups take turns, the one with the most cases first; of a case's quotes the one whose length is
    nearest to 35 words stands for it, but before it one that somebody has marked as an exemplar of a code of
    the family, and a group's marked ones come first. Quotes whose speaker a report leaves unsure are left
    out, and those that name nobody count as a case each.

    Args:
        heard: All that was heard.
        numbers: The quotes to choose from.
        most: The maximum.
        basis: What they are chosen by.
        family: The codes of the theme.
        places: The order in which equally good quotes of a case stand for it; None for that of the sources.
        apart: Whether every quote counts as a case of its own.
    """

    def place_of(number: int) -> tuple[str, int]:
        if places is not None:
            return "", places[number]
        return heard.speaker(number).source.casefold(), number

    sure = frozenset(numbers) - basis.unsure
    cases: dict[str, set[str]] = defaultdict(set)
    nameless: Counter[str] = Counter()
    for place, count in Counter(map(heard.speaker_of.__getitem__, sure)).items():
        speaker = heard.speakers[place]
        if speaker.case and not apart:
            cases[speaker.group or ""].add(speaker.case)
        else:
            nameless[speaker.group or ""] += count
    sizes = {group: len(cases[group]) + nameless[group] for group in {*cases, *nameless}}
    turns: dict[str, list[int]] = {
        group: [] for group, _ in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    }
    chosen_cases: set[tuple[str, str | int]] = set()
    for equals in basis.best_first(sure, family):
        if all(len(turns[group]) >= min(most, size) for group, size in sizes.items()):
            break
        chosen: list[tuple[int, str]] = []
        for number in sorted(equals, key=place_of):
            speaker = heard.speaker(number)
            case = (speaker.group or "", number if apart else speaker.case or number)
            if case not in chosen_cases:
                chosen_cases.add(case)
                chosen.append((number, case[0]))
        for number, group in sorted(chosen):
            turns[group].append(number)
    in_turn = [
        number
        for place in range(max(map(len, turns.values()), default=0))
        for numbers_of_group in turns.values()
        for number in numbers_of_group[place : place + 1]
    ]
    return in_turn[: max(most, 0)]


def _distance(words: int) -> int:
    return abs(words - _BEST_LENGTH)
