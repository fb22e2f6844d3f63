"""Joins the paragraphs and table rows of a document into one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from quotegrid.corpus.text.speaker_names import is_part
from quotegrid.corpus.transcripts.asking import asks
from quotegrid.corpus.transcripts.columns.names import (
    is_called_words,
    names_answers,
    names_people,
    names_questions,
    names_speakers,
    names_start,
)
from quotegrid.corpus.transcripts.columns.turn_columns import find_turn_columns
from quotegrid.corpus.transcripts.questions.looks import telling_look
from quotegrid.domain.sources.model import ParagraphStyle, ReadText, StyledParagraph
from quotegrid.domain.text.repairs import repair_text

_TIME = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?")

_FEWEST_ROWS = 3
_ASKING, _ANSWERING = 0.6, 0.25
"""The least share of questions in a column of questions, and the greatest in one of answers."""
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


class Led(str):
    """A paragraph whose first words have a look of their own."""

    __slots__ = ("lead",)

    def __new__(cls, words: str, lead: int) -> Led:
        """Create the paragraph from its words and the number of characters that lead it."""
        paragraph = super().__new__(cls, words)
        paragraph.lead = lead
        return paragraph

    lead: int


class StyledWords(str):
    """A plain paragraph that keeps what its look is made of, such as its colour and its indent."""

    __slots__ = ("look",)

    def __new__(cls, words: str, look: tuple[str, ...]) -> StyledWords:
        """Create the paragraph from its words and its look."""
        paragraph = super().__new__(cls, words)
        paragraph.look = look
        return paragraph

    look: tuple[str, ...]


def with_telling_look(paragraphs: Iterable[str]) -> list[str]:
    """Return paragraphs, those of the one look that tells questions from answers as set off."""
    kept = list(paragraphs)
    telling = telling_look(
        (paragraph.look, paragraph) for paragraph in kept if isinstance(paragraph, StyledWords)
    )
    return [
        Styled(paragraph, ParagraphStyle.EMPHASISED)
        if isinstance(paragraph, StyledWords) and paragraph.look == telling
        else paragraph
        for paragraph in kept
    ]


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
    after them. A time range is reduced to its beginning. In a table of questions and answers, by its
    headings or by what is in it, each of these becomes a paragraph, and other columns, such as the question's
    number, are left out.
    """
    out: list[str] = []
    order: list[int] | None = None
    asked: tuple[int, int] | None = None
    is_below_row = False
    following = list(paragraphs)
    for number, paragraph in enumerate(following):
        if isinstance(paragraph, Row) and not is_below_row:
            asked = _asked_columns(following[number:])
        is_below_row = isinstance(paragraph, Row) or (is_below_row and not paragraph.strip())
        if not isinstance(paragraph, Row):
            order, asked = (None, None) if paragraph.strip() else (order, asked)
            out.append(paragraph)
            continue
        cells = paragraph.cells
        named = _order(cells)
        if named is None and (found := question_columns(cells)) is not None:
            asked, order = found, None
            continue
        if asked is not None and len(cells) > max(asked):
            out += question_and_answer(cells, asked)
            continue
        if named is not None:
            order = named
            continue
        if order is None or len(cells) <= max(order):
            out.append(paragraph)
        else:
            others = [
                cell
                for place, cell in enumerate(cells)
                if place not in order and not cell.strip().isdecimal()
            ]
            out.append(_joined([*(_RANGE.sub(r"\1", cells[place]) for place in order), *others]))
    return out


def is_arranged(names: Sequence[str]) -> bool:
    """Return whether a row of headings says what is said by whom, or what is asked and answered."""
    return _order(names) is not None or question_columns(names) is not None


def talk_columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Return the columns of who speaks and of what is said in a table whose headings do not tell; else None.

    The speakers are a few short names that come back in alternation beside what may be said, and are written
    as labels, or one of them asks, as the kinds and priorities of a list do not.

    Args:
        names: The headings.
        rows: The cells of the rows below.
    """
    if len(rows) < _FEWEST_ROWS or any(len(cells) != len(names) for cells in rows):
        return None
    found = find_turn_columns([""] * len(names), rows)
    if found is None or found.speaker is None:
        return None
    labels = [cells[found.speaker].strip() for cells in rows]
    asking = Counter(
        label
        for label, cells in zip(labels, rows, strict=True)
        if asks(cells[found.words], 0, len(cells[found.words]))
    )
    are_labels = all(label.endswith((":", "\uff1a")) or is_part(label) for label in filter(None, labels))
    if not are_labels and max(asking.values(), default=0) < _FEWEST_ROWS:
        return None
    return found.speaker, found.words


def _asked_columns(paragraphs: Sequence[str]) -> tuple[int, int] | None:
    """Return the two columns with words of a table, if the first asks in most rows and the second seldom."""
    rows: list[tuple[str, ...]] = []
    for paragraph in filter(str.strip, paragraphs):
        if not isinstance(paragraph, Row):
            break
        rows.append(paragraph.cells)
    width = len(rows[0])
    if len(rows) < _FEWEST_ROWS or not all(len(cells) == width for cells in rows):
        return None
    worded = [place for place in range(width) if any(any(map(str.isalpha, cells[place])) for cells in rows)]
    if len(worded) != 2:
        return None
    asking, answering = (
        sum(asks(cells[place], 0, len(cells[place])) for cells in rows) / len(rows) for place in worded
    )
    return (worded[0], worded[1]) if asking >= _ASKING and answering <= _ANSWERING else None


def question_columns(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns of questions and of answers by their names; None unless there is one of each."""
    asking = [place for place, name in enumerate(names) if names_questions(name)]
    answering = [place for place, name in enumerate(names) if names_answers(name)]
    return (asking[0], answering[0]) if len(asking) == len(answering) == 1 else None


def question_and_answer(cells: Sequence[str], columns: tuple[int, int]) -> list[Styled]:
    """Return the question and the answer of a row as a paragraph each, without empty ones."""
    styles = (ParagraphStyle.QUESTION, ParagraphStyle.ANSWER)
    return [
        Styled(cells[place].strip(), style)
        for place, style in zip(columns, styles, strict=True)
        if cells[place].strip()
    ]


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
        if not isinstance(paragraph, Styled | Led):
            continue
        words = repair_text(paragraph)[0].strip()
        at = text.find(words, position)
        if at < 0:
            continue
        position = at + len(words)
        if isinstance(paragraph, Styled):
            found.append(StyledParagraph(at, position, paragraph.style))
        else:
            lead = repair_text(paragraph[: paragraph.lead])[0].strip()
            found.append(StyledParagraph(at, at + len(lead), ParagraphStyle.LEAD))
    return tuple(found)
