"""Memos: a researcher's notes on a source or a passage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a source or on words of it."""

    id: int
    source: str
    segment: int | None
    """The segment that it is about; None if it is about the source or more than one segment."""
    start: int | None
    """The offset at which its words begin in the source's text, up to `end`; None if it is about the whole
    source.
    """
    end: int | None
    author: str
    at: str
    text: str
    is_imported: bool
    """Whether it is a comment that came with the source's file."""
