"""The kinds of entries in a study's journal, and which entries count after undos."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class EntryKind(StrEnum):
    """The subject of a journal entry."""

    DECISION = "decision"
    """A decision on a passage."""
    CODEBOOK = "codebook"
    """A change of the codebook made with quotegrid."""
    CODEBOOK_FILE = "codebook file"
    """A change of the codebook file by hand, as it was read in."""
    CASE = "case"
    """A change of cases, or of the spellings of their groups and areas."""
    SOURCE = "source"
    """An import, and whatever else is done to sources."""
    READ = "read"
    """A source marked as read to the end, or as not."""
    REPLACEMENT = "replacement"
    """A source replaced with a corrected file, or read again with other options."""
    REMOVAL = "removal"
    """A source taken out of the study."""
    TURNS = "turns"
    """An edit of a transcript's turns, or a tick on what its import was unsure about."""
    SUMMARY = "summary"
    """A summary of a cell of the matrix."""
    MEMO = "memo"
    """A researcher's note."""
    EXEMPLAR = "exemplar"
    """A quote marked as an exemplar of a code, or unmarked."""
    EXPORT = "export"
    """A file written from the study."""
    PUBLICATION = "publication"
    """A file written for publication."""


UNDOABLE = frozenset(
    {
        EntryKind.DECISION,
        EntryKind.CODEBOOK,
        EntryKind.CASE,
        EntryKind.READ,
        EntryKind.REPLACEMENT,
        EntryKind.REMOVAL,
        EntryKind.TURNS,
        EntryKind.SUMMARY,
        EntryKind.MEMO,
        EntryKind.EXEMPLAR,
    }
)
"""The kinds that undo takes back. A file that has been written or read cannot be unwritten or unread."""


def taken_back(undos: Iterable[tuple[int, int]]) -> set[int]:
    """Return the numbers of the entries that do not count: undone ones whose undo was not itself undone.

    Args:
        undos: The number of each undo, and of the earlier entry that it takes back.
    """
    gone: set[int] = set()
    for number, undone in sorted(undos, reverse=True):
        if number not in gone:
            gone.add(undone)
    return gone
