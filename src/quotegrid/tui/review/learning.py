"""The part of the review that learns: what comes next follows each decision."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from quotegrid.errors import QuotegridError
from quotegrid.settings import LEARNING
from quotegrid.tui.review.more import MoreReviewScreen
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.learn_live import LearningChange, LiveSuggestions

_AHEAD = 48
"""So many segments that come next are suggested for anew after a decision."""


class LearningScreen(MoreReviewScreen):
    """A review that has what comes next suggested anew in a worker.

    Args:
        study: The study.
        review: The walk, shared with the other screens.
    """

    @dataclass
    class Learned(Message):
        """What comes next has been suggested anew."""

        segments: frozenset[int]
        """Those for which something else is suggested now."""

    def __init__(self, study: StudyFolder, review: Review) -> None:
        super().__init__(study, review)
        self._live = LiveSuggestions(study)
        self._is_learning = False
        self._learn_again = False

    def show_progress(self) -> None:
        """Show how far one has come."""
        raise NotImplementedError

    def show_again(self) -> None:
        """Draw the segment under review again, the cursor on the same code."""
        raise NotImplementedError

    def learn_from(self, change: Change) -> None:
        """Learn what anybody has decided; begin anew where codes were suggested for everything."""
        if change.is_rebuilt:
            self._live = LiveSuggestions(self._study)
        if change.decisions:
            self.learn()

    def learn(self) -> None:
        """Have what comes next suggested anew, as the latest decisions teach."""
        if self._study.settings.learning != LEARNING[0]:
            return
        if self._is_learning:
            self._learn_again = True
            return
        self._is_learning = True
        self._learn_ahead(self._live, self._review.ahead(_AHEAD))

    @work(thread=True, group="learning")
    def _learn_ahead(self, live: LiveSuggestions, ahead: list[int]) -> None:
        changed = LearningChange()
        try:
            changed = live.catch_up(ahead)
            if changed.segments:
                self._review.take_suggestions(changed)
        except (QuotegridError, OSError):
            pass  # What is suggested stays as it was; the decisions are kept, and the next one asks again.
        finally:
            self.post_message(self.Learned(changed.segments))

    @on(Learned)
    def _learned(self, message: Learned) -> None:
        self._is_learning = False
        here = self._review.current()
        if here is not None and here.quote.id in message.segments:
            self.show_again()
        else:
            if here is not None:
                self.say(self._said)
            self.show_progress()
        if self._learn_again:
            self._learn_again = False
            self.learn()
