"""Leaves out of what a file is unsure about the groups of people whom the study knows already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quotegrid.corpus.sources.speaker_warnings import GROUPS_NOT_KNOWN, groups_not_known
from quotegrid.domain.sources.model import ReadWarning, Source
from quotegrid.domain.text.normalise import name_key

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session


def without_known_groups(
    session: Session, source: Source, warnings: Sequence[ReadWarning], names: Mapping[str, str] | None = None
) -> tuple[ReadWarning, ...]:
    """Return what a file is unsure about, without groups that a table or somebody has given to the speakers.

    Args:
        session: A session.
        source: The source that was read from the file.
        warnings: What its reading is unsure about.
        names: The name of the case behind each label, where the study has the source already.
    """
    from quotegrid.storage.people.cases import names_with_group

    told = [warning for warning in warnings if warning.many == GROUPS_NOT_KNOWN]
    if not told:
        return tuple(warnings)
    grouped = names_with_group(session)

    def is_known(label: str) -> bool:
        speaker = source.speakers.get(label)
        name = (names or {}).get(label) or (label if speaker is None else speaker.name)
        return name_key(name) in grouped

    strangers = [label for warning in told for label in warning.names if not is_known(label)]
    others = [warning for warning in warnings if warning.many != GROUPS_NOT_KNOWN]
    if len(strangers) == sum(len(warning.names) for warning in told):
        return tuple(warnings)
    return (*groups_not_known(strangers), *others) if strangers else tuple(others)
