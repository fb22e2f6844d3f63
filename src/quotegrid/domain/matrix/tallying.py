"""The counting of quotes into columns, by everything that can be counted at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.measures import Base, Tally
from quotegrid.domain.matrix.read_cases import read_cases


class Tallying:
    """The columns of a matrix, ready to count any set of quotes into them.

    Quotes are counted by their speakers, once for all matrices of what was heard; each matrix passes over
    the speakers, who are far fewer.

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
        self._column_of = column_of
        self._columns = columns
        self._with_words = with_words
        read = read_cases(heard)
        placed = list(zip(heard.speakers, column_of, strict=True))
        self._is_unnamed = [speaker.case is None for speaker in heard.speakers]
        self._cases = _Distinct(
            [None if speaker.case is None else (column, speaker.case) for speaker, column in placed]
        )
        self._read = _Distinct(
            [(column, speaker.case) if speaker.case in read else None for speaker, column in placed]
        )
        self._sources = _Distinct([(column, speaker.source) for speaker, column in placed])

    def tally(self, numbers: frozenset[int]) -> tuple[tuple[Tally, ...], Tally]:
        """Return what stands behind these quotes in each column, and in all."""
        places = self._heard.by_speaker(numbers)
        quotes = self.by_column(numbers)
        cases, all_cases = self._cases.count(places, self._columns)
        read, all_read = self._read.count(places, self._columns)
        sources, all_sources = self._sources.count(places, self._columns)
        words = self._words(numbers)
        return (
            tuple(
                Tally(*counts, read=read_here)
                for *counts, read_here in zip(quotes, cases, sources, words, read, strict=True)
            ),
            Tally(sum(quotes), all_cases, all_sources, sum(words), read=all_read),
        )

    def bases(self) -> tuple[tuple[Base, ...], Base]:
        """Return what was heard in each column, and in all."""
        passages = self._heard.passages
        columns, total = self.tally(passages)
        words = self._words(self._heard.everything)
        unnamed = self._in_columns(
            {
                place: number
                for place, number in self._heard.by_speaker(passages).items()
                if self._is_unnamed[place]
            }
        )
        return (
            tuple(
                _base(tally, words_here, unnamed_here)
                for tally, words_here, unnamed_here in zip(columns, words, unnamed, strict=True)
            ),
            _base(total, sum(words), sum(unnamed)),
        )

    def by_column(self, numbers: frozenset[int]) -> tuple[int, ...]:
        """Return how many of these quotes stand in each column."""
        return tuple(self._in_columns(self._heard.by_speaker(numbers)))

    def _in_columns(self, by_speaker: Mapping[int, int]) -> list[int]:
        found = [0] * self._columns
        column_of = self._column_of
        for place, number in by_speaker.items():
            found[column_of[place]] += number
        return found

    def _words(self, numbers: frozenset[int]) -> list[int]:
        if not self._with_words:
            return [0] * self._columns
        words = self._in_columns(self._heard.words_by_speaker(numbers))
        # What one case says in one source is one text, so that the same place in it is the same word.
        places: dict[tuple[int, str | None, str], set[int]] = {}
        for number in numbers.intersection(self._heard.shared):
            place = self._heard.speaker_of[number]
            speaker = self._heard.speakers[place]
            key = (self._column_of[place], speaker.case, speaker.source)
            places.setdefault(key, set()).update(self._heard.shared[number])
        for (column, _, _), found in places.items():
            words[column] += len(found)
        return words


class _Distinct:
    """The cases or sources of a matrix's columns, ready to be counted once each.

    Args:
        keys: The column and the name of each speaker, by the speaker's place; None for what does not count.
    """

    def __init__(self, keys: Sequence[tuple[int, Hashable] | None]) -> None:
        numbers: dict[tuple[int, Hashable], int] = {}
        names: dict[Hashable, int] = {}
        self._number_of = [-1 if key is None else numbers.setdefault(key, len(numbers)) for key in keys]
        self._columns = [column for column, _ in numbers]
        self._names = [names.setdefault(name, len(names)) for _, name in numbers]

    def count(self, places: Iterable[int], columns: int) -> tuple[list[int], int]:
        """Return how many are in each column, and how many in all: some stand in several columns."""
        found = set(map(self._number_of.__getitem__, places))
        found.discard(-1)
        in_column = Counter(map(self._columns.__getitem__, found))
        return (
            [in_column[column] for column in range(columns)],
            len(set(map(self._names.__getitem__, found))),
        )


def _base(tally: Tally, words: int, unnamed: int) -> Base:
    return Base(tally.quotes, tally.cases, tally.sources, words, unnamed, read=tally.read)
