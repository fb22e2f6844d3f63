"""Tells who asks in a talk whose paragraphs alternate and have no other sign of who says them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotegrid.corpus.transcripts.blocks import Block
from quotegrid.corpus.transcripts.sections import heads_an_interview

_BULLET = re.compile(r"[^\w\s\"'(\[*_#\u00ab\u201c\u2018\u00bf\u00a1.,]")
_FEWEST, _FEWEST_QUESTIONS = 8, 3
_LEAST_SHARE_OF_QUESTIONS = 0.15
_LIVELY, _LEAST_SHARE_IF_LIVELY = 0.25, 0.08
"""The share of short paragraphs that only a talk has, and the share of questions that it needs then."""
_TIMES_THE_OTHERS = 2
_FEW_WORDS, _LEAST_SHARE_OF_SHORT = 5, 0.15
"""The words up to which a paragraph is as short as "Okay, thanks.", and the share of them that a talk has."""
_MOST_MARKED, _LEAST_MARKED = 0.95, 0.6


@dataclass(frozen=True, slots=True)
class InTurn:
    """The paragraphs of a talk in which two people speak in turn."""

    blocks: tuple[Block, ...]
    asking: frozenset[int]
    """The places where the interviewer's paragraphs begin."""
    is_marked: bool
    """Whether each of them is an item of a list."""


def taken_in_turn(text: str, blocks: Sequence[Block]) -> InTurn | None:
    """Return the paragraphs that alternate between who asks and who answers, or None if they may not.

    A talk has short replies among its paragraphs, or each of them is an item of a list; and most of what ends
    in a question stands in every other place. Of several interviews in one file each begins anew.

    Args:
        text: The normalised text.
        blocks: Its paragraphs, with the headings of interviews.
    """
    bullet = _bullet_of(text, blocks)
    runs = _marked_runs(text, blocks, bullet) if bullet else _runs(text, blocks)
    spoken = [block for run in runs for block in run]
    if len(spoken) < _FEWEST or any(block.is_heading for block in spoken):
        return None
    short = sum(block.size <= _FEW_WORDS for block in spoken)
    if not bullet and short < _LEAST_SHARE_OF_SHORT * len(spoken):
        return None
    usual = _place_of_questions(runs)
    asking: set[int] = set()
    inside = outside = 0
    for run in runs:
        own = _place_of_questions([run]) if bullet else usual
        place = usual if own is None else own
        if place is None:
            return None
        asking |= {block.start for block in run[place::2]}
        inside += sum(block.asks for block in run[place::2])
        outside += sum(block.asks for block in run[1 - place :: 2])
    is_lively = short >= _LIVELY * len(spoken)
    least = _LEAST_SHARE_IF_LIVELY if is_lively else _LEAST_SHARE_OF_QUESTIONS
    enough = max(_FEWEST_QUESTIONS, least * len(spoken))
    if inside < enough or inside < _TIMES_THE_OTHERS * outside:
        return None
    return InTurn(tuple(spoken), frozenset(asking), is_marked=bool(bullet))


def _bullet_of(text: str, blocks: Sequence[Block]) -> str:
    """Return the sign before most paragraphs, questions and answers alike; empty if there is none."""
    signs = Counter(text[block.start] for block in blocks if _BULLET.match(text, block.start))
    sign, count = max(signs.items(), key=lambda item: item[1], default=("", 0))
    return sign if count >= max(_FEWEST, _LEAST_MARKED * len(blocks)) else ""


def _marked_runs(text: str, blocks: Sequence[Block], bullet: str) -> list[list[Block]]:
    """Return the items of each interview, with what stands between two of them as part of the first."""
    runs: list[list[Block]] = [[]]
    for block in blocks:
        if heads_an_interview(text[block.start : block.end]) or block.is_heading:
            runs.append([])
        elif text[block.start] == bullet:
            runs[-1].append(block)
        elif runs[-1]:
            last = runs[-1][-1]
            runs[-1][-1] = replace(
                last, end=block.end, words_end=block.words_end, size=last.size + block.size
            )
    return [run for run in runs if run]


def _runs(text: str, blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the paragraphs of each interview, without its title and date."""
    runs: list[list[Block]] = [[]]
    for block in blocks:
        if heads_an_interview(text[block.start : block.end]):
            runs.append([])
        elif runs[-1] or block.ends:
            runs[-1].append(block)
    return [run for run in runs if run]


def _place_of_questions(runs: Sequence[Sequence[Block]]) -> int | None:
    """Return whether even (0) or odd (1) paragraphs hold more questions; None if they hold as many."""
    even = sum(block.asks for run in runs for block in run[::2])
    odd = sum(block.asks for run in runs for block in run[1::2])
    return None if even == odd else int(odd > even)
