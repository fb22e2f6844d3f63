"""The check of cases: missing values, contradictions, and possible corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.corpus.people.self_descriptions import find_self_descriptions
from quotegrid.corpus.text.speaker_names import is_generic, name_of_unnamed
from quotegrid.domain.exchange.listing import Record, column
from quotegrid.domain.people.case_values import Origin, name_key
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.text.normalise import one_line
from quotegrid.workflows.people.near_cases import near_cases
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import nearest

if TYPE_CHECKING:
    from quotegrid.storage.people.cases import CaseAppearance

_MOST_OFFERS = 3


@dataclass(frozen=True, slots=True)
class OfferedRole:
    """A role that a case gives itself; offered, never assumed."""

    role: str
    group: str
    text: str
    source: str
    start: int
    end: int


def _offers_in_words(offers: Sequence[Record]) -> list[str]:
    return [f"{offer['role']} ({offer['source']}:{offer['start']})" for offer in offers]


@dataclass(frozen=True, slots=True)
class CaseGap:
    """A case with missing or contradictory values, or a role of a report without a group."""

    case: str | None = column("its name; null for a role of a report's quotes that is in no group", place=1)
    role: str | None = column("the role", place=3)
    sources: Sequence[str] = column("where it speaks", place=5)
    missing: Sequence[str] = column(
        "what it lacks: group, role, area, or attributes that other cases have", default=(), place=2
    )
    nearest_group: str | None = column(
        "where the role is spelt much like one of a group's, that group; offered, never assumed",
        default=None,
        place=4,
    )
    nearest_area: str | None = column(
        "where the area is none of `[areas]`, the one that is spelt much like it", default=None
    )
    is_named: bool = column("false for a speaker who has only a label such as P1", default=True)
    conflicts: Sequence[str] = column(
        "what is said differently, in words; what somebody has settled by hand is left out", default=()
    )
    near: Sequence[str] = column("cases whose names are spelt much like it", default=())
    offered: Sequence[OfferedRole] = column(
        "what the case says of itself: `role`, `group`, `text`, `source`, `start`, `end`",
        default=(),
        flat=_offers_in_words,
    )


def check_cases(study: StudyFolder) -> list[CaseGap]:
    """Return the cases with missing or contradictory values, by name, then reports' roles in no group."""
    from quotegrid.storage.people.case_values import all_conflicts
    from quotegrid.storage.people.cases import list_cases, roles_of_quotes, where_cases_speak

    with study.reading_session() as session:
        cases = list_cases(session)
        contradictions = all_conflicts(session)
        places = where_cases_speak(session)
        roles = roles_of_quotes(session)
        pairs = near_cases(session, [(case.guid, case.name) for case in cases])
    names = {case.guid: case.name for case in cases}
    near: dict[str, list[str]] = {}
    for first, second in pairs:
        near.setdefault(names[first], []).append(names[second])
    offered = _offers(study, [case.id for case in cases if not (case.group and case.role)])
    # The interviews of a case may each have values of their own; what some of them lack, the case lacks.
    told: dict[str, list[Mapping[str, str]]] = {}
    for speaker in study.heard().speakers:
        if speaker.case is not None:
            told.setdefault(speaker.case, []).append(speaker.attributes)
    attributes = sorted({name for case in cases for own in told.get(case.name, ()) for name in own})
    gaps = []
    for case in cases:
        interviews = told.get(case.name, [case.attributes])
        known = {
            "group": case.group,
            "role": case.role,
            "area": case.area,
            **{name: all(own.get(name) for own in interviews) for name in attributes},
        }
        gap = CaseGap(
            case=case.name,
            role=case.role,
            sources=case.sources,
            missing=[name for name in ("group", "role", "area", *attributes) if not known.get(name)],
            nearest_group=nearest_group(case.role, study.stakeholders) if case.group is None else None,
            nearest_area=_nearest_area(study, case.area),
            is_named=not _is_unnamed(case.name, places.get(case.id, ())),
            conflicts=[
                str(conflict)
                for conflict in contradictions.get(case.id, ())
                if conflict.stands.origin is not Origin.HAND
            ],
            near=near.get(case.name, ()),
            offered=offered.get(case.id, ()),
        )
        unknown_area = case.area is not None and study.areas.unknown(case.area) is not None
        if gap.missing or gap.conflicts or gap.near or unknown_area or not gap.is_named:
            gaps.append(gap)
    of_roles: dict[str, list[str]] = {}
    for role, source, _ in roles:
        of_roles.setdefault(role, []).append(source)
    return gaps + [
        CaseGap(None, role, sources, ["group"], nearest_group(role, study.stakeholders))
        for role, sources in of_roles.items()
    ]


def nearest_group(role: str | None, stakeholders: Stakeholders) -> str | None:
    """Return the group whose name or role pattern is spelt most like a role, None if none is close."""
    if role is None:
        return None
    group_of = {
        pattern: group for group, patterns in stakeholders.groups.items() for pattern in (group, *patterns)
    }
    found = nearest(role, list(group_of), most=1)
    return group_of[found[0]] if found else None


def _nearest_area(study: StudyFolder, area: str | None) -> str | None:
    if area is None or study.areas.unknown(area) is None:
        return None
    return study.areas.nearest(area)


def _is_unnamed(name: str, places: Sequence[CaseAppearance]) -> bool:
    return any(
        (not place.label or is_generic(place.label))
        and name_key(name) == name_key(name_of_unnamed(place.source, place.label))
        for place in places
    )


def _offers(study: StudyFolder, cases: Sequence[int]) -> dict[int, list[OfferedRole]]:
    """Return the roles that cases give themselves, a few of each."""
    from quotegrid.storage.people.cases import words_of

    found: dict[int, list[OfferedRole]] = {}
    with study.reading_session() as session:
        for case, source, text, turns in words_of(session, cases):
            for description in find_self_descriptions(text, turns, study.stakeholders):
                words = one_line(text[description.start : description.end])
                offer = OfferedRole(
                    description.role, description.group, words, source, description.start, description.end
                )
                if len(found.setdefault(case, [])) < _MOST_OFFERS:
                    found[case].append(offer)
    return found
