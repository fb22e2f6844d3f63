"""The counting of quotes into columns, by everything that can be counted at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.measures import Base, Tally
from quotegrid.domain.matrix.read_cases import read_cases

_MOST_GAPS = 8


class Tallying:
    """The columns of a matrix, ready to count any set of quotes into them.

    Speakers who stand in the same column and are the same case in the same source are counted as one, so
    that a count passes over each quote once and over far fewer of those.

    Args:
        heard: All that was heard.
        column_of: The column of each speaker, by the speaker's place.
        columns: How many columns there are.
        with_words: Whether words are wanted too.
    """

    def __init__(
        self, heard: HeardQuotes, column_of: Sequence[int], columns: int, *, with_words: bool
    ) -> None:
        self._heard = heard
        self._columns = columns
        self._with_words = with_words
        kinds: dict[tuple[int, str | None, str], int] = {}
        kind_of_speaker = [
            kinds.setdefault((column, speaker.case, speaker.source), len(kinds))
            for speaker, column in zip(heard.speakers, column_of, strict=True)
        ]
        self._kinds = list(kinds)
        self._kind_of = _by_number(
            {number: kind_of_speaker[place] for number, place in heard.speaker_of.items()}
        )
        self._words_of = _by_number(heard.words)
        self._read = read_cases(heard)

    def tally(self, numbers: Collection[int]) -> tuple[tuple[Tally, ...], Tally]:
        """Return what stands behind these quotes in each column, and in all."""
        columns, total = self._count(numbers)
        return tuple(count.tally(self._read) for count in columns), total.tally(self._read)

    def bases(self) -> tuple[tuple[Base, ...], Base]:
        """Return what was heard in each column, and in all."""
        columns, total = self._count(self._heard.passages, words_of=self._heard.speaker_of)
        return tuple(count.base(self._read) for count in columns), total.base(self._read)

    def by_column(self, numbers: Collection[int]) -> tuple[int, ...]:
        """Return how many of these quotes stand in each column."""
        return tuple(count.quotes for count in self._count(numbers)[0])

    def _count(
        self, numbers: Collection[int], *, words_of: Collection[int] | None = None
    ) -> tuple[list[_Count], _Count]:
        columns = [_Count() for _ in range(self._columns)]
        words = self._words(list(numbers if words_of is None else words_of)) if self._with_words else {}
        for kind, quotes in Counter(map(self._kind_of.__getitem__, self._heard.apart(numbers))).items():
            column, case, source = self._kinds[kind]
            columns[column].add(quotes, case, source, words.get(kind, 0))
        return columns, _Count.of_all(columns)

    def _words(self, numbers: Sequence[int]) -> dict[int, int]:
        words: dict[int, int] = dict.fromkeys(range(len(self._kinds)), 0)
        shared = self._heard.shared
        alone = [number for number in numbers if number not in shared] if shared else numbers
        kinds = map(self._kind_of.__getitem__, alone)
        for kind, counted in zip(kinds, map(self._words_of.__getitem__, alone), strict=True):
            words[kind] += counted
        if len(alone) < len(numbers):
            # Of one kind is what one case says in one source, so that the same place is the same word.
            places: dict[int, set[int]] = {}
            for number in set(numbers).intersection(shared):
                places.setdefault(self._kind_of[number], set()).update(shared[number])
            for kind, found in places.items():
                words[kind] += len(found)
        return words


class _Count:
    """A count that grows."""

    __slots__ = ("cases", "quotes", "sources", "unnamed", "words")

    def __init__(self) -> None:
        self.quotes = self.words = self.unnamed = 0
        self.cases: set[str] = set()
        self.sources: set[str] = set()

    def add(self, quotes: int, case: str | None, source: str, words: int) -> None:
        self.quotes += quotes
        self.words += words
        self.sources.add(source)
        if case is None:
            self.unnamed += quotes
        else:
            self.cases.add(case)

    @classmethod
    def of_all(cls, columns: Iterable[_Count]) -> _Count:
        total = cls()
        for count in columns:
            total.quotes += count.quotes
            total.words += count.words
            total.unnamed += count.unnamed
            total.cases |= count.cases
            total.sources |= count.sources
        return total

    def tally(self, read: frozenset[str]) -> Tally:
        return Tally(self.quotes, len(self.cases), len(self.sources), self.words, read=len(self.cases & read))

    def base(self, read: frozenset[str]) -> Base:
        return Base(
            self.quotes,
            len(self.cases),
            len(self.sources),
            self.words,
            self.unnamed,
            read=len(self.cases & read),
        )


def _by_number(values: Mapping[int, int]) -> Mapping[int, int] | Sequence[int]:
    """Return the values as a list where numbers leave few gaps: each is read many times a matrix."""
    highest = max(values, default=0)
    if highest > _MOST_GAPS * len(values):
        return values
    found = [-1] * (highest + 1)
    for number, value in values.items():
        found[number] = value
    return found
