"""The effects of the review's keys on the study, whatever the screen looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.coding.review import Order, Walk, WalkScope
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import counted
from quotegrid.domain.text.ranges import Side
from quotegrid.tui.garbage import leave_out_loaded
from quotegrid.tui.look import stance_text
from quotegrid.tui.review.evidence import explanation
from quotegrid.workflows.coding.alike import alike_without, decide_alike
from quotegrid.workflows.coding.review.items import Candidate
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.undo import Reversal, reversal_in_words
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.sources.mark_read import turn_read_mark
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a key, for the screen to show."""

    message: str = ""
    """The change that was made, or why none was."""
    code: str | None = None
    """The code that the cursor goes to; None for the first that waits."""
    teaches: bool = False
    """Whether suggestions are to learn from it at once."""


class ReviewController:
    """Decides, moves and changes ranges in a review.

    Every method raises a QuotegridError where the study refuses the change.

    Args:
        study: The study.
        review: The walk through the passages.
    """

    def __init__(self, study: StudyFolder, review: Review) -> None:
        self._study = study
        self.review = review

    def load(self, *, until_exit: bool) -> None:
        """Read what there is to review.

        Args:
            until_exit: Whether it stays until the process ends, so that it is never garbage.
        """
        self.review.load()
        if until_exit:
            leave_out_loaded()

    def accept(self, candidate: Candidate | None) -> Outcome:
        """Confirm a code, then go to what waits next."""
        return self._decide(candidate, self.review.accept)

    def reject(self, candidate: Candidate | None) -> Outcome:
        """Reject a code, then go to what waits next."""
        return self._decide(candidate, self.review.reject)

    def _decide(self, candidate: Candidate | None, decide: Callable[[str], bool]) -> Outcome:
        if candidate is None:
            return Outcome("There is no code to decide on; c chooses one.")
        decide(candidate.code)
        item = self.review.current()
        is_done = item is not None and not any(candidate.waits for candidate in item.candidates)
        message = ""
        if is_done and not self.review.go_to_next_waiting():
            message = self._nothing_waits("No suggestion waits any more. 5 shows the matrix.")
        return Outcome(message, teaches=True)

    def skip(self) -> Outcome:
        """Leave the passage for later."""
        if self.review.current() is None:
            return Outcome()
        self.review.skip()
        if self.review.go_to_next_waiting() or self.review.move(1):
            return Outcome()
        return Outcome(self._nothing_waits("No suggestion waits any more; skipped passages stay for later."))

    def apply(self, code: str) -> Outcome:
        """Apply any code of the codebook."""
        is_applied = self.review.apply(code)
        return Outcome("" if is_applied else f"“{code}” stands here already.", teaches=True)

    def give_next_stance(self, candidate: Candidate | None) -> Outcome:
        """Give a confirmed code the next stance: supports, disputes, mixed, then none."""
        if candidate is None or not candidate.stands:
            code = None if candidate is None else candidate.code
            return Outcome("A stance needs a confirmed code; a confirms.", code)
        stance = self.review.turn_stance(candidate.code)
        return Outcome(stance_text(candidate.code, stance), candidate.code)

    def undo(self) -> Outcome:
        """Undo the latest decision and go to its passage."""
        return _reversal_outcome(self.review.undo(), "Took back", "There is nothing to undo.")

    def redo(self) -> Outcome:
        """Redo what the latest undo took back and go to its passage."""
        return _reversal_outcome(self.review.redo(), "Restored", "There is nothing to redo.")

    def move(self, steps: int) -> Outcome:
        """Go to the next passage or the one before, without deciding."""
        if self.review.move(steps):
            return Outcome()
        return Outcome("This is the last passage." if steps > 0 else "This is the first passage.")

    def go_to_next_waiting(self) -> Outcome:
        """Go to the next passage that waits for a decision."""
        is_found = self.review.go_to_next_waiting()
        return Outcome("" if is_found else self._nothing_waits("No suggestion waits any more."))

    def _nothing_waits(self, message: str) -> str:
        is_drawn = self.review.walk.which is WalkScope.DRAWN
        return "All that was drawn is looked at; p shows how much is left." if is_drawn else message

    def choose_walk(self, walk: Walk) -> Outcome:
        """Walk through other passages or in another order; draw a sample first where there is none."""
        if walk.which is WalkScope.DRAWN and not self.review.drawn[1]:
            self.review.draw()
        self.review.choose(walk)
        return Outcome()

    def widen(self, side: Side) -> Outcome:
        """Take in the sentence before or after the passage."""
        self.review.cuts.widen(side)
        return Outcome("Wider.")

    def narrow(self, side: Side) -> Outcome:
        """Leave out the passage's first or last sentence."""
        self.review.cuts.narrow(side)
        return Outcome("Narrower.")

    def split(self, offset: int) -> Outcome:
        """Split the passage in two at an offset."""
        self.review.cuts.split(offset)
        return Outcome("Split in two.")

    def mark_read(self, source: str) -> Outcome:
        """Mark a source as read to the end, or as not where it is; the cursor stays."""
        return Outcome(turn_read_mark(self._study, source))

    def keep_memo(self, keep: Callable[[], str], code: str | None) -> Outcome:
        """Keep a memo on a passage; the cursor stays on its code.

        Args:
            keep: Keeps it, and says so.
            code: The code under the cursor.
        """
        said = keep()
        self.review.draw_again()
        return Outcome(said, code)

    def find_alike(self, segment: int, code: str) -> Sequence[Quote]:
        """Return the passages that say the same and on which nobody has decided on the code."""
        return alike_without(self._study, segment, code)

    def apply_alike(self, segment: int, code: str, others: Sequence[int]) -> Outcome:
        """Apply a code to a passage and to others that say the same."""
        count = decide_alike(self._study, segment, code, others)
        self.review.look_again({segment, *others})
        self.review.progress = None
        return Outcome(f"“{code}” applied to {counted(count, 'passage')}.", code)

    def explain(self, quote: Quote, candidate: Candidate) -> list[str]:
        """Return the evidence for a suggestion on a passage, line by line."""
        suggestion = candidate.suggestion
        nearest = None if suggestion is None else self.review.quote(suggestion.evidence["nearest"])
        code = self.review.codebook.get(candidate.code)
        return explanation(candidate, quote, nearest, "" if code is None else code.definition)

    def suggest(self, report: ProgressReport) -> str:
        """Suggest codes again, learning from the decisions so far, and return what came of it."""
        from quotegrid.workflows.suggestions.suggest import suggest_codes

        found = suggest_codes(self._study, report=report)
        return f"{found.suggestions} suggestions for {found.with_suggestion} of {found.segments} passages."

    def message_from_others(self, change: Change) -> str | None:
        """Return what others have decided on the passage; None if nothing that is shown has changed."""
        coder = self._study.settings.coder_name()
        others = [decision for decision in change.decisions if decision.doer != coder]
        if not others and not change.is_rebuilt:
            return None
        item = self.review.current()
        here = [decision for decision in others if item is not None and decision.segment == item.quote.id]
        if not here:
            return ""
        code = f" “{here[-1].code}”" if here[-1].code else ""
        return f"{here[-1].doer}: {here[-1].in_words}{code}."

    def place_text(self) -> str:
        """Return which passage is under review and how many suggestions wait."""
        item = self.review.current()
        if item is None:
            return ""
        parts = [f"Passage {item.position} of {item.total}"]
        if item.is_skipped:
            parts.append("skipped")
        if item.repeats:
            says = "say" if item.repeats > 1 else "says"
            parts.append(f"{counted(item.repeats, 'other')} {says} the same (A)")
        walk, waiting = self.review.walk, self.review.waiting
        if walk.which is WalkScope.DRAWN:
            looked_at, drawn = self.review.drawn
            parts.append(f"{looked_at} of {drawn} looked at")
        else:
            parts.append(f"{waiting} suggestions wait" if waiting else "all suggestions are decided")
        if walk.which is not WalkScope.SUGGESTED:
            parts.append(f"{walk.which.value} passages" if walk.which is WalkScope.ALL else walk.which.value)
        if walk.order is not Order.SOURCE:
            parts.append(walk.order.value)
        if walk.query:
            parts.append(walk.query)
        return "   ".join([*parts, self._study.settings.coder_name()])

    def empty_text(self) -> str:
        """Return what can be done where there is no passage to review."""
        if self.review.has_suggestions:
            return "There is nothing to review."
        return (
            "No codes have been suggested yet.\n\n"
            "g  suggest codes now (about 20 seconds the first time)\n"
            "f  choose all passages, and read them without suggestions\n"
            "i  import transcripts, if there are none yet\n"
            "q  quit"
        )


def _reversal_outcome(reversal: Reversal | None, did: str, nothing: str) -> Outcome:
    if reversal is None:
        return Outcome(nothing, teaches=True)
    if reversal.codebook or reversal.other or reversal.summary:
        return Outcome(f"{did} {reversal_in_words(reversal)}", teaches=True)
    if len(reversal.decisions) == 1:
        code = f" “{reversal.code}”" if reversal.code else ""
        return Outcome(f"{did}: {reversal.decisions[0].in_words}{code}.", reversal.code, teaches=True)
    return Outcome(f"{did} {reversal_in_words(reversal)}", reversal.code, teaches=True)
