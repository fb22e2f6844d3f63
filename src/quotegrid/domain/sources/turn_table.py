"""Turns as a table in which somebody has corrected who speaks, and the difference that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.turns import Turns, known_spelling
from quotegrid.domain.text.normalise import name_key, one_line, shortened
from quotegrid.errors import UsageError

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A row of a table of turns."""

    line: int
    """The line of the file, counted from 1."""
    text: str
    speaker: str = ""
    asks: bool | None = None
    """Whether the speaker is an interviewer; None where the row does not say."""
    start: int | None = None
    end: int | None = None


class TurnLineError(UsageError):
    """A row of a table of turns that does not fit the transcript.

    Args:
        line: The line of the file, counted from 1.
        what: What is wrong, in one sentence.
        todo: What the user can do about it.
    """

    def __init__(self, line: int, what: str, *, todo: str = "") -> None:
        super().__init__(what, todo=todo)
        self.place = line


def turns_of_table(text: str, before: Turns, lines: Sequence[TurnLine]) -> Turns:
    """Return the turns that a table says, each placed where its words stand in the text.

    A row whose `start` and `end` still fit its words stands there; any other is looked for between its
    neighbours, so that rows can be split and joined without counting characters.

    Raises:
        TurnLineError: If the words of a row are not in the text, or not there in the order of the table.
    """
    said = _Spoken(text, before)
    known = {turn.start: turn for turn in before}
    found: list[Turn] = []
    position = 0
    for place, row in enumerate(lines):
        start, end = _placed(text, said, lines, place, position)
        if start < position:
            raise TurnLineError(
                row.line,
                f'"{_shown(row.text)}" begins before the row above it ends.',
                todo="Rows follow each other as in the transcript, and no word stands in two of them.",
            )
        old = known.get(start)
        label = known_spelling(before, one_line(row.speaker)) or None
        found.append(
            Turn(start, end, label, _asks(row, old, label, before), None if old is None else old.time)
        )
        position = end
    return tuple(found)


def difference(text: str, before: Sequence[Turn], after: Sequence[Turn]) -> list[str]:
    """Return what an edit of turns changes: turns that go with a minus, turns that come with a plus."""
    lines = [(turn.start, 0, f"- {number}  {_told(text, turn)}") for number, turn in _new(before, after)]
    lines += [(turn.start, 1, f"+ {number}  {_told(text, turn)}") for number, turn in _new(after, before)]
    return [line for _, _, line in sorted(lines)]


def _new(turns: Sequence[Turn], others: Iterable[Turn]) -> list[tuple[int, Turn]]:
    there = set(others)
    return [(number, turn) for number, turn in enumerate(turns, start=1) if turn not in there]


def _told(text: str, turn: Turn) -> str:
    asks = " (asks)" if turn.is_interviewer else ""
    return f"{turn.label or '(no label)'}{asks}: {_shown(text[turn.start : turn.end])}"


def _shown(words: str) -> str:
    return shortened(one_line(words), _SHOWN)


def _asks(row: TurnLine, old: Turn | None, label: str | None, before: Turns) -> bool:
    """Return whether a row's speaker asks: as the row says, or as that speaker's other turns do.

    A row that only its speaker was changed in still says of the former speaker whether they ask.
    """
    same = [turn.is_interviewer for turn in before if name_key(turn.label or "") == name_key(label or "")]
    is_left = old is not None and old.label != label and row.asks == old.is_interviewer
    if (row.asks is None or is_left) and same:
        return same[0]
    return bool(row.asks)


def _placed(
    text: str, said: _Spoken, lines: Sequence[TurnLine], place: int, position: int
) -> tuple[int, int]:
    """Return where the words of a row stand: where it says, or where they are found after a position."""
    row = lines[place]
    if _fits(text, row):
        return row.start or 0, row.end or 0
    words = one_line(row.text)
    if not words:
        raise TurnLineError(row.line, "this row has no words.", todo="Delete the row, or write its words.")
    limit = next((later.start for later in lines[place + 1 :] if _fits(text, later)), None)
    first = row.start if row.start is not None and row.start > position else position
    for begin in dict.fromkeys((first, position)):
        found = _found(text, words, begin, len(text) if limit is None else limit)
        found = found or said.found(words, begin, len(text) if limit is None else limit)
        if found is not None:
            return found
    raise TurnLineError(
        row.line,
        f'"{_shown(words)}" is not in the transcript where this row stands.',
        todo="A table changes who speaks and where turns begin and end, never the words.",
    )


def _fits(text: str, row: TurnLine) -> bool:
    start, end = row.start, row.end
    if start is None or end is None or not 0 <= start < end <= len(text):
        return False
    return one_line(text[start:end]) == one_line(row.text)


def _found(text: str, words: str, start: int, end: int) -> tuple[int, int] | None:
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split(" ")))
    found = pattern.search(text, start, end)
    return None if found is None else found.span()


class _Spoken:
    """The words of all turns one after the other, without labels and whatever else is between them."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        self._places: list[int] = []
        """The offset in the source's text of each character."""
        parts = []
        for turn in turns:
            parts.append(text[turn.start : turn.end])
            self._places += range(turn.start, turn.end)
            parts.append("\n")
            self._places.append(turn.end)
        self._text = "".join(parts)

    def found(self, words: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where words stand in the source's text, over the labels between turns."""
        places = [place for place, offset in enumerate(self._places) if start <= offset < end]
        if not places:
            return None
        span = _found(self._text, words, places[0], places[-1] + 1)
        return None if span is None else (self._places[span[0]], self._places[span[1] - 1] + 1)
