"""The workbench application: its screens, its look, and what all screens share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.errors import StudyError
from quotegrid.tui.backups.screen import BackupsScreen
from quotegrid.tui.codebook.screen import CodebookScreen
from quotegrid.tui.discovery.screen import ThemesScreen
from quotegrid.tui.help.screen import HelpScreen
from quotegrid.tui.importing.screen import ImportFilesScreen, ImportRequest
from quotegrid.tui.importing.summarise import import_and_summarise
from quotegrid.tui.jobs import Job
from quotegrid.tui.joining.screen import JoinScreen
from quotegrid.tui.keys import bindings_of, keys_of
from quotegrid.tui.matrix.screen import MatrixScreen
from quotegrid.tui.memos.screen import ChosenMemo, MemosScreen
from quotegrid.tui.messages import ShowPassage, ShowQuotes, StartJob
from quotegrid.tui.overview.screen import OverviewScreen
from quotegrid.tui.palettes import PALETTES, palette_of
from quotegrid.tui.people.screen import PeopleScreen
from quotegrid.tui.places import PLACES
from quotegrid.tui.quotes.screen import QuotesScreen
from quotegrid.tui.reader.screen import ReadScreen
from quotegrid.tui.review.screen import ReviewScreen
from quotegrid.tui.settings.screen import SettingsScreen
from quotegrid.tui.sources.screen import SourcesScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.write_memo import change_memo_on
from quotegrid.tui.working_app import WorkingApp
from quotegrid.workflows.codebook.codebook_file import open_codebook
from quotegrid.workflows.coding.memos.list import all_memos
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.session_summary import WorkSession
from quotegrid.workflows.coding.watching import Change, StudyWatch
from quotegrid.workflows.study.check_study import check_study, damage_in_words
from quotegrid.workflows.study.faults import keep_fault
from quotegrid.workflows.study.folder import StudyFolder

CHECK_EVERY = 1.0
"""Seconds between two checks whether somebody else has changed the study."""
_HEALTH_AFTER = 2.0
"""Seconds until the study is checked for damage, so that the first screen is there before."""


class Workbench(WorkingApp):
    """The workbench of one study.

    Args:
        study: The study.
        start: The mode of the first screen.
        at_first: What to import as soon as it opens.
        told: A message to show as soon as it opens.
    """

    CSS_PATH = "app.tcss"
    TITLE = "quotegrid"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - Textual annotates it so
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - as above
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(place.key, f"go('{place.mode}')", place.name, tooltip=place.purpose, show=False)
            for place in PLACES
        ),
        Binding(
            "M", "memos", "Memos", show=False, tooltip="List and search all memos, and go to what they are on"
        ),
        Binding(
            "ctrl+g", "join", "Groups and areas", show=False, tooltip="Join spellings of groups and areas"
        ),
        Binding("ctrl+b", "backups", "Backups", show=False, tooltip="List, make, check and put back backups"),
        Binding("question_mark", "help", "Help", key_display="?", tooltip="What the keys do"),
        Binding("q", "quit", "Quit", tooltip="Leave; everything is saved already"),
    ]

    def __init__(
        self,
        study: StudyFolder,
        start: str = "review",
        *,
        at_first: ImportRequest | None = None,
        told: str = "",
    ) -> None:
        super().__init__()
        self._told = told
        self._start = start
        self._at_first = at_first
        self.study = study
        self.review = Review(study)
        self.reading = ReadScreen(study)
        self.quotes = QuotesScreen(study)
        self.codebook = CodebookScreen(study)
        open_codebook(study)
        self._came_from: str | None = None
        """The mode from which a passage was opened in its transcript."""
        for palette in PALETTES:
            self.register_theme(palette)
        self._take_settings()
        self._watch: StudyWatch | None = None
        self._is_checking = False
        self.restored = ""
        """The backup that was put back, in a sentence; the workbench is then to be opened again."""
        self.fault: Exception | None = None
        """The error of the workbench itself that ended it."""

    @dataclass
    class Troubled(Message):
        """Work that nobody asked for has failed."""

        message: str

    @dataclass
    class StudyChanged(Message):
        """Somebody has changed the study, here or elsewhere."""

        change: Change

    @dataclass
    class DamageFound(Message):
        """The study is damaged."""

        what: str

    def on_mount(self) -> None:
        """Show the first screen, check once for damage, and every second what others have changed."""
        self.add_mode("overview", lambda: OverviewScreen(self.study))
        self.add_mode("review", lambda: ReviewScreen(self.study, self.review))
        self.add_mode("read", lambda: self.reading)
        self.add_mode("matrix", lambda: MatrixScreen(self.study))
        self.add_mode("codebook", lambda: self.codebook)
        self.add_mode("quotes", lambda: self.quotes)
        self.add_mode("themes", lambda: ThemesScreen(self.study))
        self.add_mode("settings", lambda: SettingsScreen(self.study))
        self.add_mode("sources", lambda: SourcesScreen(self.study))
        self.add_mode("people", lambda: PeopleScreen(self.study))
        self.switch_mode(self._start)
        self._back_up()
        self._check()
        self.set_interval(CHECK_EVERY, self._check)
        self.set_timer(_HEALTH_AFTER, self.look_for_damage)
        if self._at_first is not None:
            self._import(self._at_first)
        if self._told:
            self.notify(self._told, timeout=20, markup=False)

    @on(SettingsScreen.Changed)
    def _take_settings(self) -> None:
        self.sub_title = self.study.settings.name
        self.theme = palette_of(self.study.settings.look)

    def action_import_files(self) -> None:
        """Choose files and folders to import."""
        if isinstance(self.screen, WorkbenchScreen):
            self.push_screen(ImportFilesScreen(self.study), self._import)

    def _import(self, request: ImportRequest | None) -> None:
        if request is not None:
            job = Job("Importing", lambda report: import_and_summarise(self.study, request, report))
            self.post_message(StartJob(job))

    def action_join(self) -> None:
        """Join spellings of groups and areas."""
        if isinstance(self.screen, WorkbenchScreen):
            self.push_screen(JoinScreen(self.study), self._joined)

    async def _joined(self, has_changed: bool | None) -> None:
        if has_changed:
            await self.take_in_all()

    async def take_in_all(self) -> None:
        """Read again whatever may have changed in the study."""
        await asyncio.to_thread(self.review.read_again)
        if self.shown_screen is not None:
            self.shown_screen.study_changed(Change((), is_rebuilt=True))

    def action_backups(self) -> None:
        """List the backups, and put one back."""
        if isinstance(self.screen, WorkbenchScreen):
            self.screen.ask(BackupsScreen(self.study), self._leave_restored)

    def _leave_restored(self, told: str) -> None:
        self.restored = told
        self.exit()

    @work(thread=True, group="backup")
    def _back_up(self) -> None:
        """Make the day's backup ahead, so that no key waits for it."""
        try:
            self.study.back_up_for_today()
        except StudyError as error:
            self.post_message(self.Troubled(str(error)))
        else:
            if self.study.backup_trouble:
                self.post_message(self.Troubled(self.study.backup_trouble))

    @on(Troubled)
    def _troubled(self, event: Troubled) -> None:
        self.notify(event.message, severity="error", timeout=20, markup=False)

    def _check(self) -> None:
        if not self._is_checking:
            self._is_checking = True
            self._look_for_changes()

    @work(thread=True, group="watch")
    def _look_for_changes(self) -> None:
        try:
            if self._watch is None:
                self._watch = StudyWatch(self.study)
            change = self._watch.look()
            if change is not None:
                self.post_message(self.StudyChanged(change))
        except StudyError:
            pass  # Somebody is writing, or the server or disk is out of reach; the next check comes soon.
        finally:
            self._is_checking = False

    @work(thread=True, group="health")
    def look_for_damage(self) -> None:
        """Check in the background whether the study is whole, as far as that is quickly told."""
        try:
            found = check_study(self.study, quick=True)
        except (StudyError, OSError) as error:
            self.post_message(self.DamageFound(str(error)))
            return
        if not found.is_whole:
            self.post_message(self.DamageFound(damage_in_words(self.study, found.faults)))

    @on(DamageFound)
    def _damage_found(self, event: DamageFound) -> None:
        self.notify(event.what, severity="error", timeout=30, markup=False)

    @on(StudyChanged)
    async def _study_changed(self, event: StudyChanged) -> None:
        change = event.change
        if change.has_hand_edits:
            self.notify("The codebook file has been changed by hand. 4 shows what was changed.", timeout=10)
        if change.is_rebuilt:
            await asyncio.to_thread(self.review.refresh)
        else:
            self.review.take_in(change.decisions)
        if self.shown_screen is not None:
            self.shown_screen.study_changed(change)

    def action_go(self, mode: str) -> None:
        """Show another screen of the workbench."""
        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        self.switch_mode(mode)
        self.call_after_refresh(self.show_job)

    def action_help(self) -> None:
        """Show what the keys do here and everywhere."""
        screen = self.screen
        if isinstance(screen, HelpScreen):
            return
        name = next((place.name for place in PLACES if place.mode == self.current_mode), "Here")
        more = screen.more_keys() if isinstance(screen, GuardedScreen) else ()
        here = (
            name if isinstance(screen, WorkbenchScreen) else "Here",
            [*more, *keys_of(bindings_of(screen))],
        )
        everywhere = [*keys_of(bindings_of(self)), ("ctrl+p", "Every action by name")]
        self.push_screen(HelpScreen([here, ("Everywhere", everywhere)]))

    @on(ShowQuotes)
    def _show_quotes(self, event: ShowQuotes) -> None:
        """Show the quotes that fit a query."""
        self.quotes.set_query(event.query)
        self.switch_mode("quotes")

    @on(ShowPassage)
    def _show_passage(self, event: ShowPassage) -> None:
        """Show a passage in its transcript."""
        self._came_from = self.current_mode
        self.reading.request(event.segment)
        self.switch_mode("read")

    async def action_memos(self) -> None:
        """List all memos, and go to what one is on."""
        screen = self.screen
        if not isinstance(screen, WorkbenchScreen):
            return
        memos = await screen.attempt(lambda: all_memos(self.study))
        if memos is not None and screen.is_active:
            screen.ask(
                MemosScreen(memos),
                lambda chosen: screen.start(partial(self._show_memo, screen, chosen), "memo"),
            )

    async def _show_memo(self, screen: WorkbenchScreen, chosen: ChosenMemo) -> None:
        """Show what a memo is on, or have the memo changed."""
        memo = chosen.memo
        if chosen.is_to_change:
            await change_memo_on(screen, memo)
        elif memo.is_gone:
            self.notify(f"{memo.about} is no longer there; Ctrl+E changes the memo.", markup=False)
        elif memo.subject is MemoSubject.CODE:
            self.codebook.request(memo.about)
            self.switch_mode("codebook")
        elif memo.subject is MemoSubject.CASE:
            self._show_quotes(ShowQuotes(f'case:"{memo.about}"'))
        elif memo.source is not None:
            self._came_from = self.current_mode
            self.reading.request_words(memo.source, memo.start, memo.end)
            self.switch_mode("read")

    def action_leave_passage(self) -> None:
        """Go back to where a passage was opened from."""
        if self._came_from is not None:
            self.switch_mode(self._came_from)
            self._came_from = None

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield every action of the screen and of the workbench, for the palette."""
        yield from super().get_system_commands(screen)
        for binding in (*bindings_of(screen), *bindings_of(self)):
            yield SystemCommand(
                binding.tooltip or binding.description,
                f"Key: {binding.key_display or binding.key}",
                lambda action=binding.action: self._run(screen, action),
            )

    async def _run(self, screen: Screen[object], action: str) -> None:
        await self.run_action(action, screen if hasattr(screen, f"action_{action.split('(')[0]}") else self)

    def _handle_exception(self, error: Exception) -> None:
        """Keep an error for the report, and leave; in tests, fail as usual."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.fault = self.fault or error
        self.exit(return_code=1)


def run_workbench(study: StudyFolder, *, at_first: Path | None = None) -> str:
    """Open the workbench until the user leaves it; others may work on the study meanwhile.

    Args:
        study: The study.
        at_first: What to import as soon as it opens.

    Returns:
        What the coder did, in a sentence; empty if nothing.

    Raises:
        FaultError: If quotegrid itself failed; every decision is kept, and a report of the error is written.
    """
    sitting = WorkSession(study)
    request = None if at_first is None else ImportRequest(at_first, ReadingOptions())
    app = Workbench(study, start="overview", at_first=request)
    app.run()
    while app.restored:
        sitting = WorkSession(study)
        app = Workbench(study, start="overview", told=app.restored)
        app.run()
    if app.fault is not None:
        raise keep_fault(study, app.fault)
    return sitting.summary()
