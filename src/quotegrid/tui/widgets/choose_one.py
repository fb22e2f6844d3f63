"""The dialog that chooses one of a few things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import Dialog, GuardedScreen


class ChooseOneScreen(Dialog[int | None]):
    """A list with the cursor on the current choice; answers with the place of the new one.

    Args:
        title: What is chosen.
        choices: The names of what there is to choose from.
        current: The place of the current one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, title: str, choices: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._current = current

    def compose(self) -> ComposeResult:
        """Lay out the title and the list."""
        with Vertical(id="choose"):
            yield Label(plain(f"{self._title}: Enter chooses, Esc leaves"))
            options = [Option(plain(choice)) for choice in self._choices]
            yield ChoiceList(*options, id="choose-list", markup=False)

    def on_mount(self) -> None:
        """Put the cursor on the current choice."""
        self.query_one(ChoiceList).highlighted = self._current

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)


def choose_if_several(
    screen: GuardedScreen[Any], title: str, choices: Sequence[str], then: Callable[[int], None]
) -> None:
    """Do something with one of some choices; ask with which if there are several.

    Args:
        screen: The screen that asks.
        title: What is chosen.
        choices: The names of the choices, at least one.
        then: Called with the place of the choice; not called if the dialog is left.
    """
    if len(choices) == 1:
        then(0)
    else:
        screen.ask(ChooseOneScreen(title, choices), then)
