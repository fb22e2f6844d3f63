"""Decisions: one by one from the workbench or the command line, or many from a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.domain.decisions import FALLS, Action, Stance
from quotegrid.domain.text import normalise, one_line
from quotegrid.errors import DataError, UnknownNameError, UsageError
from quotegrid.workflows.deciding import LARGEST, Decided, Wanted, decide_in, unknown_code
from quotegrid.workflows.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.database import Session

DECISION_COLUMNS = ("segment", "code", "decision", "memo", "stance")
_NEEDED_COLUMNS = DECISION_COLUMNS[:3]
FROM_FILE = (Action.ACCEPT, Action.REJECT, Action.SKIP, Action.APPLY, Action.REMOVE, Action.MARK)
NO_STANCE = "none"
_NUMBER = re.compile(r"^[0-9]{1,18}$")
_PLACE = re.compile(r"^(?P<source>.+):(?P<start>[0-9]{1,18})-(?P<end>[0-9]{1,18})$")


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What a file of decisions did."""

    made: int
    unchanged: int
    accepted: int
    rejected: int
    skipped: int
    marked: int
    """How many of those that were made say a stance, with another decision or alone."""


def decide_suggestion(
    study: StudyFolder, suggestion: int, action: Action, memo: str = "", stance: Stance | None = None
) -> Decided:
    """Accept, reject or skip a suggestion by its number.

    Raises:
        UnknownNameError: If there is no such suggestion.
    """
    from quotegrid.storage.suggestions import find_suggestion

    study.codebook()
    with study.writing_session("deciding") as session:
        found = find_suggestion(session, suggestion) if suggestion <= LARGEST else None
        if found is None:
            raise UnknownNameError(
                f"there is no suggestion {suggestion}.", todo='"quotegrid suggestions" lists them.'
            )
        code = None if action is Action.SKIP else found.code
        return _one(session, study, Wanted(found.segment, action, code, stance), memo)


def decide_segment(
    study: StudyFolder,
    segment: int,
    action: Action,
    code: str | None = None,
    memo: str = "",
    stance: Stance | None = None,
) -> Decided:
    """Accept, reject, apply or remove a code on a segment, mark its stance, or skip the segment.

    Raises:
        UnknownNameError: If there is no such segment or code.
        UsageError: If a stance is said of what does not stand.
    """
    study.codebook()
    with study.writing_session("deciding") as session:
        return _one(session, study, Wanted(segment, action, code, stance), memo)


def decide_many(study: StudyFolder, wanted: Sequence[Wanted], memo: str = "") -> list[Decided]:
    """Make decisions that belong together: one undo takes them all back, one redo brings them again.

    All are made or none. They are made in their order: a later one may follow from an earlier one.

    Args:
        study: The study.
        wanted: The decisions; one that says what already holds adds nothing.
        memo: A note, which is kept with the first that is made.

    Returns:
        What became of each, in the same order.

    Raises:
        UnknownNameError: If there is no such segment or code.
        UsageError: If a stance is said of what does not stand.
    """
    study.codebook()
    with study.writing_session("deciding") as session:
        return decide_in(session, study.settings.coder_name(), wanted, memo)


def stance_named(text: str) -> Stance | None:
    """The stance of that name; None for "none".

    Raises:
        UnknownNameError: If it is no stance.
    """
    found = next((one for one in Stance if one.value == text.casefold()), None)
    if found is None and text.casefold() != NO_STANCE:
        words = ", ".join([*(one.value for one in Stance), NO_STANCE])
        raise UnknownNameError(f'"{text}" is not a stance.', todo=f"Write one of {words}.")
    return found


def decide_from_file(study: StudyFolder, path: Path) -> FileSummary:
    """Make the decisions of a CSV file, all of them or none.

    The columns are segment, code, decision and, if wanted, memo and stance. A segment is its number, its
    GUID, or "source:start-end". A row that says what already holds adds nothing.

    Raises:
        DataError: If the file cannot be used; the message names the line.
    """
    codebook = study.codebook()
    counts = dict.fromkeys(FROM_FILE, 0)
    unchanged = marked = 0
    with study.writing_session("deciding") as session:
        for line, segment_text, code_text, decision, memo, stance_text in _rows(path):
            try:
                action = next((one for one in FROM_FILE if one.value == decision.casefold()), None)
                if action is None:
                    words = ", ".join(one.value for one in FROM_FILE)
                    raise UnknownNameError(f'"{decision}" is not a decision.', todo=f"Write one of {words}.")
                segment = _segment(session, segment_text)
                code = None
                if action is not Action.SKIP:
                    known = codebook.get(one_line(code_text))
                    if known is None:
                        raise unknown_code(code_text, [one.name for one in codebook.codes])
                    code = known.name
                if stance_text and action in (*FALLS, Action.SKIP):
                    raise UsageError(
                        f'a stance cannot be said with "{action.value}".', todo="Leave it empty."
                    )
                stance = stance_named(stance_text or NO_STANCE)
                done = _one(session, study, Wanted(segment, action, code, stance), memo)
            except UsageError as error:
                raise DataError(
                    error.what, file=path, line=line, todo=f"{error.todo} Nothing was decided."
                ) from error
            if done.number is None:
                unchanged += 1
            else:
                counts[action] += 1
                marked += bool(stance_text) or action is Action.MARK
    return FileSummary(
        made=sum(counts.values()),
        unchanged=unchanged,
        accepted=counts[Action.ACCEPT] + counts[Action.APPLY],
        rejected=counts[Action.REJECT] + counts[Action.REMOVE],
        skipped=counts[Action.SKIP],
        marked=marked,
    )


def _rows(path: Path) -> Iterator[tuple[int, str, str, str, str, str]]:
    """The line on which each row begins, and its segment, code, decision, memo and stance."""
    try:
        text = normalise(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"this file cannot be read ({error.strerror}).", file=path) from error
    except UnicodeDecodeError as error:
        raise DataError("this is not a CSV file in UTF-8.", file=path) from error
    reader = csv.reader(io.StringIO(text), strict=True)
    line = 1
    try:
        columns = [one_line(column).casefold() for column in next(reader, [])]
        missing = [name for name in _NEEDED_COLUMNS if name not in columns]
        if missing:
            raise DataError(
                f"the column {missing[0]} is missing.",
                file=path,
                line=1,
                todo=f"The first line must name the columns {', '.join(DECISION_COLUMNS)}.",
            )
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, *_cells(cells, columns, path, line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"this is not valid CSV ({error}).", file=path, line=line, todo="Nothing was decided."
        ) from error


def _cells(cells: list[str], columns: list[str], path: Path, line: int) -> tuple[str, str, str, str, str]:
    least = len(columns)
    while least and columns[least - 1] not in _NEEDED_COLUMNS:
        least -= 1
    if len(cells) < least or any(cell.strip() for cell in cells[len(columns) :]):
        raise DataError(
            f"this row has {len(cells)} columns, the first line {len(columns)}.",
            file=path,
            line=line,
            todo="Put text that holds a comma into quotation marks. Nothing was decided.",
        )
    values = dict(zip(columns, cells, strict=False))
    segment, code, decision, memo, stance = (values.get(name, "").strip() for name in DECISION_COLUMNS)
    return segment, code, decision, memo, stance


def _one(session: Session, study: StudyFolder, wanted: Wanted, memo: str) -> Decided:
    return decide_in(session, study.settings.coder_name(), [wanted], memo)[0]


def _segment(session: Session, text: str) -> int:
    from quotegrid.storage.quotes import find_segment, has_segment, segment_by_guid

    found: int | None
    place = _PLACE.match(text)
    if _NUMBER.match(text):
        found = int(text) if has_segment(session, int(text)) else None
    elif place is not None:
        found = find_segment(session, place["source"], int(place["start"]), int(place["end"]))
    else:
        found = segment_by_guid(session, text)
    if found is None:
        raise UnknownNameError(
            f'there is no segment "{text}".',
            todo='"quotegrid quotes" lists them; write a number, or "source:start-end".',
        )
    return found
