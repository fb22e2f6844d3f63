"""Finds quotes that share words because some were cut out by hand, so that no words are counted twice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.words import word_places

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The quotes that share words with others of the same speaker because some were cut out by hand."""

    ranges: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """The start and end in its source of each quote that shares words with another, by its number."""
    cut_from: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The imported passages that a quote was cut out of, for those cut out by hand."""


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """A quote with its place."""

    number: int
    speaker: int
    """The number of a speaker in one source."""
    start: int
    end: int
    is_hand_made: bool


def find_overlaps(quotes: Iterable[PlacedQuote]) -> Overlaps:
    """Return the overlaps of quotes with others of the same speaker.

    Imported passages do not overlap each other.
    """
    by_speaker: dict[int, list[PlacedQuote]] = {}
    for quote in quotes:
        by_speaker.setdefault(quote.speaker, []).append(quote)
    ranges: dict[int, tuple[int, int]] = {}
    cut_from: dict[int, tuple[int, ...]] = {}
    for said in by_speaker.values():
        for stretch in stretches((quote.start, quote.end, quote) for quote in said):
            if len(stretch) > 1 and any(quote.is_hand_made for quote in stretch):
                ranges |= {quote.number: (quote.start, quote.end) for quote in stretch}
                cut_from |= _cut_from(stretch)
    return Overlaps(ranges, cut_from)


def _cut_from(stretch: Sequence[PlacedQuote]) -> dict[int, tuple[int, ...]]:
    """Return the imported passages with which each hand-made quote of a stretch shares words."""
    imported = [quote for quote in stretch if not quote.is_hand_made]
    starts = [quote.start for quote in imported]
    ends = [quote.end for quote in imported]
    found: dict[int, tuple[int, ...]] = {}
    for cut in stretch:
        if cut.is_hand_made:
            overlapped = imported[bisect_right(ends, cut.start) : bisect_left(starts, cut.end)]
            if overlapped:
                found[cut.number] = tuple(quote.number for quote in overlapped)
    return found


def stretches(placed: Iterable[tuple[int, int, Item]]) -> list[list[Item]]:
    """Return items by the stretches of text that their ranges cover together, in the order of the text.

    Ranges that share at least one character belong to one stretch, also through others between them; those
    that only touch do not.

    Args:
        placed: The start and end of each item, and the item.
    """
    found: list[list[Item]] = []
    reach = 0
    for start, end, item in sorted(placed, key=lambda place: place[:2]):
        if found and start < reach:
            found[-1].append(item)
        else:
            found.append([item])
        reach = max(reach, end)
    return found


def places_of_words(text: str, start: int) -> frozenset[int]:
    """Return the offset in the source of each word said in a segment.

    Args:
        text: The segment's text.
        start: The offset in the source at which it begins.
    """
    said = spoken(text)
    return frozenset(start + said.place(first, last)[0] for first, last in word_places(said.text))
