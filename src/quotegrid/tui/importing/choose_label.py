"""The dialog in which a line of a transcript shows what its speakers' labels look like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from quotegrid.corpus.transcripts.shapes.examples import likely_name, pattern_of_example
from quotegrid.errors import UsageError
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import Dialog

_MOST_LINES = 400
"""The most lines that are shown: labels stand from the beginning on."""


class ChooseLabelScreen(Dialog[str | None]):
    """The lines of a transcript and a field with a name; answers with the pattern of the labels.

    Args:
        name: The name of the transcript.
        lines: Its lines.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Cancel")]

    def __init__(self, name: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._name = name
        self._lines = [line for line in lines if line.strip()][:_MOST_LINES]

    def compose(self) -> ComposeResult:
        """Lay out the lines, the field and what it makes of them."""
        with Vertical(id="labels"):
            yield Label(plain(f"Which line of {self._name} begins with a speaker's label? Enter takes it."))
            yield ChoiceList(
                *(Option(plain(line)) for line in self._lines), id="labels-list", markup=False, compact=True
            )
            yield Input(id="label-name", placeholder="the name in that line", disabled=True)
            yield Label("", id="label-message")

    def on_mount(self) -> None:
        """Focus the lines."""
        self.query_one(ChoiceList).focus()

    @on(OptionList.OptionSelected)
    def _take_line(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        field = self.query_one(Input)
        field.disabled = False
        field.value = likely_name(self._lines[event.option_index])
        field.focus()
        self.query_one("#label-message", Label).update(
            "Leave only the name of who speaks, as the line has it; Enter finds the others."
        )

    @on(Input.Submitted)
    def _take_name(self, event: Input.Submitted) -> None:
        event.stop()
        place = self.query_one(ChoiceList).highlighted
        if place is None:
            return
        try:
            pattern = pattern_of_example(self._lines[place], event.value)
        except UsageError as error:
            self.query_one("#label-message", Label).update(plain(str(error)))
            return
        self.dismiss(pattern)

    def action_leave(self) -> None:
        """Go back from the field to the lines, or leave without an answer."""
        if self.query_one(Input).has_focus:
            self.query_one(ChoiceList).focus()
        else:
            self.dismiss(None)
