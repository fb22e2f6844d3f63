"""The dialog that asks for the path of a file, and completes what is typed."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import Dialog
from quotegrid.tui.widgets.path_input import PathSuggester


class AskFileScreen(Dialog[str | None]):
    """A field for a path; answers with what was typed, or None when it is left.

    Args:
        title: Which file is asked for.
        folder: The folder that relative paths start from.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, title: str, folder: Path) -> None:
        super().__init__()
        self._title = title
        self._folder = folder

    def compose(self) -> ComposeResult:
        """Lay out the question, the field and the hint."""
        with Vertical(id="choose"):
            yield Label(plain(f"{self._title}: Enter takes it, Esc leaves"))
            start = "corpus/" if (self._folder / "corpus").is_dir() else ""
            yield Input(start, suggester=PathSuggester(self._folder), id="ask-file")
            hint = "The right arrow completes a path. You see the difference before anything changes."
            yield Label(hint, id="choose-definition")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
