"""What all screens of the workbench have: the bar of screens, a line that tells where one is, a footer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer, Static

from quotegrid.errors import QuotegridError
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.place_bar import PlaceBar
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder


class WorkbenchScreen(GuardedScreen[None]):
    """A screen that a key shows from everywhere.

    A subclass lays out its own part in `compose_body`, and tells in `place_told` where the user is.

    Args:
        study: The study.
    """

    MODE: ClassVar[str]
    """Its mode in the application, one of `tui.places.PLACES`."""
    MORE_KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys that its widgets have, and what they do, for the page of keys."""

    def __init__(self, study: StudyFolder) -> None:
        super().__init__()
        self._study = study
        self._said = ""
        """What the last key did, as it is shown."""
        self._job_told = ""
        """How far long work has come, as it is shown."""

    def compose(self) -> ComposeResult:
        """Lay out the frame around the screen's own part."""
        yield PlaceBar(self.MODE)
        yield Static(id="job")
        yield Static(id="place")
        yield from self.compose_body()
        yield Footer(compact=True, show_command_palette=False)

    def compose_body(self) -> ComposeResult:
        """Lay out what is between the two lines at the top and the footer."""
        yield from ()

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Mount the widgets, and show what was to be shown before they were there."""
        await super().mount_composed_widgets(widgets)
        # It is never closed, and what it reads first may take long: keys need not wait for that.
        self._laid_out.set()
        self.show_job(self._job_told)

    def place_told(self) -> str:
        """Where the user is, in a few words; the first line shows it."""
        return ""

    def say(self, said: str = "") -> None:
        """Show where the user is, and before it what the last key did."""
        self._said = said
        place = plain(self.place_told())
        if said:
            place = Content.assemble((plain(said).plain, "reverse"), "   ", place)
        self.query_one("#place", Static).update(place)

    def show_job(self, told: str) -> None:
        """Show how far long work has come; nothing for none."""
        self._job_told = told
        if not self.is_laid_out:
            return
        job = self.query_one("#job", Static)
        job.display = bool(told)
        job.update(plain(told))

    def study_changed(self, change: Change) -> None:
        """Take in what has changed in the study, here or elsewhere, while this screen is shown."""

    def failed(self, error: QuotegridError) -> None:
        """Tell why something could not be done."""
        self.notify(str(error), severity="error", timeout=10, markup=False)
