"""Weighs who of the people of a talk leads it: by questions, brevity, and words by which talks are led."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from quotegrid.corpus.transcripts.questions.conducting import calls_themselves_interviewer, leads
from quotegrid.domain.sources.model import Turn

_LEAST_SHARE = 0.1
"""The share of all turns from which somebody is one of those who talk, rather than one who says a word."""
_FEWEST_TURNS = 2
_MOST_ASKING, _MOST_BRIEF = 2.5, 1.5
"""The greatest weights of asking more and of speaking more briefly than the others."""
_LEADING = (0.0, 1.3, 2.0)
"""The weights of leading the talk in words never, once and more often."""
_ENOUGH, _AHEAD = 1.8, 1.0
"""The sum of weights from which somebody leads, and by how much it is more than anybody else's."""
_LEAST_BRIEF, _FEWEST_ASKED, _LEAST_OF_ALL = 0.4, 4, 0.75
"""The weight of brevity (of turns two thirds as long), the questions, and the share of all questions, without
which those lead only who say so.
"""


@dataclass(frozen=True, slots=True)
class _Part:
    turns: int
    asking: int
    length: float
    leading: int
    """The number of turns by which a talk is led."""


def leading_speaker(text: str, turns: Sequence[Turn], asks: Callable[[Turn], bool]) -> str | None:
    """Return the label of the one person who leads a talk, or None if nobody stands out.

    Args:
        text: The normalised text of a source.
        turns: Its turns, with offsets into `text`.
        asks: Whether a turn is a question, by its mark or its words.
    """
    said: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.label is not None:
            said.setdefault(turn.label, []).append(turn)
    parts = {
        label: _Part(
            len(own),
            sum(map(asks, own)),
            fmean(turn.end - turn.start for turn in own),
            sum(leads(text[turn.start : turn.end]) for turn in own),
        )
        for label, own in said.items()
        if len(own) >= max(_FEWEST_TURNS, _LEAST_SHARE * len(turns))
    }
    if len(parts) < _FEWEST_TURNS:
        return None
    weights = {label: _weight(label, parts) for label in parts}
    first, second, *_ = sorted(weights, key=lambda label: -weights[label])
    is_ahead = weights[first] >= _ENOUGH and weights[first] - weights[second] >= _AHEAD
    return first if is_ahead else None


def self_called_interviewers(text: str, turns: Sequence[Turn]) -> list[str]:
    """Return the labels of those who say of themselves that they are the interviewer."""
    found = dict.fromkeys(
        turn.label
        for turn in turns
        if turn.label is not None and calls_themselves_interviewer(text[turn.start : turn.end])
    )
    return [label for label in found if label is not None]


def _weight(label: str, parts: Mapping[str, _Part]) -> float:
    own = parts[label]
    others = [part for other, part in parts.items() if other != label]
    rate = (own.asking + 0.5) / (own.turns + 1)
    other_rate = max((part.asking + 0.5) / (part.turns + 1) for part in others)
    asking = max(-_MOST_ASKING, min(math.log(rate / other_rate), _MOST_ASKING))
    length = sum(part.length * part.turns for part in others) / sum(part.turns for part in others)
    brief = max(-_MOST_BRIEF, min(math.log(length / own.length), _MOST_BRIEF))
    leading = _leading(own) - max(map(_leading, others))
    enough = max(_FEWEST_ASKED, _LEAST_OF_ALL * sum(part.asking for part in parts.values()))
    if leading <= 0 and (brief < _LEAST_BRIEF or own.asking < enough):
        return 0.0
    return asking + brief + leading


def _leading(part: _Part) -> float:
    return _LEADING[min(part.leading, len(_LEADING) - 1)]
