"""Edits of a transcript's turns: who speaks, where turns begin and end, who asks, and what nobody says.

The text stays as it is. Every function takes the turns in order and returns the new ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from quotegrid.domain.sources.model import Turn
from quotegrid.domain.text.normalise import name_key, one_line, shortened
from quotegrid.domain.text.ranges import refuse_inside, trim_range
from quotegrid.domain.text.words import word_places
from quotegrid.errors import UsageError

Turns = tuple[Turn, ...]

_SHOWN = 40
_AFTER_LABEL = ":.-\u2013\u2014)]"
"""Characters that may stand between a speaker's label and the words."""


def give(turns: Turns, numbers: Collection[int], label: str) -> Turns:
    """Give turns to another speaker, who asks if that speaker's other turns do.

    Args:
        turns: The turns.
        numbers: The places of those that are given, counted from 0.
        label: The speaker's label.

    Raises:
        UsageError: If the label is empty.
    """
    label = known_spelling(turns, one_line(label))
    if not label:
        raise UsageError("a turn needs a speaker.", todo="Write a name; words that nobody says are left out.")
    asks = next((turn.is_interviewer for turn in turns if turn.label == label), False)
    return _changed(turns, numbers, lambda turn: replace(turn, label=label, is_interviewer=asks))


def set_asking(turns: Turns, numbers: Collection[int], *, asks: bool) -> Turns:
    """Mark turns as an interviewer's, or as a participant's."""
    return _changed(turns, numbers, lambda turn: replace(turn, is_interviewer=asks))


def assign(text: str, turns: Turns, start: int, end: int, label: str) -> Turns:
    """Give words that are nobody's to a speaker, who asks if that speaker's other turns do.

    Raises:
        UsageError: If somebody says a part of them, they are no whole words, or the label is empty.
    """
    start, end = trim_range(text, max(start, 0), min(end, len(text)))
    if not has_words(text, start, end):
        raise UsageError("there are no words.", todo='"quotegrid turns unspoken" lists what nobody says.')
    if any(turn.start < end and start < turn.end for turn in turns):
        raise UsageError("somebody says a part of these words.", todo="Give that turn to the speaker.")
    for offset in (start, end):
        refuse_inside(text, offset, within=(0, len(text)))
    made = sorted([*turns, Turn(start, end, None)], key=lambda turn: turn.start)
    return give(tuple(made), [next(place for place, turn in enumerate(made) if turn.start == start)], label)


def split(text: str, turns: Turns, offset: int, label: str = "") -> Turns:
    """Split a turn in two.

    Args:
        text: The source's text.
        turns: The turns.
        offset: The offset at which the second part begins.
        label: The speaker of the second part. Empty for the one whose label the words begin with, else the
            speaker of the turn. A label at the beginning is no part of the words.

    Raises:
        UsageError: If the offset is in no turn, at its beginning, or within a word.
    """
    number = turn_at(turns, offset)
    whole = None if number is None else turns[number]
    if number is None or whole is None:
        raise UsageError("nobody speaks here, so there is no turn to split.")
    refuse_inside(text, offset, within=(whole.start, whole.end))
    first = trim_range(text, whole.start, offset)
    second = trim_range(text, offset, whole.end)
    if not has_words(text, *first) or not has_words(text, *second):
        raise UsageError(
            f'the turn begins or ends here: "{_words(text, whole)}".',
            todo="Put the cursor on the first word of the second part.",
        )
    known = [label] if label else [turn.label for turn in turns if turn.label]
    spoken, begin = _label_at(text, second[0], known)
    who = known_spelling(turns, one_line(label)) or spoken or whole.label
    rest = trim_range(text, begin, whole.end)
    if not has_words(text, *rest):
        rest = second
    before = replace(whole, start=first[0], end=first[1])
    after = replace(whole, start=rest[0], end=rest[1], time=None)
    parts = (*turns[:number], before, after, *turns[number + 1 :])
    return parts if who is None or who == whole.label else give(parts, [number + 1], who)


def join(turns: Turns, number: int) -> Turns:
    """Join a turn with the one before it, whose speaker then says both.

    Raises:
        UsageError: If it is the first turn.
    """
    if number == 0:
        raise UsageError("this is the first turn; there is none before it.")
    whole = replace(turns[number - 1], end=turns[number].end)
    return (*turns[: number - 1], whole, *turns[number + 1 :])


def leave_out(text: str, turns: Turns, start: int, end: int) -> Turns:
    """Mark words as nobody's: they belong to no turn any more.

    Raises:
        UsageError: If a turn would end within a word.
    """
    left: list[Turn] = []
    for turn in turns:
        if turn.end <= start or end <= turn.start:
            left.append(turn)
            continue
        for offset in (start, end):
            if turn.start < offset < turn.end:
                refuse_inside(text, offset, within=(turn.start, turn.end))
        before = trim_range(text, turn.start, max(start, turn.start))
        after = trim_range(text, min(end, turn.end), turn.end)
        if has_words(text, *before):
            left.append(replace(turn, start=before[0], end=before[1]))
        if has_words(text, *after):
            time = None if has_words(text, *before) else turn.time
            left.append(replace(turn, start=after[0], end=after[1], time=time))
    return tuple(left)


def without(turns: Turns, numbers: Collection[int]) -> Turns:
    """Mark all words of turns as nobody's."""
    return tuple(turn for place, turn in enumerate(turns) if place not in numbers)


def of_label(turns: Sequence[Turn], label: str | None) -> list[int]:
    """Return the places of all turns of a label, counted from 0."""
    return [place for place, turn in enumerate(turns) if turn.label == label]


def turn_at(turns: Sequence[Turn], offset: int) -> int | None:
    """Return the place of the turn with an offset, counted from 0; None where nobody speaks."""
    found = (place for place, turn in enumerate(turns) if turn.start <= offset < turn.end)
    return next(found, None)


def check_turns(text: str, turns: Sequence[Turn]) -> None:
    """Refuse turns that do not fit a text.

    Raises:
        UsageError: If one has no words, leaves the text, or overlaps the one before it.
    """
    last = 0
    for number, turn in enumerate(turns, start=1):
        if not last <= turn.start < turn.end <= len(text) or not text[turn.start : turn.end].strip():
            raise UsageError(f"turn {number} would overlap the one before it, or have no words.")
        last = turn.end


def known_spelling(turns: Iterable[Turn], label: str) -> str:
    """Return a label as the source spells it already, ignoring upper and lower case."""
    labels = [turn.label for turn in turns if turn.label]
    return (
        label if label in labels else next((own for own in labels if name_key(own) == name_key(label)), label)
    )


def has_words(text: str, start: int, end: int) -> bool:
    """Return whether a range has a word."""
    return start < end and bool(word_places(text[start:end]))


def _changed(turns: Turns, numbers: Collection[int], change: Callable[[Turn], Turn]) -> Turns:
    chosen = set(numbers)
    return tuple(change(turn) if place in chosen else turn for place, turn in enumerate(turns))


def _label_at(text: str, offset: int, labels: Iterable[str]) -> tuple[str, int]:
    """Return the label that stands at an offset as a label does, and where the words after it begin."""
    for label in sorted(set(labels), key=len, reverse=True):
        end = offset + len(label)
        follows = text[end : end + 1]
        if follows and follows in _AFTER_LABEL and text[offset:end].casefold() == label.casefold():
            return label, end + 1
    return "", offset


def _words(text: str, turn: Turn) -> str:
    return shortened(one_line(text[turn.start : turn.end]), _SHOWN)
