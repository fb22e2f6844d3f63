"""What a study offers to change the ranges that are coded."""

from __future__ import annotations

from quotegrid.domain.text.ranges import side_named
from quotegrid.workflows.study.folder import StudyFolder


class StudySegments:
    """The part of a study that codes any words, and moves codings to wider, narrower or split ranges."""

    _folder: StudyFolder

    def apply_at(self, source: str, start: int, end: int, code: str, memo: str = "") -> int:
        """Apply a code to any words within one turn, or within one quote of a report.

        Args:
            source: The source's name.
            start: Where the words begin, counted in code points of the source's text.
            end: Where they end.
            code: The code's name.
            memo: A note, which is kept with the decision.

        Returns:
            The number of the segment on which it stands.
        """
        from quotegrid.workflows.coding.segments import code_range

        return code_range(self._folder, source, start, end, code, memo=memo).segment

    def widen(self, segment: int, side: str) -> int:
        """Move your codings of a segment to one with a sentence more, "before" or "after"; its number."""
        from quotegrid.workflows.coding.segments import widen

        return widen(self._folder, segment, side_named(side)).segment

    def narrow(self, segment: int, side: str) -> int:
        """Move your codings of a segment to one without its first ("before") or last sentence; its number."""
        from quotegrid.workflows.coding.segments import narrow

        return narrow(self._folder, segment, side_named(side)).segment

    def split(self, segment: int, at: int) -> tuple[int, int]:
        """Move your codings of a segment to its parts before and after an offset; their numbers."""
        from quotegrid.workflows.coding.segments import split

        first, second = split(self._folder, segment, at)
        return first.segment, second.segment
