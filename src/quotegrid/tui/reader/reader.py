"""Reading a whole source: opening it, moving in it, looking for something in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from quotegrid.domain.coding.reading import ReadSource, SourceAnnotations, found_in
from quotegrid.domain.text.normalise import counted, one_line
from quotegrid.errors import QuotegridError
from quotegrid.tui.look import colours_of, plain
from quotegrid.tui.reader.choose_source import ChooseSourceScreen
from quotegrid.tui.reader.cursor import ReadingCursor, Span, Unit
from quotegrid.tui.reader.transcript_view import TranscriptView
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.sources.read_source import (
    list_readable,
    open_source,
    sentences_in,
    source_with,
    standing_on,
)
from quotegrid.workflows.study.folder import StudyFolder


class Jump(StrEnum):
    """What n and b go to."""

    UNCODED = "uncoded passages"
    SUGGESTED = "suggestions"
    CODED = "coded passages"
    HITS = "search hits"


class ReaderScreen(WorkbenchScreen):
    """A source to read: what is decided on it is for its subclass.

    Args:
        study: The study.
    """

    MODE = "read"
    MORE_KEYS = (("mouse", "A click selects, dragging selects more"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "unit", "Unit", tooltip="Select by passage, sentence, word or turn"),
        Binding("slash", "search", "Search", key_display="/", tooltip="Search in the source"),
        Binding("n", "jump(1)", "Next", key_display="n/b", tooltip="Next of what is looked for, or before"),
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
        Binding("shift+down,J,shift+right", "draw(1)", "Draw down", show=False, tooltip="Select more"),
        Binding(
            "shift+up,K,shift+left", "draw(-1)", "Draw up", show=False, tooltip="Select less, or upwards"
        ),
        Binding("pagedown,space", "page(1)", "Page down", show=False, tooltip="A page on"),
        Binding("pageup", "page(-1)", "Page up", show=False, tooltip="A page back"),
        Binding("escape", "back", "Back", key_display="esc", show=False, tooltip="Back where you came from"),
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
        """Where each source was left, by its number."""
        self._jump = Jump.UNCODED
        self._code: str | None = None
        """The code that n and b go to, where it is one."""
        self._searched = ""
        self._hits: Sequence[Span] = ()
        self._wanted: int | None = None
        """The segment that is to be shown when the screen comes up."""

    def compose_body(self) -> ComposeResult:
        """Lay out the transcript, and below it what is known of the selection."""
        yield TranscriptView(id="transcript")
        yield Static(id="about")

    async def on_screen_resume(self) -> None:
        """Show the passage that was asked for, or go on where one was."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            await self._show_segment(wanted)
        elif self._source is None:
            await self._open_first()
        else:
            await self._see_again()

    def go_to(self, segment: int) -> None:
        """Show a passage as soon as the screen is shown."""
        self._wanted = segment
        if self.is_current:
            self.run_worker(self.on_screen_resume(), exclusive=True, group="open")

    async def _open_first(self) -> None:
        sources = await asyncio.to_thread(list_readable, self._study)
        if not sources:
            self.query_one("#about", Static).update(
                "There is nothing to read yet. Import transcripts with: quotegrid import corpus"
            )
            return
        begun = next((one for one in sources if 0 < one.coded < one.segments), None)
        await self._open(next(iter([begun] if begun else sources)).id)

    async def _show_segment(self, segment: int) -> None:
        try:
            source = await asyncio.to_thread(source_with, self._study, segment)
            await self._open(source)
        except QuotegridError as error:
            self.failed(error)
            return
        places = [(one.start, one.end) for one in self._standing.codings if one.segment == segment]
        if self._source is not None:
            places += [(one.start, one.end) for one in self._source.passages if one.segment == segment]
        if places and self._cursor is not None:
            self._cursor.select(*places[0])
            self._show_selection(center=True)

    async def _open(self, number: int) -> None:
        """Show a source, where it was left."""
        if self._source is not None and self._cursor is not None:
            self._left_at[self._source.id] = self._cursor.selected
        if self._source is None or self._source.id != number:
            source = await asyncio.to_thread(open_source, self._study, number)
            self._source = source
            self._cursor = ReadingCursor(
                source, lambda start, end: sentences_in(self._study, source.text, start, end)
            )
            self._searched, self._hits = "", ()
        self._standing = await asyncio.to_thread(standing_on, self._study, number)
        self._places = await asyncio.to_thread(self._codes)
        self.query_one(TranscriptView).show_source(self._source, self._standing, self._places)
        if number in self._left_at and self._cursor is not None:
            self._cursor.select(*self._left_at[number])
        elif self._cursor is not None and self._source.passages:
            self._cursor.select(self._source.passages[0].start, self._source.passages[0].end)
        self._show_selection()

    def _codes(self) -> dict[str, int]:
        return colours_of(current_codebook(self._study))

    async def _see_again(self, said: str | None = None) -> None:
        """Show what stands on the source now, and what the last key did; None leaves what is said."""
        if self._source is None:
            return
        self._standing = await asyncio.to_thread(standing_on, self._study, self._source.id)
        self._places = await asyncio.to_thread(self._codes)
        self.query_one(TranscriptView).show_standing(self._standing, self._places)
        self._show_selection(said=self._said if said is None else said)

    def study_changed(self, change: Change) -> None:
        """Show what others have decided on the source."""
        me = self._study.settings.coder_name()
        if change.is_rebuilt or any(one.doer != me for one in change.decisions):
            self.run_worker(self._see_again(), exclusive=True, group="see")

    def place_told(self) -> str:
        """Which source, where in it, and what the keys do."""
        if self._source is None or self._cursor is None:
            return "Read"
        blocks = self._source.blocks()
        what = "turn" if self._source.turns else "paragraph"
        parts = [
            self._source.name,
            f"{what} {self._cursor.block + 1} of {len(blocks)}",
            f"by {self._cursor.unit.value}",
            f"n/b: {self._code or self._jump.value}",
        ]
        return "   ".join(parts)

    def _show_selection(self, *, said: str = "", center: bool = False) -> None:
        if self._source is None or self._cursor is None:
            return
        self.query_one(TranscriptView).select(*self._cursor.selected, center=center)
        self.query_one("#about", Static).update(self._about())
        self.say(said)

    def _about(self) -> Content:
        """Who says what is selected, and what stands on it."""
        if self._source is None or self._cursor is None:
            return Content("")
        here = self._cursor.selected
        speakers = dict.fromkeys(one.who for one in self._source.passages_in(*here))
        who = one_line("; ".join(speakers)) or "Not what a participant says: context, which is never coded"
        lines = [plain(who).stylize("bold")]
        codings = self._standing.codings_in(*here)
        if codings:
            names = dict.fromkeys(f"{one.label}, {' and '.join(one.coders)}" for one in codings)
            lines.append(plain(f"Coded: {'; '.join(names)}"))
        waiting = self._standing.pencilled_in(*here)
        if waiting:
            names = dict.fromkeys(f"{one.code}? {one.score:.2f}" for one in waiting)
            lines.append(plain(f"Suggested: {'; '.join(names)}").stylize("italic"))
        if speakers and not codings and not waiting:
            lines.append(Content("No code here; c applies one.").stylize("dim"))
        lines += [
            plain(f"Memo ({one_line(one.author)}): {one_line(one.text)}")
            for one in self._standing.remarks_in(*here)
        ]
        return Content("\n").join(lines)

    # Moving

    async def action_move(self, steps: int) -> None:
        """Move by the unit."""
        await self._move(lambda cursor: cursor.move(steps))

    async def action_draw(self, steps: int) -> None:
        """Draw the selection out by the unit, or back."""
        await self._move(lambda cursor: cursor.move(steps, drawing=True))

    async def action_page(self, pages: int) -> None:
        """Move by as much as can be seen."""
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
        await self._move(lambda cursor: cursor.go_to(event.offset, drawing=event.is_dragged))

    async def action_unit(self) -> None:
        """Move by the next kind of unit."""
        units = list(Unit)
        if self._cursor is None:
            return
        following = units[(units.index(self._cursor.unit) + 1) % len(units)]
        await asyncio.to_thread(self._cursor.turn_to, following)
        self._show_selection()

    def action_go_to_turn(self) -> None:
        """Ask for the number of a turn, and go there."""

        def asked(number: str | None) -> None:
            if not number or self._source is None or self._cursor is None:
                return
            blocks = self._source.blocks()
            if not number.isdecimal() or not 1 <= int(number) <= len(blocks):
                self.say(f"Write a number from 1 to {len(blocks)}.")
                return
            self._cursor.go_to(blocks[int(number) - 1].start)
            self._show_selection(center=True)

        self.app.push_screen(AskTextScreen("Go to turn"), asked)

    async def action_back(self) -> None:
        """Take the marks of a search away, or go back to the screen from which a passage was opened."""
        if self._hits:
            self._hits, self._searched, self._jump = (), "", Jump.UNCODED
            self.query_one(TranscriptView).show_hits(())
            self._show_selection()
        else:
            await self.run_action("app.leave_passage")

    # Looking for something

    def action_look_for(self) -> None:
        """Choose what n and b go to: a kind of passage, or one code."""
        kinds = list(Jump)
        names = [kind.value for kind in kinds] + [f"“{name}”" for name in self._places]
        codes = list(self._places)
        now = len(kinds) + codes.index(self._code) if self._code in codes else kinds.index(self._jump)

        def chosen(place: int | None) -> None:
            if place is None:
                return
            self._code = codes[place - len(kinds)] if place >= len(kinds) else None
            self._jump = kinds[place] if place < len(kinds) else Jump.CODED
            self.action_jump(1)

        self.app.push_screen(ChooseOneScreen("n and b go to", names, now), chosen)

    def _targets(self) -> list[Span]:
        """Where n and b go, in the order of the text."""
        if self._source is None:
            return []
        if self._code is not None:
            return sorted({(one.start, one.end) for one in self._standing.codings if one.code == self._code})
        if self._jump is Jump.HITS:
            return list(self._hits)
        if self._jump is Jump.CODED:
            return sorted({(one.start, one.end) for one in self._standing.codings})
        if self._jump is Jump.SUGGESTED:
            return sorted({(one.start, one.end) for one in self._standing.pencilled})
        coded = {one.segment for one in self._standing.codings}
        return [
            (one.start, one.end)
            for one in self._source.passages
            if one.segment not in coded and not self._standing.codings_in(one.start, one.end)
        ]

    def action_jump(self, steps: int) -> None:
        """Go to the next of what is looked for, or to the one before; round the end."""
        targets = self._targets()
        if not targets or self._cursor is None:
            self._show_selection(
                said=f"There are no {self._jump.value} here." if self._code is None else "Not here."
            )
            return
        start = self._cursor.selected[0]
        if steps > 0:
            found = next((one for one in targets if one[0] > start), None)
            said = "" if found else "Round the end."
            found = found or targets[0]
        else:
            found = next((one for one in reversed(targets) if one[0] < start), None)
            said = "" if found else "Round the beginning."
            found = found or targets[-1]
        self._cursor.select(*found)
        self._show_selection(said=said, center=True)

    def action_search(self) -> None:
        """Ask for words, and go to where they stand next."""

        def asked(words: str | None) -> None:
            if words is None or self._source is None:
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

        self.app.push_screen(AskTextScreen("Search in this source", self._searched), asked)

    # Other sources

    async def action_open(self) -> None:
        """Choose a source and open it."""
        sources = await asyncio.to_thread(list_readable, self._study)

        def chosen(number: int | None) -> None:
            if number is not None:
                self.run_worker(self._open(number), exclusive=True, group="open")

        now = None if self._source is None else self._source.id
        self.app.push_screen(ChooseSourceScreen(sources, now), chosen)

    async def action_neighbour(self, steps: int) -> None:
        """Open the next source by name, or the one before."""
        sources = await asyncio.to_thread(list_readable, self._study)
        numbers = [one.id for one in sources]
        if self._source is None or self._source.id not in numbers:
            return
        at = numbers.index(self._source.id) + steps
        if 0 <= at < len(numbers):
            await self._open(numbers[at])
        else:
            self.say("This is the last source." if steps > 0 else "This is the first source.")
