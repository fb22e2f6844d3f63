"""What screens ask of the workbench."""

from __future__ import annotations

from textual.message import Message

from quotegrid.tui.jobs import Job


class AskFor(Message):
    """Somebody wants to see the quotes that fit a query.

    Args:
        query: The query.
    """

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query


class StartJob(Message):
    """Somebody wants something done that takes long.

    Args:
        job: What it is.
    """

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job


class GoTo(Message):
    """Somebody wants to see a passage where it was said.

    Args:
        segment: The number of its segment.
    """

    def __init__(self, segment: int) -> None:
        super().__init__()
        self.segment = segment
