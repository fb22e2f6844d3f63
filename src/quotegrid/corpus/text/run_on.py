"""Cuts text that runs on without sentence ends into pieces, where the speaker pauses or a clause begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise

from quotegrid.corpus.text.sentence_ends import OF_OTHER_SCRIPTS

AIMED_WORDS = 60
"""The target length of a piece."""
LONGEST_SENTENCE = 120
"""The most words of a sentence that is kept whole because its end is marked."""
LONGEST_PIECE = 75
"""The most words that are kept whole without one."""
_SLACK = 0.25
"""The share of a piece's length by which it may be shorter or longer, to end at a pause."""
_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_IDEOGRAPHS += "\U00020000-\U0003ffff"
_SYLLABLES = "\u0e00-\u0e7f\u0e80-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\ua9e0-\ua9ff"
"""The letters and signs of Thai, Lao, Tibetan, Burmese, Khmer, Tai Le and New Tai Lue."""
_UNSPACED = re.compile(f"[{_IDEOGRAPHS}{_SYLLABLES}]")
_JOINED = "\u3005\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u30a1\u30a3\u30a5\u30a7\u30a9"
_JOINED += "\u30c3\u30e3\u30e5\u30e7\u30ee\u30f3\u30fc\u3093"
"""Kana and marks that belong to the character before them."""
_VOWELS_BEFORE = "\u0e40-\u0e44\u0ec0-\u0ec4"
"""Vowels that are written before their consonant."""
_SIGNS_BEHIND = (
    "\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ece\u0f0b\u0f71-\u0fbc\u102b-\u103e\u17b4-\u17d3"
)
"""Vowels and tones that are written behind, above or below their consonant."""
_UNIT = re.compile(
    rf"""(?P<bracket>\[[^\[\]\n]{{0,200}}\]|\([^()\n]{{0,200}}\))
      | (?P<unspaced>[{_IDEOGRAPHS}][{_JOINED}]*(?:[{_IDEOGRAPHS}][{_JOINED}]*)?
                   | [{_SYLLABLES}]{{1,5}}(?:(?<=[{_VOWELS_BEFORE}])[{_SYLLABLES}])?[{_SIGNS_BEHIND}]*)
      | [(\[] | [^\s(\[{_IDEOGRAPHS}{_SYLLABLES}]+""",
    re.VERBOSE,
)
"""Matches about a word: letters between white space, two ideographs, or five letters of a like script."""
_PAUSE = re.compile(
    r"(?:[\u2013\u2014\u2026;:\uff1a\uff1b\u061b!?]|--|\.\.|\w-)[\"'\u2019\u201d)\]]*\Z|\A-+\Z"
)
_BREATH = re.compile(
    "[,\u060c\u055d\u07f8\u1363\u1802\u3001\ufe50\ufe51\uff0c\uff64\u0f0d][\"'\u2019\u201d]*\\Z"
)
_MARKED_END = re.compile(rf"[.!?\u2026{OF_OTHER_SCRIPTS}][^\w\s]*\d{{0,3}}\Z")
"""Matches a sentence's end with its mark, behind which quotation marks or a note's number may stand."""
_FARTHEST_MARK = 8
"""The number of characters at a sentence's end that are searched for its mark."""
_TIME = re.compile(
    r"[\[(<#]\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>#]|\d{1,3}:\d{2}:\d{2}(?:[.,]\d{1,3})?\Z"
)
"""Matches a place in the recording, which is not a time of day."""
_CONJUNCTIONS = frozenset(
    """
    and but so because or then although though while when if which who where since unless until whereas
    however
    und aber oder weil denn dass wenn obwohl sondern also dann damit
    et mais ou donc car parce puis alors quand lorsque comme
    y e pero porque sino aunque cuando entonces pues
    ma perch\u00e9 quindi per\u00f2 quando allora mentre
    mas ent\u00e3o embora enquanto
    en maar omdat want dus dan toen terwijl
    och men eller f\u00f6r eftersom s\u00e5 og fordi n\u00e5r
    i ale bo poniewa\u017c wi\u0119c kiedy
    \u0438 \u043d\u043e \u0430 \u0438\u043b\u0438
    \u043f\u043e\u0442\u043e\u043c\u0443 \u043a\u043e\u0433\u0434\u0430
    ve ama fakat \u00e7\u00fcnk\u00fc
    """.split()
)
"""Words that begin a clause in some language; in any other, a cut before them is one at white space."""
_AROUND_WORD = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb(,"


class _Break(IntEnum):
    """The quality of a place for a cut; the least is the best."""

    PAUSE = 0
    BREATH = 1
    CLAUSE = 2
    SPACE = 3
    CHARACTER = 4
    NEVER = 5


def words_in(text: str, start: int, end: int) -> int:
    """Count the words of `text[start:end]`; in scripts without spaces about two ideographs make one."""
    if _UNSPACED.search(text, start, end):
        return sum(1 for _ in _UNIT.finditer(text, start, end))
    return len(text[start:end].split())


def pieces_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence that is far too long into pieces of about 60 words.

    That is one of more than 120 words, or of more than 75 if no mark ends it. A piece ends at a pause (a
    dash, dots, a line's end, before a time mark), else at a comma, else before a conjunction, else at white
    space; in a script without spaces between two characters. No word is cut, and no short remark in brackets.

    Args:
        text: The text.
        start: The offset at which the sentence begins.
        end: The offset at which it ends.

    Returns:
        The start and end of each piece, covering everything but white space.
    """
    is_ended = _MARKED_END.search(text, max(start, end - _FARTHEST_MARK), end)
    most = LONGEST_SENTENCE if is_ended else LONGEST_PIECE
    if end - start <= most or words_in(text, start, end) <= most:
        return [(start, end)]
    units = [unit.span() for unit in _UNIT.finditer(text, start, end)]
    breaks = [_break_between(text, before, after) for before, after in pairwise(units)]
    pieces = []
    first = 0
    while (last := _end_of_piece(breaks, first)) < len(units):
        pieces.append((units[first][0], units[last - 1][1]))
        first = last
    return [*pieces, (units[first][0], end)]


def _end_of_piece(breaks: Sequence[_Break], first: int) -> int:
    """Return the unit before which the piece that begins with a unit ends."""
    left = len(breaks) + 1 - first
    if left <= LONGEST_PIECE:
        return first + left
    length = left / max(int(left / AIMED_WORDS + 0.5), 2)
    shortest, longest = first + round(length * (1 - _SLACK)), first + round(length * (1 + _SLACK))
    best = min(
        range(shortest, longest + 1),
        key=lambda place: (breaks[place - 1], abs(place - first - length)),
    )
    while breaks[best - 1] is _Break.NEVER:
        best += 1
        if best == first + left:
            break
    return best


def _break_between(text: str, before: tuple[int, int], after: tuple[int, int]) -> _Break:
    """Return how good a place the one between two units is."""
    gap = text[before[1] : after[0]]
    word, said = text[slice(*before)], text[slice(*after)]
    if not gap:
        if not (_UNSPACED.match(word[-1]) or _UNSPACED.match(said)) or said[0] in "([":
            return _Break.NEVER
        if _BREATH.search(word):
            return _Break.BREATH
        if _PAUSE.search(word):
            return _Break.PAUSE
        return _Break.CHARACTER if _UNSPACED.match(word[-1]) and _UNSPACED.match(said) else _Break.NEVER
    if "\n" in gap or _PAUSE.search(word) or _TIME.match(said):
        return _Break.PAUSE
    if _BREATH.search(word) or (_UNSPACED.match(word[-1]) and _UNSPACED.match(said)):
        return _Break.BREATH
    if said.strip(_AROUND_WORD).casefold() in _CONJUNCTIONS:
        return _Break.CLAUSE
    return _Break.SPACE
