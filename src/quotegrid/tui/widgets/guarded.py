"""What every screen keeps to when keys come faster than it can follow."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

Answer = TypeVar("Answer")
_LONGEST = 5.0
"""Seconds to wait at most for a screen to be laid out: one that failed meanwhile never is."""


class GuardedScreen(Screen[Answer]):
    """A screen that answers once, and lets one wait until it is laid out."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._laid_out = asyncio.Event()
        self.has_answered = False
        """Whether it has been dismissed."""

    @property
    def is_laid_out(self) -> bool:
        """Whether its widgets are there, so that they can be asked for."""
        return self._laid_out.is_set()

    async def wait_until_laid_out(self) -> bool:
        """Wait until its widgets are there; tell whether they are."""
        try:
            return await asyncio.wait_for(self._laid_out.wait(), _LONGEST)
        except TimeoutError:
            return False

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Mount the widgets, and remember that they are there once `on_mount` has done with them.

        A screen that is closed in between would look in vain for what it has to begin with.
        """
        await super().mount_composed_widgets(widgets)
        self.call_later(self._laid_out.set)

    async def on_event(self, event: events.Event) -> None:
        """Hand an event on; a screen that is closed before it is laid out has nothing to begin with."""
        try:
            await super().on_event(event)
        except NoMatches:
            is_closing = self.has_answered or getattr(self.app, "is_leaving", False)
            if not (isinstance(event, events.Mount) and is_closing):
                raise

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer and close, unless that is done already or another screen lies on top.

        Enter twice in one burst asks for it twice; the second time Textual would close what lies below.
        """
        if self.has_answered or not self.is_active:
            return AwaitComplete()
        self.has_answered = True
        # What it still looks for would be shown in widgets that are gone by then.
        self.workers.cancel_node(self)
        return super().dismiss(result)


class Dialog(ModalScreen[Answer], GuardedScreen[Answer]):
    """A screen that lies over another one and asks something."""
