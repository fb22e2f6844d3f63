"""Themes that were discovered: each with its quotes, and what a person makes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.suggestions.candidate_themes import ThemeState
from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.errors import QuotegridError
from quotegrid.tui.jobs import VECTORS_KEPT, Job
from quotegrid.tui.look import plain
from quotegrid.tui.messages import GoTo, StartJob
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen
from quotegrid.tui.widgets.place_code import ask_place
from quotegrid.tui.widgets.quote_list import QuoteList
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import CodebookEdit
from quotegrid.workflows.coding.undo import redo_in_words, undo_in_words
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions import candidate_themes as deciding
from quotegrid.workflows.suggestions.candidate_themes import TellingQuote, Theme

_NAME = 26
HEADING = f"{'theme':<{_NAME}}{'say it':>7}{'near':>6}{'groups':>8}"
_NOTHING = (
    "No themes have been looked for yet.\n\n"
    "d  discover themes in what is not coded yet, in people's own words\n"
    "   (about 20 seconds the first time for 700 passages)\n\n"
    "Nothing is coded by it: you decide what becomes of each."
)


class ThemesScreen(WorkbenchScreen):
    """The themes, and beside them the quotes of the one under the cursor.

    Args:
        study: The study.
    """

    MODE = "themes"
    AUTO_FOCUS = "#themes"
    MORE_KEYS = (("up, down", "Move among the themes or their quotes"), ("tab", "From themes to quotes"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "discover", "Discover", tooltip="Discover themes in what is not coded yet"),
        Binding("a", "accept", "Accept", tooltip="Make the theme a code"),
        Binding("m", "merge", "Merge", tooltip="Let the theme go into a code"),
        Binding("s", "set_aside", "Aside", tooltip="Leave the theme for later"),
        Binding("x", "refuse", "Refuse", tooltip="Say that this is not a theme; it does not come back"),
        Binding("r", "rename", "Rename", show=False, tooltip="Give the theme another name"),
        Binding("o", "reopen", "Open again", show=False, tooltip="Open a theme that was set aside"),
        Binding("f", "filter", "Filter", show=False, tooltip="Show open themes alone, or all"),
        Binding("enter", "read", "Read", tooltip="Show the quote in its transcript", priority=True),
        Binding("u", "undo", "Undo", tooltip="Undo the latest change"),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._themes: Sequence[Theme] | None = None
        self._shows_all = False

    def compose_body(self) -> ComposeResult:
        """Lay out the themes and the quotes of one of them."""
        yield Static(_NOTHING, id="no-themes")
        with Horizontal(id="themes-body"):
            with Vertical(id="themes-side"):
                yield Static(HEADING, id="themes-head")
                yield ChoiceList(id="themes", markup=False, compact=True)
            with Vertical(id="theme-side"):
                yield Static(id="theme-told")
                yield QuoteList(id="theme-quotes")

    async def on_screen_resume(self) -> None:
        """Read them again: much may have changed meanwhile."""
        await self._look()

    def study_changed(self, change: Change) -> None:
        """Read them again when somebody has changed something."""
        self.run_worker(self._look(), exclusive=True, group="look")

    async def _look(self, said: str | None = None, on: str | None = None) -> None:
        try:
            self._themes = await asyncio.to_thread(deciding.themes, self._study)
        except QuotegridError as error:
            self.failed(error)
            return
        self._list(on)
        self.say(self._said if said is None else said)

    def _list(self, on: str | None = None) -> None:
        here = self.chosen
        themes = self.query_one("#themes", ChoiceList)
        before = themes.highlighted or 0
        shown = self._shown
        themes.set_options([Option(_line(theme)) for theme in shown])
        wanted = on or (here.name if here else None)
        places = {theme.name: place for place, theme in enumerate(shown)}
        themes.highlighted = places.get(wanted or "", min(before, len(shown) - 1)) if shown else None
        self.query_one("#no-themes").display = not self._themes
        self.query_one("#themes-body").display = bool(self._themes)
        self._show_theme()

    @property
    def _shown(self) -> list[Theme]:
        return [theme for theme in self._themes or () if self._shows_all or theme.state is ThemeState.OPEN]

    @property
    def chosen(self) -> Theme | None:
        """The theme under the cursor."""
        place = self.query_one("#themes", ChoiceList).highlighted
        shown = self._shown
        return shown[place] if place is not None and place < len(shown) else None

    def place_told(self) -> str:
        """How many themes are open and how many are decided on."""
        if self._themes is None:
            return "Reading the themes"
        still = sum(theme.state is ThemeState.OPEN for theme in self._themes)
        decided = len(self._themes) - still
        shown = "shown" if self._shows_all else "f shows them"
        more = f", {decided:,} decided on ({shown})" if decided else ""
        return f"{counted(still, 'open theme')}{more}" if self._themes else "No themes yet: d discovers some"

    @on(OptionList.OptionHighlighted, "#themes")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_theme()

    def _show_theme(self) -> None:
        theme = self.chosen
        self.query_one("#theme-told", Static).update("" if theme is None else _told(theme))
        quotes = [] if theme is None else _in_order(theme)
        headings: dict[int, str] = {}
        for place, one in enumerate(quotes):
            if place == 0 or _kind(one) != _kind(quotes[place - 1]):
                headings[place] = _kind(one)
        places = {one.quote.id: [_place(one)] for one in quotes}
        self.query_one(QuoteList).show([one.quote for one in quotes], headings, places)

    def _change(self, change: Callable[[], CodebookEdit]) -> None:
        """Change something in a thread, then show what became of it."""
        self.run_worker(self._changing(change), exclusive=True, group="change")

    async def _changing(self, change: Callable[[], CodebookEdit]) -> None:
        try:
            edited = await asyncio.to_thread(change)
        except QuotegridError as error:
            self.failed(error)
            return
        await self._look(edited.what or "Nothing was changed.")

    def action_discover(self) -> None:
        """Look for themes, beside everything else."""
        self.post_message(StartJob(Job("Discovering", self._discover, VECTORS_KEPT)))

    def _discover(self, report: ProgressReport) -> str:
        from quotegrid.workflows.suggestions.discover import discover_themes

        done = discover_themes(self._study, report=report)
        known = f"; {done.known} more were decided on before" if done.known else ""
        return f"{counted(done.themes, 'theme')} in {counted(done.passages, 'passage')}{known}."

    def action_accept(self) -> None:
        """Make the theme a code: its name, then its place."""
        theme = self.chosen
        if theme is None:
            return

        def named(name: str | None) -> None:
            if name:
                self._accept_below(theme, name)

        hint = "The code's name. Its words become terms, two quotes examples; nothing is coded by it."
        self.app.push_screen(AskTextScreen("Make it a code", theme.name, hint), named)

    def _accept_below(self, theme: Theme, name: str) -> None:
        try:
            codebook = current_codebook(self._study)
        except QuotegridError as error:
            self.failed(error)
            return

        def accept(parent: str | None) -> None:
            self._change(
                lambda: deciding.accept_theme(self._study, str(theme.number), code=name, below=parent)
            )

        ask_place(self, codebook, name, accept)

    def action_merge(self) -> None:
        """Choose the code that the theme goes into."""
        theme = self.chosen
        if theme is None:
            return
        try:
            codebook = current_codebook(self._study)
        except QuotegridError as error:
            self.failed(error)
            return

        def chosen(code: str | None) -> None:
            if code is not None:
                self._change(lambda: deciding.merge_theme(self._study, str(theme.number), code))

        self.app.push_screen(ChooseCodeScreen(codebook, f"“{theme.name}” goes into"), chosen)

    def _set(self, state: ThemeState) -> None:
        theme = self.chosen
        if theme is not None:
            self._change(lambda: deciding.set_theme(self._study, str(theme.number), state))

    def action_set_aside(self) -> None:
        """Leave the theme for later."""
        self._set(ThemeState.SET_ASIDE)

    def action_refuse(self) -> None:
        """Say that it is not a theme."""
        self._set(ThemeState.REFUSED)

    def action_reopen(self) -> None:
        """Take back that it was set aside or refused."""
        self._set(ThemeState.OPEN)

    def action_rename(self) -> None:
        """Give the theme another name."""
        theme = self.chosen
        if theme is None:
            return

        def named(name: str | None) -> None:
            if name and name != theme.name:
                self._change(lambda: deciding.rename_theme(self._study, str(theme.number), name))

        self.app.push_screen(AskTextScreen("Rename the theme", theme.name, "Its quotes stay."), named)

    def action_filter(self) -> None:
        """Show open themes alone, or all."""
        self._shows_all = not self._shows_all
        self._list()
        self.say("All themes." if self._shows_all else "Open themes alone.")

    @on(QuoteList.Opened)
    def _opened(self) -> None:
        self.action_read()

    def action_read(self) -> None:
        """Show the quote under the cursor in its transcript."""
        quote = self.query_one(QuoteList).chosen
        if quote is not None:
            self.post_message(GoTo(quote.id))

    def action_undo(self) -> None:
        """Take back what was done last to codings or the codebook."""
        self._change(lambda: CodebookEdit(undo_in_words(self._study)))

    def action_redo(self) -> None:
        """Bring again what was taken back last."""
        self._change(lambda: CodebookEdit(redo_in_words(self._study)))


def _line(theme: Theme) -> Content:
    name = shortened(plain(theme.name).plain, _NAME - 1)
    room = " " * (_NAME - plain(name).cell_length)
    near = len(theme.quotes) - theme.saying
    figures = f"{theme.saying:>7,}{near:>6,}{len(theme.groups):>8,}"
    is_open = theme.state is ThemeState.OPEN
    state = "" if is_open else f"  {theme.state.value}" + (f": {theme.code}" if theme.code else "")
    return Content.assemble(name, room, figures, state)


def _told(theme: Theme) -> Content:
    also = f"\nAlso: {', '.join(theme.variants)}" if theme.variants else ""
    groups = f": {', '.join(theme.groups)}" if theme.groups else ""
    who = f"\n{counted(theme.speakers, 'speaker')} in {counted(len(theme.groups), 'group')}{groups}"
    return Content.assemble(
        (plain(theme.name).plain, "bold"), (plain(also).plain, ""), (plain(who).plain, "dim")
    )


def _in_order(theme: Theme) -> list[TellingQuote]:
    return sorted(theme.quotes, key=lambda one: (not one.says, bool(one.flags)))


def _kind(one: TellingQuote) -> str:
    said = "In these words" if one.says else "Near in meaning: look whether they belong"
    return f"{said}, but {' and '.join(one.flags)}" if one.flags else said


def _place(one: TellingQuote) -> tuple[int, int]:
    start = max(one.quote.text.find(one.words), 0)
    return start, start + len(one.words)
