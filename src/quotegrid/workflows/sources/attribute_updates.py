"""Updates of existing cases and sources from attributes tables and settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotegrid.corpus.people.attributes import (
    AttributeRow,
    area_attributes,
    emptied_cells,
    is_about_source,
    source_attributes,
    speaker_rows,
    values_of_areas,
    values_of_speaker,
)
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.case_values import CaseAction, Conflict, Origin
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source, SourceKind

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.workflows.sources.reading_files import Reading


def update_areas(session: Session, rows: Sequence[AttributeRow]) -> int:
    """Update areas from attributes tables.

    Returns:
        How many values of cases and of areas that reports name changed.
    """
    from quotegrid.storage.people.case_values import save_area_values, settle
    from quotegrid.storage.sources.source_attributes import quoted_areas, set_area_attributes

    said = values_of_areas(rows)
    if not said:
        return 0
    save_area_values(session, said)
    changed = settle(session)
    for area in quoted_areas(session):
        changed += set_area_attributes(session, area, area_attributes(rows, area))
    return changed


def update_from_source(session: Session, number: int, source: Source) -> None:
    """Update the speakers of a source from its file, or from options, when its text is the same.

    `update_from_tables` settles what stands.

    Args:
        session: A session.
        number: The source's number in the database.
        source: The newly read file.
    """
    from quotegrid.storage.people.case_values import replace_file_values
    from quotegrid.storage.sources.source_attributes import labels_of, set_turn_attributes
    from quotegrid.storage.sources.sources import has_turns

    if has_turns(session, number, source.turns):
        set_turn_attributes(session, number, source.turns)
    for label, case in labels_of(session, number).items():
        speaker = source.speakers.get(label)
        if speaker is not None:
            replace_file_values(session, case, number, label, speaker.values())


def update_from_tables(
    session: Session,
    reading: Reading,
    sources: Sequence[str],
    stakeholders: Stakeholders,
    areas: Areas,
    *,
    others: Mapping[str, Sequence[AttributeRow]],
) -> int:
    """Update existing sources and their speakers from tables and settings.

    A row may name a speaker by the label in the source, or by any name of the case.

    Args:
        session: A session.
        reading: The tables.
        sources: The names of the sources that the tables cover.
        stakeholders: The study's groups and roles.
        areas: The study's areas.
        others: The rows that hold for further sources, by these. Their speakers whom no row is about are left
            alone, even if an earlier table of the same name was about them.

    Returns:
        How many values changed.
    """
    from quotegrid.storage.people.case_values import (
        follow_settings,
        labels_in_tables,
        replace_table_values,
        settle,
    )
    from quotegrid.storage.people.cases import list_cases, other_names
    from quotegrid.storage.sources.source_attributes import labels_of, labels_with_area, set_attributes
    from quotegrid.storage.sources.sources import find_source

    changed = 0
    files = [table.name for table in reading.attributes_files]
    cases = {case.id: case.name for case in list_cases(session)}
    aliases = other_names(session)
    told = labels_in_tables(session, files)
    for name, of_tables in {**dict.fromkeys(sources, reading.rows), **others}.items():
        source = find_source(session, name)
        if source is None or source.id is None:
            continue
        values = source_attributes(of_tables, name)[1]
        changed += set_attributes(session, source.id, values, emptied_cells(of_tables, name) - values.keys())
        labels = labels_of(session, source.id)
        only = len(labels) == 1 and source.kind != SourceKind.REPORT.value
        with_area = labels_with_area(session, source.id)
        for label, case in labels.items():
            names = [label, cases[case], *aliases.get(case, ())]
            said = [
                value.called(stakeholders.group_named(value.as_written) or value.as_written)
                if value.field == "group"
                else value
                for value in values_of_speaker(of_tables, name, names, only, names_area=label in with_area)
            ]
            of_files = set(files)
            if name in others:
                about = [row for known in names for row in speaker_rows(of_tables, name, known, only=True)]
                of_files = {row.file for row in about}
            if said or ((source.id, label) in told and of_files):
                replace_table_values(session, case, source.id, label, said, of_files)
    follow_settings(session, stakeholders, areas)
    return changed + settle(session)


def rows_about_others(
    session: Session, reading: Reading, known: Collection[str]
) -> dict[str, list[AttributeRow]]:
    """Return the rows about each source that is not among an import's files: those of tables that name it.

    Beside files, a table that names only speakers is about these: each wave may have a table of its own.
    """
    from quotegrid.storage.sources.sources import known_sources

    found = {}
    for source in known_sources(session):
        about = [row for row in reading.rows if is_about_source(row, source.name)]
        tables = {row.file for row in about if not reading.files or row.source is not None}
        if tables and source.name not in known:
            found[source.name] = [row for row in reading.rows if row.file in tables]
    return found


def rows_about_nothing(session: Session, rows: Sequence[AttributeRow]) -> list[tuple[AttributeRow, str]]:
    """Return the rows that are about no source or speaker of the study, each with what is not there.

    Rows about areas are left out: a table of them may well list more than anybody speaks of.
    """
    from quotegrid.storage.people.cases import list_cases, other_names, where_cases_speak
    from quotegrid.storage.sources.source_attributes import speaker_labels

    speakers = {
        source: {label.casefold() for label in labels} for source, labels in speaker_labels(session).items()
    }
    aliases, places = other_names(session), where_cases_speak(session)
    for case in list_cases(session):
        names = {name.casefold() for name in (case.name, *aliases.get(case.id, ()))}
        for place in places.get(case.id, ()):
            speakers.setdefault(place.source, set()).update(names)
    found = []
    for row in rows:
        if row.is_about_area:
            continue
        about = [source for source in speakers if is_about_source(row, source)]
        if not about:
            found.append((row, f'no source is called "{row.source}"'))
        elif row.speaker is not None and not any(row.speaker.casefold() in speakers[name] for name in about):
            where = f' in "{row.source}"' if row.source is not None else ""
            found.append((row, f'nobody called "{row.speaker}" speaks{where}'))
    return found


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A value of a person in which a table contradicts another table or a file."""

    case: str
    conflict: Conflict

    def __str__(self) -> str:
        return f'"{self.case}": {self.conflict}'

    @property
    def todo(self) -> str:
        """Return what to do about it."""
        return (
            "correct the table that is wrong and take it in again, or say what holds: "
            f'quotegrid cases set "{self.case}" {self.conflict.field}="..."'
        )


def contradictions(session: Session, tables: Collection[str]) -> list[Contradiction]:
    """Return what tables say of people otherwise than another table, or without effect.

    That a table goes before a header is no contradiction, and what somebody has settled by hand is none.

    Args:
        session: A session in which the tables have been taken in.
        tables: The names of the tables.
    """
    from quotegrid.storage.people.case_values import all_conflicts
    from quotegrid.storage.people.cases import list_cases

    if not tables:
        return []
    conflicts = all_conflicts(session)
    return [
        Contradiction(case.name, conflict)
        for case in list_cases(session)
        for conflict in conflicts.get(case.id, ())
        if conflict.stands.origin is not Origin.HAND
        and any(said.origin is Origin.TABLE for said in conflict.others)
        and any(said.place in tables for said in (conflict.stands, *conflict.others))
    ]


def record_tables(
    session: Session, by: str, tables: Sequence[str], before: Mapping[tuple[str, ...], Any], values: int
) -> None:
    """Add the taking in of tables alone to the journal: one change of cases, which is undone whole.

    Args:
        session: A transaction that writes.
        by: The name of whoever took them in.
        tables: Their names.
        before: The values that tables had given before.
        values: The number of changes that were told.
    """
    from quotegrid.storage.people.case_log import add_change
    from quotegrid.storage.people.taken_tables import (
        cases_in,
        changes_between,
        keep_changes,
        others_in,
        table_values,
    )

    changes = changes_between(before, table_values(session))
    if changes:
        payload = {
            "name": ", ".join(tables),
            "cases": cases_in(changes),
            "others": others_in(changes),
            "values": values,
            "changes": keep_changes(session, changes),
        }
        add_change(session, by, CaseAction.IMPORT, payload)
