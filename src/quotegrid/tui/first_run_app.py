"""The application that opens in a folder without a study."""

from __future__ import annotations

from pathlib import Path

from quotegrid.tui.first_run.screen import FirstRunScreen
from quotegrid.tui.guarded_app import GuardedApp
from quotegrid.workflows.study.folder import StudyFolder


class FirstRun(GuardedApp[StudyFolder]):
    """The application that offers to start a study or to open the demonstration; returns the study.

    Args:
        folder: The folder without a study.
    """

    CSS_PATH = "app.tcss"
    TITLE = "quotegrid"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - Textual annotates it so
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - as above

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def on_mount(self) -> None:
        """Show the choices, and leave with what was made."""
        self.push_screen(FirstRunScreen(self._folder), self.exit)
