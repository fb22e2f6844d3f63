"""Waiting until a screen shows what the last key asked for."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

_QUIET = 2
"""How many times in turn nothing must be under way: one piece of work may begin another."""


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until all messages are handled and all work of the screens is done, also what that work begins."""
    quiet = 0
    while quiet < _QUIET:
        await pilot.pause()
        # The tree of folders has a worker that waits for folders to read as long as it is there.
        working = [
            worker for worker in pilot.app.workers if not worker.is_finished and worker.name != "_loader"
        ]
        if working:
            await pilot.app.workers.wait_for_complete(working)
            quiet = 0
        else:
            quiet += 1
