"""Takes what stands above or before the questions of an interview without labels away from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotegrid.corpus.transcripts.blocks import Block
from quotegrid.corpus.transcripts.questions.conducting import greets
from quotegrid.domain.sources.model import Turn

_FEWEST = 3
_MOST = 0.6
_LEAST_REPEATED = 0.6
_TOLD = 0.8
"""The least share of labelled answers that have a question before them in a paragraph of its own."""
_SENTENCE_END = re.compile(r"[.!\u2026\u3002\uff01][\"'\u2019\u201d)\]]*\s+(?=\S)")
_WORD = re.compile(r"\w+")


def without_lead(blocks: Sequence[Block], asking: Sequence[bool]) -> list[Block]:
    """Return paragraphs without those of the questions' look above the first question that ask nothing.

    Where most questions end in a question mark, a lead in bold or a heading "Questions" is none.

    Args:
        blocks: The paragraphs, the first of which has the questions' look.
        asking: Whether each has the questions' look.
    """
    first_answer = next((number for number, is_asking in enumerate(asking) if not is_asking), len(blocks))
    lead = blocks[:first_answer]
    further = [
        block
        for block, is_asking in zip(blocks[first_answer:], asking[first_answer:], strict=True)
        if is_asking
    ]
    ask = sum(block.asks for block in further)
    first_question = next((number for number, block in enumerate(lead) if block.asks), 0)
    if len(further) < _FEWEST or ask < _MOST * len(further):
        return list(blocks)
    return list(blocks[first_question:])


def without_guide(text: str, blocks: Sequence[Block], asking: Sequence[bool]) -> list[Block]:
    """Return paragraphs without a list of questions at their beginning that are asked again further down.

    Args:
        text: The normalised text.
        blocks: The paragraphs, in order.
        asking: Whether each has the questions' look.
    """
    spelt = [" ".join(_WORD.findall(text[block.words : block.end].casefold())) for block in blocks]
    first_answer = next((number for number, is_asking in enumerate(asking) if not is_asking), len(blocks))
    later = {
        words
        for words, is_asking in zip(spelt[first_answer:], asking[first_answer:], strict=True)
        if is_asking
    }
    repeated = sum(words in later for words in spelt[:first_answer])
    if first_answer < _FEWEST or repeated < _LEAST_REPEATED * first_answer:
        return list(blocks)
    next_question = next(
        (number for number in range(first_answer, len(blocks)) if asking[number]), len(blocks)
    )
    return list(blocks[next_question:])


def without_particulars(heads: Sequence[int], blocks: Sequence[Block], asking: Sequence[bool]) -> list[Block]:
    """Return paragraphs without those between the heading of an interview and its first question.

    Args:
        heads: Where the headings of interviews begin.
        blocks: The paragraphs, in order, without those headings.
        asking: Whether each has the questions' look.
    """
    kept: list[Block] = []
    is_above = False
    for number, (block, is_asking) in enumerate(zip(blocks, asking, strict=True)):
        before = blocks[number - 1].end if number else block.start
        is_above = not is_asking and (is_above or any(before <= head < block.start for head in heads))
        if not is_above:
            kept.append(block)
    return kept


def with_run_on_questions(text: str, inside: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Return the paragraphs of labelled answers, with a question apart that runs on behind an answer's end.

    Nearly all answers have a question in a paragraph of its own before them, so that one which has none and
    stands below a paragraph that ends in a question was asked this.

    Args:
        text: The normalised text.
        inside: The paragraphs from each label to the next.
    """
    told = [any(block.asks for block in blocks[1:]) for blocks in inside[:-1]]
    parted = [list(blocks) for blocks in inside]
    if sum(told) < _TOLD * len(told):
        return parted
    for blocks, is_told in zip(parted, told, strict=False):
        if is_told or not blocks or not blocks[-1].asks:
            continue
        last = blocks[-1]
        ends = [match.end() for match in _SENTENCE_END.finditer(text, last.words, last.end)]
        if ends:
            answer = len(text[last.start : ends[-1]].rstrip())
            blocks[-1:] = [
                replace(last, end=last.start + answer, words_end=last.start + answer, asks=False),
                replace(last, start=ends[-1], words=ends[-1]),
            ]
    return parted


def with_greeting(text: str, turns: Sequence[Turn], blocks: Sequence[Block]) -> tuple[Turn, ...]:
    """Return turns, with the greeting in the paragraph above the first question as one of who asks.

    Args:
        text: The normalised text.
        turns: The turns, in order.
        blocks: The paragraphs, in order.
    """
    above = [block for block in blocks if turns and block.end <= turns[0].start]
    if not above or not turns[0].is_interviewer or above[-1].is_heading:
        return tuple(turns)
    greeting = above[-1]
    is_next = not any(map(str.isalpha, text[greeting.end : turns[0].start]))
    if not is_next or not greets(text[greeting.start : greeting.end]):
        return tuple(turns)
    return (replace(turns[0], start=greeting.words, end=greeting.words_end), *turns)
