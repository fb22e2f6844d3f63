"""The tree of files from which one is chosen for an import."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.widgets import DirectoryTree

from quotegrid.corpus.readers import READERS, TABLES

_READABLE = {*READERS, *TABLES}


class ReadableTree(DirectoryTree):
    """A tree of the folders and the files that can be read."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out what cannot be imported."""
        return [
            path
            for path in paths
            if not path.name.startswith(".") and (path.is_dir() or path.suffix.lower() in _READABLE)
        ]
