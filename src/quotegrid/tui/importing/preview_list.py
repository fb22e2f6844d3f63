"""The preview of an import as a list, with keys that put right what was read wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quotegrid.tui.importing.ask_columns import KEYS
from quotegrid.tui.look import plain
from quotegrid.tui.remedies import with_keys
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.workflows.sources.import_messages import MessageLine
from quotegrid.workflows.sources.tables.questions import Meaning

_OFTEN = (Meaning.ANSWER, Meaning.CASE, Meaning.GROUP, Meaning.ATTRIBUTE, Meaning.LEFT_OUT)
"""The meanings whose keys stand in the footer; the page of keys has all."""


class Remedy(StrEnum):
    """The statement that a key makes about the line under the cursor."""

    ASKS = "asks"
    NOT_A_SPEAKER = "not a speaker"
    LABELS = "labels"
    COLUMNS = "columns"
    PEOPLE = "people"
    UNDO = "undo"


class PreviewList(ChoiceList):
    """The lines of a preview. A key asks the screen for a remedy, and stands in the footer where it holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "remedy('asks')", "Asks", tooltip="This speaker asks, or does not ask after all"),
        Binding(
            "x", "remedy('not a speaker')", "No speaker", tooltip="Nobody is called so: words of the text"
        ),
        Binding("l", "remedy('labels')", "Labels", tooltip="Show a line that begins with a speaker's label"),
        Binding("enter", "remedy('columns')", "Columns", tooltip="Set what all columns of the table mean"),
        *(
            Binding(
                key,
                f"mean('{meaning.value}')",
                meaning.value.capitalize(),
                tooltip=f"Column: {meaning.value}",
                show=meaning in _OFTEN,
            )
            for key, meaning in KEYS.items()
        ),
        Binding("b", "remedy('people')", "People", tooltip="The table says who people are: no answers"),
        Binding("u", "remedy('undo')", "Undo", tooltip="Take the latest remedy back"),
    ]

    @dataclass
    class RemedyRequested(Message):
        """Asks for a remedy of what a line tells."""

        remedy: Remedy
        line: MessageLine

    @dataclass
    class MeaningChosen(Message):
        """A column is given a meaning."""

        meaning: str
        line: MessageLine

    def __init__(self, *, name: str) -> None:
        super().__init__(id=name, markup=False, compact=True)
        self._shown: list[MessageLine] = []
        self._tables: frozenset[str] = frozenset()
        self._can_undo = False

    def show(
        self,
        lines: Sequence[MessageLine],
        differences: Mapping[str, Sequence[str]],
        tables: Sequence[str],
        *,
        can_undo: bool,
    ) -> None:
        """Show the lines of a preview, the cursor where it was.

        Args:
            lines: The lines.
            differences: What the latest remedy changed, by the file's name.
            tables: The names of the files that are tables.
            can_undo: Whether there is a remedy to take back.
        """
        self._can_undo = can_undo
        before = None if self.line is None or not self.line.source else self._key(self.line)
        self._tables = frozenset(tables)
        self._shown = [changed for line in _joined(lines) for changed in _with_differences(line, differences)]
        self.set_options([Option(_content(line)) for line in self._shown])
        keys = [self._key(line) for line in self._shown]
        self.highlighted = keys.index(before) if before in keys else 0 if keys else None
        self.refresh_bindings()

    @staticmethod
    def _key(line: MessageLine) -> tuple[str, str | None, str]:
        return line.source, line.label, line.column

    @property
    def line(self) -> MessageLine | None:
        """The line under the cursor."""
        return None if self.highlighted is None else self._shown[self.highlighted]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a key means anything for the line under the cursor."""
        if action not in ("remedy", "mean"):
            return super().check_action(action, parameters)
        return self._means(action, parameters[0], self.line)

    def _means(self, action: str, wanted: object, line: MessageLine | None) -> bool:
        """Return whether a key means anything for a line.

        Args:
            action: The action of the key.
            wanted: The remedy that it asks for, or the meaning that it gives.
            line: The line.
        """
        if wanted == Remedy.UNDO:
            return self._can_undo
        if line is None:
            return False
        if action == "mean":
            return bool(line.column)
        is_table = line.source in self._tables
        if wanted in (Remedy.COLUMNS, Remedy.PEOPLE):
            return is_table
        if wanted == Remedy.LABELS:
            return bool(line.source) and not is_table
        return bool(line.label)

    def keys_here(self) -> list[Binding]:
        """Return the bindings that mean something for some line that is shown."""
        found = []
        for binding in self.BINDINGS:
            if isinstance(binding, Binding):
                _, action, (wanted,) = parse(binding.action)
                if any(self._means(action, wanted, line) for line in self._shown):
                    found.append(binding)
        return found

    def action_remedy(self, remedy: str) -> None:
        """Ask for a remedy of what the line under the cursor tells."""
        if self.line is not None:
            self.post_message(self.RemedyRequested(Remedy(remedy), self.line))

    def action_mean(self, meaning: str) -> None:
        """Say what the column under the cursor means."""
        if self.line is not None:
            self.post_message(self.MeaningChosen(meaning, self.line))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.refresh_bindings()


def _joined(lines: Sequence[MessageLine]) -> list[MessageLine]:
    """Return the lines, those about one speaker as one."""
    found: list[MessageLine] = []
    for line in lines:
        if (
            found
            and line.label is not None
            and (found[-1].source, found[-1].label) == (line.source, line.label)
        ):
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line.text}")
        else:
            found.append(line)
    return found


def _with_differences(line: MessageLine, differences: Mapping[str, Sequence[str]]) -> list[MessageLine]:
    """Return a line, and below the first one of a file what has changed in it."""
    if line.text.startswith(" ") or line.source not in differences:
        return [line]
    changed = "; ".join(differences[line.source]) or "nothing, it is read as before"
    return [line, MessageLine(f"  Changed: {changed}", is_warning=True, source=line.source)]


def _content(line: MessageLine) -> Content:
    content = Content("\n").join(map(plain, with_keys(line.text).split("\n")))
    return content.stylize("bold") if line.is_warning else content
