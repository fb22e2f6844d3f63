"""Keys of the review that change the range of the segment: wider, narrower, split in two."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.binding import Binding, BindingType

from quotegrid.domain.text.normalise import shortened
from quotegrid.domain.text.ranges import Side
from quotegrid.errors import QuotegridError
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.study.folder import StudyFolder

_SHOWN = 70
RANGE_KEYS: list[BindingType] = [
    Binding(key, action, name, show=False, tooltip=tooltip)
    for key, action, name, tooltip in (
        ("left_square_bracket", "widen('before')", "Wider", "Take in the sentence before"),
        ("right_square_bracket", "widen('after')", "Wider", "Take in the sentence after"),
        ("left_curly_bracket", "narrow('before')", "Narrower", "Leave out the first sentence"),
        ("right_curly_bracket", "narrow('after')", "Narrower", "Leave out the last sentence"),
        ("vertical_line", "split", "Split", "Split the segment in two"),
    )
]
"""What `RangesScreen` does; a screen has them among its own keys, so that its page of keys shows them."""


class RangesScreen(WorkbenchScreen):
    """A screen on which one segment is under review, whose range can be changed.

    Args:
        study: The study.
        review: The walk, shared with the other screens.
    """

    def __init__(self, study: StudyFolder, review: Review) -> None:
        super().__init__(study)
        self._review = review

    def show(self, said: str = "", *, on: str | None = None) -> None:
        """Draw the segment under review, say what the last key did, and put the cursor on a code."""
        raise NotImplementedError

    async def action_widen(self, side: str) -> None:
        """Take in the sentence before or after the segment."""
        await self._cut(lambda: self._review.cuts.widen(Side(side)), "Wider")

    async def action_narrow(self, side: str) -> None:
        """Leave out the segment's first or last sentence."""
        await self._cut(lambda: self._review.cuts.narrow(Side(side)), "Narrower")

    async def action_split(self) -> None:
        """Choose the sentence with which the second part begins."""
        if self._review.current() is None:
            return
        sentences = await asyncio.to_thread(self._review.cuts.sentences)
        if not sentences:
            self.show("It is one sentence, so it cannot be split between two.")
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                at = sentences[place][0]
                self.run_worker(self._cut(lambda: self._review.cuts.split(at), "Split in two"))

        choices = [shortened(words, _SHOWN) for _, words in sentences]
        await self.app.push_screen(ChooseOneScreen("The second part begins with", choices), chosen)

    async def _cut(self, change: Callable[[], None], did: str) -> None:
        """Change the range beside the event loop: the first time the rules for sentences are loaded."""
        if self._review.current() is None:
            return
        try:
            await asyncio.to_thread(change)
        except QuotegridError as error:
            self.failed(error)
            return
        self.show(f"{did}.")
