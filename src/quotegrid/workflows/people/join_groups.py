"""The groups and roles of a study as its files write them, and joining their spellings to one group."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.text.normalise import folded_words, one_line
from quotegrid.errors import UsageError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.study.change_settings import change_section
from quotegrid.workflows.study.folder import StudyFolder

_RIGHT = {"justify": "right"}
_IS_NEAR = 0.85
"""The similarity of two spellings from which they are offered together: a letter or two differ."""


@dataclass(frozen=True, slots=True)
class WrittenGroup:
    """A group or role as the files write it."""

    written: str = column("the group or role as your files write it", place=1)
    field: str = column("`group` or `role`", place=2)
    people: int = column("how many people it is said of", place=3, layout=_RIGHT)
    joined: str | None = column("the group of `[stakeholders]` that it is joined to; else null", place=4)


@dataclass(frozen=True, slots=True)
class OfferedJoin:
    """Spellings of groups or roles that look like one, and are in no group of `[stakeholders]`."""

    spellings: tuple[str, ...]
    """The most frequent first."""
    people: int
    line: str
    """The line of `[stakeholders]` that joins them."""


def written_groups(study: StudyFolder) -> list[Record]:
    """Return the groups and roles as the files write them: groups first, the most frequent first."""
    return [record_of(WrittenGroup, group) for group, _ in _written(study)]


def offered_joins(study: StudyFolder) -> list[OfferedJoin]:
    """Return the spellings that may be one group, of those that are joined to none."""
    together: list[list[tuple[WrittenGroup, set[int]]]] = []
    for group, people in _written(study):
        if group.joined is not None:
            continue
        near = next((others for others in together if _is_near(others[0][0], group)), None)
        if near is None:
            together.append([(group, people)])
        else:
            near.append((group, people))
    return [
        OfferedJoin(
            tuple(group.written for group, _ in alike),
            len(set[int]().union(*(people for _, people in alike))),
            _line(alike[0][0].written, [group.written for group, _ in alike[1:]]),
        )
        for alike in together
        if len(alike) > 1
    ]


def join_groups(study: StudyFolder, spellings: Sequence[str], under: str) -> str:
    """Join spellings and roles to one group: in `quotegrid.toml`, whose comments stay, and in the study.

    Args:
        study: The study.
        spellings: Groups or roles, as the files write them.
        under: The group, which may be new.

    Returns:
        A sentence on the change.

    Raises:
        UsageError: If a spelling is joined to another group already, or nothing is to be joined.
        ConfigError: If the settings cannot be used; the file then stays as it was.
    """
    import tomlkit

    from quotegrid.storage.people.cases import list_cases

    group = one_line(under)
    wanted = list(dict.fromkeys(one_line(spelling) for spelling in spellings))
    if not all(map(folded_words, [group, *wanted])):
        raise UsageError("a group and its spellings must be words.", todo="Nothing was changed.")
    for name in [group, *wanted]:
        other = study.stakeholders.group_named(name)
        if other not in (None, group):
            raise UsageError(
                f'"{name}" is joined to "{other}" already.',
                todo=f'Join to "{other}", or take it out of [stakeholders] in {CONFIG_NAME} first.',
            )

    def add(section: Any) -> None:
        patterns = section.setdefault(group, tomlkit.array())
        known = {folded_words(name) for name in (group, *patterns)}
        for name in wanted:
            if folded_words(name) not in known:
                patterns.append(name)
                known.add(folded_words(name))

    change_section(study, "stakeholders", add)
    with study.reading_session() as session:
        people = sum(case.group == group for case in list_cases(session))
    return f'{", ".join(wanted)}: joined under "{group}", a group of {people_counted(people)} now.'


def people_counted(number: int) -> str:
    """Return a number of people: "1 person", "3 people"."""
    return "1 person" if number == 1 else f"{number:,} people"


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


def _is_near(group: WrittenGroup, other: WrittenGroup) -> bool:
    spellings = SequenceMatcher(
        None, " ".join(folded_words(group.written)), " ".join(folded_words(other.written))
    )
    return group.field == other.field and spellings.ratio() >= _IS_NEAR


def _line(group: str, spellings: Sequence[str]) -> str:
    return f"{json.dumps(group, ensure_ascii=False)} = {json.dumps(list(spellings), ensure_ascii=False)}"
