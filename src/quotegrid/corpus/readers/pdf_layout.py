"""Puts the lines of a PDF into reading order: column by column, with footnotes apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from quotegrid.corpus.readers.pdf_glyphs import Run
from quotegrid.corpus.readers.pdf_rows import Row, body_rows, is_small

_FEWEST_IN_COLUMN = 3
_FILLED = 0.6
"""The share of a column's width that its longer lines fill; otherwise it is a column of labels or a table."""
_MIDDLE = (0.3, 0.7)
"""The part of the text's width in which a gutter may lie."""
_NOTE = re.compile(r"(?:\d{1,3}[.)]?|[*\u2020\u2021\u00a7\u00b6]{1,3})\s?(?=\D)")
_NAME_AND_WORDS, _MOST_WORDS_OF_A_NAME = 2, 4
_Block = tuple[str, list[Row]]
"""The name of a column and its rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; lengths in points, y downwards."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    first_width: float
    """The width of its first word."""
    column: str
    """The name of its column, the same on all pages."""
    opens: bool
    """Whether it is the first line of its column on the page."""
    begins: bool
    """Whether a number in the margin marks it as the beginning of a paragraph."""
    bold: int = 0
    """The number of characters at its beginning that are bold."""

    @property
    def is_bold(self) -> bool:
        """Return whether all of it is bold."""
        return self.bold == len(self.text) > 0


@dataclass(frozen=True, slots=True)
class Note:
    """The lines of a footnote, or of small print at the foot of a page."""

    lines: tuple[Line, ...]
    mark: str | None


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines and notes of a page."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...]


def lay_out(pages: Sequence[Sequence[Run]]) -> list[PageLines]:
    """Return the lines of each page in reading order."""
    rows, size = body_rows(pages)
    rows = _with_labels(rows)
    return [_page(number, page, size) for number, page in enumerate(rows)]


def _with_labels(pages: list[list[Row]]) -> list[list[Row]]:
    """Return the rows, names in a narrow column of their own with a colon: a table of who speaks.

    The words beside them begin at one place, and most of the names come back.
    """
    beside = [
        parts
        for page in pages
        for row in page
        if len(parts := row.parts()) == _NAME_AND_WORDS and _may_be_name(parts[0].text)
    ]
    places = Counter((round(name.runs[0].x0), round(words.runs[0].x0)) for name, words in beside)
    if not places:
        return pages
    place, _ = places.most_common(1)[0]
    names = Counter(
        name.text for name, words in beside if (round(name.runs[0].x0), round(words.runs[0].x0)) == place
    )
    again = [name for name, count in names.items() if count > 1]
    is_of_talk = len(again) > 1 and 2 * sum(names[name] for name in again) > names.total()
    if not is_of_talk or names.total() < _FEWEST_IN_COLUMN:
        return pages
    return [[_with_colon(row, place, names) for row in page] for page in pages]


def _may_be_name(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS_OF_A_NAME and text[0].isupper() and text[-1].isalnum()


def _with_colon(row: Row, place: tuple[int, int], names: Container[str]) -> Row:
    """Return a row that begins with one of some names at a place, with a colon behind the name."""
    name, *others = row.parts()
    if not others or name.text not in names:
        return row
    if (round(name.runs[0].x0), round(others[0].runs[0].x0)) != place:
        return row
    *before, last = name.runs
    *letters, word = last.words
    closed = Run((*letters, replace(word, text=f"{word.text}:")))
    behind = [run for other in others for run in other.runs]
    return replace(row, runs=(*before, closed, *behind), begins=True)


def _page(number: int, rows: list[Row], size: float) -> PageLines:
    blocks, foot = _without_foot(_blocks(rows), size)
    side = "odd" if number % 2 else "even"
    lines = [
        _line(row, f"{column} {side}", opens=index == 0)
        for column, block in blocks
        for index, row in enumerate(block)
    ]
    return PageLines(tuple(lines), tuple(_notes(foot)))


def _line(row: Row, column: str, *, opens: bool) -> Line:
    first = row.runs[0]
    x1 = max(run.x1 for run in row.runs)
    width = first.x1 - first.x0
    return Line(row.text, first.x0, x1, row.base, row.size, width, column, opens, row.begins, row.bold)


def _blocks(rows: list[Row]) -> list[_Block]:
    """Return the columns of a page in reading order; rows across the gutter stay where they are."""
    gutter = _gutter(rows)
    if gutter is None:
        return [("full", rows)] if rows else []
    blocks: list[_Block] = []
    for zone in _zones(rows, gutter):
        if _is_two_columns(zone, gutter, rows):
            left, right = _halves(zone, gutter)
            blocks += [("left", left), ("right", right)]
        elif blocks and blocks[-1][0] == "full":
            blocks[-1][1].extend(zone)
        else:
            blocks.append(("full", list(zone)))
    return blocks


def _gutter(rows: list[Row]) -> float | None:
    """Return where the right one of two columns begins: where most row parts do, near the middle."""
    if not rows:
        return None
    left, right = _extent(rows)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    begins = Counter(
        round(part.runs[0].x0) for row in rows for part in row.parts() if low < part.runs[0].x0 < high
    )
    for begin, _ in begins.most_common(_FEWEST_IN_COLUMN):
        gutter = begin - 1.0
        if any(_is_two_columns(zone, gutter, rows) for zone in _zones(rows, gutter)):
            return gutter
    return None


def _extent(rows: Sequence[Row]) -> tuple[float, float]:
    return min(row.runs[0].x0 for row in rows), max(run.x1 for row in rows for run in row.runs)


def _zones(rows: Sequence[Row], gutter: float) -> list[list[Row]]:
    """Return the groups of consecutive rows that all cross the gutter, or all do not."""
    zones: list[tuple[bool, list[Row]]] = []
    for row in rows:
        crosses = any(part.runs[0].x0 < gutter < part.runs[-1].x1 for part in row.parts())
        if not zones or zones[-1][0] != crosses:
            zones.append((crosses, []))
        zones[-1][1].append(row)
    return [zone for _, zone in zones]


def _halves(zone: Sequence[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    parts = [part for row in zone for part in row.parts()]
    left = [part for part in parts if part.runs[0].x0 < gutter]
    right = [part for part in parts if part.runs[0].x0 >= gutter]
    return _joined(left), _joined(right)


def _joined(parts: Sequence[Row]) -> list[Row]:
    """Return the parts of one row within a column as one row again."""
    rows: list[Row] = []
    for part in parts:
        if rows and rows[-1].base == part.base:
            before = rows.pop()
            part = Row((*before.runs, *part.runs), before.base, before.size, before.begins, before.mark)
        rows.append(part)
    return rows


def _is_two_columns(zone: Sequence[Row], gutter: float, rows: Sequence[Row]) -> bool:
    left, right = _extent(rows)
    halves = _halves(zone, gutter)
    if any(part.runs[0].x0 < gutter < part.runs[-1].x1 for row in zone for part in row.parts()):
        return False
    return all(
        len(half) >= _FEWEST_IN_COLUMN and _upper_quartile(half) >= _FILLED * width
        for half, width in zip(halves, (gutter - left, right - gutter), strict=True)
    )


def _upper_quartile(rows: Sequence[Row]) -> float:
    widths = sorted(row.runs[-1].x1 - row.runs[0].x0 for row in rows)
    return widths[len(widths) * 3 // 4]


def _without_foot(blocks: list[_Block], size: float) -> tuple[list[_Block], list[Row]]:
    """Return the columns without the footnotes and small print at their foot, and those rows."""
    if all(is_small(row, size) for _, rows in blocks for row in rows):
        return blocks, []
    kept: list[_Block] = []
    foot: list[Row] = []
    at_foot = True
    for column, rows in reversed(blocks):
        end = _end_of_body(rows, size) if at_foot else len(rows)
        foot[:0] = rows[end:]
        if end:
            kept.insert(0, (column, rows[:end]))
        at_foot = at_foot and (end == 0 or column == "right")
    return kept, foot


def _end_of_body(rows: Sequence[Row], size: float) -> int:
    end = len(rows)
    while end and is_small(rows[end - 1], size):
        end -= 1
    marked = next((index for index, row in enumerate(rows) if row.mark is not None), end)
    return min(end, marked)


def _notes(foot: Sequence[Row]) -> list[Note]:
    """Return the rows at a page's foot as notes, each begun by a mark."""
    notes: list[tuple[str | None, list[Line]]] = []
    for row in foot:
        line = _line(row, "note", opens=False)
        match = _NOTE.match(line.text)
        if row.mark is not None or match is not None or not notes:
            notes.append((row.mark or (match.group() if match else None), []))
        notes[-1][1].append(line)
    return [Note(tuple(lines), mark) for mark, lines in notes]
