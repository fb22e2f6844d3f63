"""The dialog that asks what the columns of a table mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from quotegrid.corpus.answers.columns import Columns
from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import Dialog
from quotegrid.workflows.sources.tables.questions import Column, Meaning, columns_from_meanings

_KEYS = {
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
_ONE_ONLY = (Meaning.SPEAKER, Meaning.TIME, Meaning.CASE, Meaning.GROUP, Meaning.ROLE, Meaning.AREA)
_NAME, _EXAMPLE = 24, 34


class AskColumnsScreen(Dialog[Columns | None]):
    """A list of the columns with examples of their values; answers with what they mean.

    Args:
        table: The name of the table.
        columns: Its columns.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"mean('{meaning.value}')", meaning.value.capitalize())
            for key, meaning in _KEYS.items()
        ),
        Binding("ctrl+s", "save", "Done", priority=True),
        Binding("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self, table: str, columns: Sequence[Column]) -> None:
        super().__init__()
        self._table = table
        self._columns = columns
        self._meanings = [column.meaning for column in columns]

    def compose(self) -> ComposeResult:
        """Lay out the columns and the meanings to choose from."""
        with Vertical(id="choose"):
            yield Label(plain(f"What do the columns of {self._table} mean?"))
            yield ChoiceList(*self._options(), id="choose-list", markup=False)
            keys = "   ".join(f"{key} {meaning.value}" for key, meaning in _KEYS.items())
            yield Label(
                f"{keys}\nEnter gives a column its next meaning, Ctrl+S is done, Esc leaves",
                id="choose-definition",
            )
            yield Label("", id="columns-message")

    def on_mount(self) -> None:
        """Focus the columns."""
        self.query_one(ChoiceList).focus()

    def _options(self) -> list[Option]:
        return [Option(self._line(place)) for place in range(len(self._columns))]

    def _line(self, place: int) -> Content:
        column, meaning = self._columns[place], self._meanings[place]
        example = shortened("; ".join(plain(value).plain for value in column.examples), _EXAMPLE)
        name = shortened(plain(column.name).plain, _NAME - 2)
        label = "" if meaning is Meaning.LEFT_OUT else meaning.value
        return Content.assemble(
            (f"{name:<{_NAME}}", "bold"), (f"{label:<11}", "reverse" if label else ""), example
        )

    def action_mean(self, meaning: str) -> None:
        """Set what the column under the cursor means, and go to the next."""
        columns = self.query_one(ChoiceList)
        place = columns.highlighted
        if place is None:
            return
        self._set_meaning(place, Meaning(meaning))
        columns.highlighted = min(place + 1, len(self._columns) - 1)

    def _set_meaning(self, place: int, meaning: Meaning) -> None:
        columns = self.query_one(ChoiceList)
        if meaning in _ONE_ONLY:
            for other, other_meaning in enumerate(self._meanings):
                if other_meaning is meaning and other != place:
                    self._meanings[other] = Meaning.LEFT_OUT
                    columns.replace_option_prompt_at_index(other, self._line(other))
        self._meanings[place] = meaning
        columns.replace_option_prompt_at_index(place, self._line(place))

    @on(OptionList.OptionSelected)
    def _give_next_meaning(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        meanings = list(Meaning)
        current = meanings.index(self._meanings[event.option_index])
        self._set_meaning(event.option_index, meanings[(current + 1) % len(meanings)])

    def action_save(self) -> None:
        """Answer with the meanings, if at least one column holds answers."""
        names = [column.name for column in self._columns]
        columns = columns_from_meanings(list(zip(names, self._meanings, strict=True)))
        if columns is None:
            self.query_one("#columns-message", Label).update(
                "At least one column must hold answers: a marks one."
            )
        else:
            self.dismiss(columns)
