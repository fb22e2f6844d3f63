"""The screen that joins spellings of groups and of areas, from what was found in the files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quotegrid.errors import QuotegridError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.tui.widgets.place_bar import PlaceLine
from quotegrid.workflows.coding.undo import redo_in_words, undo_in_words
from quotegrid.workflows.people.joins.join_view import JoinKind, JoinLine, accept, join_lines
from quotegrid.workflows.people.joins.joining import leave, rename
from quotegrid.workflows.people.joins.spellings import Spellings, joined
from quotegrid.workflows.study.folder import StudyFolder

_TITLES = {
    JoinKind.OFFER: "Offered",
    JoinKind.NAME: "Joined",
    JoinKind.FREE: "As your files write them",
}


class JoinScreen(GuardedScreen[bool]):
    """A list of what is offered, what is joined and what is not; answers whether anything was changed.

    Args:
        study: The study.
        table: Whether it begins with groups or with areas.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "take",
            "Accept",
            priority=True,
            tooltip="Accept an offer, rename a group, join a spelling",
        ),
        Binding("n", "join", "Join under", tooltip="Join what is marked under a name of your own"),
        Binding("space", "mark", "Mark", tooltip="Mark a spelling, to join several"),
        Binding("r", "rename", "Rename", tooltip="Give the group or area another name"),
        Binding("x", "leave", "Take out", tooltip="Take the spelling, or all of the group, out again"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest change, here or elsewhere"),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
        Binding("tab", "turn", "Areas", tooltip="Show areas instead of groups, or the other way"),
        Binding("escape", "close", "Leave", key_display="esc"),
    ]

    def __init__(self, study: StudyFolder, table: Spellings = Spellings.GROUPS) -> None:
        super().__init__()
        self._study = study
        self._table = table
        self._lines: list[JoinLine | None] = []
        """The line of each option; None for a title."""
        self._marked: list[JoinLine] = []
        self._has_changed = False

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield PlaceLine()
        yield ChoiceList(id="joins", markup=False, compact=True)
        yield KeyFooter()

    async def on_mount(self) -> None:
        """Read what was found."""
        self.query_one(ChoiceList).focus()
        await self._read()

    def _say(self, message: str = "") -> None:
        name = "Groups" if self._table is Spellings.GROUPS else "Areas"
        self.query_one(PlaceLine).show(f"{name}, kept in [{self._table}] of {CONFIG_NAME}", message)

    async def _read(self, message: str = "", name: str = "") -> None:
        table = self._table
        try:
            lines = await asyncio.to_thread(join_lines, self._study, table)
        except QuotegridError as error:
            self._say(str(error))
            return
        if table is self._table:
            self._show(lines, name)
            empty = (
                "" if lines else f"No file names {'a group' if table is Spellings.GROUPS else 'an area'} yet."
            )
            self._say(message or empty)

    def _show(self, lines: Sequence[JoinLine], name: str) -> None:
        choices = self.query_one(ChoiceList)
        named = [line for line in lines if line.kind is JoinKind.NAME and line.name == name]
        here = named[0] if named else self._line
        self._marked = [line for line in self._marked if line in lines]
        self._lines = []
        options: list[Option] = []
        shown: JoinKind | None = None
        for line in lines:
            kind = JoinKind.NAME if line.kind is JoinKind.SPELLING else line.kind
            if kind is not shown:
                shown = kind
                self._lines.append(None)
                options.append(Option(Content.styled(_TITLES[kind], "bold underline"), disabled=True))
            self._lines.append(line)
            options.append(Option(self._content(line)))
        place = choices.highlighted or 0
        choices.set_options(options)
        if here is not None and here in self._lines:
            choices.highlighted = self._lines.index(here)
        else:
            open_ = [number for number, line in enumerate(self._lines) if line is not None]
            choices.highlighted = min(open_, key=lambda number: abs(number - place), default=None)

    def _content(self, line: JoinLine) -> Content:
        mark = "* " if line in self._marked else "  "
        indent = "  " if line.kind is JoinKind.SPELLING else ""
        text = Content.assemble(mark, indent, plain(line.told))
        return text.stylize("bold") if line.kind is JoinKind.NAME else text

    @property
    def _line(self) -> JoinLine | None:
        place = self.query_one(ChoiceList).highlighted
        return None if place is None or place >= len(self._lines) else self._lines[place]

    @on(OptionList.OptionSelected)
    async def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self.action_take()

    async def action_take(self) -> None:
        """Accept an offer as it is; ask for a name otherwise."""
        line = self._line
        if line is None:
            return
        if line.kind is JoinKind.OFFER and not self._marked:
            await self._change(lambda: accept(self._study, self._table, [line], line.name), line.name)
        elif line.kind is JoinKind.NAME:
            self.action_rename()
        else:
            self.action_join()

    def action_mark(self) -> None:
        """Mark the spelling under the cursor, or unmark it."""
        line = self._line
        if line is None or line.kind is JoinKind.NAME:
            self._say("Mark spellings, and join them with n.")
            return
        if line in self._marked:
            self._marked.remove(line)
        else:
            self._marked.append(line)
        choices = self.query_one(ChoiceList)
        place = choices.highlighted or 0
        choices.replace_option_prompt_at_index(place, self._content(line))
        choices.action_cursor_down()

    def action_join(self) -> None:
        """Ask for the group or area under which what is marked, or the line, is to be joined."""
        lines = self._marked or [line for line in [self._line] if line is not None]
        if not lines:
            return
        told = ", ".join(spelling for line in lines for spelling in line.spellings)
        names = ", ".join(joined(self._study, self._table)) or "none"
        self.ask(
            AskTextScreen(f"Join {told} under", lines[0].name, f"So far: {names}. A new one is made."),
            lambda under: self._start(lambda: accept(self._study, self._table, lines, under), under),
        )

    def action_rename(self) -> None:
        """Ask for another name of the group or area of the line."""
        line = self._line
        if line is None or line.kind not in (JoinKind.NAME, JoinKind.SPELLING):
            self._say("Only what is joined already has a name to change.")
            return
        name = line.name
        self.ask(
            AskTextScreen(f'"{name}" is to be called', name),
            lambda new: self._start(lambda: rename(self._study, self._table, name, new), new),
        )

    async def action_leave(self) -> None:
        """Take the spelling, or the group or area with all its spellings, out again."""
        line = self._line
        if line is None or line.kind not in (JoinKind.NAME, JoinKind.SPELLING):
            self._say("Only what is joined can be taken out.")
            return
        await self._change(lambda: leave(self._study, self._table, line.spellings))

    async def action_undo(self) -> None:
        """Undo the coder's latest change, here or elsewhere in the workbench."""
        await self._change(lambda: undo_in_words(self._study))

    async def action_redo(self) -> None:
        """Redo what was undone last."""
        await self._change(lambda: redo_in_words(self._study))

    async def action_turn(self) -> None:
        """Show areas instead of groups, or the other way."""
        self._table = Spellings.AREAS if self._table is Spellings.GROUPS else Spellings.GROUPS
        self._marked = []
        await self._read()

    def action_close(self) -> None:
        """Leave, and say whether anything was changed."""
        self.dismiss(self._has_changed)

    def _start(self, change: Callable[[], str], name: str) -> None:
        self.start(partial(self._change, change, name), "join")

    async def _change(self, change: Callable[[], str], name: str = "") -> None:
        """Make a change, and go to the group or area that it is about."""
        async with self._changing:
            try:
                message = await asyncio.to_thread(change)
            except (QuotegridError, OSError) as error:
                self._say(str(error))
                return
            self._marked = []
            self._has_changed = True
        await self._read(message, name)
