"""The dialog that asks what the columns of a table mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.corpus.answers.columns import Columns
from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import Dialog
from quotegrid.workflows.sources.tables.questions import (
    Column,
    Meaning,
    columns_from_meanings,
    with_meaning,
)

KEYS = {
    "a": Meaning.ANSWER,
    "c": Meaning.CASE,
    "s": Meaning.SPEAKER,
    "m": Meaning.TIME,
    "g": Meaning.GROUP,
    "r": Meaning.ROLE,
    "p": Meaning.AREA,
    "t": Meaning.ATTRIBUTE,
    "0": Meaning.LEFT_OUT,
}
"""The keys that say what a column means."""
NEEDS_ANSWERS = "At least one column must hold answers: a marks one."
_MEANING = 11


class AskColumnsScreen(Dialog[Columns | None]):
    """A list of the columns, and all of the one under the cursor; answers with what they mean.

    Args:
        table: The name of the table.
        columns: Its columns.
        place: The place of the column under the cursor at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"mean('{meaning.value}')", meaning.value.capitalize())
            for key, meaning in KEYS.items()
        ),
        Binding("ctrl+s", "save", "Done", priority=True),
        Binding("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self, table: str, columns: Sequence[Column], place: int = 0) -> None:
        super().__init__()
        self._table = table
        self._columns = list(columns)
        self._place = place

    def compose(self) -> ComposeResult:
        """Lay out the columns, the one under the cursor as a whole, and the meanings to choose from."""
        with Vertical(id="columns"):
            yield Label(plain(f"What do the columns of {self._table} mean?"))
            with Container(id="columns-body"):
                yield ChoiceList(
                    *map(Option, map(self._line, self._columns)), id="columns-list", markup=False
                )
                with VerticalScroll(id="column-side", can_focus=False):
                    yield Static(id="column-whole")
            keys = "  ".join(f"{key} {meaning.value}" for key, meaning in KEYS.items())
            yield Label(f"{keys}\nenter next meaning   ctrl+s done   esc leave", id="columns-keys")
            yield Label("", id="columns-message")

    def on_mount(self) -> None:
        """Focus the columns."""
        columns = self.query_one(ChoiceList)
        columns.highlighted = self._place
        columns.focus()

    def _line(self, column: Column) -> Content:
        label = "" if column.meaning is Meaning.LEFT_OUT else column.meaning.value
        name = shortened(plain(column.name).plain, 200)
        return Content.assemble((f"{label:<{_MEANING}}", "reverse" if label else ""), f" {name}")

    @on(OptionList.OptionHighlighted)
    def _show_whole(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        column = self._columns[event.option_index]
        examples = [Content.assemble("\n", plain(value)) for value in column.examples]
        self.query_one("#column-whole", Static).update(
            Content("\n").join([plain(column.name).stylize("bold"), *examples])
        )

    def action_mean(self, meaning: str) -> None:
        """Set what the column under the cursor means."""
        place = self.query_one(ChoiceList).highlighted
        if place is not None:
            self._set_meaning(place, Meaning(meaning))

    def _set_meaning(self, place: int, meaning: Meaning) -> None:
        columns = self.query_one(ChoiceList)
        before, self._columns = self._columns, with_meaning(self._columns, place, meaning)
        for number, (old, new) in enumerate(zip(before, self._columns, strict=True)):
            if old != new:
                columns.replace_option_prompt_at_index(number, self._line(new))

    @on(OptionList.OptionSelected)
    def _give_next_meaning(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        meanings = list(Meaning)
        current = meanings.index(self._columns[event.option_index].meaning)
        self._set_meaning(event.option_index, meanings[(current + 1) % len(meanings)])

    def action_save(self) -> None:
        """Answer with the meanings, if at least one column holds answers."""
        columns = columns_from_meanings(self._columns)
        if columns is None:
            self.query_one("#columns-message", Label).update(NEEDS_ANSWERS)
        else:
            self.dismiss(columns)
