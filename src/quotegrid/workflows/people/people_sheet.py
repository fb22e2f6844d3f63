"""The grid of people, and what is pasted into it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.people.pasted import PastedValues, read_pasted
from quotegrid.domain.people.sheet import RowOrder, SheetRow, fields_of, in_order
from quotegrid.domain.people.value_types import AttributeType
from quotegrid.workflows.people.attribute_types import types_of
from quotegrid.workflows.people.near_cases import near_cases
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """The people of a study with their values."""

    rows: tuple[SheetRow, ...]
    """In the order asked for."""
    fields: tuple[str, ...]
    """The columns."""
    types: Mapping[str, AttributeType]
    """The types of the columns' values."""
    near: tuple[tuple[str, str], ...]
    """The GUIDs of each two who may be one person under two spellings."""


def people_sheet(study: StudyFolder, order: RowOrder | str, more: Collection[str] = ()) -> PeopleSheet:
    """Return all people with their values, and who may be one person.

    Args:
        study: The study.
        order: The order of the rows, or the column by which they are sorted.
        more: Attributes that are shown although nobody has them yet.
    """
    from quotegrid.storage.people.people_sheet import sheet_rows

    with study.reading_session() as session:
        rows = sheet_rows(session)
        near = near_cases(session, [(row.guid, row.name) for row in rows])
    fields = fields_of(rows, more)
    values = {field: {value for row in rows for value in row.values.get(field, ())} for field in fields}
    types = types_of(study, values)
    return PeopleSheet(tuple(in_order(rows, fields, order, types)), fields, types, tuple(near))


def read_rows(study: StudyFolder, guids: Collection[str]) -> list[SheetRow]:
    """Return people with their values.

    Args:
        study: The study.
        guids: The GUIDs of those that are wanted; who is not in the study is left out.
    """
    from quotegrid.storage.people.people_sheet import sheet_rows

    with study.reading_session() as session:
        return sheet_rows(session, guids)


def read_paste(study: StudyFolder, text: str, field: str, below: Collection[str]) -> PastedValues:
    """Return what a pasted text would change; `set_cases` changes it.

    Args:
        study: The study.
        text: Lines of a spreadsheet, their cells separated by tabs.
        field: The column under the cursor.
        below: The GUIDs of the people from the cursor on, in the order of the grid.

    Raises:
        UsageError: If it cannot be told whose the values are, or two lines contradict each other.
    """
    from quotegrid.storage.people.cases import guids_by_name
    from quotegrid.storage.people.people_sheet import sheet_rows

    with study.reading_session() as session:
        rows, names = sheet_rows(session), guids_by_name(session)
    missing = MissingValues(study.settings.missing)
    return read_pasted(text, rows, names, field, below=below, missing=missing)
