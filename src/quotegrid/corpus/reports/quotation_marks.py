"""Pairs the quotation marks in running text, and distinguishes them from apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[•▪●◦*-][ \t]|#+[ \t]))")
_MARK = re.compile("[\"'\u2018\u2019\u201c\u201d]")
_DOUBLE = frozenset('"\u201c\u201d')
_BEFORE_OPENING = frozenset("([{/-\u2013\u2014:*_\"'\u2018\u201c")
_NEVER_FIRST = frozenset(".,;:!?)]}")
_NOTE_NUMBER = re.compile(r"(?:\d{1,3}|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)(?![^\W_])")
_CLIPPED_YEAR = re.compile(r"\d\ds?(?!['\u2019\w])", re.ASCII)
_CLIPPED_WORD = re.compile(r"(?:em|til|tis|twas|twere|cos|bout|nuff|n)(?![^\W_])", re.ASCII)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_DROPPED_G = re.compile(r"[^\W\d_]{2,}in\Z")
_NEVER_OWNED = frozenset(
    "a about across after although an are as at because before being between but by can could did do does "
    "during for from had has have how if in into is it may might nor not of on over rather since so than "
    "that the then there they this through to under until was we were when where whereas which while who "
    "will with within without would".split()
)
"""Words that never follow a possessive, so that a mark after a plural before them closes a quote."""
_DEEPEST = 8
"""The number of open marks remembered; outer ones are dropped, so that stray marks cost no time."""


class _Use(Enum):
    OPENS = auto()
    CLOSES = auto()
    EITHER = auto()
    POSSESSIVE = auto()
    """An apostrophe after a plural, or a closing mark."""
    APOSTROPHE = auto()


def paragraph_bounds(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph, heading and list item from `start` on."""
    position = start
    for match in _PARAGRAPH_BREAK.finditer(text, start):
        if match.start() > position:
            yield position, match.start()
        position = match.end()
    if position < len(text):
        yield position, len(text)


def quoted_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the outermost stretches between two quotation marks of one paragraph, in order.

    Double and single marks are paired separately, straight or curly; an opening mark that is never closed is
    ignored. Apostrophes are distinguished from closing marks by the characters around them, and a plural's
    possessive by whether a better closing mark follows.

    Args:
        text: The normalised text.
        start: The offset at which the paragraph begins.
        end: The offset at which it ends.

    Returns:
        Offsets of the words between the marks: `text[start - 1]` and `text[end]` are marks.
    """
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    uses = [_use(text, mark, start, end) for mark in marks]
    closed_later = _closed_later(text, marks, uses)
    open_marks: list[int] = []
    latest_opening = -1
    pairs: list[tuple[int, int]] = []
    for number, mark in enumerate(marks):
        use = uses[number]
        kind = text[mark] in _DOUBLE
        if use is _Use.EITHER:
            is_open = any((text[opening] in _DOUBLE) == kind for opening in open_marks)
            use = _Use.CLOSES if is_open else _Use.OPENS
        if use is _Use.POSSESSIVE:
            is_next = bool(open_marks) and open_marks[-1] == latest_opening
            use = _Use.CLOSES if is_next and not closed_later[number] else _Use.APOSTROPHE
        if use is _Use.OPENS:
            open_marks = [*open_marks[1 - _DEEPEST :], mark]
            latest_opening = mark
        elif use is _Use.CLOSES:
            for place in reversed(range(len(open_marks))):
                if (text[open_marks[place]] in _DOUBLE) == kind:
                    pairs.append((open_marks[place] + 1, mark))
                    del open_marks[place:]
                    break
    return _outermost(text, pairs)


def _use(text: str, mark: int, start: int, end: int) -> _Use:
    before = text[mark - 1] if mark > start else " "
    after = text[mark + 1] if mark + 1 < end else " "
    sign = text[mark]
    if sign == "\u201c":
        return _Use.OPENS
    if sign == "\u201d":
        return _Use.CLOSES
    single = sign != '"'
    if single and _CLIPPED_YEAR.match(text, mark + 1) and not before.isalnum():
        return _Use.APOSTROPHE
    if sign == "\u2018":
        return _Use.OPENS
    inside = before.isalnum() and after.isalnum()
    if inside and not (before.isalpha() and _NOTE_NUMBER.match(text, mark + 1)):
        return _Use.APOSTROPHE if single else _Use.EITHER
    may_open = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    if may_open and sign != "\u2019" and after not in _NEVER_FIRST:
        return _Use.APOSTROPHE if single and _CLIPPED_WORD.match(text, mark + 1) else _Use.OPENS
    if before.isspace():
        return _Use.APOSTROPHE if single or after.isspace() else _Use.CLOSES
    if not before.isalnum() and after.isalnum() and not _NOTE_NUMBER.match(text, mark + 1):
        return _Use.CLOSES if sign == "\u2019" else _Use.EITHER
    return _Use.POSSESSIVE if single and _may_be_possessive(text, mark, start, end) else _Use.CLOSES


def _may_be_possessive(text: str, mark: int, start: int, end: int) -> bool:
    word = text[max(start, mark - 20) : mark]
    if not (word.endswith(("s", "S")) or _DROPPED_G.search(word)):
        return False
    following = _NEXT_WORD.match(text, mark + 1, min(end, mark + 40))
    return following is not None and following[1].casefold() not in _NEVER_OWNED


def _closed_later(text: str, marks: list[int], uses: list[_Use]) -> list[bool]:
    """Return, for each mark, whether a single mark that surely closes follows before another one opens."""
    found = False
    ahead = []
    for mark, use in zip(reversed(marks), reversed(uses), strict=True):
        ahead.append(found)
        if text[mark] not in _DOUBLE and use in (_Use.CLOSES, _Use.OPENS):
            found = use is _Use.CLOSES
    return ahead[::-1]


def _outermost(text: str, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs that lie in no other and hold at least one letter or digit, in order."""
    outer: list[tuple[int, int]] = []
    last = -1
    for first, stop in sorted(pairs):
        if stop > last and any(char.isalnum() for char in text[first:stop]):
            outer.append((first, stop))
            last = stop
    return outer
