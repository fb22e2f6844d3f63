"""A field in which a path is typed, completed by Tab from anywhere on the disk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input


def completions(folder: Path, written: str) -> list[str]:
    """Return the paths that begin with what is typed, folders with a stroke behind them.

    Args:
        folder: The folder that relative paths start from.
        written: What is typed: relative, absolute, or from the home folder on ("~/").
    """
    if written == "~":
        return ["~/"]
    head, separator, begun = written.rpartition("/")
    try:
        inside = folder / Path(f"{head}{separator}").expanduser()
        return sorted(
            f"{head}{separator}{path.name}/" if path.is_dir() else f"{head}{separator}{path.name}"
            for path in inside.iterdir()
            if path.name.startswith(begun) and not (path.name.startswith(".") and not begun)
        )
    except (OSError, RuntimeError):
        # A folder that cannot be listed, or a home folder of nobody.
        return []


class PathSuggester(Suggester):
    """A suggester that offers the first file or folder whose name begins with what is typed.

    Args:
        folder: The folder that relative paths start from.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folder = folder

    async def get_suggestion(self, value: str) -> str | None:
        """Return a path that begins with what is typed; None if there is none."""
        return next(iter(completions(self._folder, value)), None) if value else None


class PathInput(Input):
    """A field for a path; Tab completes it as far as it is clear, and goes on where nothing is to complete.

    Args:
        folder: The folder that relative paths start from.
        written: The path at first.
        name: The name of the field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", tooltip="Complete the path"),
    ]

    @dataclass
    class Ambiguous(Message):
        """The path could go on in several ways."""

        paths: Sequence[str]

    def __init__(self, folder: Path, written: str, *, name: str) -> None:
        super().__init__(written, placeholder="a file or a folder", suggester=PathSuggester(folder), id=name)
        self._folder = folder
        self._offered = ""
        """The path of which the ways to go on have been shown."""

    def action_complete(self) -> None:
        """Complete the path; show the ways to go on where there are several, and leave the field if none."""
        paths = completions(self._folder, self.value) if self.value else []
        common = os.path.commonprefix(paths)  # noqa: RUF071 - a path is completed letter by letter
        if len(common) > len(self.value):
            self.value = common
            self.cursor_position = len(common)
        elif len(paths) > 1 and self._offered != self.value:
            self._offered = self.value
            self.post_message(self.Ambiguous(paths))
        else:
            self._offered = ""
            self.screen.focus_next()
