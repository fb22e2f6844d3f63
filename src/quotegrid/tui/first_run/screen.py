"""The screen of a folder without a study, which offers to start one or to open the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.errors import QuotegridError
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.workflows.study.demonstration import FOLDER, make_demonstration
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.init_study import init_study

_WELCOME = (
    "quotegrid brings interview transcripts and quotes to a matrix of who holds which view: it imports them, "
    "suggests codes from your codebook, and you confirm or reject. Everything stays on this machine."
)


class FirstRunScreen(GuardedScreen[StudyFolder | None]):
    """A list of three choices; answers with the study that was made, or None.

    Args:
        folder: The folder without a study.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", priority=True),
        Binding("q,escape", "dismiss(None)", "Leave", key_display="q"),
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()

    def compose(self) -> ComposeResult:
        """Lay out what quotegrid is, and the choices."""
        with Vertical(id="first-run"):
            yield Static("quotegrid", id="first-title")
            yield Static(_WELCOME, id="first-welcome")
            yield Static(plain(f"There is no study in {self._folder}."), id="first-where")
            yield ChoiceList(
                Option(_choice("Start a study here", "settings, a codebook to fill, places for files")),
                Option(_choice("Open the demonstration", "18 invented interviews, a codebook of 16 codes")),
                Option(_choice("Leave", "nothing is changed")),
                id="first-choices",
                markup=False,
            )
            yield Static(id="first-message")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Focus the choices."""
        self.query_one(ChoiceList).focus()

    def action_choose(self) -> None:
        """Do what is under the cursor."""
        self.query_one(ChoiceList).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if not self.is_active:
            return  # Enter was pressed twice in a burst: the first has opened a dialog already.
        if event.option_index == 0:
            self.ask(
                AskTextScreen(
                    "What is the study called?", self._folder.name, "Its name, for titles and exports."
                ),
                lambda name: self._make(lambda: init_study(self._folder, name)),
            )
        elif event.option_index == 1:
            hint = "A folder that is not there yet, or empty; it is made below this one."
            self.ask(
                AskTextScreen("Where is the demonstration to go?", FOLDER, hint),
                lambda name: self._make(lambda: make_demonstration(self._folder / name)),
            )
        else:
            self.dismiss(None)

    def _make(self, make: Callable[[], StudyFolder]) -> None:
        try:
            study = make()
        except QuotegridError as error:
            self.query_one("#first-message", Static).update(plain(str(error)))
            return
        self.dismiss(study)


def _choice(name: str, description: str) -> Content:
    return Content.assemble((f"{name:<26}", "bold"), description)
