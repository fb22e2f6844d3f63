"""The screen on which a source is read, and coded by selecting its words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.reading import CodedRange, ReadSource
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.normalise import shortened
from quotegrid.errors import QuotegridError
from quotegrid.tui.look import stance_text
from quotegrid.tui.reader.choose_speaker import ChooseSpeakerScreen
from quotegrid.tui.reader.jumps import Jump, turn_of_line
from quotegrid.tui.reader.reader import ReaderScreen
from quotegrid.tui.reader.turn_menu import turn_choices
from quotegrid.tui.remedies import with_keys
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen, ask_place
from quotegrid.tui.widgets.choose_one import ChooseOneScreen, choose_if_several
from quotegrid.tui.widgets.write_memo import ask_memo_on, ask_memo_on_words
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import add_code
from quotegrid.workflows.coding.decide import decide_segment, turn_stance
from quotegrid.workflows.coding.segments import code_ranges
from quotegrid.workflows.sources.mark_read import turn_read_mark
from quotegrid.workflows.sources.read_source import list_readable
from quotegrid.workflows.sources.turns.edit_turns import TurnEdit, edit_turns, tick_off, turns_seen
from quotegrid.workflows.sources.turns.unsure import UnsureThing, unsure_things

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
        Binding("e", "edit_turn", "Who says it", tooltip="Who says it, where it begins, who asks"),
        Binding("U", "unsure", "Unsure", tooltip="What imports were unsure about, and go there"),
        Binding(
            "R", "mark_read", "Read", show=False, tooltip="Mark the source as read to the end, or as not"
        ),
        Binding("m", "memo", "Memo", tooltip="Write a memo on the words selected or a coding on them"),
        Binding("S", "source_memo", "Memo on source", show=False, tooltip="The same on the whole source"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest decision"),
        Binding("x", "remove", "Take off", tooltip="Take a code off"),
        Binding("t", "stance", "Stance", tooltip="Supports, disputes, mixed or none"),
        Binding("ctrl+r", "redo", "Redo", tooltip="Redo what was undone last", show=False),
    ]

    def action_code(self) -> None:
        """Apply a code to what is selected."""
        if self._cursor is not None:
            self.ask(
                ChooseCodeScreen(current_codebook(self._study)),
                lambda code: self.start(partial(self._apply, code), "decide"),
            )

    def action_in_vivo(self) -> None:
        """Make a code of the words that are selected, named by them, and apply it to them."""
        source, cursor = self._source, self._cursor
        if source is None or cursor is None:
            return
        if not cursor.pieces():
            self.say("What interviewers or nobody says is not coded.")
            return
        start, end = cursor.selected
        words = shortened(source.text[start:end], _LONGEST_NAME).strip(' .,;:!?…“”"')

        def ask_parent(name: str) -> None:
            ask_place(self, codebook, name, lambda parent: make(name, parent))

        def make(name: str, parent: str | None) -> None:
            self.start(partial(self._make_code, Code(name, parent=parent, terms=(words,))), "decide")

        try:
            codebook = current_codebook(self._study)
        except QuotegridError as error:
            self.failed(error)
            return
        hint = "The code's name. w selects by words, so that it is in the participant's own."
        self.ask(AskTextScreen("A code in vivo", words, hint), ask_parent)

    async def _make_code(self, code: Code) -> None:
        if await self.attempt_in_order(lambda: add_code(self._study, code)) is not None:
            await self._apply(code.name)

    async def _apply(self, code: str) -> None:
        source, cursor = self._source, self._cursor
        if source is None or cursor is None:
            return
        pieces = cursor.pieces()
        if not pieces:
            self.say("What interviewers or nobody says is not coded.")
            return

        def apply() -> str:
            decided = code_ranges(self._study, source.name, pieces, code)
            return (
                f"Coded “{code}”."
                if any(decision.number for decision in decided)
                else f"“{code}” stands here already."
            )

        await self.change(apply)

    def _coded_here(self) -> list[CodedRange]:
        return [] if self._cursor is None else self._standing.codings_in(*self._cursor.selected)

    def _with_code(self, title: str, then: Callable[[CodedRange], str]) -> None:
        """Do something with a code that stands here; ask with which if there are several."""
        codings = self._coded_here()
        if not codings:
            self.say("No code stands here; c applies one.")
            return
        choose_if_several(
            self,
            title,
            [coding.label for coding in codings],
            lambda place: self._decide(lambda: then(codings[place])),
        )

    def _decide(self, decide: Callable[[], str]) -> None:
        self.start(partial(self.change, decide), "decide")

    def action_remove(self) -> None:
        """Take off a code that stands here."""

        def remove(coding: CodedRange) -> str:
            decision = decide_segment(self._study, coding.segment, Action.REMOVE, coding.code)
            if decision.number is None:
                return f"“{coding.code}” does not stand here by your decision."
            return f"Took “{coding.code}” off."

        self._with_code("Take off", remove)

    def action_stance(self) -> None:
        """Give a code that stands here the next stance."""

        def turn(coding: CodedRange) -> str:
            stance = turn_stance(self._study, coding.segment, coding.code)
            return stance_text(coding.code, stance)

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

        await self.change(decide)

    async def action_mark_read(self) -> None:
        """Mark the source as read to the end, or as not where it is."""
        source = self._source
        if source is not None:
            await self.change(lambda: turn_read_mark(self._study, source.name))

    def action_edit_turn(self) -> None:
        """Choose how the turn under the cursor is put right, and by which speaker where one is wanted."""
        source, cursor = self._source, self._cursor
        if source is None or cursor is None:
            return
        turn = source.blocks()[cursor.block] if source.turns else None
        doubts = [] if turn is None else self._standing.unsure_in(source.text, turn.start, turn.end)
        choices = turn_choices(source, cursor, doubts)
        if not choices:
            self.say("This source has no turns.")
            return

        def take(place: int) -> None:
            chosen, with_speaker = choices[place], choices[place].with_speaker
            if chosen.edit is not None:
                self._edit_turns(source, chosen.edit)
            elif with_speaker is not None:
                self.ask(
                    ChooseSpeakerScreen(chosen.speakers),
                    lambda speaker: self._edit_turns(source, with_speaker(speaker)),
                )
            else:
                self.say(chosen.title)

        title = "Nobody's words" if cursor.turn is None else f"Turn {cursor.turn + 1}"
        self.ask(ChooseOneScreen(title, [choice.title for choice in choices]), take)

    def _edit_turns(self, source: ReadSource, edit: TurnEdit) -> None:
        def change() -> str:
            done = edit_turns(self._study, source.name, edit, expected=turns_seen(source))
            return " ".join([done.what, *done.notes])

        self._decide(change)

    async def action_unsure(self) -> None:
        """Choose among what imports were unsure about, here first, and go to its line."""
        things = await self.attempt(lambda: unsure_things(self._study))
        here = self._source.name if self._source else ""
        things = sorted(things or (), key=lambda thing: thing.source != here)
        if not things:
            self.say("Nothing is unsure, or all of it is ticked off.")
            return
        lines = [
            f"{thing.source}{f', line {thing.line}' if thing.line else ''}: {with_keys(thing.what)}"
            for thing in things
        ]
        self.ask(
            ChooseOneScreen("What imports were unsure about", lines),
            lambda place: self.start(partial(self._go_to_unsure, things[place]), "open", exclusive=True),
        )

    async def _go_to_unsure(self, thing: UnsureThing) -> None:
        sources = await asyncio.to_thread(list_readable, self._study)
        number = next((source.id for source in sources if source.name == thing.source), None)
        if number is not None:
            await self._open(number)
        source, cursor = self._source, self._cursor
        if source is None or cursor is None or source.name != thing.source:
            return
        start = None if thing.start is None else turn_of_line(source, thing.start)
        if start is None:
            self.ask(
                ChooseOneScreen(
                    with_keys(thing.what), ["It is right, or put right: tick it off", "Leave it"]
                ),
                lambda place: None if place else self._edit_turns(source, tick_off([thing.number - 1])),
            )
            return
        self._jump, self._code = Jump.UNSURE, None
        cursor.go_to(start)
        self._show_selection(center=True)

    def action_memo(self) -> None:
        """Write a memo on what is selected or a coding there, or change yours."""
        source, cursor = self._source, self._cursor
        if source is None or cursor is None:
            return
        start, end = cursor.selected
        codings = dict.fromkeys((coding.segment, coding.code) for coding in self._coded_here())
        place = f"{source.name}:{start}-{end}"
        ask_memo_on_words(self, place, source.text[start:end], [*codings], self._decide)

    async def action_source_memo(self) -> None:
        """Write a memo on the whole source, or change yours."""
        if self._source is not None:
            await ask_memo_on(self, MemoSubject.SOURCE, self._source.name, keep=self._decide)
