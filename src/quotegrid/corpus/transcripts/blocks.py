"""Parts a text into paragraphs with what tells a question, an answer and a heading from each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.corpus.transcripts.asking import QUESTION_MARKS, asks
from quotegrid.domain.sources.model import ParagraphStyle, StyledParagraph

_BLOCK = re.compile(r"\S[^\n]*(?:\n(?![ \t\u00a0]*\n)[^\n]*)*")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ITEM = re.compile(r"[ \t]*[-+*\u2022][ \t]+\S")
_HEADING = re.compile(r"#{1,6}[ \t]+\S.*")
_EMPHASISED = re.compile(r"(?:(\*\*\*|\*\*|__|\*|_)(?=\S)[^\n]*(?<=\S)\1|\*\*[ \t]+\S[^\n*]*\*\*)[.?!:]?")
_LED = re.compile(r"(?P<lead>(\*\*\*|\*\*|__|\*|_)(?=\S)[^\n*_]*(?<=\S)\2)\s+(?=\S)")
_NUMBER = re.compile(
    r"(?:(?:[-+*>\u2013\u2014\u2022\u25cf\u25cb\u25aa\u25a0\u25c6\u25c7\u25b6\u2794\u2192\uf0b7\uf0a7]|->|=>"
    r"|o(?=[ \t\u00a0]+[^\Wa-z]))[ \t\u00a0]"
    r"|\(?\d{1,3}[.):]|\d{1,3}[ \t]?[-\u2013](?=[ \t]*\S)"
    r"|[QqPp]\d{1,2}[.:)]|[a-z]\)|[IVX]{1,5}[.)])[ \t\u00a0]*(?=\S)"
)
_LETTERED = re.compile(r"[A-Z][.)][ \t\u00a0]+(?=\S)")
"""Matches the letter of a list, which before an answer may be somebody's initial."""
_OPENING = re.compile(r"(?:#{1,6}[ \t]+)?(?:[*_]{1,3}(?=[^\s*_])|\*\*[ \t]+(?=\S))?")
_NO_SPEECH = re.compile(r"\{(?:%.*%|\{.*\})\}|[-*_=~]{3,}|\\?\[[^\[\]\n]*\\?\]|\W*\Z")
_SENTENCE_ENDS = f".!\u2026\u3002\uff01\u0964{QUESTION_MARKS}"
_CLOSING = " \t\n)]\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u300d*_"
_MOST_WORDS_OF_A_HEADING = 12
_FEW_WORDS = 4
_FEWEST_LED = 2
"""The number of items of a list that begin in bold from which each is a paragraph."""
_SHARE_OF_LINES = 0.5
"""The share of the paragraphs of several lines whose first line must ask for each line to be one."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, with offsets into the text."""

    start: int
    end: int
    asks: bool
    """Whether it ends in a question."""
    style: ParagraphStyle | None
    words: int
    """The offset at which its words begin, behind the number of a list and mark-up."""
    words_end: int
    """The offset at which its words end, before mark-up."""
    ends: bool
    """Whether it ends like a sentence."""
    size: int
    """The number of its words, parted by white space."""
    is_numbered: bool = False
    """Whether its words stand behind a number or the sign of a list."""

    @property
    def is_heading(self) -> bool:
        """Return whether it is set as a heading, or is short, of a look of its own, and no sentence."""
        if self.style is ParagraphStyle.HEADING:
            return not self.asks
        is_short = not self.ends and self.size <= _MOST_WORDS_OF_A_HEADING
        return is_short and self.style is ParagraphStyle.EMPHASISED

    @property
    def may_head(self) -> bool:
        """Return whether it is as short as a heading and does not end like a sentence."""
        return not self.ends and self.size <= _FEW_WORDS


def blocks_of(
    text: str, start: int, end: int, styles: Sequence[StyledParagraph] = (), *, by_line: bool | None = None
) -> list[Block]:
    """Return the paragraphs between two offsets, without rules and notes in brackets.

    Args:
        text: The normalised text.
        start: The offset at which to begin.
        end: The offset at which to stop.
        styles: The looks of the text's paragraphs, in order.
        by_line: Whether each line is a paragraph; None to judge by whether first lines ask.
    """
    spans = [
        (match.start(), match.start() + len(match.group().rstrip()))
        for match in _BLOCK.finditer(text, start, end)
    ]
    spans = [part for first, last in spans for part in _items(text, first, last)]
    if by_line is None:
        by_line = _asks_in_first_lines(text, spans)
    if by_line:
        spans = [
            (
                match.start() + len(match.group()) - len(match.group().lstrip()),
                match.start() + len(match.group().rstrip()),
            )
            for match in _LINE.finditer(text, start, end)
        ]
    places = [paragraph.start for paragraph in styles]
    found = []
    for first, last in spans:
        words = text[first:last]
        if _NO_SPEECH.fullmatch(words):
            continue
        number = bisect_right(places, first) - 1
        told = styles[number] if number >= 0 else None
        lead = _lead_of(text, first, last, told)
        if lead is not None:
            found.append(_block(text, first, lead, ParagraphStyle.EMPHASISED))
            first = lead + len(text[lead:last]) - len(text[lead:last].lstrip())
        is_whole = lead is None and told is not None and told.end >= last
        found.append(_block(text, first, last, told.style if told is not None and is_whole else None))
    return found


def _items(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Return a paragraph without the headings in it, and by items if lines in italics stand below those."""
    lines = [match.span() for match in _LINE.finditer(text, first, last)]
    begins = [_ITEM.match(text, start) is not None for start, _ in lines]
    slanted = [_EMPHASISED.fullmatch(text[start:end].strip()) is not None for start, end in lines]
    heads = [_HEADING.fullmatch(text, start, end) is not None for start, end in lines]
    is_list = any(begins) and any(slanted)
    led = [
        (item := _ITEM.match(text, start)) is not None and _LED.match(text, item.end() - 1, end) is not None
        for start, end in lines
    ]
    are_led = sum(led) >= _FEWEST_LED
    if not is_list and not any(heads) and not are_led:
        return [(first, last)]
    starts = [
        start
        for number, (start, _) in enumerate(lines)
        if not number
        or heads[number - 1]
        or heads[number]
        or (are_led and led[number])
        or (is_list and (begins[number] or slanted[number] is not slanted[number - 1]))
    ]
    ends = [*starts[1:], last]
    return [
        (start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip()))
        for start, end in zip(starts, ends, strict=True)
    ]


def _lead_of(text: str, first: int, last: int, told: StyledParagraph | None) -> int | None:
    """Return where a question ends that leads a paragraph in bold, before its answer; None without one."""
    if told is not None and told.style is ParagraphStyle.LEAD and told.start == first and told.end < last:
        end = told.end
    else:
        item = _ITEM.match(text, first, last)
        led = _LED.match(text, first if item is None else item.end() - 1, last)
        if led is None or all(map(_EMPHASISED.fullmatch, text[first:last].split("\n"))):
            return None
        end = led.end("lead")
    words = text[first:end].rstrip(_CLOSING)
    is_sentence = words.endswith(tuple(_SENTENCE_ENDS)) and len(words.split()) > _FEW_WORDS
    return end if is_sentence or asks(text, first, end) else None


def _behind_item(words: str) -> str:
    item = _ITEM.match(words)
    return words if item is None else words[item.end() - 1 :]


def _behind_mark_up(text: str, start: int) -> int:
    opening = _OPENING.match(text, start)
    return start if opening is None else opening.end()


def _asks_in_first_lines(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    several = [(first, text.index("\n", first)) for first, last in spans if "\n" in text[first:last]]
    asking = sum(asks(text, first, end) for first, end in several)
    return asking >= 2 and asking >= _SHARE_OF_LINES * len(several) and 2 * len(several) >= len(spans)


def _block(text: str, first: int, last: int, told: ParagraphStyle | None) -> Block:
    words = text[first:last]
    opened = _behind_mark_up(text, first)
    is_question = asks(text, first, last)
    number = _NUMBER.match(text, first, last) or _NUMBER.match(text, opened, last)
    if number is None and is_question:
        number = _LETTERED.match(text, opened, last)
    if number is not None:
        # A number may stand behind the sign of a list.
        number = _NUMBER.match(text, number.end(), last) or number
    style = told
    if _HEADING.fullmatch(words):
        style = ParagraphStyle.HEADING
    elif style is None and all(map(_EMPHASISED.fullmatch, _behind_item(words).split("\n"))):
        style = ParagraphStyle.EMPHASISED
    elif style is None and number is not None:
        style = ParagraphStyle.NUMBERED
    bare = words.rstrip(_CLOSING)
    begins = _behind_mark_up(text, first if number is None else number.end())
    is_marked = style is ParagraphStyle.EMPHASISED or (number is not None and begins > number.end())
    return Block(
        start=first,
        end=last,
        asks=is_question,
        style=style,
        words=begins,
        words_end=first + len(words.rstrip("*_").rstrip()) if is_marked else last,
        ends=bool(bare) and bare[-1] in _SENTENCE_ENDS,
        size=len(words.split()),
        is_numbered=number is not None,
    )
