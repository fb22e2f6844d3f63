"""Decisions: one by one from the workbench or the command line, or many from a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.domain.decisions import FALLS, STANDS, Action, Stance
from quotegrid.domain.text import normalise, one_line
from quotegrid.errors import DataError, UnknownNameError, UsageError
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.names import closest

if TYPE_CHECKING:
    from quotegrid.storage.database import Session

DECISION_COLUMNS = ("segment", "code", "decision", "memo", "stance")
_NEEDED_COLUMNS = DECISION_COLUMNS[:3]
FROM_FILE = (Action.ACCEPT, Action.REJECT, Action.SKIP, Action.APPLY, Action.REMOVE, Action.MARK)
NO_STANCE = "none"
_NUMBER = re.compile(r"^[0-9]{1,18}$")
_PLACE = re.compile(r"^(?P<source>.+):(?P<start>[0-9]{1,18})-(?P<end>[0-9]{1,18})$")
_LARGEST = 2**63 - 1
"""The largest number that SQLite takes."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that was asked for."""

    number: int | None
    """Its number in the log; None where it would have changed nothing."""
    action: Action
    segment: int
    code: str | None


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
        found = find_suggestion(session, suggestion) if suggestion <= _LARGEST else None
        if found is None:
            raise UnknownNameError(
                f"there is no suggestion {suggestion}.", todo='"quotegrid suggestions" lists them.'
            )
        code = None if action is Action.SKIP else found.code
        return _decide(session, study, action, found.segment, code, memo, stance)


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
        return _decide(session, study, action, segment, code, memo, stance)


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
                        raise _unknown_code(code_text, [one.name for one in codebook.codes])
                    code = known.name
                if stance_text and action in (*FALLS, Action.SKIP):
                    raise UsageError(
                        f'a stance cannot be said with "{action.value}".', todo="Leave it empty."
                    )
                stance = stance_named(stance_text or NO_STANCE)
                done = _decide(session, study, action, segment, code, memo, stance)
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


def _decide(
    session: Session,
    study: StudyFolder,
    action: Action,
    segment: int,
    code: str | None,
    memo: str,
    stance: Stance | None,
) -> Decided:
    from quotegrid.storage.codes import code_ids
    from quotegrid.storage.decisions import add_decision, coder_id, standing_coding, state
    from quotegrid.storage.quotes import has_segment
    from quotegrid.storage.suggestions import suggestion_for

    if segment > _LARGEST or not has_segment(session, segment):
        raise UnknownNameError(f"there is no segment {segment}.", todo='"quotegrid quotes" lists them.')
    coder = coder_id(session, study.settings.coder_name())
    code_id = None
    score = None
    if code is not None:
        numbers = code_ids(session)
        known = next((name for name in numbers if name.casefold() == code.casefold()), None)
        if known is None:
            raise _unknown_code(code, list(numbers))
        code, code_id = known, numbers[known]
        suggestion = suggestion_for(session, segment, code_id)
        score = None if suggestion is None else suggestion.score
        if action is Action.ACCEPT and suggestion is None:
            action = Action.APPLY
    now = state(session, segment, code_id, coder)
    coding = None if code_id is None else standing_coding(session, segment, code_id, coder)
    if action is Action.MARK and coding is None:
        raise UsageError(
            f'"{code}" does not stand on segment {segment} by your decision, so it takes no stance.',
            todo="Accept or apply it first.",
        )
    if action in STANDS and coding is not None and stance is not None:
        action = Action.MARK
    holds = (
        (action in STANDS and now in STANDS)
        or (action is Action.REJECT and now in FALLS)
        or (action is Action.REMOVE and now not in STANDS)
        or (action is Action.SKIP and now is Action.SKIP)
        or (action is Action.MARK and coding is not None and coding.stance is stance)
    )
    if holds:
        return Decided(None, action, segment, code)
    number = add_decision(
        session,
        coder=coder,
        action=action,
        segment=segment,
        code=code_id,
        score=score,
        memo=memo or None,
        stance=stance,
    )
    return Decided(number, action, segment, code)


def _unknown_code(code: str, names: list[str]) -> UnknownNameError:
    return UnknownNameError(f'there is no code "{code}".', todo=closest(code, names, "codes"))
