"""The dialog in which a memo is written."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, TextArea

from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import Dialog
from quotegrid.tui.widgets.leave_screen import leave

_SHOWN = 66


class WriteMemoScreen(Dialog[str | None]):
    """A small text; answers with it, or None when it is left or empty.

    Args:
        about: The words that the memo is on.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Leave", key_display="esc", priority=True),
    ]

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Lay out the words and the text area."""
        with Vertical(id="choose"):
            yield Label("A memo: Ctrl+S keeps it, Esc leaves")
            yield Label(plain(shortened(self._about, _SHOWN)), id="memo-about")
            yield TextArea(id="memo-text", placeholder="What you think of it")

    def on_mount(self) -> None:
        """Focus the text."""
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(TextArea).text.strip() or None)

    def action_leave(self) -> None:
        """Leave, after asking if something was written."""
        leave(self, is_changed=bool(self.query_one(TextArea).text.strip()))
