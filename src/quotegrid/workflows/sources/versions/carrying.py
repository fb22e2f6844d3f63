"""Edits of turns that go along when their source is replaced or read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.corpus.text.segmentation import segment_spans
from quotegrid.domain.sources.carrying import LeftPlace, carry_edits, with_turns
from quotegrid.domain.sources.model import Source, Speaker, Turn
from quotegrid.domain.sources.reanchoring import Reanchoring
from quotegrid.domain.sources.recutting import PassageChanges
from quotegrid.domain.sources.turn_table import difference
from quotegrid.workflows.sources.turns.edit_turns import name_of_speaker
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.turns.turn_edits import CarriedVersion
    from quotegrid.storage.tables import SourceRow


@dataclass(frozen=True, slots=True)
class CarriedEdits:
    """A new version of a source with the edits of turns of the old one."""

    source: Source
    carried: CarriedVersion
    lines: tuple[str, ...]
    """The turns that are put right: as read with a minus, as they are to be with a plus."""
    left: tuple[str, ...]
    """The places that cannot be put right, each in a few lines."""


def carried_into(
    session: Session, study: StudyFolder, row: SourceRow, source: Source, reanchoring: Reanchoring
) -> CarriedEdits:
    """Return a new version of a source, put right wherever the old one was.

    Args:
        session: A session.
        study: The study.
        row: The old version.
        source: The new version as its file is read.
        reanchoring: The places of the old version's words in the new one.
    """
    from quotegrid.storage.sources.source_attributes import names_of_labels
    from quotegrid.storage.sources.turns.turn_edits import CarriedVersion, placed_turns, turns_as_read

    stands = [place.turn for place in placed_turns(session, row.id or 0)]
    read = turns_as_read(session, row)
    found = carry_edits(read, stands, source.turns, reanchoring)
    left = tuple(_told(row.text, stands, place) for place in found.left)
    if found.turns == source.turns:
        return CarriedEdits(source, CarriedVersion(source.turns, PassageChanges((), ()), 0), (), left)
    known = {label: Speaker(name) for label, name in names_of_labels(session, row.id or 0).items()}
    labels = {turn.label for turn in found.turns if turn.label and turn.label not in known}
    known |= {label: Speaker(name_of_speaker(source.name, label)) for label in labels}
    edited, passages = with_turns(
        source,
        found.turns,
        lambda start, end: segment_spans(source.text, start, end, study.settings.pipeline),
        known,
    )
    carried = CarriedVersion(source.turns, passages, found.carried)
    return CarriedEdits(edited, carried, tuple(difference(source.text, source.turns, found.turns)), left)


def _told(text: str, stands: Sequence[Turn], place: LeftPlace) -> str:
    """Return how a place was put right in the old version, and why it cannot be in the new one."""
    kept = set(stands).difference(place.place.stands)
    read = sorted((*kept, *place.place.read), key=lambda turn: turn.start)
    return "\n".join([*difference(text, read, stands), f"  {place.why}"])
