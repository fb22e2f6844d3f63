"""Finds who asks the questions in a transcript that does not name an interviewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.corpus.transcripts.questions import asks
from quotegrid.domain.sources.model import Turn

_LEAST_SHARE = 0.25
"""In 25 transcripts, interviewers end 26 to 92 % of their turns with a question, participants 0 to 35 %."""
_TIMES_THE_NEXT = 2
_FEWEST_QUESTIONS = 2
_LEAST_OF_ALL = 0.6
"""The least share of all questions that somebody must ask to be taken for the interviewer."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The speaker who asks most of the questions of a transcript."""

    label: str
    questions: int
    of_all: int
    """The number of turns of all speakers that end in a question."""


def who_asks(text: str, turns: Sequence[Turn]) -> Asker | None:
    """Return the speaker who asks far more than all others, if no interviewer is known.

    A turn asks if it ends in a question mark of any script. The speaker must end at least a quarter of their
    turns so, twice as large a share as the next speaker, and ask most of all questions.

    Args:
        text: The normalised text of a source.
        turns: Its turns, with offsets into `text`.

    Returns:
        The speaker, or None if an interviewer is known or nobody stands out.
    """
    if any(turn.is_interviewer for turn in turns):
        return None
    said: dict[str, list[bool]] = {}
    for turn in turns:
        if turn.label is not None:
            said.setdefault(turn.label, []).append(asks(text, turn.start, turn.end))
    shares = sorted(((sum(asked) / len(asked), label) for label, asked in said.items()), reverse=True)
    if len(shares) < 2:
        return None
    (most, label), (next_most, _) = shares[:2]
    questions, of_all = sum(said[label]), sum(map(sum, said.values()))
    if most < _LEAST_SHARE or most < _TIMES_THE_NEXT * next_most or questions < _FEWEST_QUESTIONS:
        return None
    return Asker(label, questions, of_all) if questions >= _LEAST_OF_ALL * of_all else None
