"""Takes the numbers out of a transcript whose every line has one in its margin, as courts print them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_NUMBERED = re.compile(r"[ \t\f]*(?P<number>\d{1,5})(?:(?P<gap>[ \t]+)(?P<words>\S.*))?[ \t]*")
_GAPS = re.compile(r"(?<=\S\S)[ \t]{2,}")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]")
_SENTENCE_ENDS = re.compile("[.!?:;\u2026\u3002\uff1f\uff01\u0964\u061f][\"'\u2019\u201d)\\]]*\\Z")
_EXAMINED = re.compile(r"[QA](?:\.|[ \t]{2,}|\t)")
_FEWEST = 20
"""The fewest numbered lines by which a margin is told from a list."""
_LEAST_SHARE, _LEAST_REGULAR, _LEAST_RUNNING_ON = 0.75, 0.9, 0.1
"""The least shares of lines that are numbered, of numbers that follow the one before or begin a page, and of
lines that go on in the middle of a sentence, as the items of a list do not.
"""
_FEWEST_OF_A_PAGE = 8
"""The fewest lines of a page; after fewer, a number that begins again is an item of another list."""
_MOST_FURNITURE = 80


@dataclass(frozen=True, slots=True)
class UnnumberedText:
    """A text without the numbers of its lines."""

    text: str
    numbers: int
    """The number of lines that had one."""
    furniture: int
    """The number of lines left out because they are a page's running head, foot or number."""
    _before: tuple[int, ...]
    _after: tuple[int, ...]

    def offset_of(self, offset: int) -> int:
        """Return where a line that began at an offset of the numbered text begins now."""
        place = bisect_right(self._before, offset) - 1
        return self._after[place] if place >= 0 else 0


def without_line_numbers(text: str) -> UnnumberedText | None:
    """Return a text with the numbers in its margin taken out, or None if its lines have none.

    The numbers count the lines of each page, or those of the whole text. Running heads and page numbers go
    with them, so that a sentence goes on from page to page. A line that is indented more than most, or that
    begins as a question or answer, begins a paragraph; a number alone is an empty line.

    Args:
        text: The normalised text.
    """
    lines = text.split("\n")
    found = _without_page_numbers([_NUMBERED.fullmatch(line) for line in lines])
    numbered = [match for match in found if match is not None]
    filled = sum(bool(line.strip()) for line in lines)
    if len(numbered) < _FEWEST or len(numbered) < _LEAST_SHARE * filled:
        return None
    if not _counts_lines([int(match["number"]) for match in numbered]) or not _runs_on(numbered):
        return None
    usual = _usual_indent(numbered)
    furniture = _furniture(lines, found)
    kept: list[str] = []
    before: list[int] = []
    after: list[int] = []
    position = length = left_out = 0
    for number, (line, match) in enumerate(zip(lines, found, strict=True)):
        begins, position = position, position + len(line) + 1
        written = line if match is None else (match["words"] or "")
        if match is None and (number in furniture or not written.strip()):
            left_out += number in furniture
            continue
        is_indented = match is not None and match["words"] is not None and _indent(match) > usual
        parts = ["", written] if match is None or is_indented or _EXAMINED.match(written) else [written]
        before.append(begins)
        for part in parts:
            kept.append(_GAPS.sub(" ", part.rstrip()))
            length += len(kept[-1]) + 1
        after.append(length - len(kept[-1]) - 1)
    if not kept:
        return None
    return UnnumberedText("\n".join(kept) + "\n", len(numbered), left_out, tuple(before), tuple(after))


def _without_page_numbers(found: Sequence[re.Match[str] | None]) -> list[re.Match[str] | None]:
    """Return the numbered lines without the page numbers among them, which stand alone between two pages."""
    places = [place for place, match in enumerate(found) if match is not None]
    numbers = [int(match["number"]) for match in found if match is not None]
    lengths = Counter(
        number for number, following in pairwise(numbers) if following == 1 and number >= _FEWEST_OF_A_PAGE
    )
    last = max(lengths, key=lambda number: (lengths[number], number), default=0)
    kept = list(found)
    for order, (place, number) in enumerate(zip(places, numbers, strict=True)):
        match = found[place]
        ends_page = order + 1 == len(numbers) or numbers[order + 1] == 1
        follows = order > 0 and number == numbers[order - 1] + 1
        if match is not None and match["words"] is None and ends_page and (not follows or number > last):
            kept[place] = None
    return kept


def _counts_lines(numbers: Sequence[int]) -> bool:
    """Return whether numbers count upwards one by one, beginning again only on a new page."""
    regular = sum(
        following == number + 1 or (following <= 2 and number >= _FEWEST_OF_A_PAGE)
        for number, following in pairwise(numbers)
    )
    return regular >= _LEAST_REGULAR * (len(numbers) - 1)


def _runs_on(numbered: Sequence[re.Match[str]]) -> bool:
    """Return whether many lines go on in the middle of a sentence of the line above."""
    words: list[str] = [match["words"].rstrip() for match in numbered if match["words"]]
    running = sum(
        _SENTENCE_ENDS.search(line) is None and following[0].isalpha() and not following[0].isupper()
        for line, following in pairwise(words)
    )
    return running >= _LEAST_RUNNING_ON * len(words)


def _indent(match: re.Match[str]) -> int:
    return match.end("gap") - match.start("number") - len(match["number"])


def _usual_indent(numbered: Sequence[re.Match[str]]) -> int:
    """Return the indent of the lines that go on with a sentence: most of those that begin in lower case."""
    going_on = [match for match in numbered if match["words"] and match["words"][0].islower()]
    counts = Counter(_indent(match) for match in going_on or numbered if match["words"])
    return max(counts, key=lambda indent: (counts[indent], -indent))


def _furniture(lines: Sequence[str], found: Sequence[re.Match[str] | None]) -> set[int]:
    """Return the lines without a number that stand between pages: those that come back, and page numbers."""
    bare = {
        number: _DIGITS.sub("#", " ".join(line.split()))
        for number, line in enumerate(lines)
        if found[number] is None and line.strip() and len(line.strip()) <= _MOST_FURNITURE
    }
    counts = Counter(bare.values())
    return {number for number, words in bare.items() if counts[words] > 1 or _LETTERS.search(words) is None}
