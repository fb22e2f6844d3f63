"""The question before a changed text is left unsaved."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from quotegrid.tui.widgets.guarded import Dialog, GuardedScreen


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


def leave(screen: GuardedScreen[Any], *, is_changed: bool) -> None:
    """Dismiss a screen without an answer, after asking where a text would be lost.

    Args:
        screen: The screen with the text.
        is_changed: Whether the text has been changed.
    """

    def dismiss(is_sure: bool | None) -> None:
        if is_sure:
            screen.dismiss(None)

    if is_changed:
        screen.app.push_screen(LeaveScreen(), dismiss)
    else:
        screen.dismiss(None)
