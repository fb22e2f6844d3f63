"""Which entries of a log still count when its entries can be taken back, and their taking back again."""

from __future__ import annotations

from collections.abc import Iterable


def taken_back(undos: Iterable[tuple[int, int]]) -> set[int]:
    """The numbers of the entries that do not count: undone ones whose undo was not itself undone.

    Args:
        undos: The number of each undo, and of the earlier entry that it takes back.
    """
    gone: set[int] = set()
    for number, undone in sorted(undos, reverse=True):
        if number not in gone:
            gone.add(undone)
    return gone
