"""The line in which a query is written, with what it may go on with below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """A field, the completions of the word at its cursor, and what is wrong with what stands in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("tab", "take", "Take", show=False, priority=True),
    ]

    class Typed(Message):
        """The query has changed.

        Args:
            query: What it is now.
        """

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Asked(Typed):
        """The query is finished: Enter was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._vocabulary: Mapping[str, Sequence[str]] = {}
        self._found: list[Completion] = []
        self._is_chosen = False
        """Whether somebody has moved among the completions."""

    def compose(self) -> ComposeResult:
        """Lay out the field and what is below it."""
        yield Input(placeholder="group:parent text:waiting   nothing for all", id="query", compact=True)
        yield ChoiceList(id="completions", markup=False)
        yield Static(id="query-error")

    def on_mount(self) -> None:
        """Nothing is completed yet, nor wrong."""
        self.query_one(ChoiceList).display = False
        self.query_one("#query-error").display = False
        self.query_one(ChoiceList).can_focus = False

    def know(self, vocabulary: Mapping[str, Sequence[str]]) -> None:
        """Complete with these fields and values from now on."""
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
        """Whether the word at the cursor may still become another one."""
        return bool(self._found)

    def complain(self, said: str) -> None:
        """Say what is wrong with the query; nothing for nothing."""
        error = self.query_one("#query-error", Static)
        error.display = bool(said)
        error.update(plain(said))

    def close(self) -> None:
        """Put the completions away."""
        self._found = []
        self.query_one(ChoiceList).display = False

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        field = self.query_one(Input)
        self._found = []
        if field.has_focus:
            self._found = complete_query(field.value, field.cursor_position, self._vocabulary)
            taken = [one.taken(field.value)[0] for one in self._found]
            if taken == [field.value]:
                self._found = []
        options = self.query_one(ChoiceList)
        options.display = bool(self._found)
        options.set_options([Option(plain(one.shown)) for one in self._found])
        options.styles.height = min(len(self._found), _SHOWN)
        options.highlighted = 0 if self._found else None
        self._is_chosen = False
        self.post_message(self.Typed(field.value.strip()))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._is_chosen and self._found:
            self.action_take()
            return
        self.close()
        self.post_message(self.Asked(self.text))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_take()

    def action_move(self, steps: int) -> None:
        """Move among the completions."""
        options = self.query_one(ChoiceList)
        if not self._found:
            return
        self._is_chosen = True
        if steps < 0:
            options.action_cursor_up()
        else:
            options.action_cursor_down()

    def action_take(self) -> None:
        """Put the completion that is marked in the place of the word at the cursor."""
        place = self.query_one(ChoiceList).highlighted
        if not self._found or place is None:
            return
        field = self.query_one(Input)
        query, cursor = self._found[place].taken(field.value)
        field.value = query
        field.cursor_position = cursor
