"""Edits of turns brought into the tables: turns, passages, cases, codings and suggestions, and back again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from sqlmodel import Session, col, delete, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.recutting import Cut, PassageChanges, recut
from quotegrid.domain.text.normalise import name_key
from quotegrid.storage.coding.decisions import (
    add_decisions,
    coder_id,
)
from quotegrid.storage.coding.summaries import summarised_cases
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import taken_back_of_kind
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
from quotegrid.storage.sources.turns.rejoined_codings import former_passages, moves_of_rejoined
from quotegrid.storage.sources.turns.turn_changes import (
    LoggedTurnChange,
    TurnChange,
    add_turn_change,
    list_turn_changes,
)
from quotegrid.storage.sources.turns.turn_passages import (
    SetAsideCoding,
    aside_with_decisions,
    decided_ranges,
    hold,
    mark_passages,
    moves_of_codings,
    newly_aside,
    passage_changes,
    passage_ranges,
    refresh_changed,
    segments_in_use,
)
from quotegrid.storage.suggestions.suggestions import give_back_suggestions, take_suggestions
from quotegrid.storage.tables import (
    AnySourceRow,
    CaseAliasRow,
    CaseRow,
    SourceRow,
    TurnRow,
)

Naming = Callable[[str], str]
"""Names the case of a speaker whom the study does not know, by the label."""


class PlacedTurn(NamedTuple):
    """A turn with the GUID of its case."""

    turn: Turn
    case: str | None


@dataclass(frozen=True, slots=True)
class CarriedVersion:
    """The edits of turns that a new version of a source has from the old one."""

    read: Sequence[Turn]
    """The turns of the new version as its file is read."""
    passages: PassageChanges
    """The passages that differ for it."""
    places: int
    """The number of places that are put right."""


@dataclass(frozen=True, slots=True)
class TurnEditResult:
    """The result of an edit of turns."""

    entry: int
    moved: int
    """The number of codings that were cut where turns now begin and end."""
    rejoined: int
    """The number of parts of codings that an earlier edit had cut and that belong together again."""
    aside: tuple[SetAsideCoding, ...]
    """The codings that count no more, in the order of the text."""
    new_cases: tuple[str, ...]
    silent_cases: tuple[str, ...]
    """The cases that say nothing any more."""


def placed_turns(session: Session, source_id: int) -> list[PlacedTurn]:
    """Return the turns of a source in order, each with the GUID of its case."""
    rows = session.exec(
        select(TurnRow, CaseRow.guid)
        .outerjoin(CaseRow, col(CaseRow.id) == TurnRow.case_id)
        .where(TurnRow.source_id == source_id)
        .order_by(col(TurnRow.position))
    )
    return [
        PlacedTurn(Turn(row.start, row.end, row.label, row.is_interviewer, row.time), guid)
        for row, guid in rows
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
) -> TurnEditResult:
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
    now_placed = [PlacedTurn(turn, kept[turn] if turn in kept else cases.of(turn)) for turn in after]
    stay = set(before).intersection(now_placed)
    removed = [place for place in before if place not in stay]
    added = [place for place in now_placed if place not in stay]
    was_aside = aside_with_decisions(session, number)
    used = segments_in_use(session, number)
    found = recut(
        source.text,
        [place.turn for place in before],
        after,
        passage_ranges(session, number),
        cut,
        fixed=decided_ranges(session, number),
        former=former_passages(session, source),
    )
    passages = passage_changes(session, number, found.gone, found.new, by)
    _store_turns(session, number, now_placed)
    mark_passages(session, source, passages, "after")
    hold(session, number, after)
    lost = used - segments_in_use(session, number)
    suggestions = take_suggestions(session, lost)
    moves = moves_of_codings(session, source, after, by)
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
    rejoined = moves_of_rejoined(session, source, after, by)
    if rejoined:
        add_decisions(session, coder_id(session, by), rejoined, group=entry)
    refresh_changed(session, number, was_aside)
    return TurnEditResult(
        entry,
        moved=sum(move.action is Action.MOVE for move in moves),
        rejoined=sum(move.action is Action.MOVE for move in rejoined),
        aside=tuple(newly_aside(session, number, was_aside)),
        new_cases=tuple(row.name for row in cases.new),
        silent_cases=tuple(str(case["case"]["name"]) for case in silent),
    )


def turns_as_read(session: Session, source: SourceRow) -> list[Turn]:
    """Return the turns of a source as its file was read, before anybody edited them."""
    gone = taken_back_of_kind(session, EntryKind.TURNS)
    turns = {place.turn for place in placed_turns(session, stored_id(source.id))}
    for logged in reversed(list_turn_changes(session, source.guid)):
        if logged.entry not in gone:
            leaves, comes = _sides(logged.change, is_undo=True)
            turns.difference_update(place.turn for place in leaves)
            turns.update(place.turn for place in comes)
    return sorted(turns, key=lambda turn: turn.start)


def log_carried(
    session: Session,
    by: str,
    source: AnySourceRow,
    carried: CarriedVersion,
    *,
    ticks: Sequence[int],
    group: int,
) -> None:
    """Add to the journal that a new version of a source has the edits of turns of the old one.

    Args:
        session: A transaction that writes.
        by: The name of whoever replaces the source.
        source: The new version, with the turns as they are edited.
        carried: What was carried into it.
        ticks: The places of what was unsure and had been ticked off.
        group: The entry of the replacement.
    """
    number = stored_id(source.id)
    read = {Turn(turn.start, turn.end, turn.label, turn.is_interviewer, turn.time) for turn in carried.read}
    placed = placed_turns(session, number)
    passages = passage_changes(session, number, carried.passages.gone, carried.passages.new, by)
    mark_passages(session, source, passages, "after")
    removed = sorted(read.difference(place.turn for place in placed), key=lambda turn: turn.start)
    change = TurnChange(
        removed=[_dumped(PlacedTurn(turn, None)) for turn in removed],
        added=[_dumped(place) for place in placed if place.turn not in read],
        passages=passages,
        ticks=list(ticks),
    )
    add_turn_change(session, by, source, "carried over who said what", change, group=group)


def obstacle(session: Session, source: SourceRow, logged: LoggedTurnChange, *, is_undo: bool) -> str:
    """Return what prevents an edit of turns from being taken back or made again; empty if nothing does.

    Args:
        session: A session.
        source: The source.
        logged: The edit.
        is_undo: Whether it is to be taken back.
    """
    leaves, comes = _sides(logged.change, is_undo=is_undo)
    there = set(placed_turns(session, stored_id(source.id)))
    then = sorted((turn for turn, _ in (*there.difference(leaves), *comes)), key=lambda turn: turn.start)
    if not there.issuperset(leaves) or any(turn.end > following.start for turn, following in pairwise(then)):
        return "the turns that it changed have been changed again since"
    back = _missing_cases(session, logged.change, is_undo=is_undo)
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
    was_aside = aside_with_decisions(session, number)
    leaves, comes = _sides(change, is_undo=is_undo)
    bring_back(session, _missing_cases(session, change, is_undo=is_undo))
    stay = set(placed_turns(session, number)).difference(leaves)
    placed = sorted([*stay, *comes], key=lambda place: place.turn.start)
    used = segments_in_use(session, number)
    _store_turns(session, number, placed)
    mark_passages(session, source, change.passages, "before" if is_undo else "after")
    hold(session, number, [place.turn for place in placed])
    take_suggestions(session, used - segments_in_use(session, number))
    _remove_unheld_turns(session, number, placed)
    silent = guids_of(change.new_cases if is_undo else change.silent_cases)
    take_silent(session, silent, summarised_cases(session))
    refresh_changed(session, number, was_aside)
    if is_undo:
        give_back_suggestions(session, change.suggestions)


def _missing_cases(session: Session, change: TurnChange, *, is_undo: bool) -> list[SilentCase]:
    """Return the cases that have to be made again: those that were deleted and are not there."""
    wanted = change.silent_cases if is_undo else change.new_cases
    there = set(session.exec(select(CaseRow.guid).where(col(CaseRow.guid).in_(guids_of(wanted)))))
    return [kept for kept in wanted if kept["case"]["guid"] not in there]


def _sides(change: TurnChange, *, is_undo: bool) -> tuple[list[PlacedTurn], list[PlacedTurn]]:
    """Return the turns that leave and those that come when an edit is undone or redone."""
    removed, added = ([_loaded(turn) for turn in turns] for turns in (change.removed, change.added))
    return (added, removed) if is_undo else (removed, added)


def _dumped(place: PlacedTurn) -> dict[str, Any]:
    turn = place.turn
    return {
        "start": turn.start,
        "end": turn.end,
        "label": turn.label,
        "asks": turn.is_interviewer,
        "time": turn.time,
        "case": place.case,
    }


def _loaded(kept: Mapping[str, Any]) -> PlacedTurn:
    turn = Turn(kept["start"], kept["end"], kept["label"], kept["asks"], kept["time"])
    return PlacedTurn(turn, kept["case"])


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


def _store_turns(session: Session, source_id: int, placed: Sequence[PlacedTurn]) -> None:
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


def _remove_unheld_turns(session: Session, source_id: int, placed: Sequence[PlacedTurn]) -> None:
    """Delete the rows of turns that are no longer there; no segment names them any more."""
    starts = [place.turn.start for place in placed]
    session.exec(
        delete(TurnRow).where(col(TurnRow.source_id) == source_id, ~among(TurnRow.start, starts))
        if starts
        else delete(TurnRow).where(col(TurnRow.source_id) == source_id)
    )
    session.flush()
