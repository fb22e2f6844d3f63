"""Warns of speakers whose group or area is unknown, and of values that contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.case_values import Origin, find_conflicts
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import ReadWarning, Speaker, WarningKind

_MOST_NAMED = 3
GROUPS_NOT_KNOWN = "the group of {count} people is not known"
"""The sentence for many people without a group."""


def groups_not_known(names: Sequence[str]) -> list[ReadWarning]:
    """Return warnings that the groups of speakers are unknown: one each, or a single one for many."""
    if len(names) > _MOST_NAMED:
        first = ", ".join(f'"{name}"' for name in names[:_MOST_NAMED])
        what = f"the groups of {first} and {len(names) - _MOST_NAMED} more are not known."
        told = [(what, tuple(names))]
    else:
        told = [(f'the group of "{name}" is not known.', (name,)) for name in names]
    return [ReadWarning(WarningKind.GROUP, what, names=about, many=GROUPS_NOT_KNOWN) for what, about in told]


def contradictions(speaker: Speaker, source: str) -> list[ReadWarning]:
    """Return a warning for each field of a speaker with contradicting values.

    Contradictions between two rows of one table are left out, because reading the table has reported them.

    Args:
        speaker: The speaker, with all values given to them.
        source: The source's name; a warning has a line only if that is a line of the source.
    """
    found = []
    for conflict in find_conflicts(speaker.said):
        told = (conflict.stands, *conflict.others)
        if any(value.origin is not Origin.COLUMN for value in told):
            line = next((value.line for value in told if value.place == source), None)
            found.append(ReadWarning(WarningKind.CONFLICT, f'"{speaker.name}": {conflict}', line))
    return found


def unlisted_groups(
    speakers: Mapping[str, Speaker], source: str, stakeholders: Stakeholders
) -> list[ReadWarning]:
    """Return a warning for each group of speakers that is missing from the study's stakeholders.

    Args:
        speakers: The speakers by their labels.
        source: The source's name; a warning has a line only if that is a line of the source.
        stakeholders: The study's groups.
    """
    found = []
    for group, speaker in {
        known.group: known for known in speakers.values() if known.group is not None
    }.items():
        what = stakeholders.unlisted(group)
        if what is not None:
            line = _line(speaker, "group", group, source)
            many = "{count} groups are not in [stakeholders] and were taken as written"
            found.append(ReadWarning(WarningKind.GROUP, what, line, names=(group,), many=many))
    return found


def _line(speaker: Speaker, field: str, value: str, source: str) -> int | None:
    """Return the line of the source that gives a speaker a value, or None if it comes from elsewhere."""
    said = next((given for given in speaker.said if given.field == field and given.value == value), None)
    return said.line if said is not None and said.place == source else None


def unknown_areas(speakers: Mapping[str, Speaker], source: str, areas: Areas) -> list[ReadWarning]:
    """Return a warning for each of the speakers' areas that is not one of the study's.

    Args:
        speakers: The speakers by their labels.
        source: The source's name; a warning has a line only if that is a line of the source.
        areas: The study's areas.
    """
    found = []
    for area, speaker in {known.area: known for known in speakers.values() if known.area is not None}.items():
        what = areas.unknown(area)
        if what is not None:
            found.append(area_not_known(area, what, _line(speaker, "area", area, source)))
    return found


def area_not_known(area: str, what: str, line: int | None = None) -> ReadWarning:
    """Return the warning that an area is not one of the study's; `what` offers the nearest."""
    many = "{count} areas are not in [areas]"
    return ReadWarning(WarningKind.AREA, what, line, names=(area,), many=many)
