"""Memos: what researchers note on a source or a passage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a source or on words of it."""

    id: int
    source: str
    segment: int | None
    """The segment that it is about; None where it is about the source or goes beyond one segment."""
    start: int | None
    """Where in the source's text it stands, with `end`; None where it is about the whole source."""
    end: int | None
    author: str
    at: str
    text: str
    is_imported: bool
    """Whether it is a comment that came with the source's file."""
