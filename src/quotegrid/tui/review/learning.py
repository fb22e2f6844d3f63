"""Learning while the review goes on: what comes next follows each decision."""

from __future__ import annotations

from collections.abc import Callable

from quotegrid.errors import QuotegridError
from quotegrid.settings import LEARNING
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.learn_live import LiveSuggestions

_AHEAD = 48
"""The number of upcoming passages that get new suggestions after a decision."""


class ReviewLearner:
    """Suggests anew for the passages that come next, one round at a time.

    Args:
        study: The study.
        review: The walk, which takes in what is suggested.
    """

    def __init__(self, study: StudyFolder, review: Review) -> None:
        self._study = study
        self._review = review
        self._live = LiveSuggestions(study)
        self._is_learning = False
        self._is_due = False
        """Whether decisions were made since the round under way began."""

    def restart(self) -> None:
        """Begin anew, after codes were suggested for everything."""
        self._live = LiveSuggestions(self._study)

    def begin(self) -> Callable[[], frozenset[int]] | None:
        """Begin a round, unless one is under way or learning waits until it is asked for.

        Returns:
            The work of the round, to be called in a thread: it returns the numbers of the passages for which
            something else is suggested now. None if there is nothing to do.
        """
        if self._study.settings.learning != LEARNING[0]:
            return None
        if self._is_learning:
            self._is_due = True
            return None
        self._is_learning = True
        live, ahead = self._live, self._review.ahead(_AHEAD)
        return lambda: self._suggest(live, ahead)

    def _suggest(self, live: LiveSuggestions, ahead: list[int]) -> frozenset[int]:
        try:
            changed = live.catch_up(ahead, self._review.held)
            if changed.segments:
                self._review.take_suggestions(changed)
        except (QuotegridError, OSError):
            # Suggestions stay as they were; the decisions are kept, and the next round learns from them.
            return frozenset()
        return changed.segments

    def end(self) -> bool:
        """End the round under way, and return whether another one is due."""
        self._is_learning = False
        is_due, self._is_due = self._is_due, False
        return is_due
