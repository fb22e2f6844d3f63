"""Finds the rows of a PDF page, without margin numbers, running headers and footers, and footnote marks."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, inf

from quotegrid.corpus.readers.pdf_glyphs import Run, Word
from quotegrid.domain.text.repairs import SOFT_HYPHEN

_SAME_ROW = 0.25
_RAISED = 0.15
_SMALLER = 0.85
"""The largest size of a raised mark, as a share of its row's size."""
_HIGHEST = 0.6
"""The greatest distance of a raised mark from its row's baseline, in the row's size."""
_SMALL_PRINT = 0.93
"""The largest size of a footnote, as a share of the body's size."""
_COLUMN_GAP = 1.0
"""The least space, in type sizes, between parts of a row that may belong to different columns."""
_SET_OFF = 1.3
"""The factor of the usual distance from which a line is set off from the next."""
_EDGE_ROWS = 4
_FEWEST_MARGIN_NUMBERS = 3
_MARGIN_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.?|[-\u2013\u2014|(\[])?\s*(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|of)\s*\d{1,4})?\s*[-\u2013\u2014|)\]]?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\W\d_][\w.' -]{0,40}:(?=\s|$)")
_MARK = re.compile(r"(?:\d{1,3}|[*\u2020\u2021\u00a7\u00b6]{1,3})(?:,\d{1,3})*")
_UNIT = re.compile(r"(?:\d|\b[kcmd]?m)$")
"""Matches a unit, after which a raised number is a power and not a note."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Row:
    """Runs on one baseline, from left to right."""

    runs: tuple[Run, ...]
    base: float
    size: float
    begins: bool = False
    """Whether a paragraph number was in the margin."""
    mark: str | None = None
    """The raised footnote mark that it begins with."""

    @property
    def text(self) -> str:
        """Return the words with single spaces; only a final soft hyphen is kept, to join lines."""
        text = " ".join(run.text for run in self.runs)
        return text[:-1].replace(SOFT_HYPHEN, "") + text[-1:]

    @property
    def bold(self) -> int:
        """Return how many characters of the text lead it in bold."""
        count = next((number for number, run in enumerate(self.runs) if not run.is_bold), len(self.runs))
        return len(replace(self, runs=self.runs[:count]).text) if count else 0

    def parts(self) -> list[Row]:
        """Return the row cut at spaces wide enough for a gutter."""
        cut: list[list[Run]] = [[self.runs[0]]]
        for before, run in pairwise(self.runs):
            if run.x0 - before.x1 >= _COLUMN_GAP * self.size:
                cut.append([])
            cut[-1].append(run)
        first, *others = [replace(self, runs=tuple(runs)) for runs in cut]
        return [first, *(replace(other, begins=False, mark=None) for other in others)]


def body_rows(pages: Sequence[Sequence[Run]]) -> tuple[list[list[Row]], float]:
    """Return the rows of each page's own text from top to bottom, and the size of the document's text."""
    rows = [_rows(runs) for runs in pages]
    size = body_size(rows)
    rows = _without_repeats(_without_running_lines(_without_margin_numbers(rows)))
    return [_without_marks(page, size) for page in rows], size


def body_size(pages: Iterable[Iterable[Row]]) -> float:
    """Return the size in which most letters are set."""
    letters: Counter[float] = Counter()
    for page in pages:
        for row in page:
            letters[round(row.size * 2) / 2] += len(row.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def is_small(row: Row, size: float) -> bool:
    """Return whether a row is set smaller than text of a given size, as footnotes are."""
    return row.size <= _SMALL_PRINT * size


def pitch_of(distances: Iterable[float]) -> float:
    """Return the distance between lines within a paragraph: the smallest one that is not rare.

    Args:
        distances: The distances between consecutive lines, in points; compared in half points.
    """
    counts = Counter(round(distance * 2) / 2 for distance in distances)
    common = [distance for distance, count in counts.items() if count * 20 >= counts.total()]
    return min(common, default=0.0)


def _rows(runs: Iterable[Run]) -> list[Row]:
    """Group runs by baseline, large letters first, so that raised marks find the row beside them."""
    found = _GrowingRows()
    for size, base, run in sorted(
        ((run.size, run.base, run) for run in runs), key=lambda sized: (-sized[0], sized[1])
    ):
        found.add(run, base, size)
    return sorted(map(_row, found.runs), key=lambda row: row.base)


class _GrowingRows:
    """Rows while runs are added to them, found by their baselines."""

    def __init__(self) -> None:
        self.runs: list[list[Run]] = []
        """The runs of each row."""
        self._places: list[tuple[float, float]] = []
        """The baseline and size of each row."""
        self._by_size: dict[int, list[tuple[float, int]]] = defaultdict(list)
        """The baselines and numbers of the rows of about a size, by that size in whole points."""

    def add(self, run: Run, base: float, size: float) -> None:
        """Add a run to the first row that it is on, or as a new row."""
        for number in self._near(base, size):
            if self._is_on(run, base, size, number):
                self.runs[number].append(run)
                return
        insort(self._by_size[ceil(size)], (base, len(self.runs)))
        self.runs.append([run])
        self._places.append((base, size))

    def _near(self, base: float, size: float) -> list[int]:
        """Return the rows whose baselines are near enough, in the order in which they began.

        Rows of one size are apart by more than a part of it, so that there are never many.
        """
        found: list[int] = []
        for largest, rows in self._by_size.items():
            first = bisect_left(rows, (base - _SAME_ROW * size, -1))
            last = bisect_left(rows, (base + max(_SAME_ROW * size, _HIGHEST * largest), inf))
            found += (number for _, number in rows[first:last])
        return sorted(found)

    def _is_on(self, run: Run, base: float, size: float, number: int) -> bool:
        row_base, row_size = self._places[number]
        if abs(base - row_base) <= _SAME_ROW * min(size, row_size):
            return True
        is_raised = size <= _SMALLER * row_size and 0 < row_base - base < _HIGHEST * row_size
        return is_raised and any(
            -row_size < run.x0 - other.x1 < row_size or -row_size < other.x0 - run.x1 < row_size
            for other in self.runs[number]
        )


def _row(runs: Iterable[Run]) -> Row:
    placed = tuple(sorted(runs, key=lambda run: run.x0))
    letters: Counter[tuple[float, float]] = Counter()
    for run in placed:
        for word in run.words:
            letters[(word.size, word.base)] += len(word.text)
    size, base = max(letters, key=lambda key: (letters[key], key[0]))
    return Row(placed, base, size)


def _without_margin_numbers(pages: list[list[Row]]) -> list[list[Row]]:
    """Return rows without the numbers left or right of all text, noting those that begin a paragraph."""
    worded = [
        [run for run in row.runs if not _MARGIN_NUMBER.fullmatch(run.text)] for page in pages for row in page
    ]
    lefts = sorted(runs[0].x0 for runs in worded if runs)
    if not lefts:
        return pages
    left = lefts[len(lefts) // 10]
    right = max(runs[-1].x1 for runs in worded if runs)
    for side in (-1, 1):
        outside = {
            id(run): (number, index, int(run.text))
            for number, page in enumerate(pages)
            for index, row in enumerate(page)
            for run in row.runs
            if _MARGIN_NUMBER.fullmatch(run.text)
            and (run.x1 < left if side < 0 else run.x0 > right + run.size)
        }
        if len({value for _, _, value in outside.values()}) >= _FEWEST_MARGIN_NUMBERS:
            begins = _count_paragraphs(list(outside.values()))
            pages = [[kept for row in page for kept in _stripped(row, outside, begins)] for page in pages]
    return pages


def _stripped(row: Row, outside: Container[int], begins: bool) -> list[Row]:
    """Return the row without its margin numbers, or nothing if it has no other runs."""
    kept = tuple(run for run in row.runs if id(run) not in outside)
    if not kept:
        return []
    if len(kept) == len(row.runs):
        return [row]
    return [replace(_row(kept), begins=begins)]


def _count_paragraphs(numbers: Sequence[tuple[int, int, int]]) -> bool:
    """Return whether numbers, each with its page and row, count paragraphs rather than lines."""
    steps = [
        (value - before, row - row_before)
        for (page_before, row_before, before), (page, row, value) in pairwise(numbers)
        if page == page_before and row > row_before
    ]
    by_one = [rows for values, rows in steps if values == 1]
    return 2 * len(by_one) > len(steps) and max(by_one) > 1


def _without_running_lines(pages: list[list[Row]]) -> list[list[Row]]:
    """Return rows without the lines that recur at the same height at the top or foot of pages."""
    line_pitch = pitch_of(
        below.base - above.base
        for page in pages
        for above, below in pairwise(page)
        if below.base - above.base > above.size / 2
    )
    texts = {_key(row.text): row.text for page in pages for row in page}
    labels = Counter(match.group() for text in texts.values() if (match := _LABEL.match(text)))
    marks = [
        {word.text for row in page for run in row.runs for word in run.words if _is_raised(word, row)}
        for page in pages
    ]
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for row in {id(row): row for row in page[:_EDGE_ROWS] + page[-_EDGE_ROWS:]}.values():
            for key in {_key(row.text), *(_key(part.text) for part in row.parts())}:
                places[key].append((number, row.base))

    def recurs(key: str, number: int, base: float, size: float) -> bool:
        found = {page for page, other in places[key] if abs(other - base) < size / 2}
        alike = [page for page in found if page % 2 == number % 2]
        sides = len(range(number % 2, len(pages), 2))
        return len(found) > 1 and (
            2 * len(found) >= len(pages) or (len(alike) > 1 and 2 * len(alike) >= sides)
        )

    def is_running(row: Row, number: int, space: float) -> bool:
        match = _LABEL.match(row.text)
        is_turn = match is not None and labels[match.group()] > 1
        if is_turn or row.runs[0].text in marks[number]:
            return False
        if recurs(_key(row.text), number, row.base, row.size):
            return True
        if space <= _SET_OFF * line_pitch:
            return False
        counted = [part for part in row.parts() if _key(part.text) == "#"]
        return (len(pages) == 1 and _PAGE_NUMBER.fullmatch(row.text) is not None) or any(
            recurs("#", number, part.base, part.size) for part in counted
        )

    return [_between(page, number, is_running) for number, page in enumerate(pages)]


def _between(page: list[Row], number: int, is_running: Callable[[Row, int, float], bool]) -> list[Row]:
    """Return the rows of a page between its running lines."""
    first, last = 0, len(page)
    while first < min(last, _EDGE_ROWS):
        space = page[first + 1].base - page[first].base if first + 1 < last else inf
        if not is_running(page[first], number, space):
            break
        first += 1
    while last > max(first, len(page) - _EDGE_ROWS):
        space = page[last - 1].base - page[last - 2].base if last - 1 > first else inf
        if not is_running(page[last - 1], number, space):
            break
        last -= 1
    return page[first:last]


def _without_repeats(pages: list[list[Row]]) -> list[list[Row]]:
    """Return rows without those printed twice, at the foot of a page and the top of the next.

    Only long lines count, because a short one may well be said twice.
    """
    extents = [(page[0].runs[0].x0, run.x1) for page in pages for row in page for run in row.runs]
    width = max((x1 for _, x1 in extents), default=0.0) - min((x0 for x0, _ in extents), default=0.0)
    kept = pages[:1]
    for before, page in pairwise(pages):
        again = before and page and before[-1].text == page[0].text
        is_long = again and page[0].runs[-1].x1 - page[0].runs[0].x0 > width / 2
        kept.append(page[1:] if is_long else page)
    return kept


def _key(text: str) -> str:
    """Return a line's text with "#" for each number, or only "#" for a page number."""
    return "#" if _PAGE_NUMBER.fullmatch(text) else re.sub(r"\d+", "#", text).casefold()


def _without_marks(page: list[Row], size: float) -> list[Row]:
    """Return rows without raised marks, keeping the mark that a row begins with as its `mark`."""
    marked = [_with_mark(row, is_small(row, size)) for row in page]
    notes = {row.mark for row in marked if row.mark is not None}
    return [kept for row in marked for kept in _unmarked(row, notes)]


def _with_mark(row: Row, small: bool) -> Row:
    first, *others = row.runs
    word, *behind = first.words
    is_mark = _is_raised(word, row) or (small and not behind and _MARK.fullmatch(word.text) is not None)
    if not is_mark or not (behind or others):
        return row
    rest = (Run(tuple(behind)), *others) if behind else tuple(others)
    return replace(row, runs=rest, mark=word.text)


def _unmarked(row: Row, notes: Container[str]) -> list[Row]:
    runs: list[Run] = []
    for run in row.runs:
        words: list[Word] = []
        for word in run.words:
            before = (runs[-1].text + " " if runs else "") + "".join(part.text for part in words)
            if not _is_raised(word, row):
                words.append(word)
            elif word.text not in notes and _UNIT.search(before):
                words.append(replace(word, text=word.text.translate(_SUPERSCRIPTS)))
        if words:
            runs.append(Run(tuple(words)))
    return [replace(row, runs=tuple(runs))] if runs else []


def _is_raised(word: Word, row: Row) -> bool:
    return (
        word.size <= _SMALLER * row.size
        and row.base - word.base >= _RAISED * row.size
        and _MARK.fullmatch(word.text) is not None
    )
