"""The widening, narrowing and splitting of the segment under review."""

from __future__ import annotations

from collections.abc import Callable

from quotegrid.domain.text.ranges import Side
from quotegrid.workflows.coding.review.reviewed_segments import Range, ReviewedSegments
from quotegrid.workflows.coding.segments import (
    accept_at,
    is_own,
    move,
    narrower_range,
    sentences_around,
    split,
    wider_range,
)


class ReviewCuts:
    """The changes to the range of the segment under review.

    Args:
        review: The segments under review.
    """

    def __init__(self, review: ReviewedSegments) -> None:
        self._review = review

    def widen(self, side: Side) -> None:
        """Add the sentence before or after to the segment: the coder's codings move to the wider range.

        Where the coder has coded nothing yet, the next code that they accept or apply gets the wider range.

        Raises:
            UsageError: If the turn or quote ends there.
        """
        self._recut(wider_range, side)

    def narrow(self, side: Side) -> None:
        """Remove the segment's first or last sentence; see `widen`.

        Raises:
            UsageError: If it has only one sentence.
        """
        self._recut(narrower_range, side)

    def _recut(self, ranged: Callable[..., Range], side: Side) -> None:
        review = self._review
        item = review.current()
        if item is None:
            return
        segment = item.quote.id
        found = ranged(review.study, segment, side, (item.quote.start, item.quote.end))
        if is_own(review.study, segment):
            with review.deciding:
                review.chosen = None
                review.show_cut(segment, move(review.study, segment, *found).segment)
        else:
            review.chosen = (segment, found)
            review.draw_again()

    def accept(self, code: str) -> None:
        """Accept a code on the range that was chosen for the segment under review.

        Raises:
            UsageError: If the range cannot be coded.
        """
        review = self._review
        if review.chosen is None:
            return
        segment, (start, end) = review.chosen
        with review.deciding:
            made = accept_at(review.study, segment, code, start, end).segment
            review.show_cut(segment, made)
            if review.waits_at(segment):
                review.go_to(segment)

    def sentences(self) -> list[tuple[int, str]]:
        """Return the starts of the segment's sentences in its source, except the first, and their words."""
        item = self._review.current()
        if item is None:
            return []
        quote = item.quote
        return [
            (start, quote.text[start - quote.start : end - quote.start])
            for start, end in sentences_around(self._review.study, quote.id)
            if quote.start < start < quote.end
        ]

    def split(self, at: int) -> None:
        """Move the coder's codings to the part before an offset and the part from there on.

        Raises:
            UsageError: If the coder has coded nothing on the segment.
        """
        review = self._review
        item = review.current()
        if item is None:
            return
        with review.deciding:
            first, second = split(review.study, item.quote.id, at)
            review.show_cut(item.quote.id, first.segment, second.segment)
