"""What reading a file changes in its characters: only what nobody can see or say, and always counted."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Repair(StrEnum):
    """A kind of change between a file and the text that is stored."""

    LINE_ENDS = "line ends"
    """CR LF or CR made LF."""
    BYTE_ORDER_MARK = "byte order mark"
    """The mark at a file's beginning taken away."""
    COMPOSED = "composed characters"
    """A letter and its accent made one character (Unicode NFC)."""
    SOFT_HYPHENS = "soft hyphens"
    """Marks where a word may be broken, taken away."""
    ZERO_WIDTH = "zero-width characters"
    """Spaces and marks without width between Latin letters, taken away."""
    LINE_HYPHENS = "hyphens at line ends"
    """Words that a line's end had broken made whole."""
    HALVES = "halves of characters"
    """A half of a character that a program has cut in two made the sign for an unknown one."""
    GUESSED = "letters in a guessed encoding"
    """Letters beyond ASCII in a file that does not say its encoding."""


TRIVIAL = frozenset({Repair.LINE_ENDS, Repair.BYTE_ORDER_MARK, Repair.COMPOSED})
"""Repairs after which every word reads as before."""
SOFT_HYPHEN = "\u00ad"
_PARTS_WORDS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, where a space without width parts words."""
_ZERO_WIDTH = re.compile(f"(?<![{_PARTS_WORDS}])\u200b(?![{_PARTS_WORDS}])|[\u2060\ufeff]")
_HALVES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?")


def repaired(raw: str) -> tuple[str, dict[str, int]]:
    """Return the form in which a text is stored, and how often what was changed, by `Repair`.

    The form is NFC with LF line ends and without byte order mark, soft hyphens and, between Latin letters,
    characters without width. Repairing it again changes nothing.
    """
    counts: dict[Repair, int] = {}
    text = raw
    if text.startswith("\ufeff"):
        text, counts[Repair.BYTE_ORDER_MARK] = text[1:], 1
    if "\r" in text:
        text, counts[Repair.LINE_ENDS] = _LINE_ENDS.subn("\n", text)
    if SOFT_HYPHEN in text:
        counts[Repair.SOFT_HYPHENS] = text.count(SOFT_HYPHEN)
        text = text.replace(SOFT_HYPHEN, "")
    text, halves = whole(text)
    if halves:
        counts[Repair.HALVES] = halves
    while (found := _ZERO_WIDTH.subn("", text))[1]:
        text = found[0]
        counts[Repair.ZERO_WIDTH] = counts.get(Repair.ZERO_WIDTH, 0) + found[1]
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        counts[Repair.COMPOSED] = max(len(text) - len(composed), 1)
        text = composed
    return text, {kind.value: count for kind, count in counts.items() if count}


def whole(text: str) -> tuple[str, int]:
    """Return a text that every encoding can hold, and how many halves of characters were in it."""
    return _HALVES.subn("\ufffd", text) if not text.isascii() else (text, 0)


def added(*counts: dict[str, int]) -> dict[str, int]:
    """Repairs of several parts together."""
    total: dict[str, int] = {}
    for counted in counts:
        for kind, count in counted.items():
            total[kind] = total.get(kind, 0) + count
    return total
