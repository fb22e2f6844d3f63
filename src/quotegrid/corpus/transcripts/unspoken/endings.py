"""Tells credits, notes and links behind a transcript's last answer from the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotegrid.corpus.text.speaker_names import folded_label, is_part
from quotegrid.corpus.transcripts.blocks import Block, blocks_of
from quotegrid.corpus.transcripts.unspoken.closing_words import (
    ABOUT_THE_TALK,
    CERTAINLY_CLOSING,
    CLOSING,
    FAREWELL,
    FIRST_PERSON,
)
from quotegrid.domain.sources.model import ParagraphStyle, ReadWarning, StyledParagraph, Turn, WarningKind
from quotegrid.domain.text.normalise import counted

_RULE = re.compile(r"\s*(?:[-*_=~\u2014\u2500#.\u2022\u25aa](?:[ \t]?)){3,}\s*")
_LINK = re.compile(r"\[[^\]\n]*\]\([^)\s]*\)|<?(?:https?://|www\.)\S+|<?[\w.+-]+@[\w-]+\.[\w.]+>?")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE = re.compile(r"\w[.!?\u2026\u3002\uff01\uff1f]\W*\Z")
_OPENING_MARKS = " \t\n*_#>([\u2022\u2014\u2013-"
_FIELD = re.compile(r"[^\W\d_][^:\uff1a\n.!?]{1,40}[:\uff1a][ \t*_]*\S.{0,100}")
_FEWEST_TURNS = 5
_FEW_WORDS = 12
_SHORTEST_NAME = 4
_CUT, _ALSO, _UNSURE = 3.0, 2.0, 1.5
"""The weights of signs from which a paragraph is nobody's, is so above another one, and may be so."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The part of a transcript behind its last answer."""

    start: int
    """The offset at which it begins."""
    words_end: int
    """The offset at which the words of the last turn end before it."""
    is_sure: bool
    """Whether the signs suffice to take it for nobody's words."""


def without_ending(
    text: str, turns: Sequence[Turn], styles: Sequence[StyledParagraph] = ()
) -> tuple[tuple[Turn, ...], list[ReadWarning]]:
    """Return turns without what follows the last answer, and a warning that says how much is left out.

    Args:
        text: The normalised text.
        turns: The turns, in order.
        styles: The looks of the text's paragraphs, in order.
    """
    turns = _without_closing_turn(text, turns)
    ending = ending_of(text, turns, styles)
    kept = tuple(turns)
    if ending is not None and ending.is_sure:
        last = replace(kept[-1], end=ending.words_end)
        kept = (*kept[:-1], last)
    behind = (
        [match for match in _LINE.finditer(text, kept[-1].end) if any(map(str.isalnum, match.group()))]
        if kept
        else []
    )
    warnings = []
    if behind:
        lines = f"{counted(len(behind), 'line')} after the last turn {'is' if len(behind) == 1 else 'are'}"
        what = f"{lines} taken for nobody's words and left out."
        may_be_said = ending is not None or any(_SENTENCE.search(match.group()) for match in behind)
        kind = WarningKind.SPEAKER if may_be_said else WarningKind.TEXT
        warnings.append(ReadWarning(kind, what, _line(text, behind[0].start())))
    if ending is not None and not ending.is_sure:
        what = "the last turn's words from here on may be nobody's: they look like an ending."
        warnings.append(ReadWarning(WarningKind.SPEAKER, what, _line(text, ending.start)))
    return kept, warnings


def _without_closing_turn(text: str, turns: Sequence[Turn]) -> Sequence[Turn]:
    """Return turns without a last one that has no label and opens with a heading for a conclusion."""
    if len(turns) <= _FEWEST_TURNS or any(map(str.isalpha, text[turns[-2].end : turns[-1].start])):
        return turns
    opening = text[turns[-1].start : turns[-1].end].split("\n", 1)[0].strip(_OPENING_MARKS)
    is_heading = len(opening.split()) <= _FEW_WORDS and not _SENTENCE.search(opening)
    is_closing = CLOSING.match(opening) or CERTAINLY_CLOSING.match(opening)
    return turns[:-1] if is_heading and is_closing else turns


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


@dataclass(frozen=True, slots=True)
class _Usual:
    """The look of the turns before the last one."""

    turns: int
    several: float
    """The share of them that have several paragraphs."""
    most: int
    """The greatest number of their paragraphs."""
    styles: frozenset[ParagraphStyle]
    """The looks of their paragraphs behind the first."""
    has_rules: bool
    has_links: bool
    has_bare_links: bool
    """Whether one of their paragraphs is nothing but a link."""
    ending: float
    """The share of their paragraphs that end like a sentence."""
    gap: int
    """The greatest number of line ends between two of their paragraphs."""


def ending_of(text: str, turns: Sequence[Turn], styles: Sequence[StyledParagraph] = ()) -> Ending | None:
    """Return where the words of a transcript's last turn end and an ending begins; None if there is none.

    Each paragraph behind the first of the last turn is weighed by several signs: a rule or a wider gap above
    it, a look that no other turn's paragraphs have, links, words that open a credit or a note, no end of a
    sentence, that other turns have one paragraph, and, against it, words in the first person.

    Args:
        text: The normalised text.
        turns: The turns, in order.
        styles: The looks of the text's paragraphs, in order.
    """
    if len(turns) < _FEWEST_TURNS:
        return None
    *others, last = turns
    by_line = not any("\n" in text[turn.start : turn.end] for turn in others)
    blocks = blocks_of(text, last.start, last.end, styles, by_line=by_line)
    if len(blocks) == 1:
        return None
    usual = _usual(text, others, styles, by_line=by_line)
    labels = {folded_label(turn.label) for turn in turns if turn.label}
    names = {label for label in labels if len(label) >= _SHORTEST_NAME and not is_part(label)}
    weights = [
        _weight(text, blocks, number, usual, names, labels) if number else 0.0
        for number in range(len(blocks))
    ]
    for number, weight in enumerate(weights):
        if weight >= _CUT:
            while number > 1 and weights[number - 1] >= _ALSO:
                number -= 1
            return Ending(blocks[number].start, blocks[number - 1].end, is_sure=True)
    doubtful = next((number for number, weight in enumerate(weights) if weight >= _UNSURE), None)
    if doubtful is None:
        return None
    return Ending(blocks[doubtful].start, blocks[doubtful - 1].end, is_sure=False)


def _usual(text: str, turns: Sequence[Turn], styles: Sequence[StyledParagraph], *, by_line: bool) -> _Usual:
    inside = [blocks_of(text, turn.start, turn.end, styles, by_line=by_line) for turn in turns]
    further = [block for blocks in inside for block in blocks[1:]]
    every = [block for blocks in inside for block in blocks]
    gaps = [_gap(text, blocks, number) for blocks in inside for number in range(1, len(blocks))]
    spoken = [text[turn.start : turn.end] for turn in turns]
    return _Usual(
        turns=len(turns),
        several=sum(len(blocks) > 1 for blocks in inside) / len(turns),
        most=max(map(len, inside)),
        styles=frozenset(block.style for block in further if block.style is not None),
        has_rules=any(_RULE.fullmatch(line) for words in spoken for line in words.split("\n")),
        has_links=any(_LINK.search(words) for words in spoken),
        has_bare_links=any(_is_link(text[block.start : block.end]) for block in further),
        ending=sum(block.ends for block in every) / max(len(every), 1),
        gap=max(gaps, default=2),
    )


def _is_link(words: str) -> bool:
    """Return whether most of a paragraph is a link or an address."""
    return 2 * sum(match.end() - match.start() for match in _LINK.finditer(words)) >= len(words)


def _gap(text: str, blocks: Sequence[Block], number: int) -> int:
    return text.count("\n", blocks[number - 1].end, blocks[number].start)


def _weight(
    text: str, blocks: Sequence[Block], number: int, usual: _Usual, names: set[str], labels: set[str]
) -> float:
    """Return how much speaks for a paragraph of the last turn being nobody's words."""
    block = blocks[number]
    words = text[block.start : block.end]
    bare = words.strip(_OPENING_MARKS)
    between = text[blocks[number - 1].end : block.start]
    weight = 0.0
    if usual.several == 0 and usual.turns > _FEWEST_TURNS:
        weight += 1.5
    elif len(blocks) > usual.most or usual.several < 0.1:
        weight += 0.5
    if any(_RULE.fullmatch(line) for line in between.split("\n") if line.strip()):
        weight += 0.5 if usual.has_rules else 2
    elif _gap(text, blocks, number) > usual.gap:
        weight += 0.75
    is_closing = CLOSING.match(bare) is not None
    if CERTAINLY_CLOSING.match(bare):
        weight += 3
        is_closing = True
    elif is_closing:
        weight += 2
    if block.style in (ParagraphStyle.EMPHASISED, ParagraphStyle.HEADING) and block.style not in usual.styles:
        weight += 1.25
    if _is_link(words) and not usual.has_bare_links:
        weight += 3
    elif _LINK.search(words) and not usual.has_links:
        weight += 1
    if not block.ends and block.size <= _FEW_WORDS and usual.ending > 0.7:
        weight += 1
    field = _FIELD.fullmatch(bare)
    if field is not None and folded_label(bare.split(":")[0].split("\uff1a")[0]) not in labels:
        weight += 1
    if ABOUT_THE_TALK.search(bare) or any(name in bare.casefold() for name in names):
        weight += 0.75
    if FAREWELL.search(text[blocks[number - 1].start : blocks[number - 1].end]):
        weight += 0.5
    if FIRST_PERSON.search(bare) and not is_closing:
        weight -= 1.5
    if bare[:1].islower():
        weight -= 1.5
    return weight
