"""The review: one passage, the codes suggested for it, one key for each decision."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.worker import get_current_worker

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.coding.review import Order, Walk
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.normalise import counted, one_line, shortened
from quotegrid.domain.text.ranges import Side
from quotegrid.errors import QuotegridError
from quotegrid.tui.jobs import VECTORS_KEPT, Job
from quotegrid.tui.look import plain
from quotegrid.tui.messages import StartJob
from quotegrid.tui.review.candidate_list import CandidateList
from quotegrid.tui.review.controller import Outcome, ReviewController
from quotegrid.tui.review.evidence import evidence_text
from quotegrid.tui.review.filter_passages import FilterPassagesScreen
from quotegrid.tui.review.keys import REVIEW_KEYS
from quotegrid.tui.review.learning import ReviewLearner
from quotegrid.tui.review.passage_view import PassageView
from quotegrid.tui.review.review_progress_panel import ReviewProgressPanel
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.place_bar import PlaceLine
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.tui.widgets.write_memo import ask_memo_on
from quotegrid.workflows.coding.review.items import Candidate
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder

_LONGEST_ALIKE = 200
_LONGEST_SENTENCE = 70


class ReviewScreen(WorkbenchScreen):
    """A walk through the passages, with a decision on each suggestion.

    Args:
        study: The study.
        review: The walk, shared with the other screens.
    """

    MODE = "review"
    MORE_KEYS = (("up, down", "Move among the codes"),)
    BINDINGS: ClassVar[list[BindingType]] = REVIEW_KEYS

    @dataclass
    class Learned(Message):
        """Codes have been suggested anew for what comes next."""

        segments: frozenset[int]
        """The passages for which something else is suggested now."""

    @dataclass
    class Changed(Message):
        """A change that was made in a thread is done."""

        outcome: Outcome

    @dataclass
    class Failed(Message):
        """A change or a search in a thread could not be done."""

        error: QuotegridError

    @dataclass
    class AlikeFound(Message):
        """Passages that say the same as one have been looked for."""

        segment: int
        code: str
        quotes: Sequence[Quote]

    def __init__(self, study: StudyFolder, review: Review) -> None:
        super().__init__(study)
        self._review = review
        self._controller = ReviewController(study, review)
        self._learner = ReviewLearner(study, review)
        self._shown_candidate: Candidate | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the passage, its codes and the progress."""
        with Horizontal(id="review"):
            yield PassageView(id="words")
            with Vertical(id="side"):
                yield CandidateList(id="candidates")
                yield Static(id="evidence")
                yield ReviewProgressPanel(self._review, id="progress")

    async def on_mount(self) -> None:
        """Read what there is to review, and show the first passage that waits."""
        self.query_one(CandidateList).focus()
        # Tests open many workbenches in one process, each with a study to be let go of.
        await asyncio.to_thread(self._controller.load, until_exit=not self.app.is_headless)
        self.show()

    def on_screen_resume(self) -> None:
        """Show the passage that another screen may have chosen."""
        self.show()

    def show(self, message: str = "", *, on: str | None = None) -> None:
        """Show the passage under review.

        Args:
            message: What the last key did.
            on: The code that the cursor goes to; None for the first that waits.
        """
        item = self._review.current()
        self.set_class(item is None, "-nothing")
        if item is None:
            self.query_one(PlaceLine).show(self._controller.empty_text())
            return
        candidates = self.query_one(CandidateList)
        candidates.show(item.candidates, on=on)
        self.say(message)
        self._show_candidate(candidates.chosen)
        self.query_one(ReviewProgressPanel).show_review()

    def _show_again(self, message: str = "") -> None:
        """Show the passage again, with the cursor on the same code."""
        candidate = self._shown_candidate
        self.show(message or self.last_message, on=None if candidate is None else candidate.code)

    def place_text(self) -> str:
        """Return which passage is shown and how many suggestions wait."""
        return self._controller.place_text()

    @on(CandidateList.Chosen)
    def _candidate_chosen(self, event: CandidateList.Chosen) -> None:
        # The list also sends the code on which a passage was shown in the first place.
        if event.candidate is not self._shown_candidate:
            self._show_candidate(event.candidate)

    def _show_candidate(self, candidate: Candidate | None) -> None:
        self._shown_candidate = candidate
        item = self._review.current()
        if item is None:
            return
        suggestion = None if candidate is None else candidate.suggestion
        evidence = None if suggestion is None else dict(suggestion.evidence)
        self.query_one(PassageView).show(item, evidence)
        if candidate is None:
            text = plain("No code is suggested here. c chooses one.")
        else:
            nearest = None if evidence is None else self._review.quote(evidence["nearest"])
            text = evidence_text(candidate, nearest)
        self.query_one("#evidence", Static).update(text)

    def study_changed(self, change: Change) -> None:
        """Show what others have decided on the passage, and learn from every decision."""
        if change.is_rebuilt:
            self._learner.restart()
        if change.decisions:
            self._learn()
        message = self._controller.message_from_others(change)
        if message is not None:
            self._show_again(message)

    def _learn(self) -> None:
        lesson = self._learner.begin()
        if lesson is not None:
            self._run_lesson(lesson)

    @work(thread=True, group="learning")
    def _run_lesson(self, lesson: Callable[[], frozenset[int]]) -> None:
        self.post_message(self.Learned(lesson()))

    @on(Learned)
    def _learned(self, event: Learned) -> None:
        item = self._review.current()
        if item is not None and item.quote.id in event.segments:
            self._show_again()
        else:
            if item is not None:
                self.say(self.last_message)
            self.query_one(ReviewProgressPanel).show_review()
        if self._learner.end():
            self._learn()

    @property
    def _candidate(self) -> Candidate | None:
        """The code under the cursor."""
        return None if self._review.current() is None else self.query_one(CandidateList).chosen

    def _do(self, change: Callable[[], Outcome]) -> None:
        """Make a change, and show what came of it."""
        try:
            outcome = change()
        except QuotegridError as error:
            self.failed(error)
            return
        self._show_outcome(outcome)

    def _show_outcome(self, outcome: Outcome) -> None:
        self.show(outcome.message, on=outcome.code)
        if outcome.teaches:
            self._learn()

    def _work(self, make: Callable[[], Message], group: str, *, exclusive: bool = False) -> None:
        """Change or search in a thread, which posts what came of it."""

        def post() -> None:
            worker = get_current_worker()
            try:
                message = make()
            except QuotegridError as error:
                message = self.Failed(error)
            if not worker.is_cancelled:
                self.post_message(message)

        self.run_worker(post, thread=True, exclusive=exclusive, group=group)

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        self._show_outcome(event.outcome)

    @on(Failed)
    def _work_failed(self, event: Failed) -> None:
        self.failed(event.error)

    @on(OptionList.OptionSelected, "#candidates")
    def _candidate_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Confirm the code under the cursor, then show what waits next."""
        self._do(lambda: self._controller.accept(self._candidate))

    def action_reject(self) -> None:
        """Reject the code under the cursor, then show what waits next."""
        self._do(lambda: self._controller.reject(self._candidate))

    def action_skip(self) -> None:
        """Leave the passage for later."""
        self._do(self._controller.skip)

    def action_choose(self) -> None:
        """Apply any code of the codebook."""
        if self._review.current() is not None:
            self.ask(
                ChooseCodeScreen(self._review.codebook),
                lambda code: self._do(lambda: self._controller.apply(code)),
            )

    def action_stance(self) -> None:
        """Give the code under the cursor the next stance."""
        self._do(lambda: self._controller.give_next_stance(self._candidate))

    async def action_undo(self) -> None:
        """Undo the latest decision and show its passage."""
        self._do(self._controller.undo)

    async def action_redo(self) -> None:
        """Redo what was undone last and show its passage."""
        self._do(self._controller.redo)

    def action_move(self, steps: int) -> None:
        """Show the next passage or the one before, without deciding."""
        self._do(lambda: self._controller.move(steps))

    def action_next_waiting(self) -> None:
        """Show the next passage that waits for a decision."""
        self._do(self._controller.go_to_next_waiting)

    def action_filter(self) -> None:
        """Choose which passages to walk through."""
        self.ask(FilterPassagesScreen(self._review.walk), self._choose_walk)

    def action_order(self) -> None:
        """Choose the order to walk in."""
        orders = list(Order)
        current = orders.index(self._review.walk.order)
        self.ask(
            ChooseOneScreen("The order of review", [order.value for order in orders], current),
            lambda place: self._choose_walk(replace(self._review.walk, order=orders[place])),
        )

    def _choose_walk(self, walk: Walk) -> None:
        self._do(lambda: self._controller.choose_walk(walk))

    def action_mark_read(self) -> None:
        """Mark the source of the passage as read to the end, or as not where it is."""
        item = self._review.current()
        if item is not None:
            source = item.quote.source
            self._work(lambda: self.Changed(self._controller.mark_read(source)), "mark")

    async def action_memo(self) -> None:
        """Write a memo on the passage, or change yours."""
        item, candidate = self._review.current(), self._candidate
        if item is None:
            return
        segment, code = item.quote.id, None if candidate is None else candidate.code
        await ask_memo_on(
            self,
            MemoSubject.PASSAGE,
            str(segment),
            item.quote.text,
            lambda keep: self._work(lambda: self.Changed(self._controller.keep_memo(keep, code)), "memo"),
        )

    def action_explain(self) -> None:
        """Show the evidence for the suggestion under the cursor, and where it may mislead."""
        item, candidate = self._review.current(), self._candidate
        if item is None or candidate is None or candidate.suggestion is None:
            self.show("No suggestion is under the cursor.", on=None if candidate is None else candidate.code)
            return
        lines = self._controller.explain(item.quote, candidate)
        self.app.push_screen(ReadLinesScreen(f"Why “{candidate.code}” is suggested here", lines))

    def action_alike(self) -> None:
        """Look for passages that say the same, and apply the code under the cursor to all of them."""
        item, candidate = self._review.current(), self._candidate
        if item is None or candidate is None:
            self.show("There is no code to apply; c chooses one.")
            return
        segment, code = item.quote.id, candidate.code
        self._work(
            lambda: self.AlikeFound(segment, code, self._controller.find_alike(segment, code)),
            "alike",
            exclusive=True,
        )

    @on(AlikeFound)
    def _offer_alike(self, event: AlikeFound) -> None:
        segment, code, quotes = event.segment, event.code, event.quotes
        if not quotes:
            self.show(f"No other passage that says the same waits for “{code}”.", on=code)
            return
        others = [quote.id for quote in quotes]

        def apply(is_sure: bool | None) -> None:
            if is_sure:
                self._work(lambda: self.Changed(self._controller.apply_alike(segment, code, others)), "apply")

        say = "says" if len(quotes) == 1 else "say"
        title = f"{counted(len(quotes), 'passage')} more {say} nearly the same"
        lines = [
            f"{quote.attribution}: {shortened(one_line(quote.text), _LONGEST_ALIKE)}" for quote in quotes
        ]
        yes = f"apply “{code}” to all {len(quotes) + 1} alike; one undo takes it back"
        self.app.push_screen(ReadLinesScreen(title, lines, yes), apply)

    async def action_widen(self, side: str) -> None:
        """Take in the sentence before or after the passage."""
        await self._change_range(lambda: self._controller.widen(Side(side)))

    async def action_narrow(self, side: str) -> None:
        """Leave out the passage's first or last sentence."""
        await self._change_range(lambda: self._controller.narrow(Side(side)))

    async def _change_range(self, change: Callable[[], Outcome]) -> None:
        """Change the range off the event loop: the first time the rules for sentences are loaded."""
        if self._review.current() is None:
            return
        outcome = await self.attempt(change)
        if outcome is not None:
            self._show_outcome(outcome)

    async def action_split(self) -> None:
        """Choose the sentence with which the second part begins."""
        if self._review.current() is None:
            return
        sentences = await asyncio.to_thread(self._review.cuts.sentences)
        if not sentences:
            self.show("It is one sentence, so it cannot be split between two.")
            return

        def split(place: int) -> None:
            offset = sentences[place][0]
            self._work(lambda: self.Changed(self._controller.split(offset)), "split")

        choices = [shortened(words, _LONGEST_SENTENCE) for _, words in sentences]
        self.ask(ChooseOneScreen("The second part begins with", choices), split)

    def action_toggle_progress(self) -> None:
        """Show or hide the progress in a narrow window."""
        self.toggle_class("-progress")
        self.call_after_refresh(self.query_one(ReviewProgressPanel).show_review)

    def action_suggest(self) -> None:
        """Suggest again in the background, learning from the decisions so far."""
        self.post_message(StartJob(Job("Suggesting", self._controller.suggest, VECTORS_KEPT)))
