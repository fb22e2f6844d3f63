"""The line of a screen that tells where the user is and what the last key did."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from quotegrid.tui.look import plain


class PlaceLine(Static):
    """A title, and before it in reverse what the last key did."""

    def __init__(self) -> None:
        super().__init__(id="place")

    def show(self, title: str, message: str = "") -> None:
        """Show a title, and before it a message if there is one."""
        text = plain(title)
        self.update(Content.assemble((plain(message).plain, "reverse"), "   ", text) if message else text)
