"""The menu of the reader that puts a turn right: who says it, where it begins, who asks, what nobody says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from quotegrid.domain.coding.reading import Doubt, ReadSource, Turn
from quotegrid.domain.text.normalise import one_line, shortened
from quotegrid.tui.reader.cursor import ReadingCursor
from quotegrid.workflows.sources.turns.edit_turns import (
    TurnEdit,
    assign_words,
    give_turn,
    join_turn,
    leave_out_turn,
    leave_out_words,
    mark_asking,
    split_turn,
    tick_off,
)

_LONGEST = 30
HOW_TO_SPLIT = "To split: w selects words; go to one that is not its first, then e"


@dataclass(frozen=True, slots=True)
class TurnChoice:
    """An entry of the menu: an edit, one that still wants a speaker, or one that only says how it is done."""

    title: str
    edit: TurnEdit | None = None
    """The edit; None where a speaker is chosen first."""
    with_speaker: Callable[[str], TurnEdit] | None = None
    """Makes the edit of the speaker that is chosen."""
    speakers: Sequence[str] = ()
    """The speakers to choose from, the likeliest first."""


def turn_choices(source: ReadSource, cursor: ReadingCursor, doubts: Sequence[Doubt]) -> list[TurnChoice]:
    """Return what can be done to the turn under the cursor; nothing where the source has no turns.

    Args:
        source: The source.
        cursor: The cursor.
        doubts: What the import was unsure about in this turn; every edit of it ticks that off.
    """
    if not source.turns:
        return []
    place = cursor.turn
    if place is None:
        return _nobodys_choices(source, cursor, doubts)
    turn, number = source.turns[place], place + 1
    start, end = cursor.selected
    label = shortened(one_line(turn.label or "(no label)"), _LONGEST)
    others = _likely_speakers(source.turns, place)
    is_alone = sum(other.label == turn.label for other in source.turns) == 1
    choices = [
        TurnChoice("It is right as it is: tick it off", tick_off(())) if doubts else None,
        TurnChoice(
            f"Give turn {number} to another speaker",
            with_speaker=lambda speaker: give_turn(number, speaker),
            speakers=others,
        ),
        None
        if is_alone
        else TurnChoice(
            f"Give all turns of “{label}” to another speaker",
            with_speaker=lambda speaker: give_turn(number, speaker, all_of_label=True),
            speakers=others,
        ),
        TurnChoice(
            f"Split here: “{shortened(one_line(source.text[start : turn.end]), _LONGEST)}” is said by ...",
            with_speaker=lambda speaker: split_turn(start, speaker),
            speakers=[*others, *([turn.label] if turn.label else [])],
        )
        if turn.start < start < turn.end
        else TurnChoice(HOW_TO_SPLIT),
        TurnChoice("Join with the turn before it", join_turn(number)) if place else None,
        *_asking_choices(turn, number, label, is_alone=is_alone),
        TurnChoice("The words selected are nobody's", leave_out_words(start, end)),
        TurnChoice(f"Turn {number} is nobody's", leave_out_turn(number)),
        None
        if is_alone
        else TurnChoice(f"All turns of “{label}” are nobody's", leave_out_turn(number, all_of_label=True)),
    ]
    ticks = tuple(doubt.place for doubt in doubts)
    return [_ticking(choice, ticks) for choice in choices if choice is not None]


def _nobodys_choices(source: ReadSource, cursor: ReadingCursor, doubts: Sequence[Doubt]) -> list[TurnChoice]:
    """Return what can be done to words that are nobody's."""
    start, end = cursor.selected
    near = [turn for turn in source.turns if turn.end <= start]
    place = max(len(near) - 1, 0)
    speakers = [label] if (label := source.turns[place].label) else []
    ticks = tuple(doubt.place for doubt in doubts)
    words = shortened(one_line(source.text[start:end]), _LONGEST)
    return [
        *([TurnChoice("They are nobody's: tick it off", tick_off(ticks))] if doubts else []),
        _ticking(
            TurnChoice(
                f"Give “{words}” to a speaker",
                with_speaker=lambda speaker: assign_words(start, end, speaker),
                speakers=[*speakers, *_likely_speakers(source.turns, place)],
            ),
            ticks,
        ),
    ]


def _asking_choices(turn: Turn, number: int, label: str, *, is_alone: bool) -> list[TurnChoice]:
    asks = not turn.is_interviewer
    what = "asks" if asks else "is a participant"
    choices = [TurnChoice(f"“{label}” {what}", mark_asking(number, asks=asks))]
    if not is_alone:
        only = f"In turn {number} alone “{label}” {what}"
        choices.append(TurnChoice(only, mark_asking(number, asks=asks, all_of_label=False)))
    return choices


def _ticking(choice: TurnChoice, ticks: tuple[int, ...]) -> TurnChoice:
    """Return a choice whose edit also ticks off what was unsure."""
    edit, with_speaker = choice.edit, choice.with_speaker
    if edit is not None:
        return replace(choice, edit=replace(edit, ticks=ticks))
    if with_speaker is None:
        return choice
    return replace(choice, with_speaker=lambda speaker: replace(with_speaker(speaker), ticks=ticks))


def _likely_speakers(turns: Sequence[Turn], place: int) -> list[str]:
    """Return the labels of other speakers, those who speak nearest to a turn first."""
    nearest = sorted(range(len(turns)), key=lambda other: (abs(other - place), other))
    labels = dict.fromkeys(label for other in nearest if (label := turns[other].label))
    return [label for label in labels if label != turns[place].label]
