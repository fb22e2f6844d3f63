"""The candidate themes that were discovered, each with its quotes and what can be made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
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
from quotegrid.tui.messages import ShowPassage, StartJob
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.choose_code import ChooseCodeScreen, ask_place
from quotegrid.tui.widgets.quote_list import QuoteList
from quotegrid.tui.widgets.write_memo import ask_memo_on_quote
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import CodebookEdit
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions import candidate_themes as deciding
from quotegrid.workflows.suggestions.candidate_themes import TellingQuote, Theme

_NAME = 26
HEADING = f"{'candidate theme':<{_NAME}}{'say it':>7}{'near':>6}{'groups':>8}"
_NOTHING = (
    "No candidate themes have been looked for yet.\n\n"
    "d  discover candidate themes in what is not coded yet, in people's own words\n"
    "   (about 20 seconds the first time for 700 passages)\n\n"
    "Nothing is coded by it: you decide what becomes of each."
)


class ThemesScreen(WorkbenchScreen):
    """The candidate themes, and beside them the quotes of the one under the cursor.

    Args:
        study: The study.
    """

    MODE = "themes"
    AUTO_FOCUS = "#themes"
    MORE_KEYS = (("up, down", "Move among the candidate themes or their quotes"), ("tab", "To the quotes"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "discover", "Discover", tooltip="Discover candidate themes in what is not coded yet"),
        Binding("a", "accept", "Accept", tooltip="Make the candidate theme a code"),
        Binding("g", "merge", "Merge", tooltip="Merge the candidate theme into a code"),
        Binding("s", "set_aside", "Aside", tooltip="Leave the candidate theme for later"),
        Binding("x", "refuse", "Refuse", tooltip="Refuse the candidate theme; it does not come back"),
        Binding("r", "rename", "Rename", show=False, tooltip="Give the candidate theme another name"),
        Binding("o", "reopen", "Open again", show=False, tooltip="Open a candidate theme that was set aside"),
        Binding("f", "filter", "Filter", show=False, tooltip="Show the open candidate themes alone, or all"),
        Binding("enter", "read", "Read", tooltip="Show the quote in its transcript", priority=True),
        Binding("m", "memo", "Memo", tooltip="Write a memo on the quote, or change yours"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest change"),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._themes: Sequence[Theme] | None = None
        self._shows_all = False

    def compose_body(self) -> ComposeResult:
        """Lay out the candidate themes and the quotes of one of them."""
        yield Static(_NOTHING, id="no-themes")
        with Horizontal(id="themes-body"):
            with Vertical(id="themes-side"):
                yield Static(HEADING, id="themes-head")
                yield ChoiceList(id="themes", markup=False, compact=True)
            with Vertical(id="theme-side"):
                yield Static(id="theme-summary")
                yield QuoteList(id="theme-quotes")

    async def on_screen_resume(self) -> None:
        """Read them again: much may have changed meanwhile."""
        await self.look_again()

    def study_changed(self, change: Change) -> None:
        """Read them again when somebody has changed something."""
        self.start(self.look_again, "look", exclusive=True)

    async def look_again(self, message: str | None = None) -> None:
        """Read the candidate themes again."""
        themes = await self.attempt(lambda: deciding.themes(self._study))
        if themes is not None:
            self._themes = themes
            self._list()
            self.say(self.last_message if message is None else message)

    def _list(self) -> None:
        chosen = self.chosen
        themes = self.query_one("#themes", ChoiceList)
        before = themes.highlighted or 0
        shown = self._shown
        themes.set_options([Option(_line(theme)) for theme in shown])
        places = {theme.name: place for place, theme in enumerate(shown)}
        name = chosen.name if chosen else ""
        themes.highlighted = places.get(name, min(before, len(shown) - 1)) if shown else None
        self.query_one("#no-themes").display = not self._themes
        self.query_one("#themes-body").display = bool(self._themes)
        self._show_theme()

    @property
    def _shown(self) -> list[Theme]:
        return [theme for theme in self._themes or () if self._shows_all or theme.state is ThemeState.OPEN]

    @property
    def chosen(self) -> Theme | None:
        """The candidate theme under the cursor; None if there is none."""
        place = self.query_one("#themes", ChoiceList).highlighted
        shown = self._shown
        return shown[place] if place is not None and place < len(shown) else None

    def place_text(self) -> str:
        """Return how many candidate themes are open and how many are decided on."""
        if self._themes is None:
            return "Reading the candidate themes"
        if not self._themes:
            return "No candidate themes yet: d discovers some"
        open_count = sum(theme.state is ThemeState.OPEN for theme in self._themes)
        decided = len(self._themes) - open_count
        shown = "shown" if self._shows_all else "f shows them"
        more = f", {decided:,} decided on ({shown})" if decided else ""
        return f"{counted(open_count, 'open candidate theme')}{more}"

    @on(OptionList.OptionHighlighted, "#themes")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_theme()

    def _show_theme(self) -> None:
        theme = self.chosen
        self.query_one("#theme-summary", Static).update("" if theme is None else _summary(theme))
        quotes = [] if theme is None else _in_order(theme)
        headings: dict[int, str] = {}
        for place, telling in enumerate(quotes):
            if place == 0 or _heading(telling) != _heading(quotes[place - 1]):
                headings[place] = _heading(telling)
        places = {telling.quote.id: [_range(telling)] for telling in quotes}
        self.query_one(QuoteList).show([telling.quote for telling in quotes], headings, places)

    def _change(self, change: Callable[[], CodebookEdit]) -> None:
        """Change something in a thread, then show the result."""
        self.start(partial(self.change, lambda: change().what or "Nothing was changed."), "change")

    def action_discover(self) -> None:
        """Discover candidate themes in the background."""
        self.post_message(StartJob(Job("Discovering", self._discover, VECTORS_KEPT)))

    def _discover(self, report: ProgressReport) -> str:
        from quotegrid.workflows.suggestions.discover import discover_themes

        done = discover_themes(self._study, report=report)
        known = f"; {done.known} more were decided on before" if done.known else ""
        return f"{counted(done.themes, 'candidate theme')} in {counted(done.passages, 'passage')}{known}."

    def action_accept(self) -> None:
        """Make the candidate theme a code: ask for its name, then for its place."""
        theme = self.chosen
        if theme is None:
            return
        hint = "The code's name. Its words become terms, two quotes examples; nothing is coded by it."
        self.ask(
            AskTextScreen("Make it a code", theme.name, hint), lambda name: self._accept_below(theme, name)
        )

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
        """Choose the code that the candidate theme is merged into."""
        theme = self.chosen
        if theme is None:
            return
        try:
            codebook = current_codebook(self._study)
        except QuotegridError as error:
            self.failed(error)
            return
        self.ask(
            ChooseCodeScreen(codebook, f"“{theme.name}” goes into"),
            lambda code: self._change(lambda: deciding.merge_theme(self._study, str(theme.number), code)),
        )

    def _set_state(self, state: ThemeState) -> None:
        theme = self.chosen
        if theme is not None:
            self._change(lambda: deciding.set_theme(self._study, str(theme.number), state))

    def action_set_aside(self) -> None:
        """Leave the candidate theme for later."""
        self._set_state(ThemeState.SET_ASIDE)

    def action_refuse(self) -> None:
        """Refuse the candidate theme."""
        self._set_state(ThemeState.REFUSED)

    def action_reopen(self) -> None:
        """Open a candidate theme that was set aside or refused."""
        self._set_state(ThemeState.OPEN)

    def action_rename(self) -> None:
        """Give the candidate theme another name."""
        theme = self.chosen
        if theme is None:
            return

        def rename(name: str) -> None:
            if name != theme.name:
                self._change(lambda: deciding.rename_theme(self._study, str(theme.number), name))

        self.ask(AskTextScreen("Rename the candidate theme", theme.name, "Its quotes stay."), rename)

    def action_filter(self) -> None:
        """Show the open candidate themes alone, or all."""
        self._shows_all = not self._shows_all
        self._list()
        self.say("All candidate themes." if self._shows_all else "Open candidate themes alone.")

    @on(QuoteList.Opened)
    def _opened(self) -> None:
        self.action_read()

    def action_read(self) -> None:
        """Show the quote under the cursor in its transcript."""
        quote = self.query_one(QuoteList).chosen
        if quote is not None:
            self.post_message(ShowPassage(quote.id))

    def action_memo(self) -> None:
        """Write a memo on the quote under the cursor, or change yours."""
        quote = self.query_one(QuoteList).chosen
        if quote is not None:
            ask_memo_on_quote(self, quote)


def _line(theme: Theme) -> Content:
    name = shortened(plain(theme.name).plain, _NAME - 1)
    room = " " * (_NAME - plain(name).cell_length)
    near = len(theme.quotes) - theme.saying
    figures = f"{theme.saying:>7,}{near:>6,}{len(theme.groups):>8,}"
    is_open = theme.state is ThemeState.OPEN
    state = "" if is_open else f"  {theme.state.value}" + (f": {theme.code}" if theme.code else "")
    return Content.assemble(name, room, figures, state)


def _summary(theme: Theme) -> Content:
    also = f"\nAlso: {', '.join(theme.variants)}" if theme.variants else ""
    groups = f": {', '.join(theme.groups)}" if theme.groups else ""
    who = f"\n{counted(theme.speakers, 'speaker')} in {counted(len(theme.groups), 'group')}{groups}"
    return Content.assemble(
        (plain(theme.name).plain, "bold"), (plain(also).plain, ""), (plain(who).plain, "dim")
    )


def _in_order(theme: Theme) -> list[TellingQuote]:
    return sorted(theme.quotes, key=lambda telling: (not telling.says, bool(telling.flags)))


def _heading(telling: TellingQuote) -> str:
    heading = "In these words" if telling.says else "Near in meaning: check whether they belong"
    return f"{heading}, but {' and '.join(telling.flags)}" if telling.flags else heading


def _range(telling: TellingQuote) -> tuple[int, int]:
    start = max(telling.quote.text.find(telling.words), 0)
    return start, start + len(telling.words)
