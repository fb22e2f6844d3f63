"""Recognises a table whose rows are turns: which columns hold the speaker, the words and the time.

Names of columns are believed where they can mean nothing else. Otherwise the cells must look like a
conversation: a few short values that come back in alternation beside a column of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotegrid.corpus.transcripts.columns.names import (
    is_called_words,
    names_end,
    names_people,
    names_speakers,
    names_start,
    names_words,
)
from quotegrid.corpus.transcripts.columns.times import clock_time, is_dated, number_of

_LONGEST_LABEL = 40
_MOST_LABEL_WORDS = 5
_FEWEST_WORDS = 3
"""The mean number of words from which a column without a known name may be what somebody said."""
_MOSTLY_FILLED = 0.9
_FEWEST_ROWS = 2
_MOST_ODD = 0.2
"""The largest share of cells that may be unlike the others: a time that is none, or goes backwards."""
_LEAST_CHANGES = 0.1
"""The least share of adjacent rows between which the speaker changes in a conversation."""
_WIDE = re.compile("[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]")
"""Matches a character of a script that writes no spaces between words, or whose words have few characters."""
_FILE_NAME = re.compile(r".*\.\w{2,5}")

_Column = Sequence[str]


@dataclass(frozen=True, slots=True)
class TurnColumns:
    """The places of the columns of a table of turns."""

    words: int
    speaker: int | None = None
    time: int | None = None


def columns_of_names(names: Sequence[str]) -> TurnColumns | None:
    """Return the columns of turns if their names alone show them: words beside speakers or times."""
    words = _places(names, names_words)
    speakers, times = _places(names, names_speakers), _places(names, names_start)
    if not words or not (speakers or times):
        return None
    return TurnColumns(words[0], next(iter(speakers), None), next(iter(times), None))


def find_turn_columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> TurnColumns | None:
    """Return the columns of a table of turns, or None if it is none.

    A column called by a name of speakers is one, beside a column of words. A column called by a name of
    people, or by none that is known, is one too if the same few come back in alternation, beside times
    within a recording or in a table without names; one of people also beside nothing but words. A table
    without speakers needs such times, because surveys have dates.

    Args:
        names: The columns' names; all empty for a table without names, whose cells must say everything.
        rows: The cells of its rows, each as many as there are names.
    """
    if len(rows) < _FEWEST_ROWS:
        return None
    columns = [[row[place].strip() for row in rows] for place in range(len(names))]
    is_nameless = not any(names)
    time = _time(names, columns)
    is_recorded = time is not None and _is_within_recording(columns[time])
    ends = _places(names, names_end)
    words = _words(names, columns, {time, *ends, *_places(names, names_start)})
    if words is None:
        return None
    has_words = names_words(names[words])
    others = [place for place in range(len(names)) if place not in (words, time, *ends)]
    for place in others:
        if names_speakers(names[place]) and any(columns[place]):
            if has_words or is_recorded or _come_back(columns[place]):
                return TurnColumns(words, place, time)
    for place in others:
        is_trusted = is_recorded or (has_words and time is not None) or len(names) == len(others) + 1 == 2
        if not is_trusted or not names_people(names[place]):
            continue
        if _come_back(columns[place]) or (is_recorded and _is_one(columns[place])):
            return TurnColumns(words, place, time)
    for place in others:
        are_counts = not is_nameless and _mostly(columns[place], _is_number)
        if (is_recorded or is_nameless) and not are_counts and _come_back(columns[place]):
            return TurnColumns(words, place, time)
    if time is None or not is_recorded:
        return None
    is_clock = all(clock_time(cell) for cell in columns[time] if cell)
    is_spoken = has_words and names_start(names[time]) and (is_clock or bool(ends))
    return TurnColumns(words, None, time) if is_spoken or is_nameless else None


def word_size(cell: str) -> float:
    """Return the number of words in a cell; in scripts without spaces, two characters are one."""
    return len(cell.split()) + len(_WIDE.findall(cell)) / 2


def _places(names: Sequence[str], fits: Callable[[str], bool]) -> list[int]:
    return [place for place, name in enumerate(names) if fits(name)]


def _time(names: Sequence[str], columns: Sequence[_Column]) -> int | None:
    """Return the column of when the rows begin: one that is called so, or one of rising clock times."""
    for place in _places(names, names_start):
        if _mostly(columns[place], lambda cell: clock_time(cell) is not None or number_of(cell) is not None):
            return place
    ends = _places(names, names_end)
    for place, column in enumerate(columns):
        is_clock = place not in ends and _mostly(column, lambda cell: clock_time(cell) is not None)
        if is_clock and _is_within_recording(column):
            return place
    if any(names):
        return None
    numbers = [place for place, column in enumerate(columns) if _mostly(column, _is_number, odd=0)]
    for place, following in pairwise(numbers):
        pairs = zip(columns[place], columns[following], strict=True)
        is_span = all((number_of(begin) or 0) <= (number_of(end) or 0) for begin, end in pairs)
        if following == place + 1 and is_span and _is_within_recording(columns[place]):
            return place
    return None


def _is_number(cell: str) -> bool:
    return number_of(cell) is not None


def _mostly(column: _Column, fits: Callable[[str], bool], odd: float = _MOST_ODD) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and sum(not fits(cell) for cell in filled) <= odd * len(filled)


def _is_within_recording(column: _Column) -> bool:
    """Return whether a column holds times that rise from row to row and have no date."""
    if any(is_dated(cell) for cell in column):
        return False
    moments: list[tuple[str, float]] = []
    for cell in column:
        time, number = clock_time(cell), number_of(cell)
        if time is not None:
            moments.append((time.zfill(9), 0))
        elif number is not None:
            moments.append(("", number))
    if len(moments) < _FEWEST_ROWS or moments[0] == moments[-1]:
        return False
    falls = sum(after < before for before, after in pairwise(moments))
    return falls <= _MOST_ODD * len(moments)


def _words(names: Sequence[str], columns: Sequence[_Column], taken: Collection[int | None]) -> int | None:
    """Return the column of what is said: the fullest that is called so, or the one with the most words."""
    named = [
        place for place in _places(names, names_words) if place not in taken and _may_be_said(columns[place])
    ]
    if named:
        return max(named, key=lambda place: (_filled(columns[place]), is_called_words(names[place]), -place))
    free = [
        place
        for place, name in enumerate(names)
        if place not in taken and not names_speakers(name) and _mean_words(columns[place]) >= _FEWEST_WORDS
    ]
    best = max(free, key=lambda place: _mean_words(columns[place]), default=None)
    return best if best is not None and _may_be_said(columns[best]) else None


def _may_be_said(column: _Column) -> bool:
    """Return whether a column can hold speech: not only single words, and no names of files."""
    several = [cell for cell in column if word_size(cell) > 1]
    return bool(several) and not _mostly(column, lambda cell: _FILE_NAME.fullmatch(cell) is not None)


def _filled(column: _Column) -> int:
    return sum(map(bool, column))


def _mean_words(column: _Column) -> float:
    return sum(map(word_size, column)) / max(_filled(column), 1)


def _is_one(column: _Column) -> bool:
    """Return whether a column names one person in nearly every row, as that of a talk by one does."""
    return len({cell.casefold() for cell in column if cell}) == 1 and _filled(column) >= _MOSTLY_FILLED * len(
        column
    )


def _come_back(column: _Column) -> bool:
    """Return whether a column holds a few short labels, most of which come back after others."""
    labels = [cell.casefold() for cell in column if cell]
    if any(len(label) > _LONGEST_LABEL or len(label.split()) > _MOST_LABEL_WORDS for label in labels):
        return False
    counts = Counter(labels)
    if len(counts) < 2 or 2 * len(labels) < len(column):
        return False
    recurring = [label for label, count in counts.items() if count > 1]
    of_recurring = sum(counts[label] for label in recurring)
    if 2 * len(recurring) < len(counts) or 2 * of_recurring <= len(labels):
        return False
    spoken: set[str] = set()
    changes = returns = 0
    for before, label in zip(["", *labels], labels, strict=False):
        if label != before:
            changes += bool(before)
            returns += label in spoken
        spoken.add(label)
    return 2 * returns >= changes >= max(2, _LEAST_CHANGES * len(labels))
