"""Carries edits of turns into a corrected version of their source, wherever the words are found again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from quotegrid.domain.sources.model import Segment, SegmentKind, Source, Speaker, Turn
from quotegrid.domain.sources.reanchoring import Outcome, Reanchoring
from quotegrid.domain.sources.recutting import Cut, PassageChanges, Range, recut, remaining
from quotegrid.domain.sources.turns import Turns, has_words
from quotegrid.domain.text.normalise import name_key
from quotegrid.domain.text.ranges import trim_range


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """A place of a transcript that was put right: its turns as they were read, and as they stand."""

    read: Turns
    stands: Turns

    @property
    def start(self) -> int:
        """Return where it begins."""
        return min(turn.start for turn in (*self.read, *self.stands))


@dataclass(frozen=True, slots=True)
class LeftPlace:
    """A place that was put right in the old version and cannot be in the new one."""

    place: TurnPlace
    why: str
    """The reason, as a part of a sentence."""


@dataclass(frozen=True, slots=True)
class CarriedTurns:
    """The turns of a new version with the edits of the old one."""

    turns: Turns
    carried: int
    """The number of places that are put right in the new version too."""
    left: tuple[LeftPlace, ...] = ()


class _NotCarried(Exception):
    """The reason why a place cannot be put right in the new version."""


def changed_places(read: Sequence[Turn], stands: Sequence[Turn]) -> list[TurnPlace]:
    """Return the places in which turns are others than they were read, in order."""
    was, now = set(read), set(stands)
    changed = sorted(was ^ now, key=lambda turn: (turn.start, turn.end))
    groups: list[list[Turn]] = []
    end = 0
    for turn in changed:
        if not groups or turn.start >= end:
            groups.append([])
        groups[-1].append(turn)
        end = max(end, turn.end)
    return [
        TurnPlace(tuple(turn for turn in group if turn in was), tuple(turn for turn in group if turn in now))
        for group in groups
    ]


def carry_edits(
    read: Sequence[Turn], stands: Sequence[Turn], new: Turns, reanchoring: Reanchoring
) -> CarriedTurns:
    """Return the turns of a new version, put right wherever those of the old version were.

    Args:
        read: The old version's turns as its file was read.
        stands: The old version's turns as they stand.
        new: The new version's turns as its file is read.
        reanchoring: The places of the old text's words in the new one.
    """
    places = changed_places(read, stands)
    if not places:
        return CarriedTurns(new, 0)
    carrier = _Carrier(new, reanchoring, _renamed(set(read).intersection(stands), new, reanchoring))
    left, carried = [], 0
    for place in places:
        try:
            carried += carrier.carry(place)
        except _NotCarried as reason:
            left.append(LeftPlace(place, str(reason)))
    return CarriedTurns(carrier.turns, carried, tuple(left))


def with_turns(
    source: Source, turns: Turns, cut: Cut, speakers: Mapping[str, Speaker]
) -> tuple[Source, PassageChanges]:
    """Return a source with other turns, its passages cut anew where they no longer fit, and which these are.

    Args:
        source: The source as its file was read.
        turns: Its turns.
        cut: Cuts a stretch of one speaker's words into passages.
        speakers: The speakers of labels that the file as read does not have among its participants.
    """
    cuts = {(segment.start, segment.end): segment for segment in source.segments}
    found = recut(source.text, source.turns, turns, list(cuts), cut)
    kept = [segment for place, segment in cuts.items() if place not in set(found.gone)]
    made = [replace(_like(source.segments, place), start=place[0], end=place[1]) for place in found.new]
    segments = []
    for segment in sorted((*kept, *made), key=lambda segment: segment.start):
        number = next(
            (
                number
                for number, turn in enumerate(turns)
                if turn.start <= segment.start and segment.end <= turn.end and not turn.is_interviewer
            ),
            None,
        )
        if number is not None:
            segments.append(replace(segment, turn=number))
    labels = {turn.label or "" for turn in turns if not turn.is_interviewer}
    known = {**speakers, **source.speakers}
    own = {label: known[label] for label in known if label in labels}
    return replace(source, turns=turns, segments=tuple(segments), speakers=own), found


class _Carrier:
    """The turns of a new version while they are put right place by place."""

    def __init__(self, new: Turns, reanchoring: Reanchoring, renamed: Mapping[str, str]) -> None:
        self.turns = new
        self._reanchoring = reanchoring
        self._text = reanchoring.new
        self._renamed = renamed
        self._used: set[Turn] = set()

    def carry(self, place: TurnPlace) -> bool:
        """Put a place right in the new version; return whether it was not so already."""
        if self._is_so(place):
            return False
        twins = [self._twin(turn) for turn in place.read]
        if len(set(twins)) < len(twins) or self._used.intersection(twins):
            raise _NotCarried("the file divides the turns there in another way")
        pairs = list(zip(place.read, twins, strict=True))
        made = self._without_gaps(place, [self._made(turn, pairs) for turn in place.stands])
        self._refuse_other_words(place, twins, made)
        turns = sorted([*set(self.turns).difference(twins), *made], key=lambda turn: turn.start)
        is_apart = all(turn.end <= following.start for turn, following in pairwise(turns))
        if not is_apart or not all(has_words(self._text, turn.start, turn.end) for turn in made):
            raise _NotCarried("the file divides the turns there in another way")
        self.turns = tuple(turns)
        self._used.update(made)
        return True

    def _is_so(self, place: TurnPlace) -> bool:
        """Return whether the new file says itself what the edit said."""
        silent = remaining(_ranges(place.read), _ranges(place.stands))
        found = []
        for turn in place.stands:
            twin = self.most_like(turn)
            if twin is None or not self._is_said_by(turn, twin):
                return False
            found.append(twin)
        spoken = [place for place in map(self._place, silent) if place is not None]
        return len(set(found)) == len(found) and not any(
            has_words(self._text, max(start, turn.start), min(end, turn.end))
            for start, end in spoken
            for turn in self.turns
        )

    def _is_said_by(self, turn: Turn, twin: Turn) -> bool:
        place = self._place((turn.start, turn.end))
        if place is None or twin.is_interviewer != turn.is_interviewer:
            return False
        around = [(min(place[0], twin.start), max(place[0], twin.start))]
        around.append((min(place[1], twin.end), max(place[1], twin.end)))
        same = self._is_same(self._renamed.get(turn.label or "", turn.label), twin.label)
        return same and not any(has_words(self._text, *edge) for edge in around)

    def _twin(self, turn: Turn) -> Turn:
        """Return the turn of the new file that a turn of the old one is."""
        twin = self.most_like(turn)
        if twin is None:
            raise _NotCarried("its words are not found in this file")
        return twin

    def most_like(self, turn: Turn) -> Turn | None:
        """Return the turn of the new file that has most of a turn's words; None if none has half of them."""
        place = self._place((turn.start, turn.end))
        if place is None:
            return None
        first = bisect_right(self.turns, place[0], key=lambda other: other.end)
        last = bisect_left(self.turns, place[1], key=lambda other: other.start)
        shares = [
            (min(place[1], self.turns[number].end) - max(place[0], self.turns[number].start), -number)
            for number in range(first, last)
        ]
        share, number = max(shares, default=(0, 0))
        return self.turns[-number] if 2 * share > place[1] - place[0] else None

    def _made(self, turn: Turn, pairs: Sequence[tuple[Turn, Turn]]) -> Turn:
        """Return a turn of the place in the new text, as far as it is told without its neighbours."""
        placed = self._place((turn.start, turn.end))
        starts = {old.start: new.start for old, new in pairs}
        ends = {old.end: new.end for old, new in pairs}
        if placed is None and (turn.start not in starts or turn.end not in ends):
            raise _NotCarried("its words are not found in this file")
        start = starts.get(turn.start, placed[0] if placed else 0)
        end = ends.get(turn.end, placed[1] if placed else 0)
        held = [(old, new) for old, new in pairs if old.start < turn.end and turn.start < old.end]
        if not held:
            return replace(turn, start=start, end=end)
        old, new = held[0]
        values: dict[str, Any] = {
            "start": start,
            "end": end,
            "time": new.time if start == new.start else None,
        }
        if turn.label == old.label:
            asks = new if turn.is_interviewer == old.is_interviewer else turn
            return replace(new, is_interviewer=asks.is_interviewer, **values)
        label = self._renamed.get(turn.label or "", turn.label)
        if self._is_same(label, new.label):
            return replace(new, is_interviewer=turn.is_interviewer, **values)
        if not self._is_same(self._renamed.get(old.label or "", old.label), new.label):
            raise _NotCarried(f'the file has another speaker there, "{new.label or "nobody"}"')
        return replace(new, label=label, is_interviewer=turn.is_interviewer, **values)

    def _without_gaps(self, place: TurnPlace, made: Sequence[Turn]) -> list[Turn]:
        """Return turns that follow each other as those of the old version do.

        Words that are new where one speaker ends and another begins are said by one of them: those before the
        label that stood between them by the first.
        """
        found = list(made)
        old = self._reanchoring.old
        for number, (turn, following) in enumerate(pairwise(place.stands)):
            between = self._place((turn.end, following.start)) or (0, 0)
            is_within = found[number].start < between[0] and between[1] < found[number + 1].end
            if turn.label != following.label and is_within:
                end = trim_range(self._text, found[number].start, between[0])[1]
                start = trim_range(self._text, between[1], found[number + 1].end)[0]
                found[number] = replace(found[number], end=end)
                found[number + 1] = replace(found[number + 1], start=start)
            elif (
                not has_words(old, turn.end, following.start)
                and found[number].start < found[number + 1].start
            ):
                start, end = trim_range(self._text, found[number].start, found[number + 1].start)
                found[number] = replace(found[number], start=start, end=end)
        return found

    def _refuse_other_words(self, place: TurnPlace, twins: Sequence[Turn], made: Sequence[Turn]) -> None:
        """Refuse to take from the speakers words that the old version did not have among nobody's."""
        silent = remaining(_ranges(place.read), _ranges(place.stands))
        known = [found for found in map(self._place, silent) if found is not None]
        for start, end in remaining(_ranges(twins), [*_ranges(made), *known]):
            if has_words(self._text, start, end):
                raise _NotCarried("the file has other words there")

    def _place(self, old: Range) -> Range | None:
        placement = self._reanchoring.place(*trim_range(self._reanchoring.old, *old))
        return None if placement.outcome is Outcome.LOST else (placement.start, placement.end)

    @staticmethod
    def _is_same(label: str | None, other: str | None) -> bool:
        return name_key(label or "") == name_key(other or "")


def _renamed(turns: Iterable[Turn], new: Turns, reanchoring: Reanchoring) -> dict[str, str]:
    """Return the label in the new version of each label of the turns that nobody edited."""
    carrier = _Carrier(new, reanchoring, {})
    found: dict[str, Counter[str]] = {}
    for turn in turns:
        twin = carrier.most_like(turn)
        if turn.label and twin is not None and twin.label:
            found.setdefault(turn.label, Counter())[twin.label] += 1
    return {
        label: number.most_common(1)[0][0]
        for label, number in found.items()
        if number[label] * 2 < number.total()
    }


def _ranges(turns: Iterable[Turn]) -> list[Range]:
    return [(turn.start, turn.end) for turn in turns]


def _like(segments: Sequence[Segment], place: Range) -> Segment:
    """Return the passage with which a range shares most, or that is nearest, for its heading and values."""
    if not segments:
        return Segment(*place, SegmentKind.TURN)
    return max(
        segments,
        key=lambda other: (min(other.end, place[1]) - max(other.start, place[0]), -other.start),
    )
