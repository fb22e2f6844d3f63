"""Pairs the words of a text with those of a corrected version, paragraphs that moved among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_RUN = 4
"""The length of the runs of words that are first looked for: each stands once in both texts."""
_MOVED_RUN = 6
"""The fewest words of a run that is believed where it stands out of order."""
_MOST_PAIRS = 4_000_000
"""The most pairs of words that are compared one by one between two runs."""


def pair_words(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each word of a text the place of the same word in the new version; None where it is gone.

    Runs of words that stand once in both texts are paired first, wherever they stand; what is between them is
    compared word by word. No word of the new version is paired twice.
    """
    pairs: list[int | None] = [None] * len(old)
    taken = [False] * len(new)
    for start, other, length in _runs(old, new):
        for step in range(length):
            pairs[start + step] = other + step
            taken[other + step] = True
    for first, last in list(_gaps(pairs)):
        _fill(old, new, pairs, taken, (first, last))
    return pairs


def in_order(pairs: Sequence[int | None]) -> set[int]:
    """Return the words that stand in the same order in both texts: the most of them that do."""
    placed = [(word, place) for word, place in enumerate(pairs) if place is not None]
    return {placed[number][0] for number in _longest_rise([place for _, place in placed])}


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the runs that stand once in both texts as start, start in the new one and length."""
    places, others = _single_runs(old), _single_runs(new)
    starts = sorted((place, others[run]) for run, place in places.items() if run in others)
    ordered = {starts[number][0] for number in _longest_rise([other for _, other in starts])}
    found: list[tuple[int, int, int]] = []
    is_taken = [False] * len(old)
    are_taken = [False] * len(new)
    # Runs in order take their words first.
    for start, other in sorted(starts, key=lambda pair: pair[0] not in ordered):
        if is_taken[start] or are_taken[other]:
            continue
        first, last = 0, _RUN
        while _is_free(old, new, is_taken, are_taken, start + first - 1, other + first - 1):
            first -= 1
        last = first
        while _is_free(old, new, is_taken, are_taken, start + last, other + last):
            last += 1
        if start in ordered or last - first >= _MOVED_RUN:
            found.append((start + first, other + first, last - first))
            for step in range(first, last):
                is_taken[start + step] = are_taken[other + step] = True
    return found


def _is_free(
    old: Sequence[str],
    new: Sequence[str],
    is_taken: Sequence[bool],
    are_taken: Sequence[bool],
    word: int,
    other: int,
) -> bool:
    if not (0 <= word < len(old) and 0 <= other < len(new)):
        return False
    return old[word] == new[other] and not is_taken[word] and not are_taken[other]


def _single_runs(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the place of each run of words that stands once."""
    places: dict[tuple[str, ...], int | None] = {}
    for start in range(len(words) - _RUN + 1):
        run = tuple(words[start : start + _RUN])
        places[run] = None if run in places else start
    return {run: start for run, start in places.items() if start is not None}


def _longest_rise(values: Sequence[int]) -> list[int]:
    """Return the places of a longest rising selection of numbers."""
    ends: list[int] = []
    lasts: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(lasts[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        lasts[length : length + 1] = [place]
    found = []
    place = lasts[-1] if lasts else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _gaps(pairs: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words that are not paired, as the first and the one after the last."""
    edges = [-1, *(word for word, place in enumerate(pairs) if place is not None), len(pairs)]
    for before, after in pairwise(edges):
        if after - before > 1:
            yield before + 1, after


def _fill(
    old: Sequence[str],
    new: Sequence[str],
    pairs: list[int | None],
    taken: list[bool],
    gap: tuple[int, int],
) -> None:
    """Pair the words of a gap with free words behind its neighbour before it, or before the one behind it."""
    first, last = gap
    before = -1 if first == 0 else pairs[first - 1]
    after = len(new) if last == len(old) else pairs[last]
    stretches = set()
    if before is not None:
        end = before + 1
        while end < len(new) and not taken[end]:
            end += 1
        stretches.add((before + 1, end))
    if after is not None:
        start = after
        while start > 0 and not taken[start - 1]:
            start -= 1
        stretches.add((start, after))
    best: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        found = _same_words(old[first:last], new[start:end])
        if len(found) > len(best):
            best = [(first + word, start + other) for word, other in found]
    for word, other in best:
        pairs[word] = other
        taken[other] = True


def _same_words(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        (block.a + step, block.b + step)
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]
