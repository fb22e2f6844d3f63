"""Which cases lack what a matrix or a filter needs, and what could be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.domain.stakeholders import Stakeholders
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.names import nearest


@dataclass(frozen=True, slots=True)
class CaseGap:
    """A case that lacks something."""

    case: str
    role: str | None
    sources: Sequence[str]
    missing: Sequence[str]
    """Group, role, area, or attributes that other cases of the study have."""
    nearest_group: str | None
    """A group with a role pattern spelt much like this case's role; offered, never assumed."""


def check_cases(study: StudyFolder) -> list[CaseGap]:
    """The cases that lack something, by name."""
    from quotegrid.storage.cases import list_cases

    with study.reading_session() as session:
        cases = list_cases(session)
    attributes = sorted({name for case in cases for name in case.attributes})
    gaps = []
    for case in cases:
        known = {"group": case.group, "role": case.role, "area": case.area, **case.attributes}
        missing = [name for name in ("group", "role", "area", *attributes) if not known.get(name)]
        if missing:
            offered = nearest_group(case.role, study.stakeholders) if case.group is None else None
            gaps.append(CaseGap(case.name, case.role, case.sources, missing, offered))
    return gaps


def nearest_group(role: str | None, stakeholders: Stakeholders) -> str | None:
    """The group whose name or a role pattern is spelt most like a role, None if none is near."""
    if role is None:
        return None
    group_of = {
        pattern: group for group, patterns in stakeholders.groups.items() for pattern in (group, *patterns)
    }
    found = nearest(role, list(group_of), most=1)
    return group_of[found[0]] if found else None
