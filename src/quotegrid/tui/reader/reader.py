"""The screen that shows a whole source: opening it, moving in it, searching it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from quotegrid.domain.coding.reading import ReadSource, SourceAnnotations, found_in
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import QuotegridError
from quotegrid.tui.look import NOTED, colours_of
from quotegrid.tui.reader.choose_source import ChooseSourceScreen
from quotegrid.tui.reader.cursor import ReadingCursor, Span, Unit
from quotegrid.tui.reader.details import details_of
from quotegrid.tui.reader.jumps import Jump, targets
from quotegrid.tui.reader.transcript_view import TranscriptView
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.sources.read_source import (
    is_as_stored,
    list_readable,
    open_source,
    sentences_in,
    source_with,
    standing_on,
    version_in_use,
)
from quotegrid.workflows.study.folder import StudyFolder


class ReaderScreen(WorkbenchScreen):
    """A source to read; its subclass decides on it.

    Args:
        study: The study.
    """

    MODE = "read"
    MORE_KEYS = (("mouse", "A click selects, dragging selects more"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "unit", "Unit", tooltip="Select by passage, sentence, word or turn"),
        Binding("slash", "search", "Search", key_display="/", tooltip="Search in the source"),
        Binding(
            "n", "jump(1)", "Next", key_display="n/b", tooltip="Next of what is looked for, or the one before"
        ),
        Binding("b", "jump(-1)", "Before", show=False, tooltip="The one before"),
        Binding("f", "look_for", "Look for", tooltip="What n and b go to", show=False),
        Binding("o", "open", "Open", tooltip="Open another source"),
        Binding("left_square_bracket", "neighbour(-1)", "Source before", key_display="[", show=False),
        Binding("right_square_bracket", "neighbour(1)", "Next source", key_display="]", show=False),
        Binding("g", "go_to_turn", "Go to turn", tooltip="Go to a turn by its number", show=False),
        Binding(
            "down,j,right", "move(1)", "Down", show=False, tooltip="Next passage, sentence, word or turn"
        ),
        Binding("up,k,left", "move(-1)", "Up", show=False, tooltip="The one before"),
        Binding("shift+down,J,shift+right", "extend(1)", "Extend down", show=False, tooltip="Select more"),
        Binding(
            "shift+up,K,shift+left", "extend(-1)", "Extend up", show=False, tooltip="Select less, or upwards"
        ),
        Binding("pagedown,space", "page(1)", "Page down", show=False, tooltip="A page on"),
        Binding("pageup", "page(-1)", "Page up", show=False, tooltip="A page back"),
        Binding(
            "escape", "back", "Back", key_display="esc", show=False, tooltip="Back to where you came from"
        ),
        Binding("home", "edge(-1)", "Beginning", show=False, tooltip="To the beginning"),
        Binding("end", "edge(1)", "End", show=False, tooltip="To the end"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._source: ReadSource | None = None
        self._cursor: ReadingCursor | None = None
        self._standing = SourceAnnotations()
        self._places: dict[str, int] = {}
        self._left_at: dict[int, Span] = {}
        """The selection in each source when it was left, by its number."""
        self._jump = Jump.UNCODED
        self._code: str | None = None
        """The code that n and b go to, if they go to one."""
        self._searched = ""
        self._hits: Sequence[Span] = ()
        self._requested: Callable[[], Awaitable[None]] | None = None
        """Shows what is to be shown when the screen is shown next."""

    def compose_body(self) -> ComposeResult:
        """Lay out the transcript, and below it the details of the selection."""
        yield TranscriptView(id="transcript")
        yield Static(id="about")

    async def on_screen_resume(self) -> None:
        """Show the passage that was asked for, or continue where the source was left."""
        show, self._requested = self._requested, None
        if show is not None:
            await show()
        elif self._source is None:
            await self._open_first()
        else:
            await self.look_again()

    def request(self, segment: int) -> None:
        """Show a passage, now or when the screen is shown next."""
        self._request(lambda: self._show_passage(segment))

    def request_words(self, source: str, start: int | None, end: int | None) -> None:
        """Show words of a source, or the source where it was left, now or when the screen is shown next."""
        self._request(lambda: self._show_words(source, start, end))

    def _request(self, show: Callable[[], Awaitable[None]]) -> None:
        self._requested = show
        if self.is_current:
            self.start(self.on_screen_resume, "open", exclusive=True)

    async def _open_first(self) -> None:
        sources = await asyncio.to_thread(list_readable, self._study)
        if not sources:
            self.query_one("#about", Static).update(
                "There is nothing to read yet: 1, then i imports transcripts."
            )
            return
        begun = next((source for source in sources if 0 < source.coded < source.segments), sources[0])
        await self._open(begun.id)

    async def _show_passage(self, segment: int) -> None:
        try:
            source = await asyncio.to_thread(source_with, self._study, segment)
            await self._open(source)
        except QuotegridError as error:
            self.failed(error)
            return
        spans = [(coding.start, coding.end) for coding in self._standing.codings if coding.segment == segment]
        if self._source is not None:
            passages = [passage for passage in self._source.passages if passage.segment == segment]
            spans += [(passage.start, passage.end) for passage in passages]
        if spans and self._cursor is not None:
            self._cursor.select(*spans[0])
            self._show_selection(center=True)

    async def _show_words(self, name: str, start: int | None, end: int | None) -> None:
        sources = await asyncio.to_thread(list_readable, self._study)
        number = next((source.id for source in sources if source.name == name), None)
        if number is None:
            self.say(f"{name} is no longer there.")
            return
        await self._open(number)
        if start is not None and end is not None and self._cursor is not None:
            self._cursor.select(start, max(end, start + 1))
            self._show_selection(center=True)

    async def _open(self, number: int) -> None:
        """Show a source where it was left."""
        if self._source is not None and self._cursor is not None:
            self._left_at[self._source.id] = self._cursor.selected
        source = self._source
        if source is None or source.id != number:
            source = await self._load(number)
            self._searched, self._hits = "", ()
        self._standing = await asyncio.to_thread(standing_on, self._study, number)
        self._places = await asyncio.to_thread(self._codes)
        self.query_one(TranscriptView).display = True
        self.query_one(TranscriptView).show_source(source, self._standing, self._places)
        if number in self._left_at and self._cursor is not None:
            self._cursor.select(*self._left_at[number])
        elif self._cursor is not None and source.passages:
            self._cursor.select(source.passages[0].start, source.passages[0].end)
        self._show_selection()

    def _codes(self) -> dict[str, int]:
        return colours_of(current_codebook(self._study))

    async def look_again(self, message: str | None = None) -> None:
        """Read again what stands on the source; one that was replaced or removed meanwhile is left."""
        if self._source is None:
            return
        number = await asyncio.to_thread(version_in_use, self._study, self._source.id, self._source.name)
        if number != self._source.id:
            name = self._source.name
            self._source = self._cursor = None
            self.query_one(TranscriptView).display = False
            await (self._open_first() if number is None else self._open(number))
            self.say(f'"{name}" has been {"removed" if number is None else "replaced or read again"}.')
            return
        if not await asyncio.to_thread(is_as_stored, self._study, self._source):
            await self._read_anew(self._source.id)
        self._standing = await asyncio.to_thread(standing_on, self._study, self._source.id)
        self._places = await asyncio.to_thread(self._codes)
        self.query_one(TranscriptView).show_standing(self._standing, self._places)
        self._show_selection(message=self.last_message if message is None else message)

    async def _read_anew(self, number: int) -> None:
        """Read a source whose turns have been edited, and stay where the cursor is."""
        before = self._cursor
        await self._load(number)
        if before is not None and self._cursor is not None and self._source is not None:
            await asyncio.to_thread(self._cursor.set_unit, before.unit)
            self._cursor.select(*before.selected)
            view = self.query_one(TranscriptView)
            view.show_source(self._source, self._standing, self._places)

    async def _load(self, number: int) -> ReadSource:
        source = await asyncio.to_thread(open_source, self._study, number)
        self._source = source
        self._cursor = ReadingCursor(
            source, lambda start, end: sentences_in(self._study, source.text, start, end)
        )
        return source

    def study_changed(self, change: Change) -> None:
        """Show what others have decided on the source."""
        if self.is_changed_by_others(change):
            self.start(self.look_again, "look", exclusive=True)

    def place_text(self) -> str:
        """Return which source is open, where the cursor is, and what the keys go to."""
        if self._source is None or self._cursor is None:
            return "Read"
        turn = self._cursor.turn
        block, number = (
            ("turn", len(self._source.turns))
            if self._source.turns
            else ("paragraph", len(self._source.blocks()))
        )
        parts = [
            f"{self._source.name} {NOTED}" if self._standing.has_memo else self._source.name,
            *(["read to the end"] if self._standing.is_read else []),
            "nobody's words" if turn is None else f"{block} {turn + 1} of {number}",
            f"by {self._cursor.unit.value}",
            f"n/b: {self._code or self._jump.value}",
        ]
        return "   ".join(parts)

    def _show_selection(self, *, message: str = "", center: bool = False) -> None:
        if self._source is None or self._cursor is None:
            return
        self.query_one(TranscriptView).select(*self._cursor.selected, center=center)
        about = details_of(self._source, self._standing, self._cursor.selected)
        self.query_one("#about", Static).update(about)
        self.say(message)

    # Moving

    async def action_move(self, steps: int) -> None:
        """Move by the unit."""
        await self._move(lambda cursor: cursor.move(steps))

    async def action_extend(self, steps: int) -> None:
        """Extend the selection by the unit, or reduce it."""
        await self._move(lambda cursor: cursor.move(steps, extend=True))

    async def action_page(self, pages: int) -> None:
        """Move by a page."""
        view = self.query_one(TranscriptView)

        def move(cursor: ReadingCursor) -> None:
            start = cursor.here[0]
            line = view.line_of(start) + pages * max(view.size.height - 2, 1)
            cursor.go_to(view.offset_on(line, start))

        await self._move(move)

    async def action_edge(self, side: int) -> None:
        """Move to the beginning or the end."""
        length = len(self._source.text) if self._source else 0
        await self._move(lambda cursor: cursor.go_to(0 if side < 0 else max(length - 1, 0)))

    async def _move(self, move: Callable[[ReadingCursor], object]) -> None:
        cursor = self._cursor
        if cursor is None:
            return
        if cursor.unit is Unit.SENTENCE:
            # Finding sentences loads spaCy for a second the first time.
            await asyncio.to_thread(move, cursor)
        else:
            move(cursor)
        self._show_selection()

    @on(TranscriptView.Pressed)
    async def _pressed(self, event: TranscriptView.Pressed) -> None:
        await self._move(lambda cursor: cursor.go_to(event.offset, extend=event.is_dragged))

    async def action_unit(self) -> None:
        """Move by the next unit."""
        units = list(Unit)
        if self._cursor is None:
            return
        following = units[(units.index(self._cursor.unit) + 1) % len(units)]
        await asyncio.to_thread(self._cursor.set_unit, following)
        self._show_selection()

    def action_go_to_turn(self) -> None:
        """Ask for the number of a turn, and go there."""

        def go_to(number: str) -> None:
            if self._source is None or self._cursor is None:
                return
            blocks = self._source.turns or self._source.blocks()
            if not number.isdecimal() or not 1 <= int(number) <= len(blocks):
                self.say(f"Write a number from 1 to {len(blocks)}.")
                return
            self._cursor.go_to(blocks[int(number) - 1].start)
            self._show_selection(center=True)

        self.ask(AskTextScreen("Go to turn"), go_to)

    async def action_back(self) -> None:
        """Clear the marks of a search, or go back to the screen from which a passage was opened."""
        if self._hits:
            self._hits, self._searched, self._jump = (), "", Jump.UNCODED
            self.query_one(TranscriptView).show_hits(())
            self._show_selection()
        else:
            await self.run_action("app.leave_passage")

    # Searching

    def action_look_for(self) -> None:
        """Choose what n and b go to: a kind of passage, or one code."""
        kinds = list(Jump)
        names = [kind.value for kind in kinds] + [f"“{name}”" for name in self._places]
        codes = list(self._places)
        current = len(kinds) + codes.index(self._code) if self._code in codes else kinds.index(self._jump)

        def choose(place: int) -> None:
            self._code = codes[place - len(kinds)] if place >= len(kinds) else None
            self._jump = kinds[place] if place < len(kinds) else Jump.CODED
            self.action_jump(1)

        self.ask(ChooseOneScreen("n and b go to", names, current), choose)

    def action_jump(self, steps: int) -> None:
        """Go to the next of what is looked for, or to the one before, continuing at the other end."""
        source, cursor = self._source, self._cursor
        spans = targets(source, self._standing, self._jump, self._code, self._hits) if source else []
        if not spans or cursor is None:
            self._show_selection(
                message=f"There are no {self._jump.value} here." if self._code is None else "Not here."
            )
            return
        start = cursor.selected[0]
        if steps > 0:
            found = next((target for target in spans if target[0] > start), None)
            message = "" if found else "Continued at the beginning."
            found = found or spans[0]
        else:
            found = next((target for target in reversed(spans) if target[0] < start), None)
            message = "" if found else "Continued at the end."
            found = found or spans[-1]
        cursor.select(*found)
        self._show_selection(message=message, center=True)

    def action_search(self) -> None:
        """Ask for words, and go to the next place where they occur."""

        def search(words: str) -> None:
            if self._source is None:
                return
            self._searched = words
            self._hits = found_in(self._source.text, words)
            self.query_one(TranscriptView).show_hits(self._hits)
            self._jump, self._code = (Jump.HITS if self._hits else Jump.UNCODED), None
            if not self._hits:
                self.say(f"“{words}” is not in this source." if words else "")
                return
            self.action_jump(1)
            self.say(f"{counted(len(self._hits), 'place')} with “{words}”.")

        self.ask(AskTextScreen("Search in this source", self._searched, allows_empty=True), search)

    # Other sources

    async def action_open(self) -> None:
        """Choose a source and open it."""
        sources = await asyncio.to_thread(list_readable, self._study)

        current = None if self._source is None else self._source.id
        self.ask(
            ChooseSourceScreen(sources, current),
            lambda number: self.start(partial(self._open, number), "open", exclusive=True),
        )

    async def action_neighbour(self, steps: int) -> None:
        """Open the next source by name, or the one before."""
        sources = await asyncio.to_thread(list_readable, self._study)
        numbers = [source.id for source in sources]
        if self._source is None or self._source.id not in numbers:
            return
        place = numbers.index(self._source.id) + steps
        if 0 <= place < len(numbers):
            await self._open(numbers[place])
        else:
            self.say("This is the last source." if steps > 0 else "This is the first source.")
