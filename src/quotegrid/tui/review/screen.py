"""The review: one segment, the codes suggested for it, one key a decision."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import OptionList, Static

from quotegrid.domain.coding.review import Order, Walk, WalkScope
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import QuotegridError
from quotegrid.tui.jobs import VECTORS_KEPT, Job
from quotegrid.tui.look import plain
from quotegrid.tui.messages import StartJob
from quotegrid.tui.review.candidate_list import CandidateList, evidence_text
from quotegrid.tui.review.filter_segments import FilterSegmentsScreen
from quotegrid.tui.review.learning import LearningScreen
from quotegrid.tui.review.more import MORE_REVIEW_KEYS
from quotegrid.tui.review.progress_panel import ProgressPanel
from quotegrid.tui.review.segment_view import SegmentView
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.workflows.coding.review.items import Candidate
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.undo import Reversal, reversal_in_words
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder


class ReviewScreen(LearningScreen):
    """Walk through the segments and decide.

    Args:
        study: The study.
        review: The walk, shared with the other screens.
    """

    MODE = "review"
    MORE_KEYS = (("up, down", "Move among the codes"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept", tooltip="Accept the code under the cursor"),
        Binding("r", "reject", "Reject", tooltip="Reject the code under the cursor"),
        Binding("s", "skip", "Skip", tooltip="Skip the segment for now"),
        Binding("c", "choose", "Code", tooltip="Choose a code by typing"),
        Binding("t", "stance", "Stance", tooltip="Supports, disputes, mixed or none"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest decision"),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
        Binding("n,right", "move(1)", "Go on", key_display="n/b", tooltip="Next segment, or back"),
        Binding("b,left", "move(-1)", "Back", show=False, tooltip="Segment before"),
        Binding("w", "next_waiting", "Next waiting", show=False, tooltip="Next waiting segment"),
        Binding("f", "filter", "Filter", show=False, tooltip="Which segments to walk through"),
        Binding("o", "order", "Order", show=False, tooltip="The order to walk in"),
        *MORE_REVIEW_KEYS,
        Binding("p", "toggle_progress", "Progress", show=False, tooltip="Progress by group and code"),
        Binding("g", "suggest", "Suggest again", show=False, tooltip="Suggest again"),
        Binding("i", "app.import_files", "Import", show=False, tooltip="Import transcripts and tables"),
    ]

    class ProgressCounted(Message):
        """How far one has come has been counted."""

    def __init__(self, study: StudyFolder, review: Review) -> None:
        super().__init__(study, review)
        self._counting = False
        self._chosen: Candidate | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the words, the codes and the progress."""
        with Horizontal(id="review"):
            yield SegmentView(id="words")
            with Vertical(id="side"):
                yield CandidateList(id="candidates")
                yield Static(id="evidence")
                yield ProgressPanel(id="progress")

    async def on_mount(self) -> None:
        """Read what there is to review, and show the first segment that waits."""
        self.query_one(CandidateList).focus()
        await asyncio.to_thread(self._load)
        self.show()

    def _load(self) -> None:
        self._review.load()
        if not self.app.is_headless:
            # What has been read stays until the workbench closes: to go through it all in search of garbage
            # costs 70 ms at a time in a large study. Tests open many workbenches in one process.
            gc.collect()
            gc.freeze()

    def on_screen_resume(self) -> None:
        """Show the segment that another screen may have chosen."""
        self.show()

    def show(self, said: str = "", *, on: str | None = None) -> None:
        """Draw the segment under review, say what the last key did, and put the cursor on a code."""
        item = self._review.current()
        self.set_class(item is None, "-nothing")
        if item is None:
            self.query_one("#place", Static).update(plain(self._nothing()))
            return
        candidates = self.query_one(CandidateList)
        candidates.show(item.candidates, on=on)
        self.say(said)
        self._show_chosen(candidates.chosen)
        self.show_progress()

    def show_again(self) -> None:
        """Draw the segment under review again, the cursor on the same code."""
        self.show(self._said, on=None if self._chosen is None else self._chosen.code)

    def show_progress(self) -> None:
        """Show how far one has come, where it can be seen; have it counted where it is not known."""
        panel, progress = self.query_one(ProgressPanel), self._review.progress
        if not panel.display:
            return
        if progress is not None:
            panel.show(progress.by_group(), progress.by_code(), progress.left)
        elif not self._counting:
            self._counting = True
            self._count_progress()

    @work(thread=True, group="progress")
    def _count_progress(self) -> None:
        self._review.count_progress()
        self.post_message(self.ProgressCounted())

    @on(ProgressCounted)
    def _progress_counted(self) -> None:
        self._counting = False
        self.show_progress()

    def study_changed(self, change: Change) -> None:
        """Draw again what others have decided on the segment that is shown, and say who did."""
        self.learn_from(change)
        here = self._review.current()
        others = [one for one in change.decisions if one.doer != self._study.settings.coder_name()]
        said = ""
        if here is not None:
            made = [one for one in others if one.segment == here.quote.id]
            if made:
                what = f" “{made[-1].code}”" if made[-1].code else ""
                said = f"{made[-1].doer}: {made[-1].in_words}{what}."
        if others or change.is_rebuilt:
            self.show(said or self._said, on=None if self._chosen is None else self._chosen.code)

    def _nothing(self) -> str:
        if self._review.has_suggestions:
            return "There is nothing to review."
        return (
            "No codes have been suggested yet.\n\n"
            "g  suggest codes now (about 20 seconds the first time)\n"
            "f  choose all segments, and read them without suggestions\n"
            "i  import transcripts, if there are none yet\n"
            "q  quit"
        )

    def place_told(self) -> str:
        """Which segment is shown and how many suggestions wait."""
        item = self._review.current()
        if item is None:
            return ""
        waiting = self._review.waiting
        parts = [f"Segment {item.position} of {item.total}"]
        if item.is_skipped:
            parts.append("skipped")
        if item.repeats:
            parts.append(
                f"{counted(item.repeats, 'other')} {'say' if item.repeats > 1 else 'says'} the same (A)"
            )
        walk = self._review.walk
        if walk.which is WalkScope.DRAWN:
            done, drawn = self._review.drawn
            parts.append(f"{done} of {drawn} looked at")
        else:
            parts.append(f"{waiting} suggestions wait" if waiting else "all suggestions are decided")
        if walk.which is not WalkScope.SUGGESTED:
            parts.append(f"{walk.which.value} segments" if walk.which is WalkScope.ALL else walk.which.value)
        if walk.order is not Order.SOURCE:
            parts.append(walk.order.value)
        if walk.query:
            parts.append(walk.query)
        parts.append(self._study.settings.coder_name())
        return "   ".join(parts)

    @on(CandidateList.Chosen)
    def _another(self, event: CandidateList.Chosen) -> None:
        # The list also tells of the code on which a segment was shown in the first place.
        if event.candidate is not self._chosen:
            self._show_chosen(event.candidate)

    def _show_chosen(self, candidate: Candidate | None) -> None:
        self._chosen = candidate
        item = self._review.current()
        if item is None:
            return
        suggestion = None if candidate is None else candidate.suggestion
        evidence = None if suggestion is None else dict(suggestion.evidence)
        self.query_one(SegmentView).show(item, evidence)
        if candidate is None:
            text = plain("No code is suggested here. c chooses one.")
        else:
            nearest = None if evidence is None else self._review.quote(evidence["nearest"])
            text = evidence_text(candidate, nearest)
        self.query_one("#evidence", Static).update(text)

    @on(OptionList.OptionSelected, "#candidates")
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Confirm the code under the cursor, then show what waits next."""
        self._decide("accept")

    def action_reject(self) -> None:
        """Reject the code under the cursor, then show what waits next."""
        self._decide("reject")

    def _decide(self, what: str) -> None:
        chosen = self.query_one(CandidateList).chosen
        if self._review.current() is None or chosen is None:
            self.show("There is no code to decide on; c chooses one.")
            return
        try:
            if what == "accept":
                self._review.accept(chosen.code)
            else:
                self._review.reject(chosen.code)
        except QuotegridError as error:
            self.failed(error)
            return
        self._go_on()

    def _go_on(self) -> None:
        """Stay while codes of this segment wait, else go to the next segment that does."""
        item = self._review.current()
        is_done = item is not None and not any(one.waits for one in item.candidates)
        if is_done and not self._review.go_to_next_waiting():
            self.show(self._nothing_waits("No suggestion waits any more. 5 shows the matrix."))
        else:
            self.show()
        self.learn()

    def action_skip(self) -> None:
        """Leave the segment for later."""
        if self._review.current() is None:
            return
        try:
            self._review.skip()
        except QuotegridError as error:
            self.failed(error)
            return
        if not self._review.go_to_next_waiting() and not self._review.move(1):
            self.show(self._nothing_waits("No suggestion waits any more; skipped segments stay for later."))
        else:
            self.show()

    def action_choose(self) -> None:
        """Apply any code of the codebook."""
        if self._review.current() is not None:
            self.app.push_screen(ChooseCodeScreen(self._review.codebook), self._apply)

    def _apply(self, code: str | None) -> None:
        if code is None:
            return
        try:
            applied = self._review.apply(code)
        except QuotegridError as error:
            self.failed(error)
            return
        self.show("" if applied else f"“{code}” stands here already.")
        self.learn()

    def action_stance(self) -> None:
        """Say that the passage supports the code under the cursor, disputes it, is mixed, or neither."""
        chosen = self.query_one(CandidateList).chosen
        if self._review.current() is None or chosen is None or not chosen.stands:
            self.show(
                "A stance needs a confirmed code; a confirms.", on=None if chosen is None else chosen.code
            )
            return
        try:
            stance = self._review.turn_stance(chosen.code)
        except QuotegridError as error:
            self.failed(error)
            return
        words = "no stance" if stance is None else stance.value
        self.show(f"“{chosen.code}”: {words}.", on=chosen.code)

    def action_undo(self) -> None:
        """Take back the latest decision and show its segment."""
        try:
            reversal = self._review.undo()
        except QuotegridError as error:
            self.failed(error)
            return
        self._show_reversal(reversal, "Took back", "There is nothing to undo.")

    def action_redo(self) -> None:
        """Bring again what the latest undo took back and show its segment."""
        try:
            reversal = self._review.redo()
        except QuotegridError as error:
            self.failed(error)
            return
        self._show_reversal(reversal, "Restored", "There is nothing to redo.")

    def _show_reversal(self, reversal: Reversal | None, did: str, nothing: str) -> None:
        if reversal is None:
            self.show(nothing)
        elif reversal.codebook or reversal.other or reversal.summary:
            self.show(f"{did} {reversal_in_words(reversal)}")
        elif len(reversal.decisions) == 1:
            what = f" “{reversal.code}”" if reversal.code else ""
            self.show(f"{did}: {reversal.decisions[0].in_words}{what}.", on=reversal.code)
        else:
            self.show(f"{did} {reversal_in_words(reversal)}", on=reversal.code)
        self.learn()

    def action_move(self, steps: int) -> None:
        """Show the next segment or the one before, without deciding."""
        if self._review.move(steps):
            self.show()
        else:
            self.show("This is the last segment." if steps > 0 else "This is the first segment.")

    def action_next_waiting(self) -> None:
        """Show the next segment that waits for a decision."""
        is_there = self._review.go_to_next_waiting()
        self.show("" if is_there else self._nothing_waits("No suggestion waits any more."))

    def _nothing_waits(self, said: str) -> str:
        is_drawn = self._review.walk.which is WalkScope.DRAWN
        return "All that was drawn is looked at; p shows how much is left." if is_drawn else said

    def action_filter(self) -> None:
        """Choose which segments to walk through."""
        self.app.push_screen(FilterSegmentsScreen(self._review.walk), self._walk)

    def action_order(self) -> None:
        """Choose the order to walk in."""
        orders = list(Order)
        now = orders.index(self._review.walk.order)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._walk(replace(self._review.walk, order=orders[place]))

        self.app.push_screen(
            ChooseOneScreen("The order of review", [one.value for one in orders], now), chosen
        )

    def _walk(self, walk: Walk | None) -> None:
        if walk is None:
            return
        try:
            if walk.which is WalkScope.DRAWN and not self._review.drawn[1]:
                self._review.draw()
            self._review.choose(walk)
        except QuotegridError as error:
            self.failed(error)
            return
        self.show()

    def action_toggle_progress(self) -> None:
        """Show or hide the progress in a narrow window."""
        self.toggle_class("-progress")
        self.call_after_refresh(self.show_progress)

    def action_suggest(self) -> None:
        """Suggest again in the background, learning from the decisions so far."""
        self.post_message(StartJob(Job("Suggesting", self._suggest, VECTORS_KEPT)))

    def _suggest(self, report: ProgressReport) -> str:
        from quotegrid.workflows.suggestions.suggest import suggest_codes

        found = suggest_codes(self._study, report=report)
        return f"{found.suggestions} suggestions for {found.with_suggestion} of {found.segments} segments."
