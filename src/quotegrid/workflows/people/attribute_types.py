"""The types of attributes: what their values tell, what the settings say, and setting them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.people.case_values import WHO
from quotegrid.domain.people.sheet import fields_of
from quotegrid.domain.people.value_types import AttributeType, ValueType, order_of, stated_type, type_of
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import UsageError
from quotegrid.workflows.people.set_values import field_named
from quotegrid.workflows.study.change_settings import change_section
from quotegrid.workflows.study.folder import StudyFolder

TOLD = "told by its values"
"""The choice of a type that leaves it to the values."""
CHOICES = (TOLD, *(kind.value for kind in ValueType))
"""The types that can be chosen for an attribute."""


@dataclass(frozen=True, slots=True)
class ListedType:
    """An attribute of people or sources with its type."""

    attribute: str = column("the attribute", place=1)
    type: str = column("`number`, `date`, `ordered list` or `text`", place=2)
    is_set: bool = column("whether the settings say it; else its values tell it")
    values: Sequence[str] = column("its values, in the order of the type", place=3)


def attribute_type(study: StudyFolder, attribute: str, values: Iterable[str]) -> AttributeType:
    """Return the type of an attribute: what the settings say, or else what its values tell."""
    return stated_type(study.settings.types.get(attribute)) or type_of(values)


def value_order(study: StudyFolder, attribute: str, values: Iterable[str]) -> list[str]:
    """Return the values of an attribute in the order of its type; nothing where that is text."""
    known = {value for value in values if value}
    of_type = attribute_type(study, attribute, known)
    if attribute in WHO or of_type.kind is ValueType.TEXT:
        return []
    return sorted(known, key=order_of(of_type))


def type_records(study: StudyFolder) -> list[Record]:
    """Return the attributes of people and of the sources in which they speak, each with its type."""
    from quotegrid.storage.people.people_sheet import sheet_rows

    with study.reading_session() as session:
        rows = sheet_rows(session)
    found = []
    for attribute in fields_of(rows)[len(WHO) :]:
        values = {value for row in rows for value in row.values.get(attribute, ()) if value}
        of_type = attribute_type(study, attribute, values)
        listed = sorted(values, key=order_of(of_type))
        is_set = attribute in study.settings.types
        found.append(record_of(ListedType, ListedType(attribute, of_type.kind.value, is_set, listed)))
    return found


def set_type(study: StudyFolder, attribute: str, kind: str, order: Sequence[str] = ()) -> str:
    """Set the type of an attribute in the settings, or leave it to the values again.

    Args:
        study: The study.
        attribute: The attribute.
        kind: One of `CHOICES`.
        order: The values of an ordered list, the lowest first.

    Returns:
        A sentence on the change.

    Raises:
        UsageError: If there is no such type, the attribute cannot have one, or a list has too few values.
    """
    field = field_named(attribute)
    if field in WHO:
        raise UsageError(f'"{attribute}" is text.', todo="Set the type of an attribute of your own.")
    if kind not in CHOICES:
        raise UsageError(f'"{kind}" is no type.', todo=f"The types are {', '.join(CHOICES[1:])}.")
    values = list(dict.fromkeys(filter(None, map(one_line, order))))
    if kind == ValueType.LIST.value and len(values) < 2:
        raise UsageError("an ordered list has two values at least.", todo="Give them from the lowest up.")

    def change(section: dict[str, object]) -> None:
        if kind == TOLD:
            section.pop(field, None)
        else:
            section[field] = values if kind == ValueType.LIST.value else kind

    change_section(study, "types", change)
    return f"{field}: {kind}{': ' + ', '.join(values) if kind == ValueType.LIST.value else ''}."


def types_of(study: StudyFolder, values: Mapping[str, Iterable[str]]) -> dict[str, AttributeType]:
    """Return the types of fields by their values; group, role and area are text."""
    return {
        field: type_of(()) if field in WHO else attribute_type(study, field, known)
        for field, known in values.items()
    }
