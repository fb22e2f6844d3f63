"""The dialog with lines to read, such as a difference or a history, and perhaps a yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import Dialog

_MARKS = {"+": "bold", "-": "dim", "~": "italic"}
"""The styles of what a difference adds, removes and changes; the sign says it without them."""


class ReadLinesScreen(Dialog[bool]):
    """Lines to read; answers whether y was pressed.

    Args:
        title: What the lines are.
        lines: The lines.
        yes: What y does; empty if there is nothing to agree to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Yes"),
        Binding("n,escape", "dismiss(False)", "Leave"),
    ]

    def __init__(self, title: str, lines: Sequence[str], yes: str = "") -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Lay out the title, the lines, and what the keys do."""
        with Vertical(id="choose"):
            yield Label(plain(self._title))
            with VerticalScroll(id="read-lines"):
                yield Static(Content("\n").join(_line(line) for line in self._lines))
            keys = f"y  {self._yes}\nn  leave it" if self._yes else "Esc leaves"
            yield Label(plain(keys), id="choose-definition")

    def on_mount(self) -> None:
        """Focus the lines, so that the arrows scroll them."""
        self.query_one(VerticalScroll).focus()

    def action_agree(self) -> None:
        """Answer yes, if there is something to agree to."""
        if self._yes:
            self.dismiss(True)


def _line(line: str) -> Content:
    style = _MARKS.get(line.strip()[:1], "")
    return plain(line).stylize(style) if style else plain(line)
