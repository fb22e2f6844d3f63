"""Joins the lines of a PDF into paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from quotegrid.corpus.readers.pdf_layout import Line, Note, PageLines
from quotegrid.corpus.readers.pdf_rows import pitch_of
from quotegrid.corpus.transcripts.turns import find_turns
from quotegrid.domain.sources.model import ParagraphStyle, StyledParagraph
from quotegrid.domain.text.repairs import SOFT_HYPHEN

_SET_OFF = 1.3
"""The factor of the usual line distance from which paragraphs are separated."""
_OTHER_SIZE = 0.08
_INDENT = 0.8
"""The least indent, in type sizes."""
_SPACE = 0.5
"""More than the widest space between words of ragged lines, in type sizes."""
_FEWEST_AT_EDGE = 3
_ENDS = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019)\]]*$")
_BULLET = re.compile("[\u2022\u25aa\u25e6\u2023\u25cf\u00b7\uf0b7]")
_TIME_ALONE = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?")
_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"([^\W\d_]+(?:[-'\u2019][^\W\d_]+)*)[-\u2010]$")
_NO_SPACE_BEHIND = re.compile(r"\S[\u2014/]$")
_LONGEST_WORD = 80
_AFTER_HANGING_HYPHEN = frozenset({"and", "or", "to", "nor"})


@dataclass(frozen=True, slots=True)
class _Column:
    """The left and right edges of a column's lines, over all pages."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class ComposedText:
    """The text of all pages."""

    text: str
    pages: tuple[int, ...]
    """The offset at which each page begins."""
    mended: int
    """The number of hyphens removed at the ends of lines."""
    styles: tuple[StyledParagraph, ...]
    """The paragraphs that are bold, or lead in bold, where most are neither."""


def compose_text(pages: Sequence[PageLines]) -> ComposedText:
    """Return the text of all pages in paragraphs.

    Paragraphs are separated by blank lines. Footnotes follow, in square brackets, the paragraph that their
    page ends in; in a transcript they follow the turn, so that they are not taken for speech.
    """
    lines = [line for page in pages for line in page.lines]
    words = Counter(word for line in lines for word in _inner_words(line.text))
    starts = _paragraph_starts(lines)
    labels, tails = _labels(lines, starts)
    starts |= labels | tails
    text, begins = _Text(words), []
    pending: list[Note] = []
    number = 0
    offsets: list[int] = []
    for page in pages:
        begin = None
        for line in page.lines:
            if number in starts and (not labels or number in labels):
                text.add_notes(pending)
                pending = []
            begin_of_line = text.add(line.text, starts_paragraph=number in starts)
            offsets.append(begin_of_line)
            begin = begin_of_line if begin is None else begin
            number += 1
        begins.append(begin)
        pending += page.notes
    text.add_notes(pending)
    said = text.value()
    whole = said.removesuffix(SOFT_HYPHEN) + "\n" if said else ""
    styles = _styles(whole, lines, offsets, starts)
    return ComposedText(whole, _filled(begins, len(whole)), text.mended, styles)


def _styles(
    text: str, lines: Sequence[Line], offsets: Sequence[int], starts: Container[int]
) -> tuple[StyledParagraph, ...]:
    """Return the paragraphs that are bold or lead in bold; none where most letters are bold.

    Args:
        text: The text.
        lines: The lines, in order.
        offsets: The offset at which each line begins in the text.
        starts: The numbers of the lines that begin a paragraph.
    """
    if 2 * sum(line.bold for line in lines) > sum(len(line.text) for line in lines):
        return ()
    found = []
    firsts = [number for number in range(len(lines)) if number in starts]
    for first, end in pairwise([*firsts, len(lines)]):
        last = next((number for number in range(first, end) if not lines[number].is_bold), end - 1)
        lead = offsets[last] + lines[last].bold
        stop = _end_of_paragraph(text, offsets[end - 1])
        if last == end - 1 and lines[last].is_bold:
            found.append(StyledParagraph(offsets[first], stop, ParagraphStyle.EMPHASISED))
        elif lines[first].bold:
            words = text[offsets[first] : lead].rstrip()
            found.append(StyledParagraph(offsets[first], offsets[first] + len(words), ParagraphStyle.LEAD))
    return tuple(found)


def _end_of_paragraph(text: str, start: int) -> int:
    end = text.find("\n\n", start)
    return len(text.rstrip()) if end < 0 else end


class _Text:
    """A text that is assembled line by line."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.mended = 0
        """The number of hyphens removed at the ends of lines."""
        self._words = words
        self._parts: list[str] = []
        self._length = 0
        self._end = ""
        """The last characters, by which the next line is joined."""

    def value(self) -> str:
        """Return what has been assembled."""
        return "".join(self._parts)

    def add(self, line: str, *, starts_paragraph: bool) -> int:
        """Append a line and return the offset at which it begins."""
        end = self._end
        if self._length and starts_paragraph:
            self._replace_end(end.removesuffix(SOFT_HYPHEN) + "\n\n")
        elif self._length:
            joined = joint(end, line, self._words)
            self.mended += len(joined) < len(end)
            self._replace_end(joined)
        begin = self._length
        self._replace_end(self._end + line)
        return begin

    def _replace_end(self, end: str) -> None:
        """Put another end in the place of the last characters; at most one of them goes."""
        kept = self._end
        if not end.startswith(kept):
            kept = kept[:-1]
            self._parts[-1] = self._parts[-1][:-1]
        self._length += len(end) - len(self._end)
        if len(end) > len(kept):
            self._parts.append(end[len(kept) :])
        self._end = end[-_LONGEST_WORD:]

    def add_notes(self, notes: Iterable[Note]) -> None:
        """Append each note as a paragraph of its own."""
        for note in notes:
            said = _Text(self._words)
            for line in note.lines:
                said.add(line.text, starts_paragraph=False)
            self.mended += said.mended
            self.add(_bracketed(note, said.value()), starts_paragraph=True)


def _bracketed(note: Note, text: str) -> str:
    if note.mark is None:
        return text
    inner = text.replace("[", "(").replace("]", ")")
    return f"[{inner}]" if text.startswith(note.mark) else f"[{note.mark} {inner}]"


def joint(before: str, line: str, words: Mapping[str, int]) -> str:
    """Return the text before a line, ready for the line of the same paragraph to be appended.

    A hyphen at the end is removed if the word without it occurs elsewhere in the document more often than the
    word with it; otherwise it is kept.

    >>> joint("the infor-", "mation", {"information": 1}), joint("a part-", "time job", {})
    ('the infor', 'a part-')
    """
    if before.endswith(SOFT_HYPHEN):
        return before[:-1]
    last = before[-_LONGEST_WORD:]
    broken, rest = _BROKEN_WORD.search(last), _WORD.match(line)
    if broken is None or (rest is None and not line[:1].isdigit()):
        return before if _NO_SPACE_BEHIND.search(last) else before + " "
    if rest is None:
        return before
    head, tail = broken.group(1).casefold(), rest.group().casefold()
    closed, hyphened = words.get(head + tail, 0), words.get(f"{head}-{tail}", 0)
    if closed > hyphened and rest.group()[0].islower():
        return before[:-1]
    if hyphened:
        return before
    is_broken_off = not rest.group()[0].islower() or tail.startswith(head) or tail in _AFTER_HANGING_HYPHEN
    return before + " " if is_broken_off else before


def _inner_words(line: str) -> list[str]:
    """Return a line's words without those at its ends, which may be parts of a word."""
    found = [match.group().casefold() for match in _WORD.finditer(line)]
    return found[1 if len(found) > 1 else 0 : -1 if _BROKEN_WORD.search(line) else None]


def _filled(begins: Sequence[int | None], end: int) -> tuple[int, ...]:
    """Return the offset at which each page begins; a page without text begins where the next one does."""
    later = accumulate(reversed(begins), lambda after, begin: after if begin is None else begin, initial=end)
    return tuple(begin if begin is not None else end for begin in list(later)[:0:-1])


def _paragraph_starts(lines: Sequence[Line]) -> set[int]:
    """Return the indices of the lines that begin a paragraph, judged by their layout."""
    columns = _columns(lines)
    pitch = pitch_of(
        below.base - above.base
        for above, below in pairwise(lines)
        if not below.opens and below.base - above.base > above.size / 2
    )
    starts: set[int] = {0} if lines else set()
    for number, (before, line) in enumerate(pairwise(lines), start=1):
        if _starts(before, line, columns, pitch, number - 1 in starts):
            starts.add(number)
    return starts


def _columns(lines: Iterable[Line]) -> dict[str, _Column]:
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.column].append(line)
    return {
        name: _Column(
            Counter(round(line.x0) for line in group).most_common(1)[0][0],
            _right_edge(sorted((line.x1 for line in group), reverse=True), group[0].size),
        )
        for name, group in grouped.items()
    }


def _right_edge(ends: Sequence[float], size: float) -> float:
    """Return the furthest line end that is near some others, ignoring a single line that juts out."""
    near = zip(ends, ends[_FEWEST_AT_EDGE - 1 :], strict=False)
    return next((end for end, other in near if end - other <= 2 * size), ends[0])


def _starts(before: Line, line: Line, columns: Mapping[str, _Column], pitch: float, is_first: bool) -> bool:
    """Return whether a line begins a paragraph; `is_first` says whether the one before it does."""
    here, there = columns[line.column], columns[before.column]
    space = _SPACE * before.size
    would_have_fitted = before.x1 + space + line.first_width < there.right
    if line.begins or _BULLET.match(line.text) or abs(line.size - before.size) > _OTHER_SIZE * before.size:
        return True
    if before.is_bold and not line.bold and (len(before.text.split()) > 1 or not is_first):
        return True
    if line.bold and not before.is_bold and _ENDS.search(before.text):
        return True
    if not line.opens and line.base - before.base > _SET_OFF * max(pitch, line.size):
        return True
    goes_on = _ENDS.search(before.text) is None and line.text[:1].islower()
    indent, indent_before = line.x0 - here.left, before.x0 - there.left
    if abs(indent - indent_before) > _INDENT * line.size:
        return not is_first or (would_have_fitted and not goes_on)
    return would_have_fitted and not goes_on


def _labels(lines: Sequence[Line], starts: set[int]) -> tuple[set[int], set[int]]:
    """Return the lines that begin a turn, and those after a label that is alone and has no colon."""
    text, offsets = "", []
    for number, line in enumerate(lines):
        text += ("\n\n" if number in starts else "\n") if number else ""
        offsets.append(len(text))
        text += line.text
    line_at = {offset: number for number, offset in enumerate(offsets)}
    labels, tails = set(), set()
    for turn in find_turns(text, 0):
        first = line_at.get(turn.start)
        if first is None:
            label = bisect_right(offsets, turn.start) - 1
        else:
            label = first - 1
            if not lines[label].text.endswith((":", ":**")):
                tails.add(first)
        if label and _TIME_ALONE.fullmatch(lines[label - 1].text):
            label -= 1
        labels.add(label)
    return labels, tails
