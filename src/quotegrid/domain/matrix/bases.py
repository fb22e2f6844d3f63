"""The quotes of a study in the form that is counted: the speaker of each, and the quotes of each code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import BUILT_IN_ATTRIBUTES, Quote
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.overlaps import (
    Overlaps,
    PlacedQuote,
    find_overlaps,
    places_of_words,
)
from quotegrid.domain.text.words import word_count

Key = TypeVar("Key", bound=Hashable)

_MOST_GAPS = 8


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker of quotes in one source, with the known attributes."""

    source: str
    case: str | None
    """None where a report names a role but no person."""
    group: str | None
    role: str | None
    area: str | None
    attributes: Mapping[str, str] = field(default_factory=dict)

    def value(self, attribute: str) -> str | None:
        """Return the value of any attribute: group, role, area, source, case or one of the study's own."""
        if attribute in BUILT_IN_ATTRIBUTES:
            found: str | None = getattr(self, attribute)
            return found
        return self.attributes.get(attribute)


@dataclass(frozen=True)
class HeardQuotes:
    """All quotes of a study by their numbers, without their text.

    Quotes outnumber their speakers by hundreds, so that whatever is counted by speaker is counted fast.
    """

    speakers: Sequence[Speaker]
    speaker_of: Mapping[int, int]
    """For every quote, coded or not, its speaker's place in `speakers`."""
    coded: Mapping[str, frozenset[int]]
    """The quotes on which a code stands, by the code's name without case."""
    stances: Mapping[tuple[str, Stance], frozenset[int]] = field(default_factory=dict)
    """The quotes that take a stance, by the code's name without case."""
    suggested: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """The quotes for which a code is proposed and not yet decided on."""
    words: Mapping[int, int] = field(default_factory=dict)
    """The number of words of each quote; empty unless requested."""
    shared: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """For the quotes that share words with another one, where in the source each of their words begins; empty
    unless words are requested."""
    overlaps: Overlaps = field(default_factory=Overlaps)
    """The quotes that share words with another one because some were cut out by hand."""
    read_sources: frozenset[str] | None = None
    """The sources that are read to the end; None if all of them are."""

    def speaker(self, number: int) -> Speaker:
        """Return who speaks in a quote."""
        return self.speakers[self.speaker_of[number]]

    def cases_of(self, numbers: Iterable[int]) -> frozenset[str]:
        """Return the cases who speak in some quotes."""
        # Quotes outnumber speakers by far: brought together first, each speaker is looked up once.
        places = set(map(self.speaker_of.__getitem__, numbers))
        return frozenset(case for place in places if (case := self.speakers[place].case) is not None)

    @cached_property
    def heard_speakers(self) -> frozenset[int]:
        """Return the places of the speakers of whom there is any quote."""
        return frozenset(self.speaker_of.values())

    @cached_property
    def coded_speakers(self) -> frozenset[int]:
        """Return the places of the speakers of whom anything is coded."""
        places: set[int] = set()
        silent: frozenset[int] | None = None
        for found in sorted(self.coded.values(), key=len, reverse=True):
            # The most frequent code leaves few speakers to look for in the others.
            if silent is not None:
                places.update(map(self.speaker_of.__getitem__, found & silent))
            else:
                places.update(self.by_speaker(found))
                silent = frozenset(number for number, place in self.speaker_of.items() if place not in places)
        return frozenset(places)

    @cached_property
    def coded_cases(self) -> frozenset[str]:
        """Return the cases of whom anything is coded."""
        cases = (self.speakers[place].case for place in self.coded_speakers)
        return frozenset(case for case in cases if case is not None)

    @cached_property
    def _unions(self) -> dict[tuple[object, ...], frozenset[int]]:
        """Return the quotes of several codes that were asked for: the rows of later matrices."""
        return {}

    @cached_property
    def _by_speaker(self) -> dict[frozenset[int], Mapping[int, int]]:
        return {}

    @cached_property
    def _words_by_speaker(self) -> dict[frozenset[int], Mapping[int, int]]:
        return {}

    @cached_property
    def _speaker_by_number(self) -> Mapping[int, int] | Sequence[int]:
        return _by_number(self.speaker_of)

    @cached_property
    def _words_by_number(self) -> Mapping[int, int] | Sequence[int]:
        return _by_number(self.words)

    def by_speaker(self, numbers: frozenset[int]) -> Mapping[int, int]:
        """Return how many of these quotes each speaker said, each stretch of words as one, by the place."""
        if numbers not in self._by_speaker:
            places = map(self._speaker_by_number.__getitem__, self.apart(numbers))
            self._by_speaker[numbers] = Counter(places)
        return self._by_speaker[numbers]

    def words_by_speaker(self, numbers: frozenset[int]) -> Mapping[int, int]:
        """Return how many words of these quotes each speaker said, by the place; without shared words."""
        if numbers not in self._words_by_speaker:
            alone = numbers.difference(self.shared) if self.shared else numbers
            words = [0] * len(self.speakers)
            places = map(self._speaker_by_number.__getitem__, alone)
            for place, spoken_words in zip(
                places, map(self._words_by_number.__getitem__, alone), strict=True
            ):
                words[place] += spoken_words
            self._words_by_speaker[numbers] = {place: number for place, number in enumerate(words) if number}
        return self._words_by_speaker[numbers]

    @cached_property
    def everything(self) -> frozenset[int]:
        """Return all quotes."""
        return frozenset(self.speaker_of)

    @cached_property
    def passages(self) -> frozenset[int]:
        """Return the quotes that make a base: all but those cut out of others."""
        return (
            self.everything.difference(self.overlaps.cut_from) if self.overlaps.cut_from else self.everything
        )

    def passages_of(self, numbers: Iterable[int]) -> frozenset[int]:
        """Return the passages of the base on which, or on a part of which, some of these quotes stand."""
        cut_from = self.overlaps.cut_from
        found = frozenset(number for quote in numbers for number in cut_from.get(quote, (quote,)))
        return found & self.speaker_of.keys()

    def apart(self, numbers: Collection[int]) -> Collection[int]:
        """Return these quotes with only the first of those that overlap: each is one stretch of words."""
        first_of = self.first_of_stretch(numbers)
        later = {number for number, first in first_of.items() if number != first}
        return [number for number in numbers if number not in later] if later else numbers

    def first_of_stretch(self, numbers: Collection[int]) -> dict[int, int]:
        """Return, for those of the quotes that may overlap, the first that shares a stretch of words."""
        if not self.overlaps.ranges:
            return {}
        place_of, places = self._places
        first_of: dict[int, int] = {}
        first = reach = 0
        last_speaker = -1
        # Each row is counted so: numbers are sorted much faster than ranges.
        for place in sorted(map(place_of.__getitem__, place_of.keys() & numbers)):
            speaker, start, end, number = places[place]
            if speaker != last_speaker or start >= reach:
                first, reach, last_speaker = number, end, speaker
            elif end > reach:
                reach = end
            first_of[number] = first
        return first_of

    @cached_property
    def _places(self) -> tuple[dict[int, int], list[tuple[int, int, int, int]]]:
        """Return the place of each quote that may overlap, and speaker, start, end and number in order."""
        places = sorted(
            (self.speaker_of[number], start, end, number)
            for number, (start, end) in self.overlaps.ranges.items()
            if number in self.speaker_of
        )
        return {number: place for place, (_, _, _, number) in enumerate(places)}, places

    def clear_of(self, numbers: Collection[int], others: Collection[int]) -> frozenset[int]:
        """Return those of the quotes that share no stretch of words with others."""
        found = frozenset(numbers).difference(others)
        first_of = self.first_of_stretch(found.union(others))
        held = {first_of[number] for number in others if number in first_of}
        return frozenset(number for number in found if first_of.get(number) not in held)

    def with_codes(self, codes: Iterable[str]) -> frozenset[int]:
        """Return the quotes on which one of these codes stands."""
        return self._union(tuple(code.casefold() for code in codes), self.coded)

    def with_suggested(self, codes: Iterable[str]) -> frozenset[int]:
        """Return the quotes for which one of these codes is proposed."""
        return frozenset().union(*(self.suggested.get(code.casefold(), ()) for code in codes))

    def with_stance(self, codes: Iterable[str], stance: Stance) -> frozenset[int]:
        """Return the quotes that take a stance towards one of these codes."""
        return self._union(tuple((code.casefold(), stance) for code in codes), self.stances)

    def _union(self, keys: tuple[Key, ...], numbers_of: Mapping[Key, frozenset[int]]) -> frozenset[int]:
        if len(keys) == 1:
            return numbers_of.get(keys[0], frozenset())
        if keys not in self._unions:
            self._unions[keys] = frozenset().union(*(numbers_of.get(key, ()) for key in keys))
        return self._unions[keys]

    def without_stance(self, codes: Iterable[str]) -> frozenset[int]:
        """Return the quotes on which one of these codes stands, and that take no stance towards any."""
        names = tuple(codes)
        key = (None, *names)
        if key not in self._unions:
            taken = (self.with_stance(names, stance) for stance in Stance)
            self._unions[key] = self.with_codes(names).difference(*taken)
        return self._unions[key]

    def among(self, numbers: Collection[int]) -> HeardQuotes:
        """Return only these quotes, as if nothing else had been heard."""
        kept = frozenset(numbers)
        return replace(
            self.counting(kept),
            speaker_of={number: self.speaker_of[number] for number in self.speaker_of if number in kept},
        )

    def counting(self, numbers: Collection[int]) -> HeardQuotes:
        """Return all that was heard, with codes only on these quotes."""
        kept = frozenset(numbers)
        return replace(
            self,
            coded={code: found & kept for code, found in self.coded.items()},
            stances={key: found & kept for key, found in self.stances.items()},
            suggested={code: found & kept for code, found in self.suggested.items()},
        )

    def taking(self, stance: Stance) -> HeardQuotes:
        """Return all that was heard, with only the codes towards which a quote takes a stance."""
        return replace(
            self,
            coded={code: found for (code, taken), found in self.stances.items() if taken is stance},
            stances={key: found for key, found in self.stances.items() if key[1] is stance},
            suggested={},
        )


def values_of(speakers: Sequence[Speaker], attribute: str) -> list[str | None]:
    """Return each speaker's value of an attribute."""
    if attribute in BUILT_IN_ATTRIBUTES:
        return list(map(attrgetter(attribute), speakers))
    return [speaker.attributes.get(attribute) for speaker in speakers]


def heard_quotes(quotes: Sequence[Quote]) -> HeardQuotes:
    """Return what is heard in quotes; a quote whose number comes twice is one quote."""
    places: dict[tuple[object, ...], int] = {}
    speakers: list[Speaker] = []
    speaker_of: dict[int, int] = {}
    coded: dict[str, set[int]] = {}
    suggested: dict[str, set[int]] = {}
    stances: dict[tuple[str, Stance], set[int]] = {}
    for quote in quotes:
        key = (
            quote.source,
            quote.case,
            quote.group,
            quote.role,
            quote.area,
            tuple(sorted(quote.attributes.items())),
        )
        if key not in places:
            places[key] = len(speakers)
            speakers.append(Speaker(*key[:5], quote.attributes))
        speaker_of[quote.id] = places[key]
        for code in quote.codes:
            coded.setdefault(code.casefold(), set()).add(quote.id)
        for code in quote.suggested:
            suggested.setdefault(code.casefold(), set()).add(quote.id)
        for code, taken in quote.stances.items():
            for stance in taken:
                stances.setdefault((code.casefold(), stance), set()).add(quote.id)
    overlaps = find_overlaps(
        {
            quote.id: PlacedQuote(
                quote.id, speaker_of[quote.id], quote.start, quote.end, quote.made_by is not None
            )
            for quote in quotes
        }.values()
    )
    return HeardQuotes(
        speakers=speakers,
        speaker_of=speaker_of,
        coded={code: frozenset(found) for code, found in coded.items()},
        stances={key: frozenset(found) for key, found in stances.items()},
        suggested={code: frozenset(found) for code, found in suggested.items()},
        words={quote.id: word_count(spoken(quote.text).text) for quote in quotes},
        shared=_shared(quotes, overlaps),
        overlaps=overlaps,
    )


def _shared(quotes: Sequence[Quote], overlaps: Overlaps) -> dict[int, frozenset[int]]:
    return {
        quote.id: places_of_words(quote.text, quote.start) for quote in quotes if quote.id in overlaps.ranges
    }


def _by_number(values: Mapping[int, int]) -> Mapping[int, int] | Sequence[int]:
    """Return the values as a list where numbers leave few gaps: each is read many times a matrix."""
    highest = max(values, default=0)
    if highest > _MOST_GAPS * len(values):
        return values
    found = [-1] * (highest + 1)
    for number, value in values.items():
        found[number] = value
    return found
