"""Reads the glyphs of a PDF page as runs of words with their positions."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

_LIGATURES = {chr(point): unicodedata.normalize("NFKC", chr(point)) for point in range(0xFB00, 0xFB07)}
_HYPHEN_OF_LIBRARY = "\x02"
"""The character that pdfium returns for a hyphen at the end of a line."""
_STRAIGHT = math.radians(5)
_WORD_GAP = 0.25
"""The least gap between words, in type sizes, if neither the file nor the library has a space there."""
_GUESSED_GAP = 0.1
"""The least gap if the library has inserted a space, as it does after everything raised."""
_SAME_BASE = 0.05
_BOLD, _LONGEST_NAME = 600, 256
_CALLED_BOLD = re.compile(rb"bold|black|heavy|[-,]bd\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """Letters of one size on one baseline, without white space; lengths in points, y downwards."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Words not separated by a space: one word, or a word and a raised mark after it."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Return the letters."""
        return "".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Return the left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Return the right edge."""
        return self.words[-1].x1

    @property
    def is_bold(self) -> bool:
        """Return whether all its letters are bold."""
        return all(word.is_bold for word in self.words)

    @property
    def size(self) -> float:
        """Return the size of its largest letters."""
        return max(word.size for word in self.words)

    @property
    def base(self) -> float:
        """Return the baseline of its largest letters."""
        return max(self.words, key=lambda word: word.size).base


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    x0: float
    x1: float
    base: float
    size: float
    least_gap: float
    """The gap before it that separates words, in type sizes."""
    is_bold: bool


def runs_of(page: Any) -> Iterator[Run]:
    """Yield the runs shown on a page, in the order of the file.

    Text outside the page, and text rotated differently from most of the page's, is left out.
    """
    words: list[Word] = []
    glyphs: list[_Glyph] = []
    for glyph in _upright(_placed(page)):
        if glyphs and not _goes_on(glyphs[-1], glyph):
            words.append(_word(glyphs))
            glyphs = []
            if not _is_attached(words[-1], glyph):
                yield Run(tuple(words))
                words = []
        glyphs.append(glyph)
    if glyphs:
        yield Run((*words, _word(glyphs)))


def _word(glyphs: Iterable[_Glyph]) -> Word:
    parts = list(glyphs)
    text = unicodedata.normalize("NFC", "".join(_LIGATURES.get(part.char, part.char) for part in parts))
    first = parts[0]
    return Word(text, first.x0, max(part.x1 for part in parts), first.base, first.size, first.is_bold)


def _goes_on(before: _Glyph, glyph: _Glyph) -> bool:
    return (
        abs(glyph.size - before.size) <= _SAME_BASE * before.size
        and abs(glyph.base - before.base) <= _SAME_BASE * before.size
        and _is_next(before.x1, glyph, before.size)
    )


def _is_attached(before: Word, glyph: _Glyph) -> bool:
    return abs(glyph.base - before.base) < max(before.size, glyph.size) and _is_next(
        before.x1, glyph, max(before.size, glyph.size)
    )


def _is_next(x1: float, glyph: _Glyph, size: float) -> bool:
    return -size < glyph.x0 - x1 < glyph.least_gap * size


def _upright(placed: Iterable[tuple[int, _Glyph]]) -> Iterator[_Glyph]:
    found = list(placed)
    turns = Counter(turn for turn, _ in found)
    main = turns.most_common(1)[0][0] if turns else 0
    return (glyph for turn, glyph in found if turn == main)


def _placed(page: Any) -> Iterator[tuple[int, _Glyph]]:
    """Yield each glyph on the page with its text's quarter turns, including the page's own rotation."""
    from pypdfium2 import raw

    left, bottom, right, top = page.get_bbox()
    textpage = page.get_textpage()
    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    least_gap, high = -inf, 0
    is_bold = False
    for index in range(textpage.count_chars()):
        point = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= point < 0xDC00:
            high = point
            continue
        if high and 0xDC00 <= point < 0xE000:
            point = 0x10000 + (high - 0xD800) * 0x400 + point - 0xDC00
        high = 0
        char = "-" if chr(point) == _HYPHEN_OF_LIBRARY else chr(point)
        if raw.FPDFText_IsGenerated(textpage, index):
            least_gap = min(least_gap, _GUESSED_GAP)
            continue
        if char.isspace() or ord(char) < 0x20:
            least_gap = -inf
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        shown = left <= x.value <= right and bottom <= y.value <= top
        angle = math.atan2(matrix.b, matrix.a)
        turn = round(angle / (math.pi / 2))
        if not shown or abs(angle - turn * math.pi / 2) > _STRAIGHT:
            least_gap = -inf
            continue
        size = raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        corners = [_turned(box.left, box.bottom, turn), _turned(box.right, box.top, turn)]
        base = -_turned(x.value, y.value, turn)[1]
        x0, x1 = sorted(corner[0] for corner in corners)
        if least_gap < _WORD_GAP:
            is_bold = _is_bold(textpage, index)
        yield turn % 4, _Glyph(char, x0, x1, base, size, least_gap, is_bold)
        least_gap = _WORD_GAP
    textpage.close()


def _is_bold(textpage: Any, index: int) -> bool:
    """Return whether a letter's font is bold, by its weight or its name."""
    from pypdfium2 import raw

    if raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD:
        return True
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, name, _LONGEST_NAME, flags)
    return _CALLED_BOLD.search(name.value) is not None


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Return a point in the coordinates of text rotated to the left by a number of quarter turns."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn % 4]
