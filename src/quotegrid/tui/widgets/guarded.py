"""The bases of all screens, which keep order when keys come faster than a screen can follow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import Worker

Answer = TypeVar("Answer")
Given = TypeVar("Given")
_LONGEST = 5.0
"""The most seconds to wait for a screen to be laid out: one that has failed never is."""


class GuardedScreen(Screen[Answer]):
    """A screen that answers once, and can be waited for until it is laid out."""

    MORE_KEYS: ClassVar[Sequence[tuple[str, str]]] = ()
    """The keys of its widgets and what they do, for the page of keys."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._laid_out = asyncio.Event()
        self._changing = asyncio.Lock()
        """Held while something is changed off the event loop."""
        self.has_answered = False
        """Whether it has been dismissed."""

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of its widgets that mean something now, for the page of keys."""
        return self.MORE_KEYS

    def unsaved(self) -> str:
        """Return what would be lost by leaving it, in a sentence; nothing where nothing would be."""
        return ""

    @property
    def is_laid_out(self) -> bool:
        """Whether its widgets are there and can be queried."""
        return self._laid_out.is_set()

    async def wait_until_laid_out(self) -> bool:
        """Wait until its widgets are there, and return whether they are."""
        try:
            return await asyncio.wait_for(self._laid_out.wait(), _LONGEST)
        except TimeoutError:
            return False

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Mount the widgets, and mark the screen as laid out once `on_mount` has run.

        A screen that is closed in between would query widgets that are gone.
        """
        await super().mount_composed_widgets(widgets)
        self.call_later(self._laid_out.set)

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on; the mount of a screen that is closing already may find no widgets."""
        try:
            await super().on_event(event)
        except NoMatches:
            is_closing = self.has_answered or getattr(self.app, "is_leaving", False)
            if not (isinstance(event, events.Mount) and is_closing):
                raise

    def start(
        self, work: Callable[[], Coroutine[None, None, object]], group: str, *, exclusive: bool = False
    ) -> None:
        """Do something beside the keys.

        A coroutine that is made before it is started is lost without a word when it is cancelled first.

        Args:
            work: Makes the coroutine once it is started.
            group: Work of the same kind.
            exclusive: Whether earlier work of the group is of no use then; never where it changes anything.
        """
        _started: Worker[object] = self.run_worker(work, group=group, exclusive=exclusive)

    def ask(self, dialog: Screen[Given | None], then: Callable[[Given], object]) -> None:
        """Show a dialog, and do something with its answer unless it is left.

        Args:
            dialog: The dialog, which answers None when it is left.
            then: Called with the answer.
        """

        def answer(given: Given | None) -> None:
            if given is not None:
                then(given)

        self.app.push_screen(dialog, answer)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer and close, unless that has been done or another screen lies on top.

        Enter pressed twice in a burst would have Textual close the screen below as well.
        """
        if self.has_answered or not self.is_active:
            return AwaitComplete()
        self.has_answered = True
        # A result that comes later would be shown in widgets that are gone.
        self.workers.cancel_node(self)
        return super().dismiss(result)


class Dialog(ModalScreen[Answer], GuardedScreen[Answer]):
    """A screen over another one that asks for something."""
