"""Write a note on the words that are selected."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, TextArea

from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import Dialog
from quotegrid.tui.widgets.leave_screen import LeaveScreen

_SHOWN = 66


class WriteMemoScreen(Dialog[str | None]):
    """A small text; answers with what was written, or None when it is left.

    Args:
        about: The words that it is about.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Leave", key_display="esc", priority=True),
    ]

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Lay out the words and the text."""
        with Vertical(id="choose"):
            yield Label("A memo: Ctrl+S keeps it, Esc leaves")
            yield Label(plain(shortened(self._about, _SHOWN)), id="memo-about")
            yield TextArea(id="memo-text", placeholder="What you think of it")

    def on_mount(self) -> None:
        """Write at once."""
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(TextArea).text.strip() or None)

    def action_leave(self) -> None:
        """Leave, after asking where something was written."""
        if self.query_one(TextArea).text.strip():
            self.app.push_screen(LeaveScreen(), self._leave)
        else:
            self.dismiss(None)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)
