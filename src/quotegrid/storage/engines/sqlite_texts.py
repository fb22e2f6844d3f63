"""The texts of passages, for the triggers that keep SQLite's full-text index."""

from __future__ import annotations

import sqlite3
from weakref import ref

from quotegrid.domain.text.normalise import text_hash


class StudyConnection(sqlite3.Connection):
    """A connection to a study's file, which can be referred to weakly."""


class SourceTexts:
    """Cuts passages out of sources, of which the last is held: reading it for each passage is quadratic.

    Args:
        connection: The connection whose triggers ask.
    """

    def __init__(self, connection: StudyConnection) -> None:
        # The connection holds what its functions need, and would never go if they held it.
        self._connection = ref(connection)
        self._held: tuple[int, str] | None = None
        self._text = ""

    def passage(self, source: int, digest: str, start: int, end: int) -> str:
        """Return the words of a passage.

        Args:
            source: The number of its source.
            digest: The source's `text_hash`, by which a text is known to be the one that stands.
            start: The offset at which it begins.
            end: The offset at which it ends.
        """
        if self._held != (source, digest):
            self._text = self._read(source)
            # A text that is not what its hash says may change under the same hash.
            self._held = (source, digest) if text_hash(self._text) == digest else None
        return self._text[start:end]

    def _read(self, source: int) -> str:
        connection = self._connection()
        if connection is None:
            raise ReferenceError("the connection is gone")
        row = connection.execute("SELECT text FROM source WHERE id = ?", (source,)).fetchone()
        return str(row[0])
