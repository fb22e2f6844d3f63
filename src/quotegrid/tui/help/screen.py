"""The page of keys, made from the bindings of the screen that is shown and of the workbench."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quotegrid.tui.widgets.guarded import Dialog

Keys = Sequence[tuple[str, str]]
"""Keys as they are shown, and what they do."""

_KEY_NAMES = {
    "question_mark": "?",
    "escape": "esc",
    "slash": "/",
    "comma": ",",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "vertical_line": "|",
}
_WIDTH = 14


def bindings_of(where: App[None] | Screen[Any]) -> list[Binding]:
    """Return the bindings that an application or a screen declares, then those of its base classes."""
    kinds = [kind for kind in type(where).__mro__ if kind.__module__.startswith("quotegrid.")]
    bindings = [binding for kind in kinds for binding in vars(kind).get("BINDINGS", ())]
    return [binding for binding in bindings if isinstance(binding, Binding) and binding.description]


def keys_of(bindings: Iterable[Binding]) -> Keys:
    """Return the keys of bindings as they are shown, and what each does."""
    return [
        (
            ", ".join(_KEY_NAMES.get(key.strip(), key.strip()) for key in binding.key.split(",")),
            binding.tooltip or binding.description,
        )
        for binding in bindings
    ]


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
