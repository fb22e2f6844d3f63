"""The lines of a transcript from which a user shows what its speakers' labels look like."""

from __future__ import annotations

from pathlib import Path

from quotegrid.corpus.readers import TABLES, read_file
from quotegrid.corpus.readers.guard import guarded
from quotegrid.errors import UsageError


def transcript_lines(path: Path) -> list[str]:
    """Return the lines of a file's text.

    Raises:
        UsageError: If its format says itself who speaks.
        ReadError: If it cannot be read.
    """
    own = "this file says itself who speaks, so that labels in its text count for nothing."
    if path.suffix.lower() in TABLES:
        raise UsageError(own, file=path, todo="Say what its columns mean instead.")
    with guarded(path):
        read = read_file(path)
    if read.turns is not None:
        raise UsageError(own, file=path, todo="Say of its speakers who asks and who is none.")
    return read.text.split("\n")
