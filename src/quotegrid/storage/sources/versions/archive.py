"""A source that is set aside: what hangs on it leaves the tables, and is put back as it was."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from itertools import count
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, or_, select, update

from quotegrid.domain.people.case_values import name_key
from quotegrid.storage.coding.decisions import refresh_codings
from quotegrid.storage.coding.summaries import summarised_cases
from quotegrid.storage.engines.inserting import insert_rows
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.people.case_log import changed_cases
from quotegrid.storage.people.case_values import settle
from quotegrid.storage.people.cases import known_names, remove_silent_cases
from quotegrid.storage.sources.memos import noted_cases
from quotegrid.storage.suggestions.suggestions import refresh_verdicts
from quotegrid.storage.tables import (
    AnySegmentRow,
    AnySourceRow,
    AttributeRow,
    CaseAliasRow,
    CaseRow,
    CaseValueRow,
    CodeRow,
    CodingRow,
    DecisionRow,
    MemoRow,
    SourceArchiveRow,
    StudyRow,
    SuggestionRow,
    TurnRow,
)

Archive = dict[str, Any]
"""The rows of each table as they were, by table; GUID and name of all cases that spoke, by number."""


def packed(archive: Archive) -> bytes:
    """Return an archive in the form in which it is stored."""
    return zlib.compress(json.dumps(archive, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def unpacked(content: bytes) -> Archive:
    """Return a stored archive."""
    archive: Archive = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
    return archive


def take_out(session: Session, source_id: int, new_name: str) -> Archive:
    """Set a source aside under another name: nothing that counts or lists sees it any more.

    Its passages stay for the log; its turns and values go. `drop_silent_cases` is to follow.

    Returns:
        What is to be put back.
    """
    source = session.get_one(AnySourceRow, source_id)
    segments = _rows(session, AnySegmentRow, AnySegmentRow.source_id == source_id)
    numbers = [row["id"] for row in segments]
    turns = _rows(session, TurnRow, TurnRow.source_id == source_id)
    speaking = {row["case_id"] for row in (*segments, *turns) if row["case_id"] is not None}
    archive: Archive = {
        "name": source.name,
        "joined": session.exec(select(StudyRow.joined)).one(),
        "segment": segments,
        "turn": turns,
        "attribute": _rows(session, AttributeRow, AttributeRow.source_id == source_id),
        "case_value": _rows(session, CaseValueRow, CaseValueRow.source_id == source_id),
        "suggestion": _rows(session, SuggestionRow, among(SuggestionRow.segment_id, numbers)),
        "memo": [
            {name: row[name] for name in ("id", "about", "about_id", "start", "end")}
            for row in (
                *_rows(session, MemoRow, MemoRow.about == "source", MemoRow.about_id == source_id),
                *_rows(session, MemoRow, MemoRow.about == "segment", among(MemoRow.about_id, numbers)),
            )
        ],
    }
    cases = _rows(session, CaseRow, among(CaseRow.id, speaking))
    archive["spoke"] = {str(row["id"]): (row["guid"], row["name"]) for row in cases}
    session.exec(delete(CodingRow).where(among(CodingRow.segment_id, numbers)))
    session.exec(delete(SuggestionRow).where(among(SuggestionRow.segment_id, numbers)))
    session.exec(
        update(AnySegmentRow)
        .where(col(AnySegmentRow.source_id) == source_id)
        .values(turn_id=None, case_id=None, is_idle=True)
    )
    for table in (TurnRow, AttributeRow, CaseValueRow):
        session.exec(delete(table).where(col(table.source_id) == source_id))
    source.name, source.is_aside = new_name, True
    session.add(source)
    session.flush()
    session.expire_all()
    settle(session, speaking)
    return archive


def cases_to_keep(session: Session) -> set[str]:
    """Return the GUIDs of the cases that stay though they speak nowhere: changed, summarised, with a memo."""
    return changed_cases(session) | summarised_cases(session) | noted_cases(session)


def drop_silent_cases(session: Session, archive: Archive) -> None:
    """Delete the cases that spoke in a source alone that was taken out, and note them in its archive.

    Those that somebody has changed, summarised or written a memo on stay.
    """
    speaking = [int(number) for number in archive["spoke"]]
    cases = _rows(session, CaseRow, among(CaseRow.id, speaking))
    aliases = _rows(session, CaseAliasRow, among(CaseAliasRow.case_id, speaking))
    values = _rows(session, CaseValueRow, among(CaseValueRow.case_id, speaking))
    remove_silent_cases(session, cases_to_keep(session))
    there = set(session.exec(select(CaseRow.id).where(among(CaseRow.id, speaking))))
    archive["gone_case"] = [row for row in cases if row["id"] not in there]
    archive["gone_alias"] = [row for row in aliases if row["case_id"] not in there]
    archive["gone_value"] = [row for row in values if row["case_id"] not in there]


def put_back(session: Session, source_id: int, archive: Archive) -> None:
    """Put a source that was set aside in use again, with all that hung on it.

    A case that has been merged with another since is that one.
    """
    source = session.get_one(AnySourceRow, source_id)
    source.name, source.is_aside = archive["name"], False
    session.add(source)
    session.flush()
    now = _cases_now(session, archive)

    def spoken(row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "case_id": None if row["case_id"] is None else now[row["case_id"]]}

    turns = _turns_now(session, [spoken(row) for row in archive["turn"]])
    for row in archive["segment"]:
        values = {**_unnumbered(spoken(row)), "turn_id": turns.get(row["turn_id"])}
        session.exec(update(AnySegmentRow).where(col(AnySegmentRow.id) == row["id"]).values(**values))
    insert_rows(session, AttributeRow, [_unnumbered(row) for row in archive["attribute"]])
    insert_rows(session, CaseValueRow, [_unnumbered(spoken(row)) for row in archive["case_value"]])
    for row in archive["memo"]:
        session.exec(update(MemoRow).where(col(MemoRow.id) == row["id"]).values(**_unnumbered(row)))
    numbers = [row["id"] for row in archive["segment"]]
    session.exec(delete(SuggestionRow).where(among(SuggestionRow.segment_id, numbers)))
    codes = set(session.exec(select(CodeRow.id)))
    suggested = [_unnumbered(row) for row in archive["suggestion"] if row["code_id"] in codes]
    insert_rows(session, SuggestionRow, suggested)
    session.expire_all()
    settle(session, set(now.values()))
    study = session.exec(select(StudyRow)).one()
    if study.joined != archive["joined"]:
        # The spellings that are joined have changed meanwhile: they are followed anew.
        study.joined = ""
        session.add(study)
    count_again(session, numbers)


def count_again(session: Session, segments: Collection[int]) -> None:
    """Bring the codings and verdicts on segments in step with the log, whoever decided."""
    session.flush()
    coders = session.exec(
        select(DecisionRow.coder_id).where(among(DecisionRow.segment_id, segments)).distinct()
    )
    for coder in sorted(coders):
        refresh_codings(session, segments, coder)
    refresh_verdicts(session, segments)


def _cases_now(session: Session, archive: Archive) -> dict[int, int]:
    """Return the case that each case of an archive is now, after bringing back those that had gone."""
    there = {guid: stored_id(number) for guid, number in session.exec(select(CaseRow.guid, CaseRow.id))}
    known = known_names(session)
    gone = {row["guid"]: row for row in archive["gone_case"]}
    now: dict[int, int] = {}
    for before, (guid, name) in archive["spoke"].items():
        number = there.get(guid) or known.get(name_key(name))
        if number is None:
            is_free = session.get(CaseRow, int(before)) is None
            values = gone.get(guid, {"id": int(before), "guid": guid, "name": name})
            row = CaseRow(**(values if is_free else _unnumbered(values)))
            session.add(row)
            session.flush()
            number = stored_id(row.id)
            for table, rows in ((CaseAliasRow, "gone_alias"), (CaseValueRow, "gone_value")):
                theirs = [row for row in archive[rows] if row["case_id"] == int(before)]
                insert_rows(session, table, [{**_unnumbered(row), "case_id": number} for row in theirs])
        now[int(before)] = number
    return now


def _turns_now(session: Session, turns: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Store turns again and return the number of each by the one that it had, which is free as a rule."""
    taken = set(session.exec(select(TurnRow.id).where(among(TurnRow.id, [row["id"] for row in turns]))))
    now: dict[int, int] = {}
    for values in turns:
        row = TurnRow(**(_unnumbered(values) if values["id"] in taken else values))
        session.add(row)
        session.flush()
        now[values["id"]] = stored_id(row.id)
    return now


def _unnumbered(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def _rows(session: Session, table: type[SQLModel], *where: Any) -> list[dict[str, Any]]:
    query = select(table).where(*where).order_by(table.id)  # type: ignore[attr-defined]  # every table has one
    return [row.model_dump() for row in session.exec(query)]


def is_version(session: Session, source_id: int) -> bool:
    """Return whether the journal has set a source aside or put it in another's place."""
    row = select(SourceArchiveRow.id).where(
        or_(col(SourceArchiveRow.source_id) == source_id, col(SourceArchiveRow.instead_id) == source_id)
    )
    return session.exec(row).first() is not None


def name_aside(session: Session, name: str, what: str) -> str:
    """Return a free name for a source that is set aside: "ward.txt (version 1)", "ward.txt (removed 1)"."""
    taken = set(session.exec(select(AnySourceRow.name).where(col(AnySourceRow.name).startswith(name))))
    return next(free for number in count(1) if (free := f"{name} ({what} {number})") not in taken)
