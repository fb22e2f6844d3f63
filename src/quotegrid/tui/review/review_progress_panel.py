"""The progress of the review, counted in a thread where it is not known."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from quotegrid.tui.review.progress_panel import ProgressPanel
from quotegrid.workflows.coding.review.review import Review


class ReviewProgressPanel(ProgressPanel):
    """The progress of a review by group and by code.

    Args:
        review: The walk through the passages.
    """

    @dataclass
    class Counted(Message):
        """The progress has been counted."""

    def __init__(self, review: Review, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._review = review
        self._is_counting = False

    def show_review(self) -> None:
        """Show the progress where there is room for it; have it counted where it is not known."""
        progress = self._review.progress
        if not self.display:
            return
        if progress is not None:
            self.show(progress.by_group(), progress.by_code(), progress.left)
        elif not self._is_counting:
            self._is_counting = True
            self._count()

    @work(thread=True, group="progress")
    def _count(self) -> None:
        self._review.count_progress()
        self.post_message(self.Counted())

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        event.stop()
        self._is_counting = False
        self.show_review()
