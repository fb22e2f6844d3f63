"""Tells questions that alone stand behind a dash, and answers that alone stand in quotation marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotegrid.corpus.transcripts.blocks import Block

DASHES = "\u2013\u2014\u2015\u2500\u30fc\u2012\uff0d-"
"""Dashes that stand before a question, among them those that Japanese magazines print."""
_OF_QUESTIONS = "\u30fc\u2015\u2500"
"""Dashes that stand before nothing but questions."""
_SPACED_DASHES = DASHES + " \t\u3000"
_QUOTES = '"\u201c\u00ab\u201e\u300c\u300e'
_FEWEST, _FEWEST_HEADINGS = 4, 3
_LINES_OF_A_PARAGRAPH = 2
_MOSTLY = 0.9
_LEAST_SHARE, _GREATEST_SHARE = 0.15, 0.6
_LEAST_ASKING = 0.3
_HALF = 0.5


def dash_of_questions(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the dash that stands before each question and no answer, or None if none does.

    Args:
        text: The normalised text.
        blocks: The paragraphs, in order.
    """
    signs = Counter(text[block.start] for block in blocks if text[block.start] in DASHES)
    if not signs:
        return None
    dash, count = signs.most_common(1)[0]
    shown = [text[block.start] == dash for block in blocks]
    marked = [block for block in blocks if text[block.start] == dash]
    others = [block for block in blocks if text[block.start] != dash]
    if count < _FEWEST or not _LEAST_SHARE * len(blocks) <= count <= _GREATEST_SHARE * len(blocks):
        return None
    answered = sum(first and not second for first, second in pairwise([*shown, False]))
    of_marked = sum(block.asks for block in marked) / len(marked)
    of_others = sum(block.asks for block in others) / len(others)
    is_asking = dash in _OF_QUESTIONS or (of_marked >= _LEAST_ASKING and of_marked > 2 * of_others)
    return dash if is_asking and answered >= _MOSTLY * count else None


def behind_dashes(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Return paragraphs whose words begin behind the dashes before them."""
    return [
        replace(block, words=block.end - len(text[block.start : block.end].lstrip(_SPACED_DASHES)))
        if text[block.start] in DASHES
        else block
        for block in blocks
    ]


def quoted_answers(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    """Return where the paragraphs in quotation marks begin, if most answers and no questions are such.

    Args:
        text: The normalised text.
        blocks: The paragraphs, in order.
    """
    answers = [second for first, second in pairwise(blocks) if first.asks and not second.asks]
    quoted = [block for block in blocks if text[block.start] in _QUOTES]
    of_answers = sum(text[block.start] in _QUOTES for block in answers)
    asking = sum(block.asks for block in quoted)
    if of_answers < max(_FEWEST, _NEARLY_ALL * len(answers)) or asking > _HALF * len(quoted):
        return frozenset()
    return frozenset(block.start for block in quoted)


_NEARLY_ALL = 0.7
_FEWEST_PURE = 5
_LEAST_SHARE_OF_PURE = 0.1
_MOST_WORDS = 60


def are_pure_questions(text: str, blocks: Sequence[Block]) -> bool:
    """Return whether paragraphs that only ask are each answered by paragraphs of which hardly any asks.

    Answers may have many paragraphs then, and lists.

    Args:
        text: The normalised text.
        blocks: The paragraphs, in order.
    """
    pure = [block for block in blocks if block.asks and block.size <= _MOST_WORDS]
    asked = sum(block.asks for block in blocks)
    starts = {block.start for block in pure}
    answered = sum(first.start in starts and second.start not in starts for first, second in pairwise(blocks))
    marks = sum(text[block.start : block.end].count("?") for block in blocks if block.start not in starts)
    return (
        len(pure) >= max(_FEWEST_PURE, _LEAST_SHARE_OF_PURE * len(blocks))
        and len(pure) >= _MOSTLY * asked
        and answered >= _MOSTLY * len(pure)
        and marks <= _HALF * len(pure)
    )


def share_below_particulars(others: Sequence[Block]) -> float:
    """Return the share of questions among paragraphs from the first that asks on."""
    first = next((number for number, block in enumerate(others) if block.asks), 0)
    return sum(block.asks for block in others[first:]) / len(others[first:])


def from_first_question(headings: Sequence[Block]) -> list[Block]:
    """Return headings without the titles above the first one that asks, if at least three are left."""
    first = next((number for number, block in enumerate(headings) if block.asks), 0)
    return list(headings[first:] if len(headings) - first >= _FEWEST_HEADINGS else headings)


def is_asked_and_answered(blocks: Sequence[Block]) -> bool:
    """Return whether, from the first question to the last, nearly each is followed by one answer."""
    places = [number for number, block in enumerate(blocks) if block.asks]
    if len(places) < _FEWEST or places[-1] + 1 >= len(blocks):
        return False
    steps = [second - first for first, second in pairwise(places)]
    return steps.count(2) >= _MOSTLY * len(steps)


def are_paragraphs(lines: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Return whether the lines within paragraphs are no wrapped text: most of them end a sentence."""
    ended = sum(line.ends or line.asks for line in lines)
    return len(lines) >= _LINES_OF_A_PARAGRAPH * len(blocks) and ended >= _NEARLY_ALL * len(lines)


def places_of_questions(blocks: Sequence[Block]) -> frozenset[int]:
    """Return where every other paragraph begins, if these are nearly all questions and few others are."""
    first = next(number for number, block in enumerate(blocks) if block.asks)
    asking, answering = blocks[first::2], blocks[first + 1 :: 2]
    is_strict = sum(block.asks for block in asking) >= _MOSTLY * len(asking)
    return (
        frozenset(block.start for block in asking)
        if is_strict
        and len(asking) >= _FEWEST
        and sum(block.asks for block in answering) <= 0.2 * len(answering)
        else frozenset()
    )
