"""The values of cases and areas from all their origins, and the columns of cases derived from them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.case_values import (
    WHO,
    Conflict,
    Origin,
    StatedValue,
    add_area_values,
    area_key,
    find_conflicts,
    resolve_values,
    values_in_sources,
)
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.storage.engines.row_numbers import among, chunks, stored_id
from quotegrid.storage.tables import (
    AnySegmentRow,
    AnySourceRow,
    AreaValueRow,
    AttributeRow,
    CaseRow,
    CaseValueRow,
    SourceRow,
    StudyRow,
)


def stated_values(session: Session, cases: Collection[int] | None = None) -> dict[int, list[StatedValue]]:
    """Return the stated values of each case, in order of arrival, without those derived from areas."""
    found: dict[int, list[StatedValue]] = {}
    for row in _value_rows(session, cases):
        found.setdefault(row.case_id, []).append(_stated_value(row))
    return found


def values_with_area(session: Session, case_id: int) -> list[StatedValue]:
    """Return the stated values of a case, with those of its area."""
    return add_area_values(stated_values(session, [case_id]).get(case_id, []), area_values(session))


def attributes_in_sources(
    session: Session, cases: Collection[int] | None = None
) -> dict[tuple[int, int], dict[str, str]]:
    """Return the attributes of cases that hold in one source alone, by the case's number and the source's.

    Args:
        session: A session.
        cases: The cases; None for all.
    """
    several = (
        select(CaseValueRow.case_id)
        .where(col(CaseValueRow.field).not_in(WHO), col(CaseValueRow.source_id).is_not(None))
        .group_by(col(CaseValueRow.case_id), col(CaseValueRow.field))
        .having(func.count(func.distinct(CaseValueRow.value)) > 1)
        .distinct()
    )
    if cases is not None:
        several = several.where(among(CaseValueRow.case_id, cases))
    return {
        (case, source): {name: value.value for name, value in values.items()}
        for case, said in stated_values(session, session.exec(several).all()).items()
        for source, values in values_in_sources(said).items()
    }


def values_by_subject(session: Session) -> dict[str, dict[str, str]]:
    """Return all values that stand, by case, by source, or by case and source if they hold there alone."""
    cases = {stored_id(row.id): row for row in case_rows(session, None)}
    sources = dict(session.exec(select(SourceRow.id, SourceRow.name)).all())
    found: dict[str, dict[str, str]] = {}
    for row in cases.values():
        who = {field: value for field in WHO if (value := getattr(row, field)) is not None}
        found[row.name] = {**who, **row.attributes}
    for name in sources.values():
        found.setdefault(name, {})
    for value in session.exec(select(AttributeRow)):
        found[sources[value.source_id]][value.name] = value.value
    for (case, source), values in attributes_in_sources(session).items():
        found[f"{cases[case].name} in {sources[source]}"] = values
    return found


def all_conflicts(session: Session) -> dict[int, list[Conflict]]:
    """Return the contradictory values of each case."""
    of_areas = area_values(session)
    return {
        number: found
        for number, said in stated_values(session).items()
        if (found := find_conflicts(add_area_values(said, of_areas)))
    }


def settle(session: Session, cases: Collection[int] | None = None) -> int:
    """Bring the columns of cases in step with their stated values.

    Returns:
        How many values changed.
    """
    of_areas = area_values(session)
    said = stated_values(session, cases)
    changed = 0
    for row in case_rows(session, cases):
        stands = resolve_values(add_area_values(said.get(stored_id(row.id), []), of_areas))
        values = {field: value.value for field, value in stands.items()}
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
    session: Session,
    case_id: int,
    source_id: int,
    label: str,
    said: Sequence[StatedValue],
    files: Collection[str],
) -> None:
    """Replace the values that attributes tables give to a speaker label.

    Args:
        session: A session.
        case_id: The case behind the label.
        source_id: The source.
        label: The speaker label.
        said: The tables' values.
        files: The tables; values from others stay.
    """
    query = select(CaseValueRow).where(
        CaseValueRow.source_id == source_id,
        CaseValueRow.label == label,
        CaseValueRow.origin == Origin.TABLE.value,
        col(CaseValueRow.place).in_(list(files)),
    )
    old = list(session.exec(query.order_by(col(CaseValueRow.id))))
    # A value that stays, or changes, keeps its place among those of other tables.
    for value in said:
        row = next((row for row in old if (row.field, row.place) == (value.field, value.place)), None)
        if row is None:
            session.add(value_row(value, case_id, source_id, label))
            continue
        old.remove(row)
        row.value, row.written, row.line = value.value, value.written, value.line
        session.add(row)
    for row in old:
        session.delete(row)
    session.flush()


def replace_file_values(
    session: Session, case_id: int, source_id: int, label: str, said: Sequence[StatedValue]
) -> None:
    """Replace the values that a file gives to a speaker label, when it is read again.

    Values from attributes tables stay, and so do those of earlier options unless options are given now.

    Args:
        session: A session.
        case_id: The case behind the label.
        source_id: The source.
        label: The speaker label.
        said: The values from the file, and any others given on importing it.
    """
    origins = {Origin.COLUMN, Origin.HEADER, Origin.ATTRIBUTION}
    if any(value.origin is Origin.FLAG for value in said):
        origins.add(Origin.FLAG)
    new = [value for value in said if value.origin in origins]
    query = select(CaseValueRow).where(
        CaseValueRow.source_id == source_id,
        CaseValueRow.label == label,
        col(CaseValueRow.origin).in_([origin.value for origin in origins]),
    )
    old = list(session.exec(query.order_by(col(CaseValueRow.id))))
    if [_stated_value(row) for row in old] == new:
        return
    for row in old:
        session.delete(row)
    session.add_all(value_row(value, case_id, source_id, label) for value in new)
    session.flush()


def labels_in_tables(session: Session, files: Collection[str]) -> set[tuple[int | None, str]]:
    """Return the sources and speaker labels with values from these attributes tables."""
    query = select(CaseValueRow.source_id, CaseValueRow.label).where(
        CaseValueRow.origin == Origin.TABLE.value, col(CaseValueRow.place).in_(list(files))
    )
    return set(session.exec(query.distinct()))


def follow_settings(session: Session, stakeholders: Stakeholders, areas: Areas) -> None:
    """Work out groups and areas anew from what was written and from the roles, by the current settings.

    A role implies a group only where no group is given beside it.
    """
    _follow_in_cases(session, stakeholders, areas, None)
    for source in session.exec(select(AnySourceRow).where(col(AnySourceRow.area).is_not(None))):
        source.area = areas.standard(source.area or "")
        session.add(source)
    for segment in session.exec(select(AnySegmentRow).where(col(AnySegmentRow.area).is_not(None))):
        segment.area = areas.standard(segment.area or "")
        session.add(segment)
    of_nobody = select(AnySegmentRow).where(
        col(AnySegmentRow.case_id).is_(None), col(AnySegmentRow.role).is_not(None)
    )
    for quote in session.exec(of_nobody):
        quote.group = stakeholders.group_of_role(quote.role or "")
        session.add(quote)
    session.flush()


def follow_joined(session: Session, cases: Collection[int]) -> None:
    """Work out the groups and areas of cases by the settings by which all were last worked out."""
    joined = session.exec(select(StudyRow.joined)).first()
    if joined:
        stakeholders, areas = _tables_of(joined)
        _follow_in_cases(session, stakeholders, areas, cases)


def _follow_in_cases(
    session: Session, stakeholders: Stakeholders, areas: Areas, cases: Collection[int] | None
) -> None:
    voices: dict[tuple[int, int | None, str], list[CaseValueRow]] = {}
    for row in _value_rows(session, cases):
        voices.setdefault((row.case_id, row.source_id, row.label), []).append(row)
    for (case_id, source_id, label), rows in voices.items():
        for row in rows:
            if _stated_value(row).follows:
                continue
            if row.field == "area":
                written = _stated_value(row).as_written
                said = _stated_value(row).called(areas.standard(written))
                row.value, row.written = said.value, said.written
            elif row.field == "group":
                # In brackets beside a name stands what somebody is: a role, which may contain a pattern.
                beside_name = row.origin == Origin.ATTRIBUTION.value
                named = stakeholders.group_of_role if beside_name else stakeholders.group_named
                written = _stated_value(row).as_written
                said = _stated_value(row).called(named(written) or written)
                row.value, row.written = said.value, said.written
        derived = [row for row in rows if _stated_value(row).follows]
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
            value_row(StatedValue("group", group, Origin.DERIVED, role), case_id, source_id, label)
            for role, group in wanted.items()
        )
    session.flush()


def follow_changed_settings(session: Session, stakeholders: Stakeholders, areas: Areas) -> None:
    """Work out groups and areas anew after another table joins their spellings."""
    study = session.exec(select(StudyRow)).one()
    study.joined = joined_spellings(stakeholders, areas)
    session.add(study)
    session.flush()
    follow_settings(session, stakeholders, areas)
    settle(session)


def has_followed(session: Session, stakeholders: Stakeholders, areas: Areas) -> bool:
    """Return whether groups and areas were last worked out by these settings."""
    return joined_spellings(stakeholders, areas) in session.exec(select(StudyRow.joined)).all()


def joined_spellings(stakeholders: Stakeholders, areas: Areas) -> str:
    """Return the settings that join spellings, in the form in which the study remembers them."""
    tables = [{name: list(table[name]) for name in table} for table in (stakeholders.groups, areas.variants)]
    return json.dumps(tables, ensure_ascii=False)


def area_values(session: Session) -> dict[str, list[StatedValue]]:
    """Return the attributes of each area, by `area_key` of the name that the settings give it."""
    areas = areas_followed(session)
    found: dict[str, list[StatedValue]] = {}
    for row in session.exec(select(AreaValueRow).order_by(col(AreaValueRow.id))):
        said = StatedValue(row.name, row.value, Origin.DERIVED, row.place, row.line)
        found.setdefault(area_key(areas.standard(row.area)), []).append(said)
    return found


def areas_followed(session: Session) -> Areas:
    """Return the `[areas]` by which areas were last worked out."""
    joined = session.exec(select(StudyRow.joined)).first()
    return _tables_of(joined)[1] if joined else Areas()


def _tables_of(joined: str) -> tuple[Stakeholders, Areas]:
    """Return the settings that join spellings, as `joined_spellings` writes them."""
    groups, areas = (
        {name: tuple(spellings) for name, spellings in table.items()} for table in json.loads(joined)
    )
    return Stakeholders(groups), Areas(areas)


def attributes_of_areas(session: Session) -> dict[str, dict[str, str]]:
    """Return name and value of the attributes of each area, by `area_key`."""
    return {
        area: {value.field: value.value for value in values} for area, values in area_values(session).items()
    }


def save_area_values(session: Session, said: Mapping[str, Sequence[StatedValue]]) -> None:
    """Store the attributes that tables give to areas (by `area_key`), in place of earlier ones."""
    rows = {(row.area, row.name): row for row in session.exec(select(AreaValueRow))}
    for area, values in said.items():
        for value in values:
            row = rows.get((area, value.field)) or AreaValueRow(
                area=area, name=value.field, value="", place=""
            )
            row.value, row.place, row.line = value.value, value.place, value.line
            rows[area, value.field] = row
            session.add(row)
    session.flush()


def remove_values_of(session: Session, source_id: int) -> None:
    """Delete the values that one source gives to cases."""
    cases = set(session.exec(select(CaseValueRow.case_id).where(CaseValueRow.source_id == source_id)))
    session.exec(delete(CaseValueRow).where(col(CaseValueRow.source_id) == source_id))
    settle(session, cases)


def case_rows(session: Session, numbers: Collection[int] | None) -> list[CaseRow]:
    """Return cases by their numbers; all of them for None."""
    if numbers is None:
        return list(session.exec(select(CaseRow).order_by(col(CaseRow.id))))
    return [
        row
        for some in chunks(numbers)
        for row in session.exec(select(CaseRow).where(col(CaseRow.id).in_(some)))
    ]


def _value_rows(session: Session, cases: Collection[int] | None) -> list[CaseValueRow]:
    query = select(CaseValueRow).order_by(col(CaseValueRow.id))
    if cases is None:
        return list(session.exec(query))
    return [
        row
        for some in chunks(cases)
        for row in session.exec(query.where(col(CaseValueRow.case_id).in_(some)))
    ]


def _stated_value(row: CaseValueRow) -> StatedValue:
    return StatedValue(
        row.field, row.value, Origin(row.origin), row.place, row.line, row.written, row.source_id
    )


def value_row(said: StatedValue, case_id: int, source_id: int | None, label: str) -> CaseValueRow:
    """Return a value as a row."""
    return CaseValueRow(
        case_id=case_id,
        source_id=source_id,
        label=label,
        field=said.field,
        value=said.value,
        origin=said.origin.value,
        place=said.place,
        line=said.line,
        written=said.written,
    )
