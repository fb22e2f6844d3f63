"""The frame of every screen of the workbench: the bar of screens, the place line, the footer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from quotegrid.errors import QuotegridError
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.tui.widgets.place_bar import PlaceBar, PlaceLine
from quotegrid.workflows.coding.undo import redo_in_words, undo_in_words
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder

Result = TypeVar("Result")


class WorkbenchScreen(GuardedScreen[None]):
    """A screen that a key shows from everywhere.

    A subclass lays out its own part in `compose_body`, tells in `place_text` where the user is, and reads
    what it shows in `look_again`.

    Args:
        study: The study.
    """

    MODE: ClassVar[str]
    """Its mode in the application, one of `tui.places.PLACES`."""

    def __init__(self, study: StudyFolder) -> None:
        super().__init__()
        self._study = study
        self.last_message = ""
        """The effect of the last key, as it is shown."""
        self._job_text = ""
        """The progress of long work, as it is shown."""

    @property
    def study(self) -> StudyFolder:
        """The study that is shown."""
        return self._study

    def compose(self) -> ComposeResult:
        """Lay out the frame around the screen's own part."""
        yield PlaceBar(self.MODE)
        yield Static(id="job")
        yield PlaceLine()
        yield from self.compose_body()
        yield KeyFooter()

    def compose_body(self) -> ComposeResult:
        """Lay out what is between the two lines at the top and the footer."""
        yield from ()

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Mount the widgets, and show what was to be shown before they were there."""
        await super().mount_composed_widgets(widgets)
        # It is never closed, and what it reads first may take long: keys need not wait for that.
        self._laid_out.set()
        self.show_job(self._job_text)

    def place_text(self) -> str:
        """Return where the user is, in a few words, for the first line."""
        return ""

    def say(self, message: str = "") -> None:
        """Show where the user is, and before it what the last key did."""
        self.last_message = message
        self.query_one(PlaceLine).show(self.place_text(), message)

    def show_job(self, text: str) -> None:
        """Show the progress of long work; an empty text for none."""
        self._job_text = text
        if not self.is_laid_out:
            return
        job = self.query_one("#job", Static)
        job.display = bool(text)
        job.update(plain(text))

    def study_changed(self, change: Change) -> None:
        """Take in what has changed in the study, here or elsewhere, while this screen is shown."""

    def is_changed_by_others(self, change: Change) -> bool:
        """Return whether another coder has decided something, or everything was read anew."""
        coder = self._study.settings.coder_name()
        return change.is_rebuilt or any(decision.doer != coder for decision in change.decisions)

    def failed(self, error: QuotegridError) -> None:
        """Show why something could not be done."""
        self.notify(str(error), severity="error", timeout=10, markup=False)

    async def attempt(self, work: Callable[[], Result]) -> Result | None:
        """Do something off the event loop.

        Returns:
            Its result; None if it could not be done, which is shown.
        """
        try:
            return await asyncio.to_thread(work)
        except QuotegridError as error:
            self.failed(error)
            return None

    async def attempt_in_order(self, change: Callable[[], Result]) -> Result | None:
        """Change something off the event loop once the changes before it are made.

        Returns:
            Its result; None if it could not be done, which is shown.
        """
        async with self._changing:
            return await self.attempt(change)

    async def look_again(self, message: str | None = None) -> None:
        """Read what is shown again.

        Args:
            message: What the last key did; None to leave the message that is shown.
        """

    async def change(self, change: Callable[[], str]) -> None:
        """Change something off the event loop, and show what stands then.

        Args:
            change: Makes the change, and returns what was done.
        """
        message = await self.attempt_in_order(change)
        if message is not None:
            await self.look_again(message)

    async def action_undo(self) -> None:
        """Undo the coder's latest change, here or elsewhere in the workbench."""
        await self.change(lambda: undo_in_words(self._study))

    async def action_redo(self) -> None:
        """Redo what was undone last."""
        await self.change(lambda: redo_in_words(self._study))
