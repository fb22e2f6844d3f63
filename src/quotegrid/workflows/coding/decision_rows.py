"""The rows of a CSV file of decisions, written by hand or listed by another study."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quotegrid.domain.text.normalise import normalise, one_line
from quotegrid.errors import DataError, UsageError

DECISION_COLUMNS = ("segment", "code", "decision", "memo", "stance")
PLACE_COLUMNS = ("source", "start", "end")
_NEEDED_COLUMNS = ("code", "decision")
_LISTING_COLUMNS = ("id", "at")
_WORDS_COLUMNS = ("text", "quote")
_NUMBER = re.compile(r"^[0-9]{1,18}$")
_KEPT_FROM_FORMULAS = re.compile(r"^'(?=[=+\-@\t\r])")
NOTHING_DECIDED = "Nothing was decided."


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a source's text."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A row with its cells as written."""

    line: int
    """The line of the file on which it begins."""
    segment: str
    place: Place | None
    """The range that the row names; None where it names only a segment."""
    words: str
    """The words that the row gives for the range; empty where it gives none."""
    code: str
    decision: str
    memo: str
    stance: str
    coder: str
    """The coder; empty for whoever reads the file."""
    by: str = ""
    at: str = ""
    """The time of the decision in a listing, in UTC, ISO 8601; empty in any other file."""
    number: int = 0
    """Its number in the study that wrote the listing; 0 in any other file."""
    undoes: int | None = None
    together: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The rows of a file."""

    lines: Sequence[DecisionLine]
    is_listing: bool
    """Whether it was written by `quotegrid decisions`, so that its numbers belong to another study."""


def read_decision_file(path: Path) -> DecisionFile:
    """Read the rows of a CSV file of decisions.

    Raises:
        UsageError: If the file cannot be read.
        DataError: If it is not such a file; the message names the line.
    """
    try:
        text = normalise(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"this file cannot be read ({error.strerror}).", file=path) from error
    except UnicodeDecodeError as error:
        raise DataError("this is not a CSV file in UTF-8.", file=path) from error
    reader = csv.reader(io.StringIO(text), strict=True)
    lines: list[DecisionLine] = []
    line = 1
    try:
        columns = [one_line(column).casefold() for column in next(reader, [])]
        is_listing = set(_LISTING_COLUMNS) <= set(columns)
        needed = _needed_columns(columns, path, is_listing=is_listing)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                with refusals_at(path, line):
                    values = _values(cells, columns, needed)
                    lines.append(_listed(values, line) if is_listing else _written(values, line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"this is not valid CSV ({error}).", file=path, line=line, todo=NOTHING_DECIDED
        ) from error
    return DecisionFile(lines, is_listing)


@contextmanager
def refusals_at(path: Path, line: int) -> Iterator[None]:
    """Make errors name the file and the line, and say that nothing was decided."""
    try:
        yield
    except UsageError as error:
        todo = f"{error.todo} {NOTHING_DECIDED}".strip()
        raise DataError(error.what, file=path, line=line, todo=todo) from error


def _needed_columns(columns: Sequence[str], path: Path, *, is_listing: bool) -> tuple[str, ...]:
    has_place = is_listing or "start" in columns or "end" in columns
    needed = (*(PLACE_COLUMNS if has_place else DECISION_COLUMNS[:1]), *_NEEDED_COLUMNS)
    missing = next((name for name in needed if name not in columns), None)
    if missing is None:
        return needed
    todo = f"The first line must name the columns {', '.join(DECISION_COLUMNS)}."
    if has_place:
        todo = (
            "The numbers in a listing are those of the study that wrote it: keep its columns source, start "
            "and end, which say where each decision stands."
            if is_listing
            else "Where a decision stands is said by all of source, start and end, or by segment alone."
        )
    raise DataError(f"the column {missing} is missing.", file=path, line=1, todo=todo)


def _values(cells: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> dict[str, str]:
    least = len(columns)
    while least and columns[least - 1] not in needed:
        least -= 1
    if len(cells) < least or any(cell.strip() for cell in cells[len(columns) :]):
        raise UsageError(
            f"this row has {len(cells)} columns, the first line {len(columns)}.",
            todo="Put text that holds a comma into quotation marks.",
        )
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}


def _written(values: dict[str, str], line: int) -> DecisionLine:
    place = None
    if any(values.get(name) for name in PLACE_COLUMNS[1:]):
        place = _place(values)
    elif not values.get("segment"):
        raise UsageError(
            "this row does not say where the decision stands.",
            todo="Write source, start and end, or a segment.",
        )
    return DecisionLine(
        line=line,
        segment=values.get("segment", ""),
        place=place,
        words=next((values[name] for name in _WORDS_COLUMNS if values.get(name)), ""),
        code=values["code"],
        decision=values["decision"],
        memo=values.get("memo", ""),
        stance=values.get("stance", ""),
        coder=one_line(values.get("coder", "")),
    )


def _listed(values: dict[str, str], line: int) -> DecisionLine:
    """Return a row of a listing, where an apostrophe stands before what a spreadsheet would compute."""
    texts = {name: _KEPT_FROM_FORMULAS.sub("", value) for name, value in values.items()}
    number = _whole_number(texts, "id")
    if number is None:
        raise UsageError("this row of a listing has no number.", todo="Keep the column id as it was written.")
    score = texts.get("score", "")
    try:
        at_the_time = float(score) if score else None
    except ValueError as error:
        raise UsageError(f'"{score}" is not a score.', todo="Keep the column as it was written.") from error
    return DecisionLine(
        line=line,
        segment="",
        place=_place(texts),
        words=next((texts[name] for name in _WORDS_COLUMNS if texts.get(name)), ""),
        code=texts["code"],
        decision=texts["decision"],
        memo=texts.get("memo", ""),
        stance=texts.get("stance", ""),
        coder=one_line(texts.get("coder", "")),
        by=one_line(texts.get("by", "")),
        at=_time(texts.get("at", "")),
        number=number,
        undoes=_whole_number(texts, "undoes"),
        together=_whole_number(texts, "together"),
        score=at_the_time,
    )


def _time(text: str) -> str:
    """Return a time in UTC, to the millisecond; empty where none is given."""
    if not text:
        return ""
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo is None:
            raise ValueError("without a zone")
        return time.astimezone(UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f'"{text}" in the column at is not a time.', todo="Keep the column as it was written."
        ) from error


def _place(values: dict[str, str]) -> Place:
    start, end = _whole_number(values, "start"), _whole_number(values, "end")
    if not values.get("source") or start is None or end is None:
        raise UsageError(
            "this row does not say in full where the decision stands.",
            todo="Write the source's name, and where in its text the words begin and end.",
        )
    return Place(values["source"], start, end)


def _whole_number(values: dict[str, str], name: str) -> int | None:
    text = values.get(name, "")
    if not text:
        return None
    if not _NUMBER.match(text):
        raise UsageError(f'"{text}" in the column {name} is not a number.', todo="Write a whole number.")
    return int(text)
