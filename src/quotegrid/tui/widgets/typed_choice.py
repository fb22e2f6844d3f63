"""Choose one of many things by typing part of what it is known by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import Dialog

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


class TypedChoiceScreen(Dialog[Answer | None], Generic[Thing, Answer]):
    """A field to type in, the things that fit, and a word on the one under the cursor.

    A subclass says what fits, how it is listed, what is told of it, and what it answers with.
    """

    TITLE_SHOWN: ClassVar[str]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[Thing] = ()

    def fitting(self, typed: str) -> Sequence[Thing]:
        """The things that fit what is typed, best first."""
        raise NotImplementedError

    def line(self, thing: Thing) -> Content:
        """How a thing is listed."""
        raise NotImplementedError

    def told(self, thing: Thing | None) -> str:
        """What is told of the thing under the cursor; None for nothing that fits."""
        raise NotImplementedError

    def answer(self, thing: Thing) -> Answer:
        """What the screen answers with."""
        raise NotImplementedError

    def first(self) -> int:
        """The place of the thing that the cursor is on at first."""
        return 0

    def compose(self) -> ComposeResult:
        """Lay out the field, the list, and what is told."""
        with Vertical(id="choose"):
            yield Label(self.TITLE_SHOWN)
            yield Input(placeholder="part of a name", id="choose-input")
            yield ChoiceList(id="choose-list", markup=False)
            yield Label("", id="choose-definition", markup=False)

    def on_mount(self) -> None:
        """Show all until something is typed."""
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        chosen = self.query_one(ChoiceList).highlighted
        if chosen is not None and chosen < len(self._shown):
            self.dismiss(self.answer(self._shown[chosen]))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if self.query_one(ChoiceList).lists(event):
            self.dismiss(self.answer(self._shown[event.option_index]))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if self.query_one(ChoiceList).lists(event):
            self._tell(self._shown[event.option_index])

    def _tell(self, thing: Thing | None) -> None:
        self.query_one("#choose-definition", Label).update(plain(self.told(thing)))

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list while typing goes on."""
        things = self.query_one(ChoiceList)
        if steps < 0:
            things.action_cursor_up()
        else:
            things.action_cursor_down()

    def _show(self, typed: str) -> None:
        self._shown = self.fitting(typed)
        things = self.query_one(ChoiceList)
        things.set_options([Option(self.line(one)) for one in self._shown])
        things.highlighted = self.first() if self._shown else None
        if not self._shown:
            self._tell(None)
