"""Joins the paragraphs and table rows of a document into one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quotegrid.corpus.transcripts.column_names import (
    is_called_words,
    names_people,
    names_speakers,
    names_start,
)
from quotegrid.domain.sources.model import ParagraphStyle, ReadText, StyledParagraph
from quotegrid.domain.text.repairs import repair_text

_TIME = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?")


_RANGE = re.compile(rf"\s*({_TIME.pattern})\s*(?:-|\u2013|-->|to)\s*{_TIME.pattern}\s*")


class Styled(str):
    """A paragraph that keeps its look."""

    __slots__ = ("style",)

    def __new__(cls, words: str, style: ParagraphStyle) -> Styled:
        """Create the paragraph from its words and its look."""
        paragraph = super().__new__(cls, words)
        paragraph.style = style
        return paragraph

    style: ParagraphStyle


class Row(str):
    """A table row as a paragraph that keeps its cells."""

    __slots__ = ("cells",)

    def __new__(cls, cells: Iterable[str]) -> Row:
        """Create the row from its cells; see `join_row`."""
        known = tuple(cells)
        row = super().__new__(cls, _joined(known))
        row.cells = known
        return row

    cells: tuple[str, ...]


def join_row(cells: Iterable[str]) -> Row:
    """Return a table row as a paragraph: its cells joined by a colon, unless a cell already ends in one.

    A cell that holds only a time is put before the others, as in typed speaker turns.
    """
    return Row(cells)


def arrange_paragraphs(paragraphs: Iterable[str]) -> list[str]:
    """Return paragraphs in the order of a transcript.

    If a row of headings says which columns hold the speaker and the words, as transcription programs print
    it, the row is dropped and the rows below are rearranged: time and speaker before the words, other columns
    after them. A time range is reduced to its beginning.
    """
    out: list[str] = []
    order: list[int] | None = None
    for paragraph in paragraphs:
        if not isinstance(paragraph, Row):
            order = None if paragraph.strip() else order
            out.append(paragraph)
            continue
        cells = paragraph.cells
        named = _order(cells)
        if named is not None:
            order = named
            continue
        if order is None or len(cells) <= max(order):
            out.append(paragraph)
        else:
            others = [cell for place, cell in enumerate(cells) if place not in order]
            out.append(_joined([*(_RANGE.sub(r"\1", cells[place]) for place in order), *others]))
    return out


def _order(names: Sequence[str]) -> list[int] | None:
    """Return the columns of time, speaker and words, or None if the names are not those of such columns."""
    found = [
        next((place for place, name in enumerate(names) if fits(name)), None)
        for fits in (names_start, _names_speaker, is_called_words)
    ]
    time, speaker, words = found
    if speaker is None or words is None:
        return None
    return [place for place in (time, speaker, words) if place is not None]


def _names_speaker(name: str) -> bool:
    return names_speakers(name) or names_people(name)


def _joined(cells: Iterable[str]) -> str:
    filled = [cell for cell in (cell.strip() for cell in cells) if cell]
    last = filled[-1:]
    before = [cell.removesuffix(":").rstrip() for cell in filled[:-1]]
    times = [cell for cell in before if _TIME.fullmatch(cell)]
    return " ".join([*times, ": ".join([*(cell for cell in before if cell not in times), *last])])


def join_paragraphs(paragraphs: Iterable[str]) -> ReadText:
    """Return the stored text of a document: its non-blank paragraphs, separated by blank lines."""
    kept = [paragraph for paragraph in arrange_paragraphs(paragraphs) if paragraph.strip()]
    text, repairs = repair_text("\n\n".join(kept) + "\n")
    return ReadText(text=text, repairs=repairs, styles=_styles(kept, text))


def _styles(paragraphs: Sequence[str], text: str) -> tuple[StyledParagraph, ...]:
    """Return the looks of paragraphs with their offsets in the repaired text."""
    found: list[StyledParagraph] = []
    position = 0
    for paragraph in paragraphs:
        if isinstance(paragraph, Styled):
            words = repair_text(paragraph)[0].strip()
            at = text.find(words, position)
            if at >= 0:
                position = at + len(words)
                found.append(StyledParagraph(at, position, paragraph.style))
    return tuple(found)
