"""The memos that stand, each with the present names of its subject and of what it links to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, select

from quotegrid.domain.sources.memo_links import KnownThings, has_links, shown
from quotegrid.domain.sources.memos import STUDY, Memo, MemoSubject, Reference, followed
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.sources.memo_things import CodingKey, known_things, present_codings
from quotegrid.storage.sources.memos import memo_changes, stands
from quotegrid.storage.tables import AnySegmentRow, CodeRow, CoderRow, MemoRow, SourceRow


def list_memos(
    session: Session,
    *,
    segments: Collection[int] | None = None,
    only: Collection[int] | None = None,
    with_deleted: bool = False,
) -> list[Memo]:
    """Return memos, those on the study and on codes and cases first, then by the sources' names and texts.

    Args:
        session: A session.
        segments: The numbers of the segments; None for all memos, whatever they are on.
        only: The numbers of the memos; None for all.
        with_deleted: Whether those that were undone or deleted are returned too.
    """
    changes = memo_changes(session)
    query = (
        select(MemoRow, CoderRow.name)
        .join(CoderRow, col(CoderRow.id) == MemoRow.coder_id)
        .where(MemoRow.about != "decision")
    )
    if not with_deleted:
        query = query.where(stands(session, changes))
    if segments is not None:
        query = query.where(MemoRow.about == "segment", among(MemoRow.about_id, segments))
    if only is not None:
        query = query.where(among(MemoRow.id, only))
    rows = session.exec(query).all()
    texts = {}
    for row, _ in rows:
        number = stored_id(row.id)
        texts[number] = changes[number].text if number in changes and changes[number].text else row.text
    names_things = any(row.about in ("code", "case", "coding") for row, _ in rows)
    # The brackets of a comment that came with a file are its author's own.
    own = [texts[stored_id(row.id)] for row, _ in rows if not row.is_imported]
    linked = [text for text in own if has_links(text)]
    things = known_things(session, linked) if names_things or linked else KnownThings()
    subjects = _Subjects(session, [row for row, _ in rows], things)
    memos = []
    for row, author in rows:
        number = stored_id(row.id)
        subject = subjects.of(row)
        memos.append(
            Memo(
                id=number,
                guid=row.guid,
                reference=subject.reference,
                about=subject.name,
                source=subject.source,
                segment=subject.segment,
                start=subject.start,
                end=subject.end,
                code=subject.code,
                case=subject.case,
                coder=subject.coder,
                author=author,
                at=row.at,
                changed_at=changes[number].at if number in changes else None,
                day=row.day,
                text=texts[number] if row.is_imported else shown(texts[number], things),
                kept=texts[number],
                is_imported=row.is_imported,
                is_gone=subject.is_gone,
            )
        )
    return sorted(memos, key=_place)


_UNNAMED = "a source no longer there"
"""The name of the subject of a memo of an older version, once it is gone."""
_ORDER = (MemoSubject.STUDY, MemoSubject.CODE, MemoSubject.CASE)


def _place(memo: Memo) -> tuple[int, str, int, str, int]:
    first = _ORDER.index(memo.subject) if memo.subject in _ORDER else len(_ORDER)
    name = memo.source if memo.source is not None else "" if memo.subject is MemoSubject.STUDY else memo.about
    start = -1 if memo.start is None else memo.start
    return (first, name.casefold(), start, memo.date if first == 0 else "", memo.id)


@dataclass(frozen=True, slots=True)
class _Subject:
    """The subject of a memo, by present names."""

    reference: Reference
    name: str
    source: str | None = None
    segment: int | None = None
    start: int | None = None
    end: int | None = None
    code: str | None = None
    case: str | None = None
    coder: str | None = None
    is_gone: bool = False


class _Subjects:
    """The subjects of memos, looked up together."""

    def __init__(self, session: Session, rows: Sequence[MemoRow], things: KnownThings) -> None:
        self._things = things
        self._codes: dict[str, tuple[int, str]] = {}
        self._code_guids: dict[int, str] = {}
        self._coders: dict[int, str] = {}
        self._now: dict[CodingKey, CodingKey] = {}
        if any(row.about in ("code", "coding") for row in rows):
            codes = session.exec(select(CodeRow.guid, CodeRow.id, CodeRow.name)).all()
            self._codes = {guid: (stored_id(number), name) for guid, number, name in codes}
            self._code_guids = {number: guid for guid, (number, _) in self._codes.items()}
            coders = session.exec(select(CoderRow.id, CoderRow.name)).all()
            self._coders = {stored_id(number): name for number, name in coders}
            keys = [key for row in rows if (key := self._key(row)) is not None]
            self._now = present_codings(session, keys)
        numbers = {row.about_id for row in rows if row.about in ("segment", "coding") and row.about_id}
        self._segments = _segments(session, {*numbers, *(segment for segment, _, _ in self._now.values())})
        sources = select(SourceRow.id, SourceRow.guid, SourceRow.name)
        self._sources = {number: (guid, name) for number, guid, name in session.exec(sources)}

    def of(self, row: MemoRow) -> _Subject:
        """Return the subject of a memo."""
        subject = self._present(row)
        return subject if subject.name else replace(subject, name=_UNNAMED)

    def _present(self, row: MemoRow) -> _Subject:
        match row.about:
            case "study":
                return _Subject(STUDY, "the study")
            case "code":
                guid = followed(row.about_guid or "", self._things.codes, self._things.merged)
                name = self._codes[guid][1] if guid in self._codes else row.about_name
                is_gone = guid not in self._things.codes
                return _Subject(Reference(MemoSubject.CODE, guid), name, code=name, is_gone=is_gone)
            case "case":
                guid = followed(row.about_guid or "", self._things.cases, self._things.merged)
                name = self._things.cases.get(guid, row.about_name)
                is_gone = guid not in self._things.cases
                return _Subject(Reference(MemoSubject.CASE, guid), name, case=name, is_gone=is_gone)
            case "coding":
                return self._coding(row)
            case "segment":
                return self._segment(row)
        return self._source(row)

    def _key(self, row: MemoRow) -> CodingKey | None:
        """Return the coding that a memo was written on."""
        code = self._codes.get(row.about_guid or "")
        if row.about != "coding" or row.about_id is None or code is None or row.whose_id is None:
            return None
        return (row.about_id, code[0], row.whose_id)

    def _coding(self, row: MemoRow) -> _Subject:
        key = self._key(row)
        now = None if key is None else self._now.get(key)
        number, code, coder = now or key or (row.about_id or 0, 0, row.whose_id or 0)
        guid = self._code_guids.get(code, row.about_guid or "")
        found = self._segments.get(number)
        name = self._codes[guid][1] if guid in self._codes else None
        if found is None:
            reference = Reference(MemoSubject.CODING, code=guid)
            return _Subject(reference, row.about_name, code=name, is_gone=True)
        of_segment, start, end, source, _ = found
        return _Subject(
            Reference(MemoSubject.CODING, of_segment, guid),
            f"{name} on passage {number} of {source}",
            source=source,
            segment=number,
            start=start,
            end=end,
            code=name,
            coder=self._coders.get(coder),
            is_gone=now is None,
        )

    def _segment(self, row: MemoRow) -> _Subject:
        found = self._segments.get(row.about_id or 0)
        if found is None:
            return _Subject(
                Reference(MemoSubject.PASSAGE), row.about_name, start=row.start, end=row.end, is_gone=True
            )
        guid, start, end, source, is_idle = found
        start, end = (start, end) if row.start is None or row.end is None else (row.start, row.end)
        reference = Reference(MemoSubject.PASSAGE, guid)
        if is_idle:
            return _Subject(reference, f"{source}:{start}-{end}", source, None, start, end)
        return _Subject(reference, f"passage {row.about_id} of {source}", source, row.about_id, start, end)

    def _source(self, row: MemoRow) -> _Subject:
        guid, name = self._sources.get(row.about_id, ("", ""))
        subject = MemoSubject.SOURCE if row.start is None else MemoSubject.PASSAGE
        if not guid:
            reference = Reference(subject)
            return _Subject(reference, row.about_name, start=row.start, end=row.end, is_gone=True)
        reference = Reference(subject, guid, start=row.start, end=row.end)
        words = name if row.start is None else f"{name}:{row.start}-{row.end}"
        return _Subject(reference, words, name, None, row.start, row.end)


def _segments(session: Session, numbers: Collection[int]) -> dict[int, tuple[str, int, int, str, bool]]:
    """Return GUID, start, end, source and whether it is out of use of each segment, by its number."""
    columns: list[Any] = [
        AnySegmentRow.id,
        AnySegmentRow.guid,
        AnySegmentRow.start,
        AnySegmentRow.end,
        SourceRow.name,
        AnySegmentRow.is_idle,
    ]
    query = (
        sqlalchemy.select(*columns)
        .join_from(AnySegmentRow, SourceRow, col(SourceRow.id) == AnySegmentRow.source_id)
        .where(among(AnySegmentRow.id, numbers))
    )
    return {row[0]: tuple(row[1:]) for row in session.connection().execute(query)}
