"""The question before a screen or the workbench is left with something unsaved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from quotegrid.tui.widgets.guarded import Dialog, GuardedScreen

CHANGED = "This has been changed and is not saved."


class LeaveScreen(Dialog[bool]):
    """Ask whether to leave something unsaved.

    Args:
        unsaved: What would be lost, in a sentence.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Leave"),
        Binding("n,escape", "dismiss(False)", "Go on"),
    ]

    def __init__(self, unsaved: str) -> None:
        super().__init__()
        self._unsaved = unsaved

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="leave"):
            yield Label(f"{self._unsaved} Leave all the same?", markup=False)
            yield Label("y leaves, n goes on")


def leave(screen: GuardedScreen[Any], then: Callable[[], object] | None = None) -> None:
    """Leave a screen without an answer, after asking where something would be lost.

    Args:
        screen: The screen.
        then: Leaves more than the screen; None to dismiss it.
    """
    go = then or screen.dismiss

    def answered(is_sure: bool | None) -> None:
        if is_sure:
            go()

    unsaved = screen.unsaved()
    if unsaved:
        screen.app.push_screen(LeaveScreen(unsaved), answered)
    else:
        go()
