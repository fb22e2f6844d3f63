"""Cases: who speaks, by which names they go, and what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from quotegrid.domain.areas import Areas
from quotegrid.domain.cases import (
    WHO,
    Conflict,
    Origin,
    Said,
    agree,
    conflicts,
    name_key,
    standing,
    with_area,
)
from quotegrid.domain.sources import ReadWarning, Source, Speaker, WarningKind
from quotegrid.domain.stakeholders import Stakeholders
from quotegrid.storage.tables import (
    AreaValueRow,
    CaseAliasRow,
    CaseRow,
    CaseValueRow,
    SegmentRow,
    SourceRow,
    TurnRow,
)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case as it is listed."""

    id: int
    guid: str
    name: str
    group: str | None
    role: str | None
    area: str | None
    attributes: Mapping[str, str]
    sources: tuple[str, ...]
    segments: int


@dataclass(frozen=True, slots=True)
class CaseSays:
    """Where a case speaks: one speaker label of one source."""

    source: str
    label: str
    turns: int


def find_case(session: Session, name: str) -> CaseRow | None:
    """The case that goes by a name, case aside: its own, or another that it is known by."""
    number = _known_names(session).get(name_key(name))
    return None if number is None else session.get_one(CaseRow, number)


def all_names(session: Session) -> list[str]:
    """The names of all cases, in order."""
    return list(session.exec(select(CaseRow.name).order_by(CaseRow.name)))


def other_names(session: Session) -> dict[int, list[str]]:
    """The other names that each case is known by."""
    found: dict[int, list[str]] = {}
    rows = session.exec(select(CaseAliasRow).where(CaseAliasRow.source == "").order_by(col(CaseAliasRow.id)))
    for row in rows:
        found.setdefault(row.case_id, []).append(row.name)
    return found


def _known_names(session: Session) -> dict[str, int]:
    """The case behind each name, by `name_key`."""
    aliases = session.exec(
        select(CaseAliasRow.name, CaseAliasRow.case_id).where(CaseAliasRow.source == "")
    ).all()
    names = session.exec(select(CaseRow.name, CaseRow.id)).all()
    return {name_key(name): number for name, number in (*aliases, *names) if number is not None}


def place_speakers(
    session: Session, source: Source, source_id: int
) -> tuple[dict[str, int], list[ReadWarning]]:
    """Find or make the case behind each speaker label of a source, and keep what is said of it.

    A name that somebody merged or renamed leads to the case that it is now. Where an equally trusted
    group differs, the speaker is a case of their own, called after the source too: a merge can join them.

    Returns:
        The case of each label, and what contradicts other sources.
    """
    placing = _Placing(session, source)
    rows = {label: placing.case_of(label, one) for label, one in source.speakers.items() if one.name}
    session.flush()
    for label, row in rows.items():
        session.add_all(
            _value_row(said, _id(row.id), source_id, label) for said in source.speakers[label].values()
        )
    session.flush()
    settle(session, {_id(row.id) for row in rows.values()})
    return {label: _id(row.id) for label, row in rows.items()}, [*placing.warnings, *placing.contradictions()]


class _Placing:
    """The speakers of one source among the cases of the study."""

    def __init__(self, session: Session, source: Source) -> None:
        self.warnings: list[ReadWarning] = []
        self._session = session
        self._source = source
        self._names = _known_names(session)
        self._pinned = {
            row.name: row.case_id
            for row in session.exec(select(CaseAliasRow).where(CaseAliasRow.source == source.name))
        }
        speakers = [one.name for one in source.speakers.values() if one.name]
        keys = [name_key(form) for name in speakers for form in (name, self._kept_apart(name))]
        numbers = {self._names[key] for key in keys if key in self._names} | set(self._pinned.values())
        self._rows = {_id(row.id): row for row in _cases(session, numbers)}
        self._said = {
            self._rows[number].guid: list(said) for number, said in said_of(session, numbers).items()
        }
        self._new: dict[str, CaseRow] = {}
        self._said_here: dict[str, list[Said]] = {}

    def _kept_apart(self, name: str) -> str:
        return f"{name} ({Path(self._source.name).stem})"

    def case_of(self, label: str, speaker: Speaker) -> CaseRow:
        """The case of a speaker, a new one where there is none."""
        values = list(speaker.values())
        name = speaker.name
        row = self._rows[self._pinned[label]] if label in self._pinned else self._named(name)
        if row is not None and label not in self._pinned:
            known, said = self._other_group(row, values)
            if known and said:
                name = self._kept_apart(speaker.name)
                self.warnings.append(
                    ReadWarning(
                        WarningKind.CONFLICT,
                        f'"{speaker.name}" is "{known.value}" in another source and "{said.value}" here; '
                        f'kept apart as "{name}". If they are one person, join them with '
                        '"quotegrid cases merge".',
                    )
                )
                row = self._named(name)
        if row is None:
            row = CaseRow(name=name)
            self._session.add(row)
            self._new[name_key(name)] = row
        self._said.setdefault(row.guid, []).extend(values)
        self._said_here.setdefault(row.guid, []).extend(values)
        return row

    def _named(self, name: str) -> CaseRow | None:
        key = name_key(name)
        number = self._names.get(key)
        return self._new.get(key) if number is None else self._rows[number]

    def _other_group(self, row: CaseRow, values: Sequence[Said]) -> tuple[Said | None, Said | None]:
        """The group of a case and the one that is said here, where both are trusted alike and differ."""
        before = self._said.get(row.guid, [])
        known, said = standing(before).get("group"), standing(values).get("group")
        if known is None or said is None or known.origin is not said.origin:
            return None, None
        heard = [one for one in before if one.field == "group" and one.origin is said.origin]
        if any(agree("group", one.value, said.value) for one in heard):
            return None, None
        return known, said

    def contradictions(self) -> list[ReadWarning]:
        """What this source says differently from others of cases that they share."""
        of_areas = area_values(self._session)
        found = []
        for row in (*self._rows.values(), *self._new.values()):
            here = set(self._said_here.get(row.guid, ()))
            for conflict in conflicts(with_area(self._said.get(row.guid, []), of_areas)) if here else ():
                told = (conflict.stands, *conflict.others)
                mine = [one for one in told if one in here]
                if mine and len(mine) < len(told):
                    line = mine[0].line if mine[0].place == self._source.name else None
                    found.append(ReadWarning(WarningKind.CONFLICT, f'"{row.name}": {conflict}', line))
        return found


def said_of(session: Session, cases: Collection[int] | None = None) -> dict[int, list[Said]]:
    """What is said of each case, in the order in which it came in; derived from areas left out."""
    found: dict[int, list[Said]] = {}
    for row in _value_rows(session, cases):
        found.setdefault(row.case_id, []).append(_said(row))
    return found


def told_of(session: Session, case_id: int) -> list[Said]:
    """What is said of a case, with what follows from its area."""
    return with_area(said_of(session, [case_id]).get(case_id, []), area_values(session))


def all_conflicts(session: Session) -> dict[int, list[Conflict]]:
    """What is said differently of each case."""
    of_areas = area_values(session)
    return {
        number: found
        for number, said in said_of(session).items()
        if (found := conflicts(with_area(said, of_areas)))
    }


def settle(session: Session, cases: Collection[int] | None = None) -> int:
    """Bring the columns of cases in step with what is said of them.

    Returns:
        How many values changed.
    """
    of_areas = area_values(session)
    said = said_of(session, cases)
    changed = 0
    for row in _cases(session, cases):
        stands = standing(with_area(said.get(_id(row.id), []), of_areas))
        values = {field: one.value for field, one in stands.items()}
        for field in WHO:
            if getattr(row, field) != values.get(field):
                setattr(row, field, values.get(field))
                changed += 1
        attributes = {field: value for field, value in values.items() if field not in WHO}
        if row.attributes != attributes:
            both = row.attributes.keys() | attributes.keys()
            changed += sum(row.attributes.get(name) != attributes.get(name) for name in both)
            row.attributes = attributes
        session.add(row)
    session.flush()
    return changed


def replace_table_values(
    session: Session, case_id: int, source_id: int, label: str, said: Sequence[Said], files: Collection[str]
) -> None:
    """Let attributes tables that are read again say what they say now of a speaker label.

    Args:
        session: A session.
        case_id: The case behind the label.
        source_id: The source.
        label: The speaker label.
        said: What the tables say.
        files: The tables; what others said stays.
    """
    query = select(CaseValueRow).where(
        CaseValueRow.source_id == source_id,
        CaseValueRow.label == label,
        CaseValueRow.origin == Origin.TABLE.value,
        col(CaseValueRow.place).in_(list(files)),
    )
    old = list(session.exec(query.order_by(col(CaseValueRow.id))))
    if [_said(row) for row in old] == list(said):
        return
    for row in old:
        session.delete(row)
    session.add_all(_value_row(one, case_id, source_id, label) for one in said)
    session.flush()


def follow_settings(session: Session, stakeholders: Stakeholders, areas: Areas) -> None:
    """Derive the groups of roles, and name areas, as the settings have it now.

    A role gives a group only where nothing beside it says one.
    """
    voices: dict[tuple[int, int | None, str], list[CaseValueRow]] = {}
    for row in _value_rows(session, None):
        voices.setdefault((row.case_id, row.source_id, row.label), []).append(row)
    for (case_id, source_id, label), rows in voices.items():
        for row in rows:
            if row.field == "area" and row.source_id is not None:
                row.value = areas.standard(row.value)
        derived = [row for row in rows if _said(row).follows]
        roles = dict.fromkeys(row.value for row in rows if row.field == "role")
        wanted: dict[str, str] = {}
        if not any(row.field == "group" and row not in derived for row in rows):
            groups = {role: stakeholders.group_of_role(role) for role in roles}
            wanted = {role: group for role, group in groups.items() if group is not None}
        for row in derived:
            group = wanted.pop(row.place, None)
            if group is None:
                session.delete(row)
            else:
                row.value = group
        session.add_all(
            _value_row(Said("group", group, Origin.DERIVED, role), case_id, source_id, label)
            for role, group in wanted.items()
        )
    session.flush()
    for source in session.exec(select(SourceRow).where(col(SourceRow.area).is_not(None))):
        source.area = areas.standard(source.area or "")
        session.add(source)
    session.flush()


def area_values(session: Session) -> dict[str, list[Said]]:
    """The attributes of each area, by `area_key`."""
    found: dict[str, list[Said]] = {}
    for row in session.exec(select(AreaValueRow).order_by(col(AreaValueRow.id))):
        said = Said(row.name, row.value, Origin.DERIVED, row.place, row.line)
        found.setdefault(row.area, []).append(said)
    return found


def save_area_values(session: Session, said: Mapping[str, Sequence[Said]]) -> None:
    """Keep the attributes that tables give to areas (by `area_key`), in place of what they had."""
    rows = {(row.area, row.name): row for row in session.exec(select(AreaValueRow))}
    for area, values in said.items():
        for one in values:
            row = rows.get((area, one.field)) or AreaValueRow(area=area, name=one.field, value="", place="")
            row.value, row.place, row.line = one.value, one.place, one.line
            rows[area, one.field] = row
            session.add(row)
    session.flush()


def where_cases_speak(session: Session) -> dict[int, list[CaseSays]]:
    """The sources and labels of each case, in the order of the sources' names."""
    found: dict[int, list[CaseSays]] = {}
    rows = session.exec(
        select(TurnRow.case_id, SourceRow.name, TurnRow.label, func.count())
        .join(SourceRow, col(SourceRow.id) == TurnRow.source_id)
        .where(col(TurnRow.case_id).is_not(None))
        .group_by(col(TurnRow.case_id), SourceRow.name, col(TurnRow.label))
        .order_by(SourceRow.name, col(TurnRow.label))
    )
    for case_id, source, label, turns in rows:
        found.setdefault(_id(case_id), []).append(CaseSays(source, label or "", turns))
    return found


def words_of(session: Session, cases: Collection[int]) -> Iterator[tuple[int, str, str, list[tuple[int, int]]]]:
    """What cases say, a source at a time: the case, the source's name and text, and where its turns stand."""
    for some in _chunks(cases):
        turns: dict[tuple[int, int], list[tuple[int, int]]] = {}
        rows = session.exec(
            select(TurnRow.source_id, TurnRow.case_id, TurnRow.start, TurnRow.end)
            .where(col(TurnRow.case_id).in_(some))
            .order_by(col(TurnRow.source_id), col(TurnRow.start))
        )
        for source_id, case_id, start, end in rows:
            turns.setdefault((source_id, _id(case_id)), []).append((start, end))
        name, text = "", ""
        last: int | None = None
        for (source_id, case_id), spans in turns.items():
            if source_id != last:
                name, text = session.exec(
                    select(SourceRow.name, SourceRow.text).where(SourceRow.id == source_id)
                ).one()
                last = source_id
            yield case_id, name, text, spans


def roles_of_quotes(session: Session) -> list[tuple[str, str, int]]:
    """The roles of reports' quotes that are in no group: role, source, and how many quotes."""
    rows = session.exec(
        select(SegmentRow.role, SourceRow.name, func.count())
        .join(SourceRow, col(SourceRow.id) == SegmentRow.source_id)
        .where(
            col(SegmentRow.role).is_not(None),
            col(SegmentRow.group).is_(None),
            col(SegmentRow.case_id).is_(None),
        )
        .group_by(col(SegmentRow.role), SourceRow.name)
        .order_by(col(SegmentRow.role), SourceRow.name)
    )
    return [(role or "", source, count) for role, source, count in rows]


def list_cases(session: Session) -> list[CaseSummary]:
    """All cases, by name."""
    segments = dict(
        session.exec(select(SegmentRow.case_id, func.count()).group_by(col(SegmentRow.case_id))).all()
    )
    sources: dict[int, list[str]] = {}
    spoken = (
        select(TurnRow.case_id, SourceRow.name)
        .join(SourceRow, col(SourceRow.id) == TurnRow.source_id)
        .where(col(TurnRow.case_id).is_not(None))
        .distinct()
        .order_by(SourceRow.name)
    )
    for case_id, name in session.exec(spoken):
        sources.setdefault(_id(case_id), []).append(name)
    return [
        CaseSummary(
            id=_id(row.id),
            guid=row.guid,
            name=row.name,
            group=row.group,
            role=row.role,
            area=row.area,
            attributes=row.attributes,
            sources=tuple(sources.get(_id(row.id), [])),
            segments=segments.get(row.id, 0),
        )
        for row in session.exec(select(CaseRow).order_by(CaseRow.name))
    ]


def remove_silent_cases(session: Session, kept: Collection[str]) -> None:
    """Take out the cases that speak nowhere.

    Args:
        session: A session.
        kept: The GUIDs of cases that stay whether or not they speak.
    """
    speaking = select(TurnRow.case_id).where(col(TurnRow.case_id).is_not(None))
    quoted = select(SegmentRow.case_id).where(col(SegmentRow.case_id).is_not(None))
    silent = session.exec(
        select(CaseRow.id, CaseRow.guid).where(
            col(CaseRow.id).not_in(speaking), col(CaseRow.id).not_in(quoted)
        )
    ).all()
    gone = [number for number, guid in silent if number is not None and guid not in kept]
    for some in _chunks(gone):
        for table in (CaseValueRow, CaseAliasRow):
            session.exec(delete(table).where(col(table.case_id).in_(some)))
        session.exec(delete(CaseRow).where(col(CaseRow.id).in_(some)))


def remove_values_of(session: Session, source_id: int) -> None:
    """Forget what one source says of cases."""
    cases = set(session.exec(select(CaseValueRow.case_id).where(CaseValueRow.source_id == source_id)))
    session.exec(delete(CaseValueRow).where(col(CaseValueRow.source_id) == source_id))
    settle(session, cases)


def _cases(session: Session, numbers: Collection[int] | None) -> list[CaseRow]:
    if numbers is None:
        return list(session.exec(select(CaseRow).order_by(col(CaseRow.id))))
    return [
        row
        for some in _chunks(numbers)
        for row in session.exec(select(CaseRow).where(col(CaseRow.id).in_(some)))
    ]


def _value_rows(session: Session, cases: Collection[int] | None) -> list[CaseValueRow]:
    query = select(CaseValueRow).order_by(col(CaseValueRow.id))
    if cases is None:
        return list(session.exec(query))
    return [
        row
        for some in _chunks(cases)
        for row in session.exec(query.where(col(CaseValueRow.case_id).in_(some)))
    ]


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    """The numbers in lists that are short enough for one query."""
    rest = iter(sorted(set(numbers)))
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _said(row: CaseValueRow) -> Said:
    return Said(row.field, row.value, Origin(row.origin), row.place, row.line)


def _value_row(said: Said, case_id: int, source_id: int | None, label: str) -> CaseValueRow:
    return CaseValueRow(
        case_id=case_id,
        source_id=source_id,
        label=label,
        field=said.field,
        value=said.value,
        origin=said.origin.value,
        place=said.place,
        line=said.line,
    )


def _id(number: int | None) -> int:
    if number is None:
        raise ValueError("the row has not been stored yet")
    return number
