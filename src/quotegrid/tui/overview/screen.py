"""The overview: what to do next, what has changed, and the progress of the study."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.languages import ENGLISH, NAMES
from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.tui.look import bar, minutes, plain
from quotegrid.tui.review.progress_panel import ProgressPanel
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.write_memo import ask_memo_on
from quotegrid.workflows.coding.review.overview import Offer, Overview, Step, study_overview
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder

_SCREENS = {
    Step.REVIEW: "review",
    Step.SUGGEST: "review",
    Step.PUT_RIGHT: "read",
    Step.READ: "read",
    Step.CHECK_CASES: "people",
    Step.COUNT: "matrix",
    Step.WRITE_CODES: "codebook",
}
"""The screen for each step."""
_SHOWN = 60


class OverviewScreen(WorkbenchScreen):
    """A study at a glance.

    Args:
        study: The study.
    """

    MODE = "overview"
    AUTO_FOCUS = "#offers"
    MORE_KEYS = (("up, down", "Move among what can be done next"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Do it", tooltip="Do what is under the cursor", priority=True),
        Binding("i", "app.import_files", "Import", tooltip="Import transcripts, reports and tables"),
        Binding("m", "memo", "Diary", tooltip="Write an entry of the research diary"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest change"),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
        Binding("g", "app.join", "Groups", tooltip="Join spellings of groups and areas"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._overview: Overview | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the offers, the changes and the figures."""
        yield ChoiceList(id="offers", markup=False, compact=True)
        with VerticalScroll(id="overview", can_focus=False):
            yield Static(id="figures")
            yield Static(id="changes")
            yield ProgressPanel(id="overview-progress")

    async def on_screen_resume(self) -> None:
        """Read it again: much may have changed meanwhile."""
        await self.look_again()

    def study_changed(self, change: Change) -> None:
        """Read it again when somebody has changed something."""
        self.start(self.look_again, "look", exclusive=True)

    async def look_again(self, message: str | None = None) -> None:
        """Read the overview again."""
        self.say(self.last_message if message is None else message)
        overview = await self.attempt(lambda: study_overview(self._study))
        if overview is not None:
            self._overview = overview
            self._draw(overview)

    def place_text(self) -> str:
        """Return the name of the study and the coder."""
        return f"{self._study.settings.name}   {self._study.settings.coder_name()}"

    def _draw(self, overview: Overview) -> None:
        offers = self.query_one("#offers", ChoiceList)
        here = offers.highlighted or 0
        offers.set_options([Option(plain(offer.told)) for offer in overview.offers])
        offers.highlighted = min(here, len(overview.offers) - 1) if overview.offers else None
        figures = overview.figures
        decided = figures.suggestions - figures.waiting
        lines = [
            f"{counted(figures.sources, 'source')}, {counted(figures.cases, 'case')}, "
            f"{counted(figures.segments, 'passage')}, {counted(overview.codes, 'code')}",
            _share("coded", figures.coded, figures.segments, "passage"),
            _share("decided", decided, figures.suggestions, "suggestion"),
        ]
        if overview.diary is not None:
            day = overview.diary.date[:10]
            lines.append(f"Diary, {day}: {shortened(overview.diary.text, _SHOWN)}")
        if any(language != NAMES[ENGLISH] for language in overview.languages):
            told = ", ".join(f"{name} {count}" for name, count in overview.languages.items())
            lines += [f"Languages of the sources: {told}", f"Note: {overview.knows_only_english}"]
        self.query_one("#figures", Static).update(plain("\n".join(lines)))
        changes = self.query_one("#changes", Static)
        changes.display = bool(overview.changes)
        time = minutes(overview.since)
        since = f"since you decided last ({time})" if time else "so far"
        changes.update(plain("\n".join([f"New {since}:", *overview.changes])))
        self.query_one(ProgressPanel).show(overview.by_group, overview.by_code)
        self.say(self.last_message)

    async def action_memo(self) -> None:
        """Write an entry of the research diary."""
        await ask_memo_on(self, MemoSubject.STUDY)

    def action_take(self) -> None:
        """Do what is under the cursor."""
        place = self.query_one("#offers", ChoiceList).highlighted
        if self._overview is None or place is None or place >= len(self._overview.offers):
            return
        offer = self._overview.offers[place]
        if offer.step is Step.IMPORT:
            self.app.call_later(self.run_action, "app.import_files")
            return
        if offer.step is Step.JOIN:
            self.app.call_later(self.run_action, "app.join")
            return
        self.app.call_later(self._go, offer)

    async def _go(self, offer: Offer) -> None:
        await self.run_action(f"app.go('{_SCREENS[offer.step]}')")
        if offer.step is Step.SUGGEST:
            await self.app.screen.run_action("suggest")
        if offer.step is Step.PUT_RIGHT:
            await self.app.screen.run_action("unsure")

    @on(OptionList.OptionSelected, "#offers")
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_take()


def _share(label: str, done: int, total: int, noun: str) -> str:
    return f"{label:<8} {bar(done, total, 20)} {done:,} of {counted(total, noun)}"
