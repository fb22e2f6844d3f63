"""The methods of `Study` that change the ranges of codings."""

from __future__ import annotations

from quotegrid.domain.text.ranges import side_named
from quotegrid.workflows.study.folder import StudyFolder


class StudySegments:
    """The methods of `Study` that code any range, and widen, narrow or split the ranges of codings."""

    _folder: StudyFolder

    def apply_at(self, source: str, start: int, end: int, code: str, memo: str = "") -> int:
        """Apply a code to any range within one turn, or within one quote of a report.

        Args:
            source: The source's name.
            start: The start of the range, in code points of the source's text.
            end: The end of the range, exclusive.
            code: The code's name.
            memo: A note, which is stored with the decision.

        Returns:
            The number of the segment on which it stands.
        """
        from quotegrid.workflows.coding.segments import code_range

        return code_range(self._folder, source, start, end, code, memo=memo).segment

    def widen(self, segment: int, side: str) -> int:
        """Move your codings to a segment with a further sentence, "before" or "after"; return its number."""
        from quotegrid.workflows.coding.segments import widen

        return widen(self._folder, segment, side_named(side)).segment

    def narrow(self, segment: int, side: str) -> int:
        """Move your codings to a segment without the first ("before") or last sentence; return its number."""
        from quotegrid.workflows.coding.segments import narrow

        return narrow(self._folder, segment, side_named(side)).segment

    def split(self, segment: int, at: int) -> tuple[int, int]:
        """Move your codings of a segment to its parts before and after an offset; return their numbers."""
        from quotegrid.workflows.coding.segments import split

        first, second = split(self._folder, segment, at)
        return first.segment, second.segment
