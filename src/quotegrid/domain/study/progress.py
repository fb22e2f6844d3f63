"""The reports of long work on how far it has come."""

from __future__ import annotations

from typing import Protocol


class ProgressReport(Protocol):
    """The function that long work calls again and again; to raise an error there ends the work."""

    def __call__(self, what: str, done: int, total: int, /) -> None:
        """Take in what is being done, how many are done, and of how many; 0 where nobody knows."""
