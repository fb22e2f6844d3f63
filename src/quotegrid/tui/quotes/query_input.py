"""The field in which a query is written, with completions below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.search.completion import Completion, complete_query
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList

_SHOWN = 6


class QueryInput(Vertical):
    """A field, the completions of the word at its cursor, and what is wrong with the query."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("tab", "take", "Take", show=False, priority=True),
    ]

    @dataclass
    class Typed(Message):
        """The query has changed."""

        query: str

    class Submitted(Typed):
        """The query has been finished with Enter."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._vocabulary: Mapping[str, Sequence[str]] = {}
        self._completions: list[Completion] = []
        self._is_chosen = False
        """Whether the user has moved among the completions."""

    def compose(self) -> ComposeResult:
        """Lay out the field and what is below it."""
        yield Input(placeholder="group:parent text:waiting   nothing for all", id="query", compact=True)
        yield ChoiceList(id="completions", markup=False)
        yield Static(id="query-error")

    def on_mount(self) -> None:
        """Hide the completions and the error."""
        self.query_one(ChoiceList).display = False
        self.query_one("#query-error").display = False
        self.query_one(ChoiceList).can_focus = False

    def set_vocabulary(self, vocabulary: Mapping[str, Sequence[str]]) -> None:
        """Set the fields and values to complete with."""
        self._vocabulary = vocabulary

    @property
    def text(self) -> str:
        """The query."""
        return self.query_one(Input).value.strip()

    @text.setter
    def text(self, query: str) -> None:
        field = self.query_one(Input)
        field.value = query
        field.cursor_position = len(query)
        self.close()

    @property
    def is_completing(self) -> bool:
        """Whether the word at the cursor has completions."""
        return bool(self._completions)

    def show_error(self, message: str) -> None:
        """Show what is wrong with the query; an empty message if nothing is."""
        error = self.query_one("#query-error", Static)
        error.display = bool(message)
        error.update(plain(message))

    def close(self) -> None:
        """Hide the completions."""
        self._completions = []
        self.query_one(ChoiceList).display = False

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        field = self.query_one(Input)
        self._completions = []
        if field.has_focus:
            self._completions = complete_query(field.value, field.cursor_position, self._vocabulary)
            taken = [completion.taken(field.value)[0] for completion in self._completions]
            if taken == [field.value]:
                self._completions = []
        options = self.query_one(ChoiceList)
        options.display = bool(self._completions)
        options.set_options([Option(plain(completion.shown)) for completion in self._completions])
        options.styles.height = min(len(self._completions), _SHOWN)
        options.highlighted = 0 if self._completions else None
        self._is_chosen = False
        self.post_message(self.Typed(field.value.strip()))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._is_chosen and self._completions:
            self.action_take()
            return
        self.close()
        self.post_message(self.Submitted(self.text))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_take()

    def action_move(self, steps: int) -> None:
        """Move among the completions."""
        if self._completions:
            self._is_chosen = True
            self.query_one(ChoiceList).move_cursor(steps)

    def action_take(self) -> None:
        """Replace the word at the cursor by the marked completion."""
        place = self.query_one(ChoiceList).highlighted
        if not self._completions or place is None:
            return
        field = self.query_one(Input)
        query, cursor = self._completions[place].taken(field.value)
        field.value = query
        field.cursor_position = cursor
