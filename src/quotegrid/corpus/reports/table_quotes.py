"""Finds the quotes in a report's tables: rows with words in one cell and who said them in another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from quotegrid.corpus.reports.attributions import Attribution, read_attribution, voice_of
from quotegrid.corpus.reports.block_quotes import is_in_marks
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, Certainty
from quotegrid.domain.text.normalise import one_line

_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_SAID = re.compile(
    r"(?:[^\W\d_]+ ){0,2}(?:quote|quotes|quotation|quotations|verbatim|verbatims|words|comment|comments)",
    re.I,
)
_WHO = re.compile(
    r"(?:participants?|respondents?|interviewees?|informants?|speakers?|who|said by|attribution|role)"
    r"(?: (?:id|no\.?|number|code))?",
    re.I,
)
"""Matches the headings of the columns that say who is quoted."""
_LONGEST_WHO_WORDS = 9


@dataclass(frozen=True, slots=True)
class _Cell:
    """The words of a table's cell, without emphasis, and where they stand."""

    start: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)


@dataclass(frozen=True, slots=True)
class _Headings:
    """The columns of a table whose headings say that they hold quotes or who is quoted."""

    said: int | None = None
    who: int | None = None


def find_table_quotes(
    text: str, start: int, stakeholders: Stakeholders, areas: Collection[str] = ()
) -> tuple[AttributedQuote, ...]:
    """Return the quotes in a report's tables, in order, without headings.

    A cell in quotation marks, or below a heading such as "Quote", is a quote if another cell of its row names
    a role of the study or a participant's number, or stands below a heading such as "Participant".

    Args:
        text: The normalised text, in which bars or tabs part the cells of a table's row.
        start: The offset at which the body begins.
        stakeholders: The study's groups and roles.
        areas: The study's areas.
    """
    found = []
    headings: _Headings | None = None
    for row in _rows(text, start):
        if not row:
            headings = None
            continue
        if headings is None:
            headings = _headings(row)
            if headings != _Headings():
                continue
        quote = _quote(row, headings, stakeholders, areas)
        if quote is not None:
            found.append(quote)
    return tuple(found)


def _rows(text: str, start: int) -> Iterator[list[_Cell]]:
    """Yield the cells of each row of a table; an empty list for each other line."""
    position = start
    for line in text[start:].split("\n"):
        separator = "|" if line.count("|") > 1 else "\t"
        if separator not in line.strip():
            yield []
        elif not _RULE.fullmatch(line):
            yield list(_cells(line, position, separator))
        position += len(line) + 1


def _cells(line: str, position: int, separator: str) -> Iterator[_Cell]:
    first = len(line) - len(line.lstrip(" |")) if separator == "|" else 0
    last = len(line.rstrip(" |")) if separator == "|" else len(line)
    position += first
    for written in line[first:last].split(separator):
        words = written.strip()
        bare = words.strip("*_") if words[:1] in ("*", "_") and words[-1:] == words[:1] else words
        yield _Cell(position + written.find(bare) if bare else position, bare)
        position += len(written) + 1


def _headings(row: Sequence[_Cell]) -> _Headings:
    said = [number for number, cell in enumerate(row) if _SAID.fullmatch(cell.words)]
    who = [number for number, cell in enumerate(row) if _WHO.fullmatch(cell.words)]
    return _Headings(said[0] if said else None, who[0] if who else None)


def _quote(
    row: Sequence[_Cell], headings: _Headings, stakeholders: Stakeholders, areas: Collection[str]
) -> AttributedQuote | None:
    said = _at(row, headings.said)
    if said is None or not said.words:
        in_marks = [cell for cell in row if cell.words and is_in_marks(cell.words)]
        said = in_marks[0] if len(in_marks) == 1 else None
    if said is None or len(said.words.split()) < 2:
        return None
    who = _at(row, headings.who)
    attribution = None if who is None else _attribution(who, stakeholders, areas)
    if attribution is None:
        others = (_attribution(cell, stakeholders, areas) for cell in row if cell is not said)
        attribution = next((other for other in others if other is not None and other.is_strong), None)
    if attribution is None:
        return None
    is_sure = attribution.is_strong or headings.said is not None
    return AttributedQuote(
        start=said.start,
        end=said.end,
        role=attribution.role,
        heading=None,
        certainty=Certainty.SURE if is_sure else Certainty.UNSURE,
        voice=attribution.voice,
        area=attribution.area,
        case=attribution.case,
    )


def _at(row: Sequence[_Cell], number: int | None) -> _Cell | None:
    return row[number] if number is not None and number < len(row) else None


def _attribution(cell: _Cell, stakeholders: Stakeholders, areas: Collection[str]) -> Attribution | None:
    words = one_line(cell.words)
    found = read_attribution(words, stakeholders, areas)
    if found is not None or not any(char.isalpha() for char in words):
        return found
    if len(words.split()) > _LONGEST_WHO_WORDS or is_in_marks(words):
        return None
    return Attribution(role=words, voice=voice_of(words))
