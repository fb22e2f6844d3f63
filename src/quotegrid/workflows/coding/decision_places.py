"""The segments that the rows of a file of decisions refer to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotegrid.domain.text.normalise import one_line, shortened, visible
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.coding.decision_rows import DecisionLine, Place
from quotegrid.workflows.study.names import closest

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session

_NUMBER = re.compile(r"^[0-9]{1,18}$")
_PLACE = re.compile(r"^(?P<source>.+):(?P<start>[0-9]{1,18})-(?P<end>[0-9]{1,18})$")
_SHOWN = 60


class DecisionPlaces:
    """The segments that rows refer to, which are cut out where there is none.

    Args:
        session: A transaction that writes.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sources: dict[str, int] | None = None
        self._texts: dict[int, str] = {}
        self._found: dict[Place, int] = {}
        self.cut_out = 0
        """The number of segments that were cut out."""

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
            self._refuse_other_words(line, *self._where(segment))
            return segment
        found = self._at(line, line.place, coder)
        if line.segment and self._named(line.segment) != found:
            place = line.place
            raise UsageError(
                f'passage "{line.segment}" does not stand at {place.source}:{place.start}-{place.end}.',
                todo="Correct the one or the other, or leave the segment empty: then the place decides.",
            )
        return found

    def _named(self, text: str) -> int:
        from quotegrid.storage.search.quotes import find_segment, has_segment, segment_by_guid

        found: int | None
        place = _PLACE.match(text)
        if _NUMBER.match(text):
            found = int(text) if has_segment(self._session, int(text)) else None
        elif place is not None:
            found = find_segment(self._session, place["source"], int(place["start"]), int(place["end"]))
        else:
            found = segment_by_guid(self._session, text)
        if found is None:
            raise UnknownNameError(
                f'there is no passage "{text}".',
                todo='"quotegrid quotes" lists them; write a number, or "source:start-end".',
            )
        return found

    def _where(self, segment: int) -> tuple[int, int, int]:
        from quotegrid.storage.coding.decisions import segment_places

        return segment_places(self._session, [segment])[segment]

    def _at(self, line: DecisionLine, place: Place, coder: str) -> int:
        from quotegrid.storage.coding.decisions import coder_id
        from quotegrid.storage.sources.hand_made import segment_with
        from quotegrid.workflows.coding.segments import find_or_cut

        source = self._source(place.source)
        length = len(self._text(source))
        if not place.start < place.end <= length:
            raise UsageError(
                f'{place.start}-{place.end} is no range of "{place.source}", which has {length} characters.',
                todo="Import the file from which the decisions were made, or correct start and end.",
            )
        self._refuse_other_words(line, source, place.start, place.end)
        if place not in self._found:
            found = segment_with(self._session, source, place.start, place.end)
            if found is None:
                cut = find_or_cut(
                    self._session, source, place.start, place.end, coder_id(self._session, coder)
                )
                found = cut.segment
                self.cut_out += 1
            self._found[place] = found
        return self._found[place]

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
        if visible(one_line(said)) != visible(one_line(line.words)):
            raise UsageError(
                f'the file says "{shortened(one_line(line.words), _SHOWN)}" where the study has '
                f'"{shortened(one_line(said), _SHOWN)}".',
                todo="Import the file from which the decisions were made, or correct the row.",
            )
