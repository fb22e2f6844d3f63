"""The part of the workbench that does long work in the background, one piece at a time."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from quotegrid.errors import CancelledError, QuotegridError
from quotegrid.tui.guarded_app import GuardedApp
from quotegrid.tui.jobs import Progress
from quotegrid.tui.messages import StartJob
from quotegrid.tui.widgets.base_screen import WorkbenchScreen

_SHOW_EVERY = 0.1
"""Seconds between two reports of the progress of long work."""


class WorkingApp(GuardedApp[None]):
    """An application that does long work in the background and shows its progress on every screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+x", "cancel_job", "Cancel", show=False, tooltip="Cancel the long work that is under way"
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._job: Progress | None = None

    @dataclass
    class JobStep(Message):
        """Long work has made progress."""

        what: str
        done: int
        total: int

    @dataclass
    class JobEnded(Message):
        """Long work has ended, with its result or an error."""

        message: str
        error: QuotegridError | None = None

    @on(StartJob)
    def _start_job(self, event: StartJob) -> None:
        if self._job is not None:
            self.notify(f"{self._job.job.name} is under way; Ctrl+X cancels it.", markup=False)
            return
        self._job = Progress(event.job)
        self.show_job()
        self._work(self._job)

    @work(thread=True, group="job")
    def _work(self, progress: Progress) -> None:
        shown = 0.0

        def report(what: str, done: int, total: int) -> None:
            nonlocal shown
            if progress.is_cancelled:
                raise CancelledError(f"{progress.job.name} was cancelled; {progress.job.if_cancelled}.")
            if monotonic() - shown >= _SHOW_EVERY or done >= total:
                shown = monotonic()
                self.post_message(self.JobStep(what, done, total))

        try:
            message = progress.job.work(report)
        except QuotegridError as error:
            self.post_message(self.JobEnded("", error))
        else:
            self.post_message(self.JobEnded(message))

    @on(JobStep)
    def _job_step(self, event: JobStep) -> None:
        if self._job is not None:
            self._job.step(event.what, event.done, event.total)
            self.show_job()

    def show_job(self) -> None:
        """Show the progress of long work on the screen on top."""
        screen = self.top
        if isinstance(screen, WorkbenchScreen):
            screen.show_job("" if self._job is None else self._job.text())

    @property
    def shown_screen(self) -> WorkbenchScreen | None:
        """The screen of the workbench that is shown; None until it is laid out and reads the study itself."""
        screen = self.top
        return screen if isinstance(screen, WorkbenchScreen) and screen.is_laid_out else None

    @on(JobEnded)
    async def _job_ended(self, event: JobEnded) -> None:
        self._job = None
        self.show_job()
        if isinstance(event.error, CancelledError):
            self.notify(str(event.error), markup=False)
        elif event.error is not None:
            self.notify(str(event.error), severity="error", timeout=10, markup=False)
        else:
            await self.take_in_all()
            if self.shown_screen is not None:
                self.shown_screen.say(event.message)

    async def take_in_all(self) -> None:
        """Read again whatever may have changed in the study."""

    def action_cancel_job(self) -> None:
        """Cancel the long work that is under way."""
        if self._job is None:
            self.notify("Nothing is under way.")
            return
        self._job.is_cancelled = True
        self.show_job()
