"""Finds the numbered questions of a guide that stand without a label in a talk whose moderator has one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotegrid.corpus.transcripts.blocks import Block, blocks_of
from quotegrid.domain.sources.model import StyledParagraph, Turn

_COUNTED = re.compile(
    r"[*_#> \t]*(?:(?:question|frage|pregunta|pergunta|domanda|vraag|fråga|spørgsmål|spørsmål|kysymys|pytanie"
    r"|вопрос|soru|pertanyaan|q)[ \t]*(?:no\.?|nr\.?)?[ \t]*)(?P<number>\d{1,2})[ \t]*[.:)\u2013-][ \t]*\S",
    re.IGNORECASE,
)
_COUNTED_LINE = re.compile(rf"^{_COUNTED.pattern}", re.IGNORECASE | re.MULTILINE)
_FEWEST = 3


def with_guide_questions(
    text: str, start: int, turns: Sequence[Turn], styles: Sequence[StyledParagraph] = ()
) -> tuple[Turn, ...] | None:
    """Return turns with numbered questions that have no label as the moderator's; None if there are none.

    They begin with "Question 3.", their numbers count up, each is the last paragraph before somebody answers,
    and one label is of those who ask.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        turns: The turns that labels begin, in order.
        styles: The looks of the text's paragraphs.
    """
    asking = {turn.label for turn in turns if turn.is_interviewer}
    if len(asking) != 1 or len(_COUNTED_LINE.findall(text, start)) < _FEWEST:
        return None
    moderator = next(iter(asking))
    above = blocks_of(text, start, turns[0].start, styles, by_line=True)
    # The last line above the first turn may be its label.
    first = next((block for block in reversed(above) if _number(text, block) is not None), None)
    inside = [blocks_of(text, turn.start, turn.end, styles, by_line=True) for turn in turns]
    closing = [blocks[-1] if len(blocks) > 1 else None for blocks in inside]
    asked = [block for block in (first, *closing) if block is not None and _number(text, block) is not None]
    numbers = [_number(text, block) for block in asked]
    if len(asked) < _FEWEST or numbers != list(range(numbers[0] or 1, (numbers[0] or 1) + len(numbers))):
        return None
    found = [] if first is None else [_turn(first, moderator)]
    for turn, blocks, last in zip(turns, inside, closing, strict=True):
        if last is None or _number(text, last) is None:
            found.append(turn)
            continue
        found += [replace(turn, end=blocks[-2].end), _turn(last, moderator)]
    return tuple(found)


def _number(text: str, block: Block) -> int | None:
    found = _COUNTED.match(text, block.start, block.end)
    return None if found is None else int(found["number"])


def _turn(block: Block, label: str | None) -> Turn:
    return Turn(block.start, block.words_end, label, is_interviewer=True)
