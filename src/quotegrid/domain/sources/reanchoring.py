"""Finds the words of a text again in a corrected version of it.

A range is placed by its own words and those around it; edit distance decides at its edges. What is not placed
with good reason is not placed at all: no range ever lands on other words without being told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from quotegrid.domain.text.alignment import in_order, pair_words
from quotegrid.domain.text.words import word_places

_LEAST_KEPT = 0.5
"""The share of a range's words that must be found again in one place."""
_LIKE = 0.5
"""The least likeness, from 0 to 1, of words at an edge that are the same words corrected."""
_MOST_ADDED = 60
"""The most words that a correction adds between two words of a range."""
_AROUND = 8
"""The number of words on each side that tell whether a short range is the same."""
_SHORT = 4
"""The number of words up to which a range is placed only if words around it are found there too."""
_LONG_RUN = 5
"""The length of a run of words that two texts do not have in common by chance."""


class Outcome(StrEnum):
    """The fate of a range in the corrected text."""

    KEPT = "kept"
    """The same words in the same order of things."""
    MOVED = "moved"
    """The same words in another place."""
    CHANGED = "changed"
    """Words that are not the same to the letter."""
    LOST = "cannot be placed"
    """Words that are not found again."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A range of the old text, and its place in the new one."""

    outcome: Outcome
    start: int = 0
    end: int = 0
    """Its end, exclusive; 0 like `start` where it cannot be placed."""
    has_same_words: bool = True
    """Whether its words are the same but for punctuation, capitals and white space."""


class Reanchoring:
    """The places of an old text's ranges in a new one.

    Args:
        old: The old text.
        new: The new text.
    """

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self._old_places, self._new_places = word_places(old), word_places(new)
        self._old_words, self._new_words = _keys(old, self._old_places), _keys(new, self._new_places)
        self._old_ends = [end for _, end in self._old_places]
        self._pairs = pair_words(self._old_words, self._new_words)
        self._taken = {place for place in self._pairs if place is not None}

    @cached_property
    def _ordered(self) -> set[int]:
        return in_order(self._pairs)

    def likeness(self) -> float:
        """Return the share of the old words that stand in long runs of the new text, from 0 to 1."""
        total = length = 0
        before: int | None = None
        for place in (*self._pairs, None):
            if place is not None and before is not None and place == before + 1:
                length += 1
            else:
                total += length if length >= _LONG_RUN else 0
                length = 0 if place is None else 1
            before = place
        return total / len(self._pairs) if self._pairs else float(self.old == self.new)

    def place(self, start: int, end: int) -> Placement:
        """Return the place of a range in the new text."""
        if self.old == self.new:
            return Placement(Outcome.KEPT, start, end)
        first = bisect_left(self._old_ends, start + 1)
        last = first
        while last < len(self._old_places) and self._old_places[last][0] < end:
            last += 1
        if first == last:
            return Placement(Outcome.LOST)
        stretch = self._stretch(first, last)
        if stretch is None:
            return Placement(Outcome.LOST)
        begins, ends = self._characters((start, end), (first, last), stretch)
        if self.new[begins:ends] == self.old[start:end]:
            is_moved = not any(word in self._ordered for word in range(first, last))
            return Placement(Outcome.MOVED if is_moved else Outcome.KEPT, begins, ends)
        same = self._old_words[first:last] == self._new_words[stretch[0] : stretch[1]]
        return Placement(Outcome.CHANGED, begins, ends, same)

    def _stretch(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the words of the new text in which old words are found again, None if they are not."""
        found = self._largest_cluster(first, last)
        if len(found) < _LEAST_KEPT * (last - first):
            return self._between_neighbours(first, last)
        start, end = found[0][1], found[-1][1] + 1
        if last - first <= _SHORT and not self._is_supported(first, last, start, end):
            return None
        return (
            start - self._edge(self._old_words[first : found[0][0]], self._free_before(start), is_start=True),
            end
            + self._edge(self._old_words[found[-1][0] + 1 : last], self._free_behind(end), is_start=False),
        )

    def _largest_cluster(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the most words of a range that stand together in the new text, each with its place there."""
        clusters: list[list[tuple[int, int]]] = []
        for word in range(first, last):
            place = self._pairs[word]
            if place is None:
                continue
            if clusters:
                before, other = clusters[-1][-1]
                if 0 < place - other <= word - before + _MOST_ADDED:
                    clusters[-1].append((word, place))
                    continue
            clusters.append([(word, place)])
        return max(clusters, key=len, default=[])

    def _between_neighbours(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the words between the neighbours of a range, if they are much like it and no others'."""
        before = -1 if first == 0 else self._pairs[first - 1]
        after = len(self._new_words) if last == len(self._pairs) else self._pairs[last]
        if before is None or after is None or not 0 < after - before - 1 <= last - first + 2:
            return None
        old, new = self._old_words[first:last], self._new_words[before + 1 : after]
        return (before + 1, after) if _alike(old, new) >= _LIKE else None

    def _is_supported(self, first: int, last: int, start: int, end: int) -> bool:
        """Return whether a word beside a short range, or half of those around it, is there too."""
        if not len(self._pairs) > last - first:
            return True
        if first > 0 and self._pairs[first - 1] is not None and self._pairs[first - 1] == start - 1:
            return True
        if last < len(self._pairs) and self._pairs[last] is not None and self._pairs[last] == end:
            return True
        around = [*range(max(first - _AROUND, 0), first), *range(last, min(last + _AROUND, len(self._pairs)))]
        near = range(start - 2 * _AROUND, end + 2 * _AROUND)
        return sum(self._pairs[word] in near for word in around) * 2 >= len(around)

    def _free_before(self, place: int) -> Sequence[str]:
        start = place
        while start > 0 and start - 1 not in self._taken:
            start -= 1
        return self._new_words[start:place]

    def _free_behind(self, place: int) -> Sequence[str]:
        end = place
        while end < len(self._new_words) and end not in self._taken:
            end += 1
        return self._new_words[place:end]

    @staticmethod
    def _edge(old: Sequence[str], free: Sequence[str], *, is_start: bool) -> int:
        """Return how many free words at an edge of a range are its own words corrected."""
        best, found = _LIKE, 0
        for count in range(1, min(len(free), len(old) + 2) + 1 if old else 0):
            likeness = _alike(old, free[-count:] if is_start else free[:count])
            if likeness > best:
                best, found = likeness, count
        return found

    def _characters(
        self, given: tuple[int, int], words: tuple[int, int], stretch: tuple[int, int]
    ) -> tuple[int, int]:
        """Return the characters of a stretch of new words, with marks on both sides as the old has them."""
        start, end = self._new_places[stretch[0]][0], self._new_places[stretch[1] - 1][1]
        lead = self.old[given[0] : max(self._old_places[words[0]][0], given[0])]
        trail = self.old[min(self._old_places[words[1] - 1][1], given[1]) : given[1]]
        if self.new.endswith(lead, 0, start):
            start -= len(lead)
        elif lead.strip():
            while start and _is_mark(self.new[start - 1]):
                start -= 1
        if self.new.startswith(trail, end):
            end += len(trail)
        elif trail.strip():
            while end < len(self.new) and _is_mark(self.new[end]):
                end += 1
        return start, end


def fitted(text: str, placed: Placement, ranges: Iterable[tuple[int, int]]) -> Placement:
    """Return a placement that is fitted to one of some ranges, where it differs from it by no word.

    Args:
        text: The new text.
        placed: The placement.
        ranges: The ranges of the new text's passages.
    """
    for start, end in ranges:
        edges = ((start, placed.start), (placed.end, end))
        if not any(_has_letter(text[min(pair) : max(pair)]) for pair in edges):
            if (start, end) == (placed.start, placed.end):
                return placed
            return Placement(Outcome.CHANGED, start, end, placed.has_same_words)
    return placed


def _keys(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    return [text[start:end].casefold().replace("\u2019", "'") for start, end in places]


def _alike(old: Sequence[str], new: Sequence[str]) -> float:
    return SequenceMatcher(None, " ".join(old), " ".join(new), autojunk=False).ratio()


def _is_mark(character: str) -> bool:
    return not character.isspace() and not character.isalnum()


def _has_letter(text: str) -> bool:
    return any(character.isalnum() for character in text)
