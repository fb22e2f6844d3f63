"""The groups and roles of a study as its files write them, and those that may be one group."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.workflows.people.joins.offers import OfferedJoin, line_of, put_alike_together
from quotegrid.workflows.study.folder import StudyFolder

_RIGHT = {"justify": "right"}


@dataclass(frozen=True, slots=True)
class WrittenGroup:
    """A group or role as the files write it."""

    written: str = column("the group or role as your files write it", place=1)
    field: str = column("`group` or `role`", place=2)
    people: int = column("how many people it is said of", place=3, layout=_RIGHT)
    joined: str | None = column("the group of `[stakeholders]` that it is joined to; else null", place=4)


def written_groups(study: StudyFolder) -> list[Record]:
    """Return the groups and roles as the files write them: groups first, the most frequent first."""
    return [record_of(WrittenGroup, group) for group, _ in _written(study)]


def offered_groups(study: StudyFolder) -> list[OfferedJoin]:
    """Return the spellings that may be one group, of those that are joined to none."""
    free = [(group, people) for group, people in _written(study) if group.joined is None]
    together = put_alike_together(free, lambda pair: pair[0].written, lambda pair: pair[0].field)
    return [
        OfferedJoin(
            tuple(group.written for group, _ in alike),
            len(set[int]().union(*(people for _, people in alike))),
            line_of(alike[0][0].written, [group.written for group, _ in alike[1:]]),
        )
        for alike in together
        if len(alike) > 1
    ]


def _written(study: StudyFolder) -> list[tuple[WrittenGroup, set[int]]]:
    """Return the groups, then the roles, the most frequent first, each with its cases."""
    from quotegrid.storage.people.written_groups import cases_as_written

    with study.reading_session() as session:
        cases = cases_as_written(session)
    groups = study.stakeholders
    found = []
    for (field, written, stands), people in cases.items():
        joined = groups.group_of_role(written) if field == "role" else groups.group_named(stands)
        found.append((WrittenGroup(written, field, len(people), joined), people))
    return sorted(found, key=lambda pair: (pair[0].field, -pair[0].people, pair[0].written.casefold()))
