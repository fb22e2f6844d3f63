"""What the keys do, made from the bindings of the screen that is shown and of the workbench."""

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
"""Keys as they are printed, and what they do."""

_PRINTED = {
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
    """The bindings that an application or a screen declares, then those of the screens that it builds on."""
    own = [
        vars(kind).get("BINDINGS", ())
        for kind in type(where).__mro__
        if kind.__module__.startswith("quotegrid.")
    ]
    return [one for some in own for one in some if isinstance(one, Binding) and one.description]


def keys_of(bindings: Iterable[Binding]) -> Keys:
    """The keys of bindings as they are printed, and what each does."""
    return [
        (
            ", ".join(_PRINTED.get(key, key) for key in (one.strip() for one in binding.key.split(","))),
            binding.tooltip or binding.description,
        )
        for binding in bindings
    ]


class HelpScreen(Dialog[None]):
    """A page of keys, closed by any of its own.

    Args:
        parts: A title for each part and its keys.
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
            lines += [Content.assemble((f"  {key:<{_WIDTH}}", "bold"), f" {what}") for key, what in keys]
            lines.append(Content(""))
        lines.append(
            Content("Only what somebody confirmed counts. A suggestion is a proposal, whatever its score.")
        )
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join(lines))
