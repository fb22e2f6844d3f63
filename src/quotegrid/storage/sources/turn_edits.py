"""Edits of turns brought into the tables: turns, passages, cases, codings and suggestions, and back again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlmodel import Session, col, delete, select

from quotegrid.domain.coding.decisions import Action, Coding, fold
from quotegrid.domain.sources.model import SegmentKind, Turn, segment_guid
from quotegrid.domain.sources.recutting import Cut, Range, holder, pieces, recut
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.normalise import name_key, text_hash
from quotegrid.domain.text.words import word_count
from quotegrid.storage.coding.decision_log import decision_log
from quotegrid.storage.coding.decisions import (
    NewDecision,
    add_decisions,
    coder_id,
    refresh_codings,
    set_aside,
)
from quotegrid.storage.coding.summaries import summarised_cases
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.people.cases import known_names
from quotegrid.storage.people.silent_cases import (
    SilentCase,
    bring_back,
    guids_of,
    kept_case,
    new_case,
    take_silent,
)
from quotegrid.storage.sources.source_attributes import labels_of
from quotegrid.storage.sources.turn_changes import (
    LoggedTurnChange,
    TurnChange,
    add_turn_change,
    list_turn_changes,
)
from quotegrid.storage.suggestions.suggestions import give_back_suggestions, take_suggestions
from quotegrid.storage.tables import (
    AnySegmentRow,
    CaseAliasRow,
    CaseRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    SourceRow,
    TurnRow,
    now,
)

Naming = Callable[[str], str]
"""Names the case of a speaker whom the study does not know, by the label."""


class Placed(NamedTuple):
    """A turn with the GUID of its case."""

    turn: Turn
    case: str | None


@dataclass(frozen=True, slots=True)
class AsideCoding:
    """A coding that does not count, because its words are no participant's any more."""

    code: int
    coder: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TurnsEdited:
    """The result of an edit of turns."""

    entry: int
    moved: int
    """How many codings were cut where turns now begin and end."""
    aside: tuple[AsideCoding, ...]
    """The codings that count no more, in the order of the text."""
    new_cases: tuple[str, ...]
    silent_cases: tuple[str, ...]
    """The cases that say nothing any more."""


def placed_turns(session: Session, source_id: int) -> list[Placed]:
    """Return the turns of a source in order, each with the GUID of its case."""
    rows = session.exec(
        select(TurnRow, CaseRow.guid)
        .outerjoin(CaseRow, col(CaseRow.id) == TurnRow.case_id)
        .where(TurnRow.source_id == source_id)
        .order_by(col(TurnRow.position))
    )
    return [
        Placed(Turn(row.start, row.end, row.label, row.is_interviewer, row.time), guid) for row, guid in rows
    ]


def edit_turns(
    session: Session,
    by: str,
    source: SourceRow,
    after: Sequence[Turn],
    what: str,
    *,
    cut: Cut,
    naming: Naming,
    ticks: Sequence[int] = (),
) -> TurnsEdited:
    """Store other turns of a source as one entry of the journal, which an undo takes back to the letter.

    Codings keep their words: a coded range that is no longer one speaker's is cut where turns begin and end,
    and what is no participant's any more is set aside.

    Args:
        session: A transaction that writes.
        by: The name of whoever edits.
        source: The source.
        after: All its turns, in order.
        what: The edit in words, as the end of a sentence that begins with who made it.
        cut: Cuts a stretch of one speaker's words into passages.
        naming: Names a new speaker's case.
        ticks: The places of what was unsure and is right now.
    """
    number = stored_id(source.id)
    before = placed_turns(session, number)
    cases = _CasesOfLabels(session, source, naming)
    kept = {place.turn: place.case for place in before}
    now_placed = [Placed(turn, kept[turn] if turn in kept else cases.of(turn)) for turn in after]
    removed = [place for place in before if place not in now_placed]
    added = [place for place in now_placed if place not in before]
    was_aside = _aside_with_decisions(session, number)
    used = _in_use(session, number)
    found = recut(source.text, [place.turn for place in before], after, _passages(session, number), cut)
    passages = _passage_changes(session, number, found.gone, found.new, by)
    _store_turns(session, number, now_placed)
    _mark_passages(session, source, passages, "after")
    _hold(session, number, after)
    lost = used - _in_use(session, number)
    suggestions = take_suggestions(session, lost)
    moves = _moves(session, source, after, by)
    _remove_unheld_turns(session, number, now_placed)
    silent = take_silent(
        session, {place.case for place in removed if place.case is not None}, summarised_cases(session)
    )
    change = TurnChange(
        removed=[_dumped(place) for place in removed],
        added=[_dumped(place) for place in added],
        passages=passages,
        new_cases=[kept_case(session, row) for row in cases.new],
        silent_cases=silent,
        suggestions=suggestions,
        ticks=list(ticks),
    )
    entry = add_turn_change(session, by, source, what, change)
    if moves:
        add_decisions(session, coder_id(session, by), moves, group=entry)
    _refresh(session, number, was_aside)
    return TurnsEdited(
        entry,
        moved=sum(move.action is Action.MOVE for move in moves),
        aside=tuple(_newly_aside(session, number, was_aside)),
        new_cases=tuple(row.name for row in cases.new),
        silent_cases=tuple(str(case["case"]["name"]) for case in silent),
    )


def obstacle(session: Session, source: SourceRow, logged: LoggedTurnChange, *, is_undo: bool) -> str:
    """Return what prevents an edit of turns from being taken back or made again; empty if nothing does.

    Args:
        session: A session.
        source: The source.
        logged: The edit.
        is_undo: Whether it is to be taken back.
    """
    leaves, comes = _sides(logged.change, is_undo=is_undo)
    there = placed_turns(session, stored_id(source.id))
    if any(place not in there for place in leaves):
        return "the turns that it changed have been changed again since"
    back = logged.change.silent_cases if is_undo else logged.change.new_cases
    wanted = {place.case for place in comes if place.case is not None} - guids_of(back)
    known = set(session.exec(select(CaseRow.guid).where(col(CaseRow.guid).in_(wanted))))
    if wanted - known:
        return "a case who spoke there has been merged into another since"
    taken = known_names(session)
    names = [str(kept["case"]["name"]) for kept in back]
    name = next((name for name in names if name_key(name) in taken), None)
    return "" if name is None else f'there is another case "{name}" by now'


def reverse_turns(session: Session, source: SourceRow, logged: LoggedTurnChange, *, is_undo: bool) -> None:
    """Take back an edit of turns, or make it again; the entry in the journal is the caller's.

    Args:
        session: A transaction that writes.
        source: The source.
        logged: The edit, for which there is no `obstacle`.
        is_undo: Whether it is taken back.
    """
    number, change = stored_id(source.id), logged.change
    was_aside = _aside_with_decisions(session, number)
    leaves, comes = _sides(change, is_undo=is_undo)
    bring_back(session, change.silent_cases if is_undo else change.new_cases)
    stay = [place for place in placed_turns(session, number) if place not in leaves]
    placed = sorted([*stay, *comes], key=lambda place: place.turn.start)
    used = _in_use(session, number)
    _store_turns(session, number, placed)
    _mark_passages(session, source, change.passages, "before" if is_undo else "after")
    _hold(session, number, [place.turn for place in placed])
    take_suggestions(session, used - _in_use(session, number))
    _remove_unheld_turns(session, number, placed)
    silent = guids_of(change.new_cases if is_undo else change.silent_cases)
    take_silent(session, silent, summarised_cases(session))
    _refresh(session, number, was_aside)
    if is_undo:
        give_back_suggestions(session, change.suggestions)


def _sides(change: TurnChange, *, is_undo: bool) -> tuple[list[Placed], list[Placed]]:
    """Return the turns that leave and those that come when an edit is undone or redone."""
    removed, added = ([_loaded(turn) for turn in turns] for turns in (change.removed, change.added))
    return (added, removed) if is_undo else (removed, added)


def _dumped(place: Placed) -> dict[str, Any]:
    turn = place.turn
    return {
        "start": turn.start,
        "end": turn.end,
        "label": turn.label,
        "asks": turn.is_interviewer,
        "time": turn.time,
        "case": place.case,
    }


def _loaded(kept: Mapping[str, Any]) -> Placed:
    turn = Turn(kept["start"], kept["end"], kept["label"], kept["asks"], kept["time"])
    return Placed(turn, kept["case"])


class _CasesOfLabels:
    """The cases of the speakers of one source, by their labels; new ones where there is none."""

    def __init__(self, session: Session, source: SourceRow, naming: Naming) -> None:
        self.new: list[CaseRow] = []
        self._session = session
        self._source = source
        self._naming = naming
        self._here = labels_of(session, stored_id(source.id))
        pinned = session.exec(select(CaseAliasRow).where(CaseAliasRow.source == source.name))
        self._pinned = {row.name: row.case_id for row in pinned}
        self._names = known_names(session)

    def of(self, turn: Turn) -> str | None:
        """Return the GUID of the case of a turn; None for an interviewer, and where the turn has no label."""
        if turn.is_interviewer:
            return None
        label = turn.label or ""
        number = self._here.get(label) or self._pinned.get(label)
        if number is None and label:
            number = self._names.get(name_key(label)) or self._make(label)
        if number is None:
            return None
        self._here[label] = number
        return self._session.get_one(CaseRow, number).guid

    def _make(self, label: str) -> int:
        name = self._naming(label)
        number = self._names.get(name_key(name))
        if number is None:
            (row,) = bring_back(self._session, [self._deleted(name) or new_case(name)])
            self.new.append(row)
            number = self._names[name_key(name)] = stored_id(row.id)
        return number

    def _deleted(self, name: str) -> SilentCase | None:
        """Return the case of that name that an earlier edit of the source left without a word and deleted."""
        changes = reversed(list_turn_changes(self._session, self._source.guid))
        deleted = (case for logged in changes for case in logged.change.silent_cases)
        return next((case for case in deleted if case["case"]["name"] == name), None)


def _passages(session: Session, source_id: int) -> list[Range]:
    """Return the ranges of the passages of a source's turns, in use or set aside."""
    rows = session.exec(
        select(AnySegmentRow.start, AnySegmentRow.end).where(
            AnySegmentRow.source_id == source_id,
            AnySegmentRow.kind == SegmentKind.TURN.value,
            col(AnySegmentRow.made_by_id).is_(None),
        )
    )
    return [(start, end) for start, end in rows]


def _passage_changes(
    session: Session, source_id: int, gone: Sequence[Range], new: Sequence[Range], by: str
) -> list[dict[str, Any]]:
    """Return which ranges become passages or stop being so, with who made them before and after."""
    retired = {"by": by, "at": now()}
    rows = session.exec(
        select(AnySegmentRow.start, AnySegmentRow.end, CoderRow.name, AnySegmentRow.made_at)
        .outerjoin(CoderRow, col(CoderRow.id) == AnySegmentRow.made_by_id)
        .where(AnySegmentRow.source_id == source_id)
    )
    makers = {(start, end): None if name is None else {"by": name, "at": at} for start, end, name, at in rows}
    found = [{"start": start, "end": end, "before": None, "after": retired} for start, end in gone]
    return found + [
        {"start": start, "end": end, "before": makers.get((start, end), retired), "after": None}
        for start, end in new
    ]


def _mark_passages(
    session: Session, source: SourceRow, passages: Sequence[Mapping[str, Any]], side: str
) -> None:
    """Make ranges passages, or make them ranges that are in use only while they are coded."""
    for passage in passages:
        row = _segment(session, source, passage["start"], passage["end"])
        made = passage[side]
        row.made_by_id = None if made is None else coder_id(session, made["by"])
        row.made_at = None if made is None else made["at"]
        session.add(row)
    session.flush()


def _segment(session: Session, source: SourceRow, start: int, end: int) -> AnySegmentRow:
    """Return the segment with a range, made where there is none; a new one is like its neighbour's."""
    number = stored_id(source.id)
    row = session.exec(
        select(AnySegmentRow).where(
            AnySegmentRow.source_id == number, AnySegmentRow.start == start, AnySegmentRow.end == end
        )
    ).first()
    if row is not None:
        return row
    like = session.exec(
        select(AnySegmentRow)
        .where(AnySegmentRow.source_id == number, AnySegmentRow.start < end, AnySegmentRow.end > start)
        .order_by(col(AnySegmentRow.id))
    ).first()
    said = spoken(source.text[start:end]).text
    row = AnySegmentRow(
        guid=segment_guid(source.guid, start, end),
        source_id=number,
        kind=SegmentKind.TURN.value,
        start=start,
        end=end,
        words=word_count(said),
        text_hash=text_hash(said),
        heading=None if like is None else like.heading,
        headings=[] if like is None else list(like.headings),
        attributes={} if like is None else dict(like.attributes),
        is_idle=True,
    )
    session.add(row)
    session.flush()
    return row


def _store_turns(session: Session, source_id: int, placed: Sequence[Placed]) -> None:
    """Store turns: those that begin at the same offset keep their numbers. Rows left over go last of all."""
    rows = {row.start: row for row in session.exec(select(TurnRow).where(TurnRow.source_id == source_id))}
    guids = {place.case for place in placed if place.case is not None}
    cases = dict(session.exec(select(CaseRow.guid, CaseRow.id).where(col(CaseRow.guid).in_(guids))).all())
    for position, (turn, case) in enumerate(placed):
        row = rows.get(turn.start) or TurnRow(source_id=source_id, position=position, start=turn.start, end=0)
        values = {
            "position": position,
            "end": turn.end,
            "label": turn.label,
            "is_interviewer": turn.is_interviewer,
            "time": turn.time,
            "case_id": None if case is None else cases[case],
        }
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
        session.add(row)
    session.flush()


def _remove_unheld_turns(session: Session, source_id: int, placed: Sequence[Placed]) -> None:
    """Delete the rows of turns that are no longer there; no segment names them any more."""
    starts = [place.turn.start for place in placed]
    session.exec(
        delete(TurnRow).where(col(TurnRow.source_id) == source_id, ~among(TurnRow.start, starts))
        if starts
        else delete(TurnRow).where(col(TurnRow.source_id) == source_id)
    )
    session.flush()


def _hold(session: Session, source_id: int, turns: Sequence[Turn], only: Collection[int] = ()) -> None:
    """Tell each segment of a source's turns which turn and which case it is of, and whether it is in use."""
    held = {
        start: (number, case)
        for start, number, case in session.exec(
            select(TurnRow.start, TurnRow.id, TurnRow.case_id).where(TurnRow.source_id == source_id)
        )
    }
    coded = set(session.exec(select(CodingRow.segment_id).where(CodingRow.source_id == source_id)))
    query = select(AnySegmentRow).where(
        AnySegmentRow.source_id == source_id, AnySegmentRow.kind == SegmentKind.TURN.value
    )
    if only:
        query = query.where(among(AnySegmentRow.id, only))
    for row in session.exec(query):
        place = holder(turns, row.start, row.end)
        turn, case = (None, None) if place is None else held[turns[place].start]
        is_idle = turn is None or (row.made_by_id is not None and row.id not in coded)
        if (row.turn_id, row.case_id, row.is_idle) != (turn, case, is_idle):
            row.turn_id, row.case_id, row.is_idle = turn, case, is_idle
            session.add(row)
    session.flush()


def _in_use(session: Session, source_id: int) -> set[int]:
    rows = session.exec(
        select(AnySegmentRow.id).where(
            AnySegmentRow.source_id == source_id, col(AnySegmentRow.is_idle).is_(False)
        )
    )
    return {stored_id(number) for number in rows}


def _moves(session: Session, source: SourceRow, after: Sequence[Turn], by: str) -> list[NewDecision]:
    """Return the decisions that cut codings where turns now begin and end, and make the ranges they need."""
    number = stored_id(source.id)
    coded = _coded_by_log(session, number)
    rows = session.exec(select(AnySegmentRow).where(among(AnySegmentRow.id, coded)))
    moves: list[NewDecision] = []
    parts: set[int] = set()
    for row in sorted(rows, key=lambda row: (row.start, row.end)):
        ranges = pieces(source.text, row.start, row.end, after)
        if len(ranges) < 2:
            continue
        segments = [_part(session, source, start, end, by) for start, end in ranges]
        parts.update(segments)
        for coding in coded[stored_id(row.id)]:
            moves.append(NewDecision(Action.MOVE, coding.segment, coding.code, coder=coding.coder))
            moves += [
                NewDecision(Action.APPLY, part, coding.code, stance=coding.stance, coder=coding.coder)
                for part in segments
            ]
    if parts:
        _hold(session, number, after, parts)
    return moves


def _part(session: Session, source: SourceRow, start: int, end: int, by: str) -> int:
    """Return the number of the segment with a range; a new one is in use only while it is coded."""
    known = session.exec(
        select(AnySegmentRow.id).where(
            AnySegmentRow.source_id == source.id, AnySegmentRow.start == start, AnySegmentRow.end == end
        )
    ).first()
    if known is not None:
        return known
    row = _segment(session, source, start, end)
    row.made_by_id, row.made_at = coder_id(session, by), now()
    session.add(row)
    session.flush()
    return stored_id(row.id)


def _coded_by_log(session: Session, source_id: int) -> dict[int, list[Coding[int]]]:
    """Return the codings that the log makes on a source's turns, by segment, also those set aside."""
    decided = (
        select(DecisionRow.segment_id, DecisionRow.coder_id)
        .join(AnySegmentRow, col(AnySegmentRow.id) == DecisionRow.segment_id)
        .where(DecisionRow.source_id == source_id, AnySegmentRow.kind == SegmentKind.TURN.value)
        .distinct()
    )
    segments: dict[int, set[int]] = {}
    for segment, coder in session.exec(decided):
        segments.setdefault(coder, set()).add(segment)
    found: dict[int, list[Coding[int]]] = {}
    for coder in sorted(segments):
        for coding in fold(decision_log(session, segments[coder], coder)):
            found.setdefault(coding.segment, []).append(coding)
    return found


def _aside_with_decisions(session: Session, source_id: int) -> set[int]:
    decided = session.exec(
        select(DecisionRow.segment_id).where(DecisionRow.source_id == source_id).distinct()
    )
    return set_aside(session, set(decided))


def _refresh(session: Session, source_id: int, was_aside: Collection[int]) -> None:
    """Work out the codings again of the segments that were set aside, or are no longer."""
    changed = set(was_aside) ^ _aside_with_decisions(session, source_id)
    by_coder: dict[int, set[int]] = {}
    rows = session.exec(
        select(DecisionRow.coder_id, DecisionRow.segment_id)
        .where(among(DecisionRow.segment_id, changed))
        .distinct()
    )
    for coder, segment in rows:
        by_coder.setdefault(coder, set()).add(segment)
    for coder in sorted(by_coder):
        refresh_codings(session, by_coder[coder], coder)
    session.expire_all()


def asides(session: Session, source_id: int) -> list[AsideCoding]:
    """Return the codings of a source that do not count, because their words are no participant's any more."""
    return list(_newly_aside(session, source_id, ()))


def _newly_aside(session: Session, source_id: int, was_aside: Collection[int]) -> list[AsideCoding]:
    new = _aside_with_decisions(session, source_id) - set(was_aside)
    coded = _coded_by_log(session, source_id) if new else {}
    names = dict(session.exec(select(CoderRow.id, CoderRow.name)).all())
    rows = session.exec(
        select(AnySegmentRow.id, AnySegmentRow.start, AnySegmentRow.end)
        .where(among(AnySegmentRow.id, new))
        .order_by(col(AnySegmentRow.start))
    )
    return [
        AsideCoding(coding.code, names[coding.coder], start, end)
        for segment, start, end in rows
        for coding in coded.get(stored_id(segment), ())
    ]
