"""The segments that the rows of a file of decisions refer to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, TypeAlias

from quotegrid.domain.text.normalise import one_line, shortened, visible
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.coding.decision_rows import DecisionLine, Place
from quotegrid.workflows.study.names import closest

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.segment_references import FoundSegment

_NUMBER = re.compile(r"^[0-9]{1,18}$")
_PLACE = re.compile(r"^(?P<source>.+):(?P<start>[0-9]{1,18})-(?P<end>[0-9]{1,18})$")
_SHOWN = 60
_Reference: TypeAlias = int | str | tuple[str, int, int]
"""A segment's number, its GUID, or its source's name with its start and end."""


class DecisionPlaces:
    """The segments that rows refer to, which are cut out where there is none.

    All that are there are looked up at once.

    Args:
        session: A transaction that writes.
        lines: The rows.
        settle: Called with a segment made by hand before it is looked up whether it is in use: the decisions
            on it that are still to be written say so.
    """

    def __init__(
        self, session: Session, lines: Sequence[DecisionLine], settle: Callable[[int], None]
    ) -> None:
        self._session = session
        self._settle = settle
        self._sources: dict[str, int] | None = None
        self._texts: dict[int, str] = {}
        self._known: dict[_Reference, FoundSegment] = {}
        self._cut: dict[Place, int] = {}
        """The segments that were cut out, which can be a little narrower than their places."""
        self._look_up({reference for line in lines for reference in _references(line)})

    @property
    def cut_out(self) -> int:
        """Return how many segments were cut out."""
        return len(self._cut)

    def known(self, line: DecisionLine) -> set[int]:
        """Return the segments that a row names, as far as they are there already."""
        return {self._known[name].number for name in _references(line) if name in self._known}

    def segment(self, line: DecisionLine, coder: str) -> int:
        """Return the segment of a row.

        Args:
            line: The row. Its range decides where it has one; a segment named besides must be the same.
            coder: The coder for whom it is cut out where there is none.

        Raises:
            UnknownNameError: If there is no such segment or source.
            UsageError: If the range is not in the source, or contradicts the row's other cells.
        """
        if line.place is None:
            segment = self._named(line.segment)
            self._refuse_other_words(line, segment.source, segment.start, segment.end)
            return segment.number
        found = self._at(line, line.place, coder)
        if line.segment and self._named(line.segment).number != found:
            place = line.place
            raise UsageError(
                f'passage "{line.segment}" does not stand at {place.source}:{place.start}-{place.end}.',
                todo="Correct the one or the other, or leave the segment empty: then the place decides.",
            )
        return found

    def _named(self, text: str) -> FoundSegment:
        from quotegrid.storage.sources.hand_made import in_use

        found = self._found(_reference(text))
        if found is not None and found.is_hand_made:
            self._settle(found.number)
            if not in_use(self._session, [found.number]):
                found = None
        if found is None:
            raise UnknownNameError(
                f'there is no passage "{text}".',
                todo='"quotegrid quotes" lists them; write a number, or "source:start-end".',
            )
        return found

    def _found(self, name: _Reference) -> FoundSegment | None:
        if name not in self._known:
            # The rows above can have cut it out.
            self._look_up({name})
        return self._known.get(name)

    def _look_up(self, references: Collection[_Reference]) -> None:
        from quotegrid.storage.sources.segment_references import (
            segments_by_guid,
            segments_by_number,
            segments_by_place,
        )

        numbers = {reference for reference in references if isinstance(reference, int)}
        guids = {reference for reference in references if isinstance(reference, str)}
        places = {reference for reference in references if isinstance(reference, tuple)}
        self._known.update(segments_by_number(self._session, numbers).items())
        self._known.update(segments_by_guid(self._session, guids).items())
        self._known.update(segments_by_place(self._session, places).items())

    def _at(self, line: DecisionLine, place: Place, coder: str) -> int:
        from quotegrid.storage.coding.decisions import coder_id, set_aside
        from quotegrid.workflows.coding.segments import find_or_cut

        source = self._source(place.source)
        length = len(self._text(source))
        if not place.start < place.end <= length:
            raise UsageError(
                f'{place.start}-{place.end} is no range of "{place.source}", which has {length} characters.',
                todo="Import the file from which the decisions were made, or correct start and end.",
            )
        self._refuse_other_words(line, source, place.start, place.end)
        name = (place.source, place.start, place.end)
        found = self._found(name)
        # A list of decisions may name what stands aside; a place written anew is to be one speaker's words.
        if found is not None and (line.segment or not set_aside(self._session, [found.number])):
            return found.number
        if place not in self._cut:
            cut = find_or_cut(self._session, source, place.start, place.end, coder_id(self._session, coder))
            self._cut[place] = cut.segment
        return self._cut[place]

    def _source(self, name: str) -> int:
        from quotegrid.storage.sources.sources import source_numbers

        if self._sources is None:
            self._sources = source_numbers(self._session)
        if name not in self._sources:
            near = closest(name, list(self._sources), "sources")
            raise UnknownNameError(
                f'the source "{name}" is not in this study.',
                todo=f"Import it first, with the name that it has in the file of decisions. {near}",
            )
        return self._sources[name]

    def _text(self, source: int) -> str:
        from quotegrid.storage.sources.hand_made import source_text

        if source not in self._texts:
            self._texts[source] = source_text(self._session, source)
        return self._texts[source]

    def _refuse_other_words(self, line: DecisionLine, source: int, start: int, end: int) -> None:
        if not line.words:
            return
        said = self._text(source)[start:end]
        # A listing has the very words, which need not be compared as they read.
        if said != line.words and visible(one_line(said)) != visible(one_line(line.words)):
            raise UsageError(
                f'the file says "{shortened(one_line(line.words), _SHOWN)}" where the study has '
                f'"{shortened(one_line(said), _SHOWN)}".',
                todo="Import the file from which the decisions were made, or correct the row.",
            )


def _references(line: DecisionLine) -> list[_Reference]:
    """Return what a row names its segment by: its place, the cell that names a segment, or both."""
    named = [_reference(line.segment)] if line.segment else []
    place = line.place
    return named if place is None else [(place.source, place.start, place.end), *named]


def _reference(text: str) -> _Reference:
    """Return the number, the place or the GUID that a cell names a segment by."""
    place = _PLACE.match(text)
    if _NUMBER.match(text):
        return int(text)
    return text if place is None else (place["source"], int(place["start"]), int(place["end"]))
