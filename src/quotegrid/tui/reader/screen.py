"""Reading and coding a source by selecting what is coded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.reading import CodedRange
from quotegrid.domain.text.normalise import shortened
from quotegrid.errors import QuotegridError
from quotegrid.tui.reader.reader import ReaderScreen
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.place_code import ask_place
from quotegrid.tui.widgets.write_memo import WriteMemoScreen
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import add_code
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.segments import code_ranges
from quotegrid.workflows.coding.stances import turn_stance
from quotegrid.workflows.coding.undo import redo_in_words, undo_in_words
from quotegrid.workflows.sources.write_memo import write_memo

_LONGEST_NAME = 60


class ReadScreen(ReaderScreen):
    """A source to read and to code.

    Args:
        study: The study.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "code", "Code", tooltip="Apply a code to what is selected"),
        Binding("v", "in_vivo", "In vivo", show=False, tooltip="Make a code of the words that are selected"),
        Binding("a", "take", "Accept", tooltip="Accept the suggestion here"),
        Binding("r", "refuse", "Reject", tooltip="Reject the suggestion here"),
        Binding("x", "remove", "Take off", tooltip="Take a code off", show=False),
        Binding("t", "stance", "Stance", tooltip="Supports, disputes, mixed or none", show=False),
        Binding("m", "memo", "Memo", show=False, tooltip="Write a memo on what is selected"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest decision"),
        Binding("ctrl+r", "redo", "Redo", tooltip="Redo what was undone last", show=False),
    ]

    async def _do(self, what: Callable[[], str]) -> None:
        """Change something off the event loop, and show what stands then."""
        try:
            said = await asyncio.to_thread(what)
        except QuotegridError as error:
            self.failed(error)
            return
        await self._see_again(said)

    def action_code(self) -> None:
        """Apply a code to what is selected."""
        if self._cursor is None:
            return

        def chosen(code: str | None) -> None:
            if code is not None:
                self.run_worker(self._apply(code), group="decide")

        self.app.push_screen(ChooseCodeScreen(current_codebook(self._study)), chosen)

    def action_in_vivo(self) -> None:
        """Make a code of the words that are selected, named by them, and apply it to them."""
        source, cursor = self._source, self._cursor
        if source is None or cursor is None:
            return
        if not cursor.pieces():
            self.say("What interviewers say is not coded.")
            return
        start, end = cursor.selected
        words = shortened(source.text[start:end], _LONGEST_NAME).strip(' .,;:!?…“”"')

        def named(name: str | None) -> None:
            if name:
                ask_place(self, codebook, name, lambda parent: make(name, parent))

        def make(name: str, parent: str | None) -> None:
            self.run_worker(self._make_code(Code(name, parent=parent, terms=(words,))), group="decide")

        try:
            codebook = current_codebook(self._study)
        except QuotegridError as error:
            self.failed(error)
            return
        hint = "The code's name. w selects by words, so that it is what somebody said."
        self.app.push_screen(AskTextScreen("A code in vivo", words, hint), named)

    async def _make_code(self, code: Code) -> None:
        try:
            await asyncio.to_thread(add_code, self._study, code)
        except QuotegridError as error:
            self.failed(error)
            return
        await self._apply(code.name)

    async def _apply(self, code: str) -> None:
        source, cursor = self._source, self._cursor
        if source is None or cursor is None:
            return
        pieces = cursor.pieces()
        if not pieces:
            self.say("What interviewers say is not coded.")
            return

        def apply() -> str:
            done = code_ranges(self._study, source.name, pieces, code)
            return f"Coded “{code}”." if any(one.number for one in done) else f"“{code}” stands here already."

        await self._do(apply)

    def _coded_here(self) -> list[CodedRange]:
        return [] if self._cursor is None else self._standing.codings_in(*self._cursor.selected)

    def _with_code(self, title: str, then: Callable[[CodedRange], str]) -> None:
        """Do something with a code that stands here; ask with which where there are several."""
        codings = self._coded_here()
        if not codings:
            self.say("No code stands here; c applies one.")
        elif len(codings) == 1:
            self.run_worker(self._do(lambda: then(codings[0])), group="decide")
        else:

            def chosen(place: int | None) -> None:
                if place is not None:
                    self.run_worker(self._do(lambda: then(codings[place])), group="decide")

            self.app.push_screen(ChooseOneScreen(title, [one.label for one in codings]), chosen)

    def action_remove(self) -> None:
        """Take off a code that stands here."""

        def remove(coding: CodedRange) -> str:
            done = decide_segment(self._study, coding.segment, Action.REMOVE, coding.code)
            if done.number is None:
                return f"“{coding.code}” does not stand here by your decision."
            return f"Took “{coding.code}” off."

        self._with_code("Take off", remove)

    def action_stance(self) -> None:
        """Give a code that stands here the next stance."""

        def turn(coding: CodedRange) -> str:
            stance = turn_stance(self._study, coding.segment, coding.code)
            return f"“{coding.code}”: {'no stance' if stance is None else stance.value}."

        self._with_code("Stance of", turn)

    async def action_take(self) -> None:
        """Accept the first suggestion that waits here."""
        await self._decide_suggestion(Action.ACCEPT, "Accepted")

    async def action_refuse(self) -> None:
        """Reject the first suggestion that waits here."""
        await self._decide_suggestion(Action.REJECT, "Rejected")

    async def _decide_suggestion(self, action: Action, did: str) -> None:
        waiting = [] if self._cursor is None else self._standing.pencilled_in(*self._cursor.selected)
        if not waiting:
            self.say("No suggestion waits here.")
            return
        first = waiting[0]

        def decide() -> str:
            decide_segment(self._study, first.segment, action, first.code)
            return f"{did} “{first.code}”."

        await self._do(decide)

    def action_memo(self) -> None:
        """Write a memo on what is selected."""
        source, cursor = self._source, self._cursor
        if source is None or cursor is None:
            return
        start, end = cursor.selected

        def written(text: str | None) -> None:
            if text is not None:
                self.run_worker(self._do(lambda: keep(text)), group="decide")

        def keep(text: str) -> str:
            write_memo(self._study, source.id, start, end, text)
            return "Kept the memo."

        self.app.push_screen(WriteMemoScreen(source.text[start:end]), written)

    async def action_undo(self) -> None:
        """Take back the latest decision."""
        await self._do(lambda: undo_in_words(self._study))

    async def action_redo(self) -> None:
        """Bring again what was undone last."""
        await self._do(lambda: redo_in_words(self._study))
