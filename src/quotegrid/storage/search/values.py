"""The values of cases, sources and single quotes, read once per query.

A quote's group and role are its own or its case's, its area its own, its case's or its source's, any other
attribute its own, its source's, its case's in that source or its case's, as `storage.search.quotes` joins
them; values are compared as `domain.coding.quotes.plain` makes them, which SQL cannot do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import BigInteger, ColumnElement, and_, false, func, literal, not_, or_
from sqlmodel import Session, col, select

from quotegrid.domain.people.case_values import area_key
from quotegrid.domain.search.conditions import AttributeCondition, ComparedCondition
from quotegrid.storage.engines.portable import as_text
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.people.case_values import attributes_in_sources, attributes_of_areas
from quotegrid.storage.tables import AttributeRow, CaseRow, SegmentRow, SourceRow

Condition = ColumnElement[bool]
DATE = "date"
"""The attribute that a passage has from the date of its source where nothing else says it."""
_SOURCES = 2**31
"""More than the number of any source."""
_OWN: Mapping[str, Any] = {"group": SegmentRow.group, "role": SegmentRow.role, "area": SegmentRow.area}


class _Case(NamedTuple):
    id: int
    name: str
    group: str | None
    role: str | None
    area: str | None
    attributes: Mapping[str, str]

    def own(self, name: str) -> str | None:
        """Return its group, role or area, None where it is not known or empty."""
        value: str | None = getattr(self, name)
        return value or None


class QueryValues:
    """The values that quotes can have, and conditions for the segments that have them.

    Args:
        session: A session, for as long as this is used.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def cases(self) -> list[_Case]:
        """Return the values of each case."""
        columns: list[Any] = [
            CaseRow.id, CaseRow.name, CaseRow.group, CaseRow.role, CaseRow.area, CaseRow.attributes
        ]  # fmt: skip
        return [_Case(*row) for row in self._session.connection().execute(sqlalchemy.select(*columns))]

    @cached_property
    def sources(self) -> list[tuple[int, str, str | None]]:
        """Return number, name and area of each source."""
        rows = self._session.exec(select(SourceRow.id, SourceRow.name, SourceRow.area))
        return [(number or 0, name, area) for number, name, area in rows]

    @cached_property
    def of_sources(self) -> list[tuple[int, str, str]]:
        """Return source, name and value of each attribute of a source."""
        rows = self._session.exec(select(AttributeRow.source_id, AttributeRow.name, AttributeRow.value))
        return [(source, name, value) for source, name, value in rows]

    @cached_property
    def of_cases_in_sources(self) -> dict[tuple[int, int], dict[str, str]]:
        """Return the attributes of cases that hold in one source alone, by the numbers of both."""
        return attributes_in_sources(self._session)

    @cached_property
    def of_areas_of_sources(self) -> dict[int, Mapping[str, str]]:
        """Return the attributes of the area of each source that has one."""
        of_areas = attributes_of_areas(self._session)
        return {number: of_areas.get(area_key(area), {}) for number, _, area in self.sources if area}

    @cached_property
    def own_attributes(self) -> dict[str, Mapping[str, str]]:
        """Return the attributes of quotes that have their own, by the database's text for them."""
        text = as_text(SegmentRow.attributes)
        return {found: json.loads(found) for found in self._session.exec(select(text).distinct())}

    @cached_property
    def dates(self) -> dict[int, str]:
        """Return the date of each source that has one."""
        rows = self._session.exec(
            select(SourceRow.id, SourceRow.date).where(col(SourceRow.date).is_not(None))
        )
        return {number or 0: date for number, date in rows if date}

    def own(self, name: str) -> list[str]:
        """Return the groups, roles or areas that reports name for single quotes."""
        found = self._session.exec(select(_OWN[name]).where(_OWN[name].is_not(None)).distinct())
        return [value for value in found if value]

    def known(self, attribute: str) -> list[str]:
        """Return the values of an attribute, in order."""
        if attribute == "source":
            return sorted(name for _, name, _ in self.sources)
        if attribute == "case":
            return sorted(case.name for case in self.cases)
        found: list[str | None]
        if attribute in _OWN:
            found = [*(case.own(attribute) for case in self.cases), *self.own(attribute)]
            if attribute == "area":
                found += [area for _, _, area in self.sources]
        else:
            found = [case.attributes.get(attribute) for case in self.cases]
            found += [value for _, name, value in self.of_sources if name == attribute]
            found += [own.get(attribute) for own in self.of_cases_in_sources.values()]
            found += [own.get(attribute) for own in self.own_attributes.values()]
            found += [own.get(attribute) for own in self.of_areas_of_sources.values()]
            found += self.dates.values() if attribute == DATE else ()
        return sorted({value for value in found if value})

    def attributes(self) -> list[str]:
        """Return the names of all further attributes, in order."""
        of_cases = (name for case in self.cases for name in case.attributes)
        others = (*self.own_attributes.values(), *self.of_areas_of_sources.values())
        of_areas = (name for own in others for name in own)
        of_sources = [name for _, name, _ in self.of_sources]
        of_sources += [name for own in self.of_cases_in_sources.values() for name in own]
        return sorted({*of_cases, *of_areas, *of_sources, *([DATE] if self.dates else [])})

    def condition(self, asked: AttributeCondition | ComparedCondition) -> Condition:
        """Return the condition that a segment has a value that matches."""
        if asked.attribute == "source":
            return among(
                SegmentRow.source_id, (source for source, name, _ in self.sources if asked.fits(name))
            )
        if asked.attribute == "case":
            return among(SegmentRow.case_id, self._cases(lambda case: asked.fits(case.name)))
        if asked.attribute in _OWN:
            return self._of_speaker(asked)
        if asked.attribute == DATE and self.dates:
            return self._of_date(asked)
        return self._of_attribute(asked)

    def _of_date(self, asked: AttributeCondition | ComparedCondition) -> Condition:
        known = func.coalesce(self._of_attribute(AttributeCondition(DATE, "", is_open=True)), false())
        dated = among(
            SegmentRow.source_id, (source for source, date in self.dates.items() if asked.fits(date))
        )
        return or_(self._of_attribute(asked), and_(not_(known), dated))

    def _of_speaker(self, asked: AttributeCondition | ComparedCondition) -> Condition:
        own = _OWN[asked.attribute]
        of_case = among(SegmentRow.case_id, self._cases(lambda case: asked.fits(case.own(asked.attribute))))
        if asked.attribute == "area":
            silent = self._cases(lambda case: not case.area)
            sources = (source for source, _, area in self.sources if asked.fits(area or None))
            of_case = or_(of_case, and_(self._no_case_or(silent), among(SegmentRow.source_id, sources)))
        fitting = [value for value in self.own(asked.attribute) if asked.fits(value)]
        return or_(own.in_(fitting), and_(_is_empty(own), of_case))

    def _of_attribute(self, asked: AttributeCondition | ComparedCondition) -> Condition:
        name = asked.attribute
        of_case = among(SegmentRow.case_id, self._cases(lambda case: asked.fits(case.attributes.get(name))))
        silent = self._cases(lambda case: not case.attributes)
        told = {source: value for source, said, value in self.of_sources if said == name}
        of_area = self.of_areas_of_sources
        in_area = [source for source, _, _ in self.sources if asked.fits(of_area.get(source, {}).get(name))]
        speaking = self._cases(lambda case: bool(case.attributes) and asked.fits(case.attributes.get(name)))
        of_source = among(
            SegmentRow.source_id, (source for source, value in told.items() if asked.fits(value))
        )
        not_told = ~among(SegmentRow.source_id, told)
        here = {place: own[name] for place, own in self.of_cases_in_sources.items() if name in own}
        if here:
            fits_here = _speaks_in(place for place, value in here.items() if asked.fits(value))
            of_source = or_(of_source, and_(not_told, fits_here))
            not_told = and_(not_told, ~_speaks_in(here))
        in_areas = and_(self._no_case_or(silent), among(SegmentRow.source_id, in_area))
        usual = or_(of_source, and_(not_told, or_(among(SegmentRow.case_id, speaking), in_areas)))
        text = as_text(SegmentRow.attributes)
        own = {raw: values[name] for raw, values in self.own_attributes.items() if name in values}
        fitting = [raw for raw, value in own.items() if asked.fits(value)]
        if asked.fits(None):
            of_case = or_(of_case, col(SegmentRow.case_id).is_(None))
        no_area = _is_empty(SegmentRow.area)
        with_area = or_(of_source, and_(not_told, of_case))
        else_told = or_(and_(no_area, usual), and_(~no_area, with_area))
        return or_(text.in_(fitting), and_(text.not_in(list(own)), else_told)) if own else else_told

    def _cases(self, wanted: Callable[[_Case], bool]) -> list[int]:
        return [case.id for case in self.cases if wanted(case)]

    def _no_case_or(self, cases: list[int]) -> Condition:
        return or_(col(SegmentRow.case_id).is_(None), among(SegmentRow.case_id, cases))


def _speaks_in(places: Iterable[tuple[int, int]]) -> Condition:
    """Return the condition that a segment is a case's in a source, by pairs of their numbers."""
    # A quote without a case has the place 0, which is no case's.
    place = func.coalesce(SegmentRow.case_id, 0) * literal(_SOURCES, BigInteger) + SegmentRow.source_id
    return among(place, (case * _SOURCES + source for case, source in places))


def _is_empty(own: Any) -> Condition:
    return or_(col(own).is_(None), col(own) == "")
