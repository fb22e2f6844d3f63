"""One case: its values with their origins, and the sources in which it speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.exchange.listing import column
from quotegrid.domain.people.case_values import (
    Origin,
    StatedValue,
    find_conflicts,
    resolve_values,
    values_in_sources,
)
from quotegrid.workflows.people.change_cases import find
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class CaseValue:
    """One value of a case."""

    field: str = column("group, role, area or an attribute")
    value: str = column("what is said")
    origin: str = column("what says it")
    place: str = column("where it is said")
    line: int | None = column("the line there; null where it has none")
    stands: bool = column("whether it counts; of values that differ between sources, each in its own")

    @property
    def said_by(self) -> str:
        """Return what says it and where, in words: "header, parent.txt, line 5"."""
        where = self.place if self.line is None else f"{self.place}, line {self.line}"
        if self.origin == Origin.DERIVED.value and self.field == "group":
            where = f'from the role "{self.place}"'
        return f"{self.origin}, {where}" if where else self.origin


@dataclass(frozen=True, slots=True)
class SpeaksIn:
    """A speaker label of a source."""

    source: str
    label: str
    turns: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with all its values."""

    id: int = column("its number in this study")
    guid: str = column("its GUID, the same in every copy of the study")
    name: str = column("its name")
    other_names: Sequence[str] = column("merged or earlier ones")
    group: str | None = column("the stakeholder group")
    role: str | None = column("the role")
    area: str | None = column("the area")
    attributes: Mapping[str, str] = column("further attributes, by name")
    values: Sequence[CaseValue] = column(
        "everything that is said: `field`, `value`, `origin`, `place`, `line`, and whether it `stands`; CSV "
        "lists these alone"
    )
    conflicts: Sequence[str] = column("in words")
    sources: Sequence[SpeaksIn] = column("where it speaks: `source`, `label`, `turns`")
    segments: int = column("how many passages are its words")


def show_case(study: StudyFolder, name: str) -> CaseView:
    """Return a case by its name or an alias.

    Raises:
        UnknownNameError: If there is none.
    """
    from quotegrid.storage.people.case_values import values_with_area
    from quotegrid.storage.people.cases import list_cases, other_names, where_cases_speak

    with study.reading_session() as session:
        number = find(session, name).id or 0
        case = next(listed for listed in list_cases(session) if listed.id == number)
        told = values_with_area(session, number)
        others = other_names(session).get(number, [])
        places = where_cases_speak(session).get(number, [])
    return CaseView(
        id=case.id,
        guid=case.guid,
        name=case.name,
        other_names=others,
        group=case.group,
        role=case.role,
        area=case.area,
        attributes=case.attributes,
        values=_case_values(told),
        conflicts=[str(conflict) for conflict in find_conflicts(told)],
        sources=[SpeaksIn(place.source, place.label, place.turns) for place in places],
        segments=case.segments,
    )


@dataclass(frozen=True, slots=True)
class Provenance:
    """The known origins of the values of a case."""

    values: Sequence[CaseValue]
    of_sources: Sequence[tuple[str, str, str]]
    """The values that its sources have of their own: field, value, and the source's name."""
    other_names: Sequence[str]


def provenance(study: StudyFolder, guid: str) -> Provenance:
    """Return where the values of a case come from.

    Raises:
        UnknownNameError: If there is none with that GUID.
    """
    from quotegrid.storage.people.case_rows import names_of
    from quotegrid.storage.people.case_values import values_with_area
    from quotegrid.storage.sources.source_attributes import attributes_where_speaking

    with study.reading_session() as session:
        number = find(session, guid).id or 0
        told = values_with_area(session, number)
        return Provenance(
            _case_values(told),
            attributes_where_speaking(session, number),
            [row.name for row in names_of(session, number)],
        )


def speaks_in(study: StudyFolder, guid: str) -> list[SpeaksIn]:
    """Return the sources and labels under which a case speaks.

    Raises:
        UnknownNameError: If there is none with that GUID.
    """
    from quotegrid.storage.people.cases import where_cases_speak

    with study.reading_session() as session:
        number = find(session, guid).id or 0
        places = where_cases_speak(session).get(number, [])
    return [SpeaksIn(place.source, place.label, place.turns) for place in places]


def _case_values(told: Sequence[StatedValue]) -> list[CaseValue]:
    """Return each value once: by field, the most trusted first."""
    stands = resolve_values(told)
    in_sources = [value for values in values_in_sources(told).values() for value in values.values()]
    standing = {*stands.values(), *in_sources}
    order = [*stands, *sorted({value.field for value in in_sources} - stands.keys())]
    distinct = sorted(
        dict.fromkeys(told),
        key=lambda value: (
            order.index(value.field) if value.field in order else len(order),
            value.origin.rank,
        ),
    )
    return [
        CaseValue(value.field, value.value, value.origin.value, value.place, value.line, value in standing)
        for value in distinct
    ]
