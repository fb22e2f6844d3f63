"""The review of segments one by one, and its decisions.

Each decision is in the database before the method that makes it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.coding.review import WalkScope
from quotegrid.workflows.coding.decide import decide_segment, next_stance
from quotegrid.workflows.coding.review.cuts import ReviewCuts
from quotegrid.workflows.coding.review.reviewed_segments import ReviewedSegments
from quotegrid.workflows.coding.stopping import draw_audit
from quotegrid.workflows.coding.undo import Reversal
from quotegrid.workflows.coding.undo import redo as redo_last
from quotegrid.workflows.coding.undo import undo as undo_last
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.learn_live import LearningChange

if TYPE_CHECKING:
    from quotegrid.storage.coding.decision_log import LoggedDecision


class Review(ReviewedSegments):
    """A review of a study's segments.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self.cuts = ReviewCuts(self)
        self._own: set[int] = set()
        """The numbers of the decisions made here that `take_in` has not seen yet."""

    def accept(self, code: str) -> bool:
        """Confirm a code on the segment; return False if it stood already."""
        return self._decide(Action.ACCEPT, code)

    def reject(self, code: str) -> bool:
        """Reject a suggested code, or remove one that was applied by hand."""
        item = self.current()
        candidates = () if item is None else item.candidates
        by_hand = any(candidate.code == code and candidate.suggestion is None for candidate in candidates)
        return self._decide(Action.REMOVE if by_hand else Action.REJECT, code)

    def apply(self, code: str) -> bool:
        """Apply any code of the codebook to the segment."""
        return self._decide(Action.ACCEPT, code)

    def turn_stance(self, code: str) -> Stance | None:
        """Give a code on the segment the next stance, and return it.

        Raises:
            UsageError: If it does not stand by the coder's own decision.
        """
        self.load()
        stance = next_stance(self.study, self._segment, code)
        self._decide(Action.MARK, code, stance)
        return stance

    def skip(self) -> bool:
        """Leave the segment for later."""
        return self._decide(Action.SKIP, None)

    def undo(self) -> Reversal | None:
        """Undo the latest decision and go to its segment, or the latest summary; None if there is none."""
        return self._turn(undo_last)

    def redo(self) -> Reversal | None:
        """Redo what the latest undo took back, and go to its segment; return None if there is nothing."""
        return self._turn(redo_last)

    def _turn(self, turn: Callable[[StudyFolder], Reversal | None]) -> Reversal | None:
        self.load()
        with self.deciding:
            reversal = turn(self.study)
            if reversal is not None and (reversal.codebook or reversal.other):
                self.refresh()
            if reversal is not None and reversal.segment is not None:
                self.look_again({decision.segment for decision in reversal.decisions})
                self.progress = None
                self.go_to(reversal.segment)
        return reversal

    def _decide(self, action: Action, code: str | None, stance: Stance | None = None) -> bool:
        self.load()
        if action is Action.ACCEPT and code is not None and self.chosen_for(self._segment):
            self.cuts.accept(code)
            return True
        with self.deciding:
            before = self.current()
            done = decide_segment(self.study, self._segment, action, code, stance=stance)
            if done.number is not None:
                self._own.add(done.number)
                self._repeats.meet(done.segment)
                self.look_again({done.segment})
                after = self.current()
                if self.walk.which is WalkScope.DRAWN:
                    self.progress = None
                if self.progress is not None and before is not None and after is not None:
                    self.progress.replace(before, after)
        return done.number is not None

    def draw(self) -> None:
        """Draw passages at random for the stopping rule.

        Raises:
            UsageError: If somebody has decided on every passage.
        """
        draw_audit(self.study)
        self.refresh()
        self.progress = None

    def take_suggestions(self, changed: LearningChange) -> None:
        """Read segments again whose suggestions have changed."""
        with self.deciding:
            self.look_again(changed.segments)
            if changed.came_or_went:
                self.progress = None

    def take_in(self, decisions: Iterable[LoggedDecision]) -> None:
        """Read segments again on which somebody has decided, perhaps elsewhere."""
        if not self._is_loaded:
            return
        unseen = [decision for decision in decisions if decision.id not in self._own]
        self._own.difference_update(decision.id for decision in decisions)
        if not unseen:
            return
        with self.deciding:
            self.look_again({decision.segment for decision in unseen})
            self.progress = None
