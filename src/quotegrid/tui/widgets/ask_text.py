"""The dialog that asks for one line of text: a path, a query, a name."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import Dialog


class AskTextScreen(Dialog[str | None]):
    """A field; answers with its text, or None when it is left.

    Args:
        title: What is asked for.
        text: The text of the field at first.
        hint: What may be written.
        allows_empty: Whether Enter takes an empty field; it leaves otherwise.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, title: str, text: str = "", hint: str = "", *, allows_empty: bool = False) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._hint = hint
        self._allows_empty = allows_empty

    def compose(self) -> ComposeResult:
        """Lay out the question, the field and the hint."""
        with Vertical(id="choose"):
            colon = "" if self._title.endswith("?") else ":"
            yield Label(plain(f"{self._title}{colon} Enter takes it, Esc leaves"))
            yield Input(self._text, id="ask-text")
            yield Label(plain(self._hint), id="choose-definition")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        self.dismiss(text if text or self._allows_empty else None)
