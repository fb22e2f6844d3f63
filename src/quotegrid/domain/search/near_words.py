"""Words that stand near each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

Range = tuple[int, int]


def stand_near(
    words: Sequence[str], places: Mapping[str, Collection[Range]], all_words: Sequence[Range], most: int
) -> bool:
    """Return whether words stand in a text in any order, with at most some other words among them.

    Args:
        words: The words; one that is named twice must stand twice.
        places: The ranges of each in the text.
        all_words: The range of every word of the text, in order.
        most: How many other words may stand between the first and the last of them.
    """
    starts, ends = [start for start, _ in all_words], [end for _, end in all_words]
    found = sorted(
        (bisect_right(ends, start), bisect_left(starts, end), word)
        for word in set(words)
        for start, end in places.get(word, ())
    )
    return any(_begins_with(found[first:], Counter(words), most) for first in range(len(found)))


def _begins_with(found: Sequence[tuple[int, int, str]], missing: Counter[str], most: int) -> bool:
    """Return whether all words stand in a window that begins with the first one found.

    Args:
        found: The places of words, counted in words of the text, in order.
        missing: How often each word must stand.
        most: How many other words may stand among them.
    """
    at = found[0][0]
    for begins, stops, word in found:
        if begins - at > most:
            return False
        if begins >= at and missing[word]:
            most -= begins - at
            missing[word] -= 1
            at = stops
            if not missing.total():
                return True
    return False
