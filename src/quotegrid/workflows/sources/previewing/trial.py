"""The effect that attributes tables would have on the people and sources of a study, without changing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quotegrid.domain.people.differences import differences
from quotegrid.errors import StudyError
from quotegrid.workflows.sources.attribute_updates import (
    Contradiction,
    contradictions,
    rows_about_nothing,
    rows_about_others,
    update_areas,
    update_from_tables,
)
from quotegrid.workflows.sources.reading_files import Reading
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class TableEffect:
    """The effect that attributes tables would have."""

    differences: Sequence[str] = ()
    """The changes to people and sources that are in the study, in words."""
    contradictions: Sequence[Contradiction] = ()
    """The values of people that the tables would contradict."""
    unmatched: Sequence[str] = ()
    """The rows about nothing in the study or in the import: table, line, and what is not there."""
    why_not_known: str = ""
    """Why the effect cannot be told; empty where it can."""


def try_tables(
    study: StudyFolder, reading: Reading, unchanged: Sequence[str], new: Collection[str]
) -> TableEffect:
    """Return the effect that the attributes tables of an import would have.

    Args:
        study: The study.
        reading: The files of the import.
        unchanged: The names of its files that the study has.
        new: The names of its other files, which rows may be about.
    """
    from quotegrid.storage.people.case_values import values_by_subject

    if not reading.rows:
        return TableEffect()
    try:
        # The changes below are discarded, since a reading session is never committed.
        with study.reading_session() as session:
            before = values_by_subject(session)
            update_areas(session, reading.rows)
            others = rows_about_others(session, reading, {*unchanged, *new})
            update_from_tables(session, reading, unchanged, study.stakeholders, study.areas, others=others)
            changed = differences(before, values_by_subject(session))
            other = contradictions(session, [table.name for table in reading.attributes_files])
            lost = [] if new else rows_about_nothing(session, reading.rows)
    except StudyError as error:
        return TableEffect(why_not_known=str(error))
    return TableEffect(changed, other, [f"{row.file}:{row.line}: {what}" for row, what in lost])
