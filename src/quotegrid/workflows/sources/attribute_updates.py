"""Updates of existing cases and sources from attributes tables and settings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from quotegrid.corpus.people.attributes import (
    AttributeRow,
    area_attributes,
    emptied_cells,
    source_attributes,
    values_of_areas,
    values_of_speaker,
)
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source, SourceKind

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session


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

    `update_speakers` settles what stands.

    Args:
        session: A session.
        number: The source's number in the database.
        source: The newly read file.
    """
    from quotegrid.storage.people.case_values import replace_file_values
    from quotegrid.storage.sources.source_attributes import labels_of

    for label, case in labels_of(session, number).items():
        speaker = source.speakers.get(label)
        if speaker is not None:
            replace_file_values(session, case, number, label, speaker.values())


def update_speakers(
    session: Session,
    sources: Sequence[str],
    rows: Sequence[AttributeRow],
    files: Collection[str],
    stakeholders: Stakeholders,
    areas: Areas,
) -> int:
    """Update existing sources and their speakers from tables and settings.

    A row may name a speaker by the label in the source, or by any name of the case.

    Args:
        session: A session.
        sources: The names of the sources that the tables cover.
        rows: The rows of the tables.
        files: The tables' names.
        stakeholders: The study's groups and roles.
        areas: The study's areas.

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
    cases = {case.id: case.name for case in list_cases(session)}
    others = other_names(session)
    told = labels_in_tables(session, files)
    for name in sources:
        source = find_source(session, name)
        if source is None or source.id is None:
            continue
        values = source_attributes(rows, name)[1]
        changed += set_attributes(session, source.id, values, emptied_cells(rows, name) - values.keys())
        labels = labels_of(session, source.id)
        only = len(labels) == 1 and source.kind != SourceKind.REPORT.value
        with_area = labels_with_area(session, source.id)
        for label, case in labels.items():
            names = [label, cases[case], *others.get(case, ())]
            said = [
                value.called(stakeholders.group_named(value.as_written) or value.as_written)
                if value.field == "group"
                else value
                for value in values_of_speaker(rows, name, names, only, names_area=label in with_area)
            ]
            if said or (source.id, label) in told:
                replace_table_values(session, case, source.id, label, said, files)
    follow_settings(session, stakeholders, areas)
    return changed + settle(session)
