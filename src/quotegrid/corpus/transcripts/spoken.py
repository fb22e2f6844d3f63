"""Makes one text of what a file's format says that somebody said, with its turns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from quotegrid.domain.sources.model import ReadWarning, Turn, WarningKind
from quotegrid.domain.text.normalise import counted, shortened

_ENDS = re.compile("[.?!\u2026\u3002\uff01\uff1f\u0964\u061f][\"'\u2019\u201d)\\]\u300d]*\\Z")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words as a file's format gives them to a speaker."""

    speaker: str | None
    words: str
    time: str | None = None
    """The time at which they begin, as HH:MM:SS."""
    line: int | None = None
    """Their place in the file."""
    is_turn: bool = True
    """Whether they are anybody's; others stand in the text, but in no turn."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """The values that a table gives for them in their own row."""


def name_speakers(pieces: Iterable[Spoken]) -> tuple[list[Spoken], list[ReadWarning]]:
    """Return pieces of speech with a speaker each, and warnings about those that had none.

    Such a piece goes on with the one before. Above the first speaker it is nobody's.
    """
    above: list[Spoken] = []
    below: list[Spoken] = []
    named: list[Spoken] = []
    speaker: str | None = None
    for piece in pieces:
        if piece.speaker is None:
            (above if speaker is None else below).append(piece)
        speaker = piece.speaker or speaker
        named.append(replace(piece, speaker=speaker, is_turn=speaker is not None))
    warnings = []
    if above:
        what = f'"{shortened(above[0].words, 60)}" above the first speaker belongs to nobody and is left out.'
        warnings.append(ReadWarning(WarningKind.SPEAKER, what, above[0].line))
    if below:
        what = (
            f"no speaker is named {counted(len(below), 'time')}, and the one before is taken to go on, "
            f'first "{shortened(below[0].words, 60)}".'
        )
        warnings.append(ReadWarning(WarningKind.SPEAKER, what, below[0].line))
    return named, warnings


def join_speech(pieces: Iterable[Spoken], *, sentences_end: bool = False) -> list[Spoken]:
    """Return pieces of speech with those of one speaker that follow each other as one.

    Args:
        pieces: The pieces, in order.
        sentences_end: Whether only a piece that ends unlike a sentence goes on with the next.
    """
    joined: list[Spoken] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        is_same = last is not None and last.speaker == piece.speaker and last.is_turn == piece.is_turn
        if last is not None and is_same and not (sentences_end and _ENDS.search(last.words)):
            joined[-1] = replace(last, words=f"{last.words} {piece.words}")
        else:
            joined.append(piece)
    return joined


def text_of_speech(pieces: Iterable[Spoken]) -> tuple[str, tuple[Turn, ...]]:
    """Return a paragraph "Name: what was said" for each piece of speech, and the turns in that text."""
    text, turns = "", []
    for piece in pieces:
        text += f"{piece.speaker}: " if piece.speaker else ""
        if piece.is_turn:
            end = len(text) + len(piece.words)
            own = piece.attributes
            turns.append(Turn(len(text), end, piece.speaker, time=piece.time, attributes=own))
        text += piece.words + "\n\n"
    return text, tuple(turns)
