"""Checks and changes the ranges of a source's text that a researcher chooses.

All offsets are code points into the source's text, end exclusive.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from quotegrid.domain.text.non_speech import non_speech, spoken
from quotegrid.domain.text.normalise import shortened
from quotegrid.domain.text.words import word_places
from quotegrid.errors import UnknownNameError, UsageError

_JOINER = "\u200d"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_FLAG_LETTERS = ("\U0001f1e6", "\U0001f1ff")
_SHOWN = 40
_APOSTROPHES = "'\u2019"
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters."""


class Side(StrEnum):
    """The end at which a range is widened or narrowed."""

    BEFORE = "before"
    AFTER = "after"


def side_named(text: str) -> Side:
    """Return the side with a name.

    Raises:
        UnknownNameError: If there is none.
    """
    found = next((side for side in Side if side.value == text.casefold()), None)
    if found is None:
        raise UnknownNameError(f'"{text}" is not an end of a passage.', todo="Write before or after.")
    return found


def trim_range(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without white space at its ends."""
    said = text[start:end]
    first = start + len(said) - len(said.lstrip())
    return first, first + len(said.strip())


def check_range(text: str, start: int, end: int, *, within: tuple[int, int]) -> tuple[int, int]:
    """Return a range that may be coded, without white space at its ends.

    Args:
        text: The source's text.
        start: The offset at which the range begins.
        end: The offset at which it ends.
        within: The start and end of the turn, or of the report's quote, that must contain it.

    Raises:
        UsageError: If it is not contained, begins or ends inside a word or a mark such as "[laughs]", or has
            no spoken word.
    """
    if not within[0] <= start < end <= within[1]:
        raise UsageError(
            f"{start}-{end} is not within one speaker's words, {within[0]}-{within[1]}.",
            todo="Choose a range within one turn, or within one quote of a report.",
        )
    for offset in (start, end):
        refuse_inside(text, offset, within=within)
    start, end = trim_range(text, start, end)
    if not word_places(spoken(text[start:end]).text):
        raise UsageError(f"nothing is said in {start}-{end}.", todo="Choose a range with words in it.")
    return start, end


def refuse_inside(text: str, offset: int, *, within: tuple[int, int]) -> None:
    """Raise an error for an offset at which no range can begin or end.

    Raises:
        UsageError: If it is inside a word, a character of several code points, or a mark that is not speech.
    """
    inside = _unit_around(text, offset, within)
    if inside is not None:
        start, end = inside
        raise UsageError(
            f'{offset} is in the middle of "{shortened(text[start:end], _SHOWN)}".',
            todo=f"Choose {start} or {end}.",
        )


def _unit_around(text: str, offset: int, within: tuple[int, int]) -> tuple[int, int] | None:
    """Return the indivisible unit that contains an offset, or None; the ends of `within` always divide."""
    first, last = within
    if not first < offset < last:
        return None
    for mark in non_speech(text[first:last]):
        if first + mark.start < offset < first + mark.end:
            return first + mark.start, first + mark.end
    if not _is_within_one(text, offset):
        return None
    start, end = offset - 1, offset + 1
    while start > first and _is_within_one(text, start):
        start -= 1
    while end < last and _is_within_one(text, end):
        end += 1
    return start, end


def _is_within_one(text: str, offset: int) -> bool:
    """Return whether an offset is inside a word, or inside a character of several code points."""
    return _joins(text, offset) or _is_in_word(text, offset)


def _is_in_word(text: str, offset: int) -> bool:
    if text[offset] in _APOSTROPHES:
        after = text[offset + 1 : offset + 2]
        return after.isalnum() and bool(_letter_before(text, offset))
    if not text[offset].isalnum():
        return False
    before = offset - 1 if text[offset - 1] in _APOSTROPHES else offset
    letter = _letter_before(text, before)
    return bool(letter) and not (_is_unspaced(letter) and _is_unspaced(text[offset]))


def _letter_before(text: str, offset: int) -> str:
    """Return the letter or digit ending before an offset, skipping combining marks; "" if there is none."""
    while offset > 0 and unicodedata.category(text[offset - 1]).startswith("M"):
        offset -= 1
    return text[offset - 1] if offset > 0 and text[offset - 1].isalnum() else ""


def _is_unspaced(char: str) -> bool:
    """Return whether a letter belongs to a script without spaces between words."""
    return any(first <= ord(char) <= last for first, last in _UNSPACED)


def _joins(text: str, offset: int) -> bool:
    """Return whether the code point at an offset belongs to the one before it."""
    here, before = text[offset], text[offset - 1]
    if unicodedata.category(here).startswith("M") or here == _JOINER or before == _JOINER:
        return not before.isspace()
    if _SKIN_TONES[0] <= here <= _SKIN_TONES[1]:
        return True
    return _is_flag_letter(here) and _flag_letters_before(text, offset) % 2 == 1


def _is_flag_letter(char: str) -> bool:
    return _FLAG_LETTERS[0] <= char <= _FLAG_LETTERS[1]


def _flag_letters_before(text: str, offset: int) -> int:
    count = 0
    while count < offset and _is_flag_letter(text[offset - 1 - count]):
        count += 1
    return count


def widen_range(
    start: int, end: int, side: Side, sentences: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the range with one more sentence, or None if there is none.

    A range that begins or ends inside a sentence takes in the rest of it.

    Args:
        start: The offset at which the range begins.
        end: The offset at which it ends.
        side: The side at which it grows.
        sentences: The start and end of each sentence of the turn or quote, in order.
    """
    if side is Side.BEFORE:
        first = max((begin for begin, _ in sentences if begin < start), default=None)
        return None if first is None else (first, end)
    last = min((stop for _, stop in sentences if stop > end), default=None)
    return None if last is None else (start, last)


def narrow_range(
    start: int, end: int, side: Side, sentences: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the range without its first or last sentence, or its part of it; None if it has only one.

    The arguments are those of `widen_range`.
    """
    if side is Side.BEFORE:
        first = min((begin for begin, _ in sentences if start < begin < end), default=None)
        return None if first is None else (first, end)
    last = max((stop for _, stop in sentences if start < stop < end), default=None)
    return None if last is None else (start, last)


def split_range(text: str, start: int, end: int, at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the two ranges before and after an offset.

    Raises:
        UsageError: If one of them would have no word, or the offset is inside a word.
    """
    if not start < at < end:
        raise UsageError(
            f"{at} is not within the passage, {start}-{end}.", todo="Choose an offset between the two."
        )
    whole = (start, end)
    return check_range(text, start, at, within=whole), check_range(text, at, end, within=whole)
