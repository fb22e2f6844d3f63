"""Finds who seems to ask the questions in a transcript that does not name an interviewer."""

from __future__ import annotations

from collections.abc import Sequence

from quotegrid.domain.sources.model import Turn

_CLOSING = " \t\n)]\"'\u2019\u201d"
_LEAST_SHARE = 0.25
"""In 25 transcripts, interviewers end 26 to 92 % of their turns with a question, participants 0 to 35 %."""
_TIMES_THE_NEXT = 2
_FEWEST_QUESTIONS = 2


def seems_to_ask(text: str, turns: Sequence[Turn]) -> str | None:
    """Return the label of the speaker who asks far more than all others, if no interviewer is known.

    A turn asks if it ends in a question mark. The speaker must end at least a quarter of their turns so, and
    twice as large a share as the next speaker. The result is offered to the user and never assumed.

    Args:
        text: The normalised text of a source.
        turns: Its turns, with offsets into `text`.

    Returns:
        The label, or None if an interviewer is known or nobody stands out.
    """
    if any(turn.is_interviewer for turn in turns):
        return None
    said: dict[str, list[bool]] = {}
    for turn in turns:
        if turn.label is not None:
            ends_as_question = text[turn.start : turn.end].rstrip(_CLOSING).endswith("?")
            said.setdefault(turn.label, []).append(ends_as_question)
    shares = sorted(((sum(asks) / len(asks), label) for label, asks in said.items()), reverse=True)
    if len(shares) < 2:
        return None
    (most, label), (next_most, _) = shares[:2]
    if most < _LEAST_SHARE or most < _TIMES_THE_NEXT * next_most or sum(said[label]) < _FEWEST_QUESTIONS:
        return None
    return label
