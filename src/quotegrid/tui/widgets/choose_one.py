"""Choose one of a few things that are listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import Dialog


class ChooseOneScreen(Dialog[int | None]):
    """A list with the cursor on what holds now; answers with the place of what was chosen.

    Args:
        title: What is chosen.
        choices: The names of what there is to choose from.
        now: The place of the one that holds now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, title: str, choices: Sequence[str], now: int = 0) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._now = now

    def compose(self) -> ComposeResult:
        """Lay out the title and the list."""
        with Vertical(id="choose"):
            yield Label(plain(f"{self._title}: Enter chooses, Esc leaves"))
            yield ChoiceList(*(Option(plain(one)) for one in self._choices), id="choose-list", markup=False)

    def on_mount(self) -> None:
        """Begin at what holds now."""
        self.query_one(ChoiceList).highlighted = self._now

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)
