"""What is unsure about the speakers of a source: groups, areas, and values that contradict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.cases import Origin, conflicts
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import ReadWarning, Speaker, WarningKind

_MOST_NAMED = 3


def groups_not_known(names: Sequence[str]) -> list[ReadWarning]:
    """That the groups of speakers are not known: one warning each, or one for all where they are many."""
    if len(names) > _MOST_NAMED:
        first = ", ".join(f'"{name}"' for name in names[:_MOST_NAMED])
        told = [f"the groups of {first} and {len(names) - _MOST_NAMED} more are not known."]
    else:
        told = [f'the group of "{name}" is not known.' for name in names]
    return [ReadWarning(WarningKind.GROUP, what) for what in told]


def contradictions(speaker: Speaker, source: str) -> list[ReadWarning]:
    """What is said differently of a speaker; the rows of a table have been compared already.

    Args:
        speaker: The speaker, with everything that is said of them.
        source: The source's name; a warning has a line only where that is a line of the source.
    """
    found = []
    for conflict in conflicts(speaker.said):
        told = (conflict.stands, *conflict.others)
        if any(value.origin is not Origin.COLUMN for value in told):
            line = next((value.line for value in told if value.place == source), None)
            found.append(ReadWarning(WarningKind.CONFLICT, f'"{speaker.name}": {conflict}', line))
    return found


def unlisted_groups(
    speakers: Mapping[str, Speaker], source: str, stakeholders: Stakeholders
) -> list[ReadWarning]:
    """Return a warning for each group of speakers that the study's table of stakeholders does not have.

    Args:
        speakers: The speakers by their labels.
        source: The source's name; a warning has a line only where that is a line of the source.
        stakeholders: The study's groups.
    """
    found = []
    for group, speaker in {
        known.group: known for known in speakers.values() if known.group is not None
    }.items():
        what = stakeholders.unlisted(group)
        if what is not None:
            found.append(ReadWarning(WarningKind.GROUP, what, _line(speaker, "group", group, source)))
    return found


def _line(speaker: Speaker, field: str, value: str, source: str) -> int | None:
    """Return the line of the source on which a value of a speaker is said, None where it is said elsewhere."""
    said = next((one for one in speaker.said if one.field == field and one.value == value), None)
    return said.line if said is not None and said.place == source else None


def unknown_areas(speakers: Mapping[str, Speaker], source: str, areas: Areas) -> list[ReadWarning]:
    """Return the speakers' areas that are none of the study's, each once.

    Args:
        speakers: The speakers by their labels.
        source: The source's name; a warning has a line only where that is a line of the source.
        areas: The study's areas.
    """
    found = []
    for area, speaker in {known.area: known for known in speakers.values() if known.area is not None}.items():
        what = areas.unknown(area)
        if what is not None:
            found.append(ReadWarning(WarningKind.AREA, what, _line(speaker, "area", area, source)))
    return found
