"""The corrections of a transcript as a table, in the form in which `quotegrid turns` lists its turns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quotegrid.corpus.answers.delimited import delimited_lines
from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.turn_table import TurnLine, TurnLineError, difference, turns_of_table
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import ReadError, UsageError
from quotegrid.workflows.sources.turns.edit_turns import TurnEdit, turns_as_stored
from quotegrid.workflows.study.folder import StudyFolder

_NEEDED = ("speaker", "text")
_WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_KEPT_FROM_FORMULAS = re.compile(r"^'(?=[=+\-@\t\r])")
_NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class TablePlan:
    """The changes that a table of corrections would make, before they are made."""

    source: str
    """The source's name."""
    edit: TurnEdit
    seen: tuple[Turn, ...]
    """The turns that it was compared with."""
    difference: tuple[str, ...]
    """A line for each turn that goes or comes; empty where the table says what stands already."""


def plan_table(study: StudyFolder, name: str, path: Path) -> TablePlan:
    """Compare a table of corrections with the turns of a transcript, and change nothing.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If the file is not there, or the source has no turns.
        ReadError: If the file is no such table, is about another source, or a row does not fit the text.
    """
    source, text, seen = turns_as_stored(study, name)
    lines = _lines(path, source)
    try:
        after = turns_of_table(text, seen, lines)
    except TurnLineError as error:
        raise ReadError(error.what, file=path, line=error.place, todo=f"{error.todo} {_NOTHING}") from None
    edit = TurnEdit(f"put turns right by {path.name}", lambda _text, _turns: after)
    return TablePlan(source, edit, seen, tuple(difference(text, seen, after)))


def _lines(path: Path, source: str) -> list[TurnLine]:
    if not path.is_file():
        raise UsageError(f"{path} is not there.", todo='"quotegrid turns SOURCE -o FILE.csv" writes one.')
    rows = delimited_lines(path)
    _, header = next(rows, (1, []))
    names = [one_line(cell).casefold() for cell in header]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise ReadError(
            f"this is no table of turns: it has no column {' and no column '.join(missing)}.",
            file=path,
            line=1,
            todo=f'"quotegrid turns SOURCE -o FILE.csv" writes one to correct. {_NOTHING}',
        )
    lines = []
    for number, cells in rows:
        row = dict(zip(names, cells, strict=False))
        if any(cell.strip() for cell in cells):
            lines.append(_line(path, number, row, source))
    return lines


def _line(path: Path, number: int, row: Mapping[str, str], source: str) -> TurnLine:
    of_source = one_line(row.get("source", ""))
    if of_source and of_source != source:
        raise ReadError(
            f'this row is about "{of_source}", not about "{source}".',
            file=path,
            line=number,
            todo=f"Give the source that the table is about, one at a time. {_NOTHING}",
        )
    asks = one_line(row.get("asks", "")).casefold()
    if asks and asks not in _WORDS:
        raise ReadError(
            f'"{asks}" does not say whether the speaker asks.',
            file=path,
            line=number,
            todo=f"Write yes or no. {_NOTHING}",
        )
    return TurnLine(
        line=number,
        text=_KEPT_FROM_FORMULAS.sub("", row.get("text", "")),
        speaker=_KEPT_FROM_FORMULAS.sub("", row.get("speaker", "")),
        asks=_WORDS.get(asks),
        start=_offset(path, number, row.get("start", "")),
        end=_offset(path, number, row.get("end", "")),
    )


def _offset(path: Path, number: int, cell: str) -> int | None:
    cell = cell.strip()
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", cell):
        raise ReadError(
            f'"{cell}" is no place in the text.',
            file=path,
            line=number,
            todo=f"Leave start and end as they were, or empty. {_NOTHING}",
        )
    return int(cell)
