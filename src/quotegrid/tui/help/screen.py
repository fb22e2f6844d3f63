"""The page of keys, made from the bindings of the screen that is shown and of the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quotegrid.tui.keys import Keys
from quotegrid.tui.widgets.guarded import Dialog

_WIDTH = 14


class HelpScreen(Dialog[None]):
    """A page of keys.

    Args:
        parts: The parts, each with its title and its keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter", "dismiss", "Close", key_display="esc"),
    ]

    def __init__(self, parts: Sequence[tuple[str, Keys]]) -> None:
        super().__init__()
        self._parts = parts

    def compose(self) -> ComposeResult:
        """Lay out the keys, part by part."""
        lines = []
        for title, keys in self._parts:
            lines.append(Content(title).stylize("bold"))
            lines += [
                Content.assemble((f"  {key:<{_WIDTH}}", "bold"), f" {description}")
                for key, description in keys
            ]
            lines.append(Content(""))
        lines.append(
            Content("Only what somebody confirmed counts. A suggestion is a proposal, whatever its score.")
        )
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join(lines))
