"""The difference that a remedy makes to the preview of a file."""

from __future__ import annotations

from collections.abc import Sequence

from quotegrid.domain.sources.unsure import how_many
from quotegrid.domain.text.normalise import counted
from quotegrid.workflows.sources.preview_import import PreviewedSource, PreviewedSpeaker

_MOST_PEOPLE = 4
"""The most people of whom it is told one by one that they came, went or changed."""


def preview_differences(before: PreviewedSource | None, after: PreviewedSource) -> list[str]:
    """Return in words how a file is read otherwise than before; empty where nothing changed.

    Args:
        before: The file as it was previewed before; None if it could not be read.
        after: The file as it is previewed now.
    """
    if before is None:
        return [f"read now: {counted(after.segments, 'passage')} of {_people(after)}"]
    found = []
    if before.kind != after.kind:
        found.append(f"{after.kind}, was {before.kind}")
    names = [None if source.convention is None else source.convention.name for source in (before, after)]
    if names[0] != names[1]:
        found.append(f'speakers by "{names[1] or "nothing"}", was "{names[0] or "nothing"}"')
    found += _of_speakers(before.speakers, after.speakers)
    if before.segments != after.segments:
        found.append(f"{counted(after.segments, 'passage')}, was {before.segments:,}")
    unsure = [how_many(source.warnings) for source in (before, after)]
    if unsure[0] != unsure[1]:
        found.append(f"{unsure[1]:,} unsure, was {unsure[0]:,}")
    return found


def _of_speakers(before: Sequence[PreviewedSpeaker], after: Sequence[PreviewedSpeaker]) -> list[str]:
    old, new = ({speaker.label: speaker for speaker in speakers} for speakers in (before, after))
    came = [f"{_name(label)} speaks now" for label in new if label not in old]
    went = [f"{_name(label)} speaks no longer" for label in old if label not in new]
    other = [what for label in new if label in old and (what := _of_speaker(label, old[label], new[label]))]
    found = []
    for told, many in ((came, "speak now"), (went, "speak no longer"), (other, "are read otherwise")):
        found += told if len(told) <= _MOST_PEOPLE else [f"{len(told):,} people {many}"]
    return found


def _of_speaker(label: str, before: PreviewedSpeaker, after: PreviewedSpeaker) -> str:
    found = []
    if (before.speaker is None) != (after.speaker is None):
        found.append("asks now" if after.speaker is None else "no longer asks")
    if before.turns != after.turns:
        found.append(f"{counted(after.turns, 'turn')}, was {before.turns:,}")
    if before.speaker is not None and after.speaker is not None:
        found += [
            f'{field} "{other}", was "{own}"'
            for field, own, other in before.speaker.differs_from(after.speaker)
        ]
        for field in ("group", "role", "area"):
            own, other = getattr(before.speaker, field), getattr(after.speaker, field)
            if (own is None) != (other is None):
                found.append(f"{field} {_value(other)}, was {_value(own)}")
    return f"{_name(label)}: {', '.join(found)}" if found else ""


def _name(label: str) -> str:
    return f'"{label}"' if label else "somebody without a label"


def _value(value: str | None) -> str:
    return "not known" if value is None else f'"{value}"'


def _people(source: PreviewedSource) -> str:
    people = sum(speaker.speaker is not None for speaker in source.speakers)
    return "1 person" if people == 1 else f"{people:,} people"
