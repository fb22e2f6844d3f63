"""Finds words that several segments share because one was made by hand over others, to count them once."""

from __future__ import annotations

from collections.abc import Iterable

from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.words import word_places


def lying_over(segments: Iterable[tuple[int, int, int, bool]]) -> set[int]:
    """Return the segments of one source that overlap another, where one of the two was made by hand.

    Args:
        segments: The number, start and end of each, and whether it was made by hand.

    Returns:
        The numbers of the segments.
    """
    known = list(segments)
    found: set[int] = set()
    for number, start, end, by_hand in known:
        if by_hand:
            over = {
                known_number
                for known_number, first, last, _ in known
                if known_number != number and first < end and start < last
            }
            found |= over | ({number} if over else set())
    return found


def places_of_words(text: str, start: int) -> frozenset[int]:
    """Return the offset in the source of each word said in a segment.

    Args:
        text: The segment's text.
        start: The offset in the source at which it begins.
    """
    said = spoken(text)
    return frozenset(start + said.place(first, last)[0] for first, last in word_places(said.text))
