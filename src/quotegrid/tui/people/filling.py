"""Values for many at once: one for all who are marked, or a column that is pasted."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial

from quotegrid.domain.people.pasted import PastedValues
from quotegrid.domain.people.sheet import SheetRow
from quotegrid.domain.text.normalise import counted
from quotegrid.tui.people.paste_screen import PasteScreen
from quotegrid.tui.people.table import PeopleTable, head_of, known_values
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.workflows.people.people_sheet import read_paste
from quotegrid.workflows.study.folder import StudyFolder

Values = Mapping[str, Mapping[str, str]]
"""Values to set, by field, by the GUID of each person."""
Set = Callable[[Values, Callable[[Sequence[SheetRow]], str]], Coroutine[None, None, None]]
"""Sets values as one change, and says what was done in the words of the second argument."""


class Filling:
    """Asks for values of many people on a screen, and has them set.

    Args:
        screen: The screen, which has the grid.
        study: The study.
        set_values: Sets values.
    """

    def __init__(self, screen: WorkbenchScreen, study: StudyFolder, set_values: Set) -> None:
        self._screen = screen
        self._study = study
        self._set = set_values

    @property
    def _table(self) -> PeopleTable:
        return self._screen.query_one(PeopleTable)

    def ask_value(self) -> None:
        """Ask for the value of all who are marked, and set it."""
        table = self._table
        if not table.marked:
            self._screen.say("Mark people first: Space one, * all who lack the value.")
            return
        head, field = head_of(table.field), table.field
        guids = [row.guid for row in table.rows if row.guid in table.marked]
        whom = "1 person" if len(guids) == 1 else f"{len(guids):,} people"
        known = ", ".join(known_values(table.rows, field)) or "Nobody has a value yet."

        def then(value: str) -> None:
            values = {guid: {field: value} for guid in guids}
            self._screen.start(partial(self._set, values, lambda _: f"{head} {value}: {whom}"), "change")

        self._screen.ask(AskTextScreen(f"{head} of {whom}", hint=known), then)

    def ask_text(self) -> None:
        """Ask for lines of a spreadsheet."""
        row = self._table.row
        if row is not None:
            self._screen.ask(PasteScreen(head_of(self._table.field), row.name), self.take)

    def take(self, text: str) -> None:
        """Show what lines of a spreadsheet change, and change it if the user agrees."""
        if self._table.row is not None:
            self._screen.start(partial(self._show, text), "paste", exclusive=True)

    async def _show(self, text: str) -> None:
        table = self._table
        field, below = table.field, [row.guid for row in table.rows[table.cursor[0] :]]
        pasted = await self._screen.attempt(lambda: read_paste(self._study, text, field, below))
        if pasted is None:
            return
        lines = [*(f"~ {line}" for line in pasted.lines), *(f"- Not used, {line}" for line in pasted.unused)]
        if not pasted.values:
            self._screen.app.push_screen(ReadLinesScreen("Nothing changes", lines))
            return
        title = f"{counted(len(pasted.lines), 'value')} would change"

        def then(is_sure: bool | None) -> None:
            if is_sure:
                self._screen.start(partial(self._set_pasted, pasted), "change")

        self._screen.app.push_screen(ReadLinesScreen(title, lines, "set all of this"), then)

    async def _set_pasted(self, pasted: PastedValues) -> None:
        await self._set(pasted.values, lambda _: f"Pasted: {counted(len(pasted.lines), 'value')}")
        if any(not values.keys() <= {*self._table.fields} for values in pasted.values.values()):
            await self._screen.look_again()
