"""The keys that a screen or the workbench declares, in the order of the page of keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.screen import Screen

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
