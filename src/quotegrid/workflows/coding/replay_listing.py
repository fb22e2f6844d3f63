"""The reading of another study's listing by `quotegrid decisions`: its whole log, with undos and coders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.decisions import FALLS, STANDS, Action, Decision, Key, Stance, fold, last_action
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.coding.add_decisions import LARGEST, holds_already, stance_named, unknown_code
from quotegrid.workflows.coding.decision_rows import DecisionLine, refusals_at

if TYPE_CHECKING:
    from quotegrid.storage.coding.replaying import DecisionReference, ReplayedDecision
    from quotegrid.storage.engines.database import Session

_WITHOUT_CODE = (Action.SKIP, Action.UNDO)
_ACTIONS = {action.value: action for action in Action}


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """A row of a listing, resolved in this study."""

    line: DecisionLine
    action: Action
    coder: str
    segment: int
    code: str | None
    """The code's name, case folded; None for skip and undo."""
    stance: Stance | None
    undoes: int | None
    """The row that it undoes, counted from 0."""


@dataclass(slots=True)
class ListingSummary:
    """The result of reading a listing."""

    added: list[ListedDecision] = field(default_factory=list)
    unchanged: int = 0
    """The number of rows that are already in the log, or would change nothing."""
    left_out: int = 0
    """The number of rows of codes that are not in the codebook and that stand nowhere in the end."""


def read_listing(
    session: Session,
    path: Path,
    lines: Sequence[DecisionLine],
    codebook: Codebook,
    reader: str,
    segment_of: Callable[[DecisionLine], int],
) -> ListingSummary:
    """Add the decisions of a listing to the log, in a transaction of the caller's.

    A coder's decisions on a passage are compared with the log: rows that are there already,
    in the same order, are passed over, so that reading a listing twice, or a longer one later, adds only
    what is new.

    Args:
        session: A transaction that writes.
        path: The file, for messages.
        lines: Its rows.
        codebook: The study's codebook.
        reader: The coder of rows that name none.
        segment_of: Finds the segment on which a row's decision stands.

    Returns:
        The counts of the rows.

    Raises:
        DataError: If a row cannot be used; the message names its line.
    """
    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.storage.coding.decisions import coder_id
    from quotegrid.storage.coding.replaying import replay_decisions

    listed = _understood(path, lines, reader, segment_of)
    codes = {name.casefold(): number for name, number in code_ids(session).items()}
    standing = _standing_codes(listed)
    known = {*codes, *standing}
    taken = ListingSummary()
    kept: dict[int, None] = {}
    """The rows that are read in, in their order."""
    for place, decision in enumerate(listed):
        is_gone = decision.undoes is not None and decision.undoes not in kept
        is_unknown = decision.code is not None and decision.code not in known
        if is_gone or is_unknown:
            taken.left_out += 1
        else:
            kept[place] = None
    coders = {name: coder_id(session, name) for name in {listed[place].coder for place in kept}}
    logs = _logs(session, listed, kept, coders)
    log_has = _passed_over(listed, kept, codes, logs)
    named = {listed[place].undoes for place in kept}
    new: dict[int, int] = {}
    """The place among the decisions to be added of each row that is added."""
    groups: dict[int, DecisionReference] = {}
    replayed: list[ReplayedDecision] = []
    for place in kept:
        decision = listed[place]
        log = logs[decision.coder, decision.segment]
        is_there = place in log_has
        if not is_there:
            with refusals_at(path, decision.line.line):
                if decision.code is not None and decision.code in standing:
                    _refuse_unknown(codebook, decision.line.code)
                code = None if decision.code is None else codes.get(decision.code)
                is_there = _holds(log, decision, code) and place not in named
        if is_there:
            taken.unchanged += 1
            _remember_group(groups, decision.line, log_has.get(place), None)
            continue
        new[place] = len(replayed)
        undone = _earlier(decision.undoes, log_has, new)
        replayed.append(_replayed(session, decision, coders, code, undone, groups))
        _remember_group(groups, decision.line, None, new[place])
        undone_number = None if undone is None else undone.number
        if undone is not None and undone.place is not None:
            undone_number = _later(undone.place)
        log.append(_entry(_later(new[place]), decision, coders[decision.coder], code, undone_number))
        taken.added.append(decision)
    replay_decisions(session, replayed)
    return taken


def _understood(
    path: Path,
    lines: Sequence[DecisionLine],
    reader: str,
    segment_of: Callable[[DecisionLine], int],
) -> list[ListedDecision]:
    row_of: dict[int, int] = {}
    listed: list[ListedDecision] = []
    for line in lines:
        with refusals_at(path, line.line):
            if line.number in row_of:
                raise UsageError(
                    f"there is a decision {line.number} above this row already.",
                    todo="Keep the column id as it was written, and each row once.",
                )
            listed.append(_understand(line, reader, segment_of(line), row_of, listed))
            row_of[line.number] = len(listed) - 1
    return listed


def _understand(
    line: DecisionLine,
    reader: str,
    segment: int,
    row_of: Mapping[int, int],
    above: Sequence[ListedDecision],
) -> ListedDecision:
    action = _ACTIONS.get(line.decision.casefold())
    if action is None:
        words = ", ".join(_ACTIONS)
        raise UnknownNameError(f'"{line.decision}" is not a decision.', todo=f"Write one of {words}.")
    code = None if action in _WITHOUT_CODE else one_line(line.code).casefold()
    if code == "":
        raise UsageError(f'"{action.value}" needs a code.', todo="Write the code's name.")
    if line.stance and action in (*FALLS, *_WITHOUT_CODE):
        raise UsageError(f'a stance cannot be said with "{action.value}".', todo="Leave it empty.")
    stance = stance_named(line.stance) if line.stance else None
    coder = line.coder or reader
    undoes = None
    if action is Action.UNDO:
        undoes = None if line.undoes is None else row_of.get(line.undoes)
        if undoes is None:
            raise UsageError(
                f"the decision that this row takes back, {line.undoes or 'not named'}, is not above it.",
                todo="Keep the row that is taken back, or leave this one out too.",
            )
        if (above[undoes].coder, above[undoes].segment) != (coder, segment):
            raise UsageError(
                f"decision {line.undoes}, which this row takes back, is another coder's or on other words.",
                todo="Keep the columns coder, source, start and end as they were written.",
            )
    return ListedDecision(line, action, coder, segment, code, stance, undoes)


def _standing_codes(listed: Sequence[ListedDecision]) -> set[str]:
    """Return the codes of which a coding stands after all rows."""
    log = [
        _entry(place, decision, decision.coder, decision.code, decision.undoes)
        for place, decision in enumerate(listed)
    ]
    return {coding.code for coding in fold(log)}


def _logs(
    session: Session, listed: Sequence[ListedDecision], kept: Iterable[int], coders: Mapping[str, int]
) -> dict[tuple[str, int], list[Decision[int]]]:
    """Return the log of each coder and segment of the rows."""
    from quotegrid.storage.coding.decision_log import decision_log

    segments: dict[str, set[int]] = {}
    for place in kept:
        segments.setdefault(listed[place].coder, set()).add(listed[place].segment)
    logs: dict[tuple[str, int], list[Decision[int]]] = {
        (coder, segment): [] for coder, of_coder in segments.items() for segment in of_coder
    }
    for coder, of_coder in segments.items():
        for logged in decision_log(session, of_coder, coders[coder]):
            logs[coder, logged.segment].append(logged)
    return logs


def _passed_over(
    listed: Sequence[ListedDecision],
    kept: Iterable[int],
    codes: Mapping[str, int],
    logs: Mapping[tuple[str, int], Sequence[Decision[int]]],
) -> dict[int, int]:
    """Return the rows that the log already begins with, with their numbers there."""
    rows: dict[tuple[str, int], list[int]] = {}
    for place in kept:
        rows.setdefault((listed[place].coder, listed[place].segment), []).append(place)
    found: dict[int, int] = {}
    for key, places in rows.items():
        for place, logged in zip(places, logs[key], strict=False):
            decision = listed[place]
            code = None if decision.code is None else codes.get(decision.code)
            undone = None if decision.undoes is None else found.get(decision.undoes)
            same = _entry(logged.number, decision, logged.coder, code, undone)
            if (_kind(same.action), same.code, same.stance, same.undoes) != (
                _kind(logged.action),
                logged.code,
                logged.stance,
                logged.undoes,
            ):
                break
            found[place] = logged.number
    return found


def _kind(action: Action) -> Action:
    """Return the action, with accepting as applying: they differ only in whether the code was suggested."""
    return Action.APPLY if action in STANDS else action


def _refuse_unknown(codebook: Codebook, code: str) -> None:
    if codebook.get(one_line(code)) is None:
        raise unknown_code(code, [known.name for known in codebook.codes])


def _holds(log: Sequence[Decision[int]], decision: ListedDecision, code: int | None) -> bool:
    """Return whether a row would change nothing after the log."""
    if decision.action is Action.UNDO:
        return False
    coding = next((standing for standing in fold(log) if standing.code == code), None)
    if decision.action is Action.MARK and coding is None:
        raise UsageError(
            f'"{decision.line.code}" does not stand there by {decision.coder}, so it takes no stance.',
            todo="Keep the row that applies it.",
        )
    if decision.action in STANDS and coding is not None and decision.stance is not None:
        return coding.stance is decision.stance
    return holds_already(decision.action, decision.stance, last_action(log, decision.segment, code), coding)


def _entry(
    number: int, decision: ListedDecision, coder: Key, code: Key | None, undoes: int | None
) -> Decision[Key]:
    return Decision(
        number=number,
        coder=coder,
        action=decision.action,
        segment=decision.segment,
        code=code,
        undoes=undoes,
        stance=decision.stance,
    )


def _later(place: int) -> int:
    """Return a number beyond all those in the log, for a decision that is still to be added."""
    return LARGEST + place


def _earlier(
    undoes: int | None, log_has: Mapping[int, int], new: Mapping[int, int]
) -> DecisionReference | None:
    from quotegrid.storage.coding.replaying import DecisionReference

    if undoes is None:
        return None
    return (
        DecisionReference(number=log_has[undoes])
        if undoes in log_has
        else DecisionReference(place=new[undoes])
    )


def _remember_group(
    groups: dict[int, DecisionReference], line: DecisionLine, number: int | None, place: int | None
) -> None:
    """Record which decision begins a group: the first of its rows that is in the log."""
    from quotegrid.storage.coding.replaying import DecisionReference

    if line.together is not None and (number is not None or place is not None):
        groups.setdefault(line.together, DecisionReference(number, place))


def _replayed(
    session: Session,
    decision: ListedDecision,
    coders: Mapping[str, int],
    code: int | None,
    undoes: DecisionReference | None,
    groups: Mapping[int, DecisionReference],
) -> ReplayedDecision:
    from quotegrid.storage.coding.decisions import coder_id
    from quotegrid.storage.coding.replaying import ReplayedDecision

    line = decision.line
    return ReplayedDecision(
        coder=coders[decision.coder],
        by=coder_id(session, line.by) if line.by and line.by != decision.coder else None,
        action=decision.action,
        segment=decision.segment,
        code=code,
        score=line.score,
        stance=decision.stance,
        memo=line.memo,
        at=line.at or None,
        undoes=undoes,
        together=None if line.together is None else groups.get(line.together),
    )
