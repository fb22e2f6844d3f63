"""Cuts passages anew after an edit of turns, only where they no longer fit the turns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.turns import has_words
from quotegrid.domain.text.ranges import trim_range

Range = tuple[int, int]
Cut = Callable[[int, int], Sequence[Range]]
"""Cuts a stretch of one speaker's words into passages."""


@dataclass(frozen=True, slots=True)
class PassageChanges:
    """The passages that an edit of turns changes; all others keep their ranges."""

    gone: tuple[Range, ...]
    """Passages that no longer fit, in order."""
    new: tuple[Range, ...]
    """Passages that are cut anew, in order."""


def recut(
    text: str,
    before: Sequence[Turn],
    after: Sequence[Turn],
    passages: Collection[Range],
    cut: Cut,
    *,
    fixed: Collection[Range] = (),
    former: Collection[Range] = (),
) -> PassageChanges:
    """Return the passages that have to go and those that take their places.

    A passage stays where one participant's turn holds it. One in nobody's or an interviewer's words stays
    too, for when these words are a participant's again. One that an earlier edit has cut takes the place of
    its parts once a turn holds all of it again. Of two joined turns, the words of the label between
    them belong to the passage that follows, unless both turns were one speaker's: then they are nobody's.

    Args:
        text: The source's text.
        before: The turns before the edit.
        after: The turns after it.
        passages: The ranges of the source's passages, also of those that are in no participant's turn.
        cut: Cuts a stretch of one speaker's words into passages.
        fixed: The passages that somebody has decided on: what stands before them is a passage of its own.
        former: The passages that earlier edits have cut and that may come back.
    """
    spoken = [(turn.start, turn.end) for turn in before if not turn.is_interviewer]
    labels = _between_one_speaker(before)
    between = {trim_range(text, turn.end, following.start) for turn, following in pairwise(before)}
    used = {passage for passage in passages if _within(passage, spoken)}
    gone: set[Range] = set()
    new: list[Range] = []
    for turn in after:
        if turn.is_interviewer:
            continue
        whole = (turn.start, turn.end)
        touching = sorted(passage for passage in passages if _overlap(passage, whole))
        stays: list[Range] = []
        for passage in sorted(touching, key=lambda passage: (passage not in used, passage)):
            if _within(passage, [whole]) and not any(_overlap(passage, other) for other in stays):
                stays.append(passage)
            else:
                gone.add(passage)
        for passage in sorted(former, key=lambda passage: (passage[0] - passage[1], passage)):
            parts = [other for other in stays if _overlap(passage, other)]
            is_back = (
                _within(passage, [whole])
                and not _within(passage, spoken)
                and all(_within(other, [passage]) for other in parts)
                and not any(_within(label, [passage]) and has_words(text, *label) for label in labels)
            )
            if is_back and passage not in stays:
                stays = [other for other in stays if other not in parts] + [passage]
                gone.update(parts)
                new.append(passage)
        wanted = remaining([whole], [*spoken, *labels])
        wanted += [
            _common(passage, whole) for passage in touching if passage not in stays and passage in used
        ]
        for start, end in remaining(_merged(wanted), stays):
            first, last = trim_range(text, start, end)
            if not has_words(text, first, last):
                continue
            follows = min((passage for passage in stays if passage[0] >= last), default=None)
            if follows is not None and follows not in fixed and (first, last) in between:
                stays.remove(follows)
                gone.add(follows)
                last = follows[1]
            new += cut(first, last)
    return PassageChanges(tuple(sorted(gone)), tuple(sorted(set(new))))


def pieces(text: str, start: int, end: int, turns: Sequence[Turn]) -> list[Range]:
    """Return a range cut where turns begin and end, without white space at the ends, and only what has words.

    The parts between turns are among them, so that no word is lost.
    """
    edges = {edge for turn in turns for edge in (turn.start, turn.end) if start < edge < end}
    places = [start, *sorted(edges), end]
    found = [trim_range(text, first, last) for first, last in pairwise(places)]
    return [(first, last) for first, last in found if has_words(text, first, last)]


def holder(turns: Sequence[Turn], start: int, end: int) -> int | None:
    """Return the place of the participant's turn that holds a range, counted from 0; None if none does."""
    found = (
        place
        for place, turn in enumerate(turns)
        if turn.start <= start and end <= turn.end and not turn.is_interviewer
    )
    return next(found, None)


def _between_one_speaker(turns: Sequence[Turn]) -> list[Range]:
    return [
        (turn.end, following.start)
        for turn, following in pairwise(turns)
        if turn.label == following.label and turn.end < following.start
    ]


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(one: Range, wholes: Iterable[Range]) -> bool:
    return any(start <= one[0] and one[1] <= end for start, end in wholes)


def _common(one: Range, other: Range) -> Range:
    return max(one[0], other[0]), min(one[1], other[1])


def _merged(ranges: Iterable[Range]) -> list[Range]:
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def remaining(wholes: Iterable[Range], taken: Iterable[Range]) -> list[Range]:
    """Return the parts of ranges that others do not take."""
    left = list(wholes)
    for start, end in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return left
