"""Ask before a changed text is left unsaved."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from quotegrid.tui.widgets.guarded import Dialog


class LeaveScreen(Dialog[bool]):
    """Ask whether to leave a changed text unsaved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Leave"),
        Binding("n,escape", "dismiss(False)", "Go on writing"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="leave"):
            yield Label("This has been changed and is not saved. Leave all the same?")
            yield Label("y leaves, n goes on writing")
