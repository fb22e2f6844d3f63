"""What screens ask of the workbench."""

from __future__ import annotations

from textual.message import Message


class GoTo(Message):
    """Somebody wants to see a passage where it was said.

    Args:
        segment: The number of its segment.
    """

    def __init__(self, segment: int) -> None:
        super().__init__()
        self.segment = segment
