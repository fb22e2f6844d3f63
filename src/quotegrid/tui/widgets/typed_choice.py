"""The dialog that chooses one of many things by part of its name."""

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
    """A field, a list of the things that fit what is typed, and a description of the one under the cursor.

    A subclass says what fits, how it is listed and described, and what the answer is.
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
        """Return the things that fit what is typed, best first."""
        raise NotImplementedError

    def line(self, thing: Thing) -> Content:
        """Return the line of a thing in the list."""
        raise NotImplementedError

    def description(self, thing: Thing | None) -> str:
        """Return the description of the thing under the cursor; for None, that nothing fits."""
        raise NotImplementedError

    def answer(self, thing: Thing) -> Answer:
        """Return the answer for a thing."""
        raise NotImplementedError

    def first(self) -> int:
        """Return the place of the thing that the cursor is on at first."""
        return 0

    def compose(self) -> ComposeResult:
        """Lay out the field, the list and the description."""
        with Vertical(id="choose"):
            yield Label(self.TITLE_SHOWN)
            yield Input(placeholder="part of a name", id="choose-input")
            yield ChoiceList(id="choose-list", markup=False)
            yield Label("", id="choose-definition", markup=False)

    def on_mount(self) -> None:
        """Show everything until something is typed."""
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @property
    def highlighted(self) -> Thing | None:
        """Return the thing under the cursor, or None if nothing fits."""
        chosen = self.query_one(ChoiceList).highlighted
        return self._shown[chosen] if chosen is not None and chosen < len(self._shown) else None

    @on(Input.Submitted)
    def _entered(self) -> None:
        chosen = self.highlighted
        if chosen is not None:
            self.dismiss(self.answer(chosen))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if self.query_one(ChoiceList).has_option_of(event):
            self.dismiss(self.answer(self._shown[event.option_index]))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if self.query_one(ChoiceList).has_option_of(event):
            self._describe(self._shown[event.option_index])

    def _describe(self, thing: Thing | None) -> None:
        self.query_one("#choose-definition", Label).update(plain(self.description(thing)))

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list while the field has the focus."""
        self.query_one(ChoiceList).move_cursor(steps)

    def _show(self, typed: str) -> None:
        self._shown = self.fitting(typed)
        things = self.query_one(ChoiceList)
        things.set_options([Option(self.line(thing)) for thing in self._shown])
        things.highlighted = self.first() if self._shown else None
        if not self._shown:
            self._describe(None)
