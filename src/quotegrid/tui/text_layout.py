"""The layout of a source's text on lines of a given width, by code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import split_graphemes

from quotegrid.domain.coding.reading import Turn

_PIECE = re.compile(r"\n|[^\S\n]+|\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen."""

    start: int
    """The offset in the text of its first code point."""
    end: int
    """The offset after its last one; white space at which the line was broken belongs to it."""
    block: int | None
    """The number of the turn or paragraph that it belongs to; None for an empty line between two."""
    is_first: bool = False
    """Whether it is the first line of its block."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All lines of a source at one width."""

    lines: Sequence[Line]
    starts: Sequence[int]
    """The start of each line, for finding the line of an offset."""

    def line_of(self, offset: int) -> int:
        """Return the number of the line with a code point; of the last line before it, if it is on none."""
        number = max(bisect_right(self.starts, offset) - 1, 0)
        while number > 0 and self.lines[number].block is None:
            number -= 1
        return number


def lay_out(text: str, blocks: Sequence[Turn], width: int, indent: Sequence[int] = ()) -> Layout:
    """Break the blocks of a text into lines, at white space where that is possible.

    A single line feed is white space like any other. A word longer than a line is cut; a code point without
    width stays with the one before it.

    Args:
        text: The source's text.
        blocks: Its turns or paragraphs, in order.
        width: How many cells a line has, at least 2.
        indent: How many cells the speaker's label takes on the first line of each block; empty for no labels.
    """
    width = max(width, 2)
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        if lines:
            lines.append(Line(block.start, block.start, None))
        room = max(width - (indent[number] if indent else 0), 2)
        is_first = True
        for start, end in _broken(text, block.start, block.end, room, width):
            lines.append(Line(start, end, number, is_first))
            is_first = False
    return Layout(lines, [line.start for line in lines])


def _broken(text: str, start: int, end: int, first_width: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each line of a block begins and ends."""
    room = first_width
    begin = at = start
    used = 0
    for piece in _PIECE.finditer(text, start, end):
        words = piece.group()
        if words.isspace():
            # White space may run over the end of a line, so that no line begins with it.
            at, used = piece.end(), used + _cells(words)
            continue
        size = _cells(words)
        if used + size <= room:
            at, used = piece.end(), used + size
            continue
        if at > begin:
            yield begin, at
            begin, used, room = at, 0, width
        if size > room:
            for first, _, cells in split_graphemes(words)[0]:
                place = piece.start() + first
                if used + cells > room and place > begin:
                    yield begin, place
                    begin, used, room = place, 0, width
                used += cells
        else:
            used = size
        at = piece.end()
    if at > begin or begin == start:
        yield begin, max(at, end) if at >= end else end


def cells_before(text: str, line: Line, offset: int) -> int:
    """Return how many cells of a line come before a code point, or before what it is joined to."""
    used = 0
    for first, last, cells in split_graphemes(shown(text[line.start : line.end]))[0]:
        if line.start + last > offset:
            return used if line.start + first <= offset else 0
        used += cells
    return used


def offset_at(text: str, line: Line, cells: int) -> int:
    """Return the code point that many cells from the start of a line; the last one of a shorter line."""
    used = found = 0
    for first, _, size in split_graphemes(shown(text[line.start : line.end]))[0]:
        if size:
            found = first
        if used + size > cells:
            break
        used += size
    return line.start + found


def shown(text: str) -> str:
    """Return a text as it is drawn: each line feed and tab as one space, so that offsets still hold."""
    return text.replace("\n", " ").replace("\t", " ")


def _cells(text: str) -> int:
    return len(text) if text.isascii() else split_graphemes(shown(text))[1]
