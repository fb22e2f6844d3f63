"""A field for a path that completes what is typed."""

from __future__ import annotations

from pathlib import Path

from textual.suggester import Suggester


class PathSuggester(Suggester):
    """Offers the first file or folder whose name begins with what is typed.

    Args:
        folder: Where relative paths begin.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folder = folder

    async def get_suggestion(self, value: str) -> str | None:
        """The path that what is typed may become."""
        if not value:
            return None
        head, separator, begun = value.rpartition("/")
        folder = self._folder / Path(f"{head}{separator}").expanduser()
        try:
            names = sorted(
                f"{one.name}/" if one.is_dir() else one.name
                for one in folder.iterdir()
                if one.name.startswith(begun) and not (one.name.startswith(".") and not begun)
            )
        except OSError:
            return None
        return f"{head}{separator}{names[0]}" if names else None
