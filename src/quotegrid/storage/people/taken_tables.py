"""The values that tables of attributes have given to people, sources and areas, and putting them back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, select

from quotegrid.domain.people.case_values import Origin
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.people.case_values import follow_joined, settle
from quotegrid.storage.tables import (
    AnySegmentRow,
    AreaValueRow,
    AttributeRow,
    CaseRow,
    CaseValueRow,
    SourceRow,
    TakenTableRow,
)

Key = tuple[str, ...]
"""A kind of value, and what it is about: the GUIDs of a case and a source, a label and a number; the GUID of
a source and a name; an area and a name; or the GUID of a passage and a name."""
Content = Mapping[Key, Any]
"""Values as they are kept: a text, or a list with the place and the line besides."""
Changes = Mapping[Key, tuple[Any, Any]]
"""Values before and after; None where there is none."""
_PERSON, _SOURCE, _AREA, _QUOTE = "person", "source", "area", "quote"


def table_values(session: Session) -> Content:
    """Return all values that tables have given."""
    found: dict[Key, Any] = {}
    of_people = (
        select(CaseValueRow, CaseRow.guid, SourceRow.guid)
        .join(CaseRow, col(CaseRow.id) == CaseValueRow.case_id)
        .join(SourceRow, col(SourceRow.id) == CaseValueRow.source_id)
        .where(CaseValueRow.origin == Origin.TABLE.value)
    )
    for row, case, source in session.exec(of_people):
        said = [row.field, row.written or row.value, row.place, row.line]
        found[_PERSON, case, source, row.label, str(row.id)] = said
    of_sources = select(SourceRow.guid, AttributeRow.name, AttributeRow.value).join(
        SourceRow, col(SourceRow.id) == AttributeRow.source_id
    )
    for source, name, value in session.exec(of_sources):
        found[_SOURCE, source, name] = value
    for area in session.exec(select(AreaValueRow)):
        found[_AREA, area.area, area.name] = [area.value, area.place, area.line]
    of_quotes = select(AnySegmentRow.guid, AnySegmentRow.attributes).where(
        col(AnySegmentRow.area).is_not(None)
    )
    for quote, attributes in session.exec(of_quotes):
        found |= {(_QUOTE, quote, name): value for name, value in attributes.items()}
    return found


def changes_between(before: Content, after: Content) -> Changes:
    """Return the values that differ; nothing where no more than the lines of a table differ."""
    changes = {
        key: (before.get(key), after.get(key))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    }
    return changes if any(_said(old) != _said(new) for old, new in changes.values()) else {}


def cases_in(changes: Changes) -> list[str]:
    """Return the GUIDs of the cases that changes are about."""
    return list(dict.fromkeys(key[1] for key in changes if key[0] == _PERSON))


def others_in(changes: Changes) -> list[str]:
    """Return the sources, by their GUIDs, and the areas that changes are about."""
    return list(dict.fromkeys(key[1] for key in changes if key[0] in (_SOURCE, _AREA)))


def keep_changes(session: Session, changes: Changes) -> str:
    """Store what a table changed, and return the GUID by which it is found."""
    packed: dict[str, Any] = {}
    for key, values in changes.items():
        node = packed
        for part in key[:-1]:
            node = node.setdefault(part, {})
        node[key[-1]] = values
    row = TakenTableRow(content=packed)
    session.add(row)
    session.flush()
    return row.guid


def kept_changes(session: Session, guid: str) -> Changes:
    """Return what a table changed, but for what sources and people have that are gone."""
    row = session.exec(select(TakenTableRow).where(TakenTableRow.guid == guid)).one()
    cases = set(session.exec(select(CaseRow.guid)))
    sources = set(session.exec(select(SourceRow.guid)))
    return {
        key: values
        for key, values in _unpacked(row.content, ())
        if (key[0] != _PERSON or (key[1] in cases and key[2] in sources))
        and (key[0] != _SOURCE or key[1] in sources)
    }


def has_changed_since(session: Session, changes: Changes, *, is_redone: bool) -> bool:
    """Return whether any of the values is another by now than a table, or the undo of it, has left."""
    now = table_values(session)
    return any(_said(now.get(key)) != _said(values[0 if is_redone else 1]) for key, values in changes.items())


def put_back(session: Session, changes: Changes, *, is_redone: bool) -> None:
    """Give people, sources and areas the values that they had before a table, or after it if it is redone."""
    wanted = {key: values[1 if is_redone else 0] for key, values in changes.items()}
    guids = {key[1] for key in wanted} | {key[2] for key in wanted if key[0] == _PERSON}
    cases, sources = (
        {guid: stored_id(number) for guid, number in session.exec(select(table.guid, table.id))}
        for table in (CaseRow, SourceRow)
    )
    for (kind, *about), said in wanted.items():
        if kind == _PERSON:
            case, source, label, number = about
            _put_value(session, int(number), cases[case], sources[source], label, said)
        elif kind == _SOURCE:
            of_source = select(AttributeRow).where(
                AttributeRow.source_id == sources[about[0]], AttributeRow.name == about[1]
            )
            attribute = session.exec(of_source).first()
            if said is None:
                session.delete(attribute)
            else:
                attribute = attribute or AttributeRow(source_id=sources[about[0]], name=about[1], value="")
                attribute.value = said
                session.add(attribute)
        elif kind == _AREA:
            of_area = select(AreaValueRow).where(AreaValueRow.area == about[0], AreaValueRow.name == about[1])
            area = session.exec(of_area).first()
            if said is None:
                session.delete(area)
            else:
                area = area or AreaValueRow(area=about[0], name=about[1], value="", place="")
                area.value, area.place, area.line = said
                session.add(area)
    session.flush()
    _put_back_in_quotes(session, {key[1:]: said for key, said in wanted.items() if key[0] == _QUOTE}, guids)
    follow_joined(session, [number for guid, number in cases.items() if guid in guids])
    settle(session)


def _put_value(session: Session, number: int, case: int, source: int, label: str, said: Any) -> None:
    row = session.get(CaseValueRow, number)
    if said is None:
        session.delete(row)
        return
    field, value, place, line = said
    row = row or CaseValueRow(
        id=number, case_id=case, source_id=source, label=label, field="", value="", origin="", place=""
    )
    row.field, row.value, row.written, row.place, row.line = field, value, "", place, line
    row.origin = Origin.TABLE.value
    session.add(row)


def _put_back_in_quotes(
    session: Session, wanted: Mapping[tuple[str, ...], str | None], guids: Collection[str]
) -> None:
    for row in session.exec(select(AnySegmentRow).where(col(AnySegmentRow.area).is_not(None))):
        if row.guid in guids:
            own = {name: said for (guid, name), said in wanted.items() if guid == row.guid}
            both = {**row.attributes, **own}
            row.attributes = {name: said for name, said in both.items() if said is not None}
            session.add(row)
    session.flush()


def _unpacked(node: Any, key: Key) -> Iterator[tuple[Key, tuple[Any, Any]]]:
    if isinstance(node, list):
        yield key, (node[0], node[1])
        return
    for part, below in node.items():
        yield from _unpacked(below, (*key, part))


def _said(value: Any) -> Any:
    """Return a value without the line of the table, which changes with any line above it."""
    return value[:-1] if isinstance(value, list) else value
