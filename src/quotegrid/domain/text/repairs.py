"""Repairs the characters of a file where nobody can see or say the difference, and counts every change."""

from __future__ import annotations

import html
import re
import unicodedata
from enum import StrEnum


class Repair(StrEnum):
    """A kind of change between a file and the stored text."""

    LINE_ENDS = "line ends"
    """CR LF or CR replaced by LF."""
    BYTE_ORDER_MARK = "byte order mark"
    """The mark at the beginning of a file removed."""
    COMPOSED = "composed characters"
    """A letter and its accent composed into one character (Unicode NFC)."""
    SOFT_HYPHENS = "soft hyphens"
    """Marks at which a word may be broken, removed."""
    ZERO_WIDTH = "zero-width characters"
    """Spaces and marks without width between Latin letters, removed."""
    LINE_HYPHENS = "hyphens at line ends"
    """Words broken at the end of a line, joined."""
    LINE_NUMBERS = "line numbers"
    """Numbers in the margin of every line, as in court transcripts, removed."""
    PAGE_FURNITURE = "running heads"
    """Heads, feet and numbers of the pages of a text with numbered lines, removed."""
    ESCAPES = "Markdown escapes"
    """Punctuation behind a backslash in Markdown, read as what it shows."""
    MARK_UP = "Markdown links and tags"
    """The addresses of links, pictures and tags of web pages in Markdown, taken from around the words."""
    TABLE_ROWS = "rows of tables"
    """Rows of a Markdown table of speech, made paragraphs."""
    HALVES = "halves of characters"
    """Half of a character, cut in two by a program, replaced by the sign for an unknown one."""
    CONTROLS = "control characters"
    """Characters without a meaning in text, such as NUL, removed from a table."""
    ESCAPED = "escaped characters"
    """Characters that a table has as codes, such as `_x000D_` or `&#8212;`, put in their place."""
    GUESSED = "letters in a guessed encoding"
    """Letters beyond ASCII in a file that does not declare its encoding."""


TRIVIAL = frozenset({Repair.LINE_ENDS, Repair.BYTE_ORDER_MARK, Repair.COMPOSED})
"""Repairs after which every word reads as before."""
SOFT_HYPHEN = "\u00ad"
_PARTS_WORDS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, in which a space without width separates words."""
_WITHOUT_WIDTH = "\u200b\u2060\ufeff"
_ZERO_WIDTH = re.compile(f"(?<![{_PARTS_WORDS}])\u200b(?![{_PARTS_WORDS}])|[\u2060\ufeff]")
_REFERENCE = re.compile(
    "&(?:#[0-9]{2,6}|#x[0-9A-Fa-f]{2,5}|amp|lt|gt|quot|apos|nbsp|hellip|[lr][sd]quo|[nm]dash);"
)
_HALVES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?")


def repair_text(raw: str) -> tuple[str, dict[str, int]]:
    """Return the form in which a text is stored, and the number of changes of each `Repair`.

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
    text, halves = replace_halves(text)
    if halves:
        counts[Repair.HALVES] = halves
    # Few texts have any: to look for the characters alone is many times faster than to look around each.
    has_any = any(char in text for char in _WITHOUT_WIDTH)
    while has_any and (found := _ZERO_WIDTH.subn("", text))[1]:
        text = found[0]
        counts[Repair.ZERO_WIDTH] = counts.get(Repair.ZERO_WIDTH, 0) + found[1]
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        counts[Repair.COMPOSED] = max(len(text) - len(composed), 1)
        text = composed
    return text, {kind.value: count for kind, count in counts.items() if count}


def replace_halves(text: str) -> tuple[str, int]:
    """Return a text that every encoding can hold, and the number of half characters replaced in it."""
    return _HALVES.subn("\ufffd", text) if not text.isascii() else (text, 0)


def replace_references(text: str) -> tuple[str, dict[str, int]]:
    """Return a text with characters in place of a web page's codes for them, and how many were replaced.

    A code is one only with its semicolon, so that "R&amp;D" is read as "R&D" and "R&D" stays.
    """
    if "&" not in text:
        return text, {}
    changed, count = _REFERENCE.subn(lambda code: html.unescape(code[0]), text)
    return changed, {Repair.ESCAPED.value: count} if count else {}


def add_counts(*counts: dict[str, int]) -> dict[str, int]:
    """Return the sums of several counts of repairs."""
    total: dict[str, int] = {}
    for counted in counts:
        for kind, count in counted.items():
            total[kind] = total.get(kind, 0) + count
    return total
