"""Completion for a field in which a path is typed."""

from __future__ import annotations

from pathlib import Path

from textual.suggester import Suggester


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
        if not value:
            return None
        head, separator, begun = value.rpartition("/")
        folder = self._folder / Path(f"{head}{separator}").expanduser()
        try:
            names = sorted(
                f"{path.name}/" if path.is_dir() else path.name
                for path in folder.iterdir()
                if path.name.startswith(begun) and not (path.name.startswith(".") and not begun)
            )
        except OSError:
            return None
        return f"{head}{separator}{names[0]}" if names else None
