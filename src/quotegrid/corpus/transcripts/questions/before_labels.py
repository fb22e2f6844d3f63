"""Finds the questions that stand without a label before labelled answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotegrid.corpus.transcripts.blocks import Block, blocks_of
from quotegrid.corpus.transcripts.questions.tidying import with_greeting, with_run_on_questions
from quotegrid.corpus.transcripts.unlabelled import (
    INTERVIEWER,
    LOOKS,
    QUESTION_MARK,
    WORDS_BETWEEN,
    Sign,
    Unlabelled,
    question_turn,
)
from quotegrid.corpus.transcripts.unspoken.particulars import names_a_part
from quotegrid.domain.sources.model import StyledParagraph, Turn

_FEWEST = 3
_MOSTLY, _NEARLY_ALL = 0.9, 0.7
_LEAST_SHARE_OF_GAPS = 0.6


def with_unlabelled_questions(
    text: str, start: int, turns: Sequence[Turn], styles: Sequence[StyledParagraph] = ()
) -> Unlabelled | None:
    """Return turns with the questions that stand unlabelled before labelled answers; None if there are none.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        turns: The turns that labels begin, in order, none of an interviewer.
        styles: The looks of the text's paragraphs.
    """
    if len(turns) < _FEWEST or any(turn.is_interviewer for turn in turns):
        return None
    by_line = _stands_in_lines(text, turns)
    inside = [blocks_of(text, turn.start, turn.end, styles, by_line=by_line) for turn in turns]
    sign = _sign_before_labels(inside)
    if sign is None:
        return None
    found: list[Turn] = []
    before = blocks_of(text, start, _label_start(text, turns[0]), styles, by_line=by_line)
    asked = [block for block in before if sign.shows(block)]
    if asked and asked[-1] is before[-1]:
        found.append(question_turn(asked[-1]))
    if sign is QUESTION_MARK:
        inside = with_run_on_questions(text, inside)
    requests = _requests(inside, sign)
    for turn, blocks in zip(turns, inside, strict=True):
        current: Turn | None = None
        for block in blocks:
            is_own = block.start == turn.start
            if not is_own and (sign.shows(block) or block.start in requests):
                if current is not None:
                    found.append(current)
                current = None
                found.append(question_turn(block))
            elif current is None:
                answer = turn if is_own else replace(turn, time=None)
                current = replace(answer, start=block.start, end=block.end)
            elif not block.is_heading and not names_a_part(text[block.start : block.end]):
                current = replace(current, end=block.end)
        if current is not None:
            found.append(current)
    merged: list[Turn] = []
    for turn in found:
        apart = merged and WORDS_BETWEEN.search(text, merged[-1].end, turn.start)
        if merged and merged[-1].label == turn.label == INTERVIEWER and not apart:
            merged[-1] = replace(merged[-1], end=turn.end)
        else:
            merged.append(turn)
    return Unlabelled(with_greeting(text, merged, before), sign.how)


def _requests(inside: Sequence[Sequence[Block]], sign: Sign) -> frozenset[int]:
    """Return where last paragraphs before a label begin that ask without showing the sign of the others.

    Every answer has a label, and a question stands before nearly all of them.
    """
    gaps = [blocks for blocks in inside[:-1] if len(blocks) > 1]
    told = [any(map(sign.shows, blocks[1:])) for blocks in gaps]
    if len(gaps) < _MOSTLY * (len(inside) - 1) or sum(told) < _NEARLY_ALL * len(gaps):
        return frozenset()
    return frozenset(
        blocks[-1].start
        for blocks, is_told in zip(gaps, told, strict=True)
        if not is_told and not blocks[-1].is_heading
    )


def _label_start(text: str, turn: Turn) -> int:
    """Return where the line of a turn's label begins, which may be above its words."""
    line = text.rfind("\n", 0, turn.start) + 1
    label = turn.label or ""
    return max(text.rfind(label, 0, turn.start), 0) if not text[line : turn.start].strip() else line


def _stands_in_lines(text: str, turns: Sequence[Turn]) -> bool:
    """Return whether labels follow the line above them directly, so that each line is a paragraph."""
    apart = [text[: _label_start(text, turn)].rstrip(" \t").endswith("\n\n") for turn in turns[1:]]
    return 2 * sum(apart) < len(apart)


def _sign_before_labels(inside: Sequence[Sequence[Block]]) -> Sign | None:
    """Return the sign that the last paragraphs before labels show in most of the gaps between labels."""
    gaps = [blocks for blocks in inside[:-1] if len(blocks) > 1]
    if len(gaps) < 2:
        return None
    is_usual = 2 * len(gaps) >= len(inside) - 1
    for sign in (*LOOKS, QUESTION_MARK):
        shown = sum(sign.shows(blocks[-1]) for blocks in gaps)
        elsewhere = [block for blocks in gaps for block in blocks[:-1]]
        others = sum(sign.shows(block) for block in elsewhere)
        if not is_usual and (sign is QUESTION_MARK or shown <= _FEWEST or shown < 0.8 * len(gaps)):
            continue
        if shown >= max(_LEAST_SHARE_OF_GAPS * len(gaps), 2) and others <= 0.5 * len(elsewhere):
            asking = sum(blocks[-1].asks for blocks in gaps)
            if sign is QUESTION_MARK or asking >= 0.25 * len(gaps):
                return sign
    return None
