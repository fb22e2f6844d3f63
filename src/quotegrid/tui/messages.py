"""The messages with which screens ask something of the workbench."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from quotegrid.tui.jobs import Job


@dataclass
class ShowQuotes(Message):
    """Asks for the quotes that fit a query."""

    query: str


@dataclass
class StartJob(Message):
    """Asks for long work to be done in the background."""

    job: Job


@dataclass
class ShowPassage(Message):
    """Asks for a passage to be shown in its transcript."""

    segment: int
    """The number of the passage."""
