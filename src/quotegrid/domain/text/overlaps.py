"""Words that several segments share, because one was cut out by hand over others: counted once."""

from __future__ import annotations

from collections.abc import Iterable

from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.normalise import word_places


def lying_over(segments: Iterable[tuple[int, int, int, bool]]) -> set[int]:
    """Return the segments of one source that share words with another, where one of the two was made by hand.

    Args:
        segments: Number, start and end of each, and whether it was made by hand.
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
    """Where in the source each word begins that is said in a segment.

    Args:
        text: The segment's text.
        start: Where it begins in the source.
    """
    said = spoken(text)
    return frozenset(start + said.place(first, last)[0] for first, last in word_places(said.text))
