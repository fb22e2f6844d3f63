"""Read lines that need nothing but a yes or no, if that: a difference, a history."""

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
"""Of a difference what has come, gone and changed: told by the sign, and shown."""


class ReadLinesScreen(Dialog[bool]):
    """Lines to read; answers whether yes was said.

    Args:
        title: What they are.
        lines: The lines.
        yes: What "y" does; empty where there is nothing to say yes to.
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
                yield Static(Content("\n").join(_line(one) for one in self._lines))
            keys = f"y  {self._yes}\nn  leave it" if self._yes else "Esc leaves"
            yield Label(plain(keys), id="choose-definition")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_agree(self) -> None:
        """Say yes, where there is something to say yes to."""
        if self._yes:
            self.dismiss(True)


def _line(line: str) -> Content:
    style = _MARKS.get(line.strip()[:1], "")
    return plain(line).stylize(style) if style else plain(line)
