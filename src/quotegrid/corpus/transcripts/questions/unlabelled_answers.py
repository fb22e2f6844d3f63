"""Finds the answers that stand without a label behind questions that all have one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotegrid.corpus.transcripts.asking import QUESTION_MARKS
from quotegrid.corpus.transcripts.blocks import blocks_of
from quotegrid.corpus.transcripts.unlabelled import BEHIND_QUESTIONS, Unlabelled
from quotegrid.domain.sources.model import Turn

_SENTENCE_END = re.compile(
    rf"(?P<mark>[.!\u2026\u3002\uff01\u0964{QUESTION_MARKS}])[\"'\u2019\u201d\u00bb)\]]*(?=\s|\Z)"
)
_FEWEST, _FEWEST_ASKED = 3, 5
"""The fewest questions that are answered in further paragraphs, and in their own."""
_MOSTLY = 0.9


def with_unlabelled_answers(text: str, turns: Sequence[Turn]) -> Unlabelled | None:
    """Return turns with the answers that stand behind questions in their paragraphs; None if there are none.

    All labels must be one interviewer's, and most turns go on behind a question.

    Args:
        text: The normalised text.
        turns: The turns that labels begin, in order.
    """
    if len(turns) < _FEWEST or len({turn.label for turn in turns}) > 1 or not turns[0].is_interviewer:
        return None
    by_paragraph = _answered_in_paragraphs(text, turns)
    if by_paragraph is not None or len(turns) < _FEWEST_ASKED:
        return by_paragraph
    found: list[Turn] = []
    for turn in turns:
        ends = list(_SENTENCE_END.finditer(text, turn.start, turn.end))
        first = next((number for number, end in enumerate(ends) if end["mark"] in QUESTION_MARKS), None)
        if first is None:
            found.append(turn)
            continue
        while first + 1 < len(ends) and ends[first + 1]["mark"] in QUESTION_MARKS:
            first += 1
        cut = ends[first].end()
        words = text[cut : turn.end]
        found.append(replace(turn, end=cut))
        if words.strip():
            found.append(Turn(turn.end - len(words.lstrip()), turn.end, None))
    answers = sum(turn.label is None for turn in found)
    return Unlabelled(tuple(found), BEHIND_QUESTIONS) if answers >= _MOSTLY * len(turns) else None


def _answered_in_paragraphs(text: str, turns: Sequence[Turn]) -> Unlabelled | None:
    """Return the first paragraphs of turns as questions, the others as answers, if nearly all have some."""
    inside = [blocks_of(text, turn.start, turn.end, by_line=False) for turn in turns]
    answered = [blocks for blocks in inside if len(blocks) > 1]
    asking = sum(blocks[0].asks for blocks in answered)
    elsewhere = sum(block.asks for blocks in answered for block in blocks[1:])
    if len(answered) < _MOSTLY * len(turns) or 2 * asking < len(answered) or 2 * elsewhere > asking:
        return None
    found: list[Turn] = []
    for turn, blocks in zip(turns, inside, strict=True):
        found.append(replace(turn, end=blocks[0].end) if len(blocks) > 1 else turn)
        if len(blocks) > 1:
            found.append(Turn(blocks[1].start, blocks[-1].end, None))
    return Unlabelled(tuple(found), BEHIND_QUESTIONS)
