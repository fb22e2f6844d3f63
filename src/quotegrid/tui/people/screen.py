"""The people of the study: a grid of their values, edited in place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from quotegrid.domain.people.case_values import WHO
from quotegrid.domain.people.sheet import RowOrder, SheetRow
from quotegrid.domain.people.value_types import TEXT
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import QuotegridError
from quotegrid.tui.garbage import leave_out_loaded
from quotegrid.tui.people.about import about_person, place_of
from quotegrid.tui.people.cell_input import CellInput
from quotegrid.tui.people.choose_type import ask_type
from quotegrid.tui.people.filling import Filling, Values
from quotegrid.tui.people.identity import Identity
from quotegrid.tui.people.table import PeopleTable, head_of, known_values, widths_of
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.write_memo import ask_memo_on
from quotegrid.workflows.coding.undo import Reversal, redo, reversal_in_words, undo
from quotegrid.workflows.coding.watching import Change
from quotegrid.workflows.people.people_sheet import PeopleSheet, people_sheet, read_rows
from quotegrid.workflows.people.set_values import field_named, set_cases
from quotegrid.workflows.people.show_case import Provenance, provenance
from quotegrid.workflows.study.folder import StudyFolder


class PeopleScreen(WorkbenchScreen):
    """A line for each person with their values, and below it where the value under the cursor comes from.

    Args:
        study: The study.
    """

    MODE = "people"
    AUTO_FOCUS = "#people"
    MORE_KEYS = (
        ("arrows", "Move from cell to cell"),
        ("A to Z", "A capital letter begins a value at once, as Enter does"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "Edit", tooltip="Edit the value; typing then goes on down the column"),
        Binding("space", "mark", "Mark", tooltip="Mark the person, or do not"),
        Binding(
            "asterisk", "mark_all", "Mark all", show=False, tooltip="Mark all who lack the value, or nobody"
        ),
        Binding("s", "set", "Set", tooltip="Set the value of all who are marked"),
        Binding("p", "paste", "Paste", tooltip="Paste a column from a spreadsheet"),
        Binding("u", "undo", "Undo", tooltip="Undo the latest change"),
        Binding("d", "duplicates", "Twice?", tooltip="Who may be one person under two spellings"),
        Binding("g", "merge", "Merge", tooltip="Merge the person with another"),
        Binding("m", "memo", "Memo", tooltip="Write a memo on the person, or change yours"),
        Binding(
            "x",
            "split",
            "Split",
            tooltip="Make somebody else of what the person says in a source",
        ),
        Binding("r", "rename", "Rename", tooltip="Give the person another name"),
        Binding("o", "order", "Order", tooltip="Choose the order of the people"),
        Binding("a", "add", "Column", tooltip="Add a column for another attribute"),
        Binding("t", "type", "Type", tooltip="Say whether the values are numbers, dates or a list"),
        Binding("slash", "find", "Find", show=False, key_display="/", tooltip="Find a name or a value"),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
    ]

    def __init__(self, study: StudyFolder) -> None:
        super().__init__(study)
        self._sheet: PeopleSheet | None = None
        self._order: RowOrder | str = RowOrder.LACKING
        self._added: list[str] = []
        """The attributes that were added and that nobody may have yet."""
        self._lacking: set[str] = set()
        """The people whose group, role or area is not known."""
        self._told: dict[str, Provenance] = {}
        """The provenance of the values, by person, as far as it was read."""
        self._edited: tuple[SheetRow, str] | None = None
        """The person and the field that are being edited."""
        self._filling = Filling(self, study, self._set)
        self._identity = Identity(self, study, self._change)
        self._is_left = True
        """Whether another screen of the workbench is shown."""

    def compose_body(self) -> ComposeResult:
        """Lay out the grid, the field that lies over a cell, and what is known of one person."""
        table, editor = PeopleTable(id="people"), CellInput(id="cell-input")
        table.editor, editor.grid = editor, table
        yield Container(table, editor, id="people-body")
        yield Static(id="person")

    @property
    def _table(self) -> PeopleTable:
        return self.query_one(PeopleTable)

    def on_screen_suspend(self) -> None:
        """Remember whether another screen is shown, or only a dialog over this one."""
        self._is_left = self.app.current_mode != self.MODE

    async def on_screen_resume(self) -> None:
        """Read everything again after another screen: much may have changed meanwhile."""
        if self._edited is None:
            self._table.focus()
        if self._is_left:
            await self.look_again(keeps_order=False)

    def study_changed(self, change: Change) -> None:
        """Read it again when another coder has changed people, or sources have come or gone."""
        if change.is_rebuilt or change.has_changed_people:
            self.start(self.look_again, "look", exclusive=True)

    async def look_again(self, message: str | None = None, *, keeps_order: bool = True) -> None:
        """Read all people again.

        Args:
            message: What the last key did; None to leave the message that is shown.
            keeps_order: Whether everybody stays in their place, and whoever is new comes last.
        """
        order, added = self._order, tuple(self._added)
        # Rows read during a save would be shown after it, though they are older.
        async with self._changing:
            read = await self._read(order, added, keeps_order=keeps_order)
        if read is None:
            return
        sheet, rows, widths, self._lacking = read
        self._sheet = sheet
        self._told.clear()
        self._table.show(rows, sheet.fields, widths, {guid for pair in sheet.near for guid in pair})
        self._tell()
        self.say(self.last_message if message is None else message)

    async def _read(
        self, order: RowOrder | str, added: Sequence[str], *, keeps_order: bool
    ) -> tuple[PeopleSheet, list[SheetRow], list[int], set[str]] | None:
        """Return the people, as they stand in the grid, the widths of its columns, and what each lacks."""
        places = {row.guid: place for place, row in enumerate(self._table.rows if keeps_order else ())}
        is_first = self._sheet is None and not self.app.is_headless

        def work() -> tuple[PeopleSheet, list[SheetRow], list[int], set[str]]:
            sheet = people_sheet(self._study, order, added)
            rows = sorted(sheet.rows, key=lambda row: places.get(row.guid, len(places)))
            lacking = {row.guid for row in rows if row.lacking(WHO)}
            if is_first:
                leave_out_loaded()
            return sheet, rows, widths_of(rows, sheet.fields), lacking

        return await self.attempt(work)

    def place_text(self) -> str:
        """Return how many people there are, who lacks something, and the order."""
        if self._sheet is None:
            return "Reading who speaks"
        if not self._table.rows:
            return "Nobody speaks yet: 1, then i imports"
        table = self._table
        return place_of(
            len(table.rows), len(self._lacking), self._order, len(table.marked), len(self._sheet.near)
        )

    @on(PeopleTable.Moved)
    def _tell(self) -> None:
        """Show who is under the cursor and where the value comes from."""
        row, sheet = self._table.row, self._sheet
        person = self.query_one("#person", Static)
        if row is None or sheet is None:
            person.update("")
            return
        field = self._table.field
        told = self._told.get(row.guid)
        text, height = (
            about_person(row, told, field, sheet.types.get(field, TEXT)),
            person.content_size.height,
        )
        # Before the first layout it has no width.
        lines = text.get_height({}, max(person.content_size.width, 1))
        if told is None and lines < height:
            # With fewer lines until the rest is read the whole grid would be laid out and painted twice.
            text, lines = text + "\n" * (height - lines), height
        person.update(text, layout=lines != height)
        if told is None:
            self.start(partial(self._read_provenance, row.guid), "provenance", exclusive=True)

    async def _read_provenance(self, guid: str) -> None:
        try:
            told = await asyncio.to_thread(provenance, self._study, guid)
        except QuotegridError:
            return  # Somebody has merged or removed the person; the next look at the study shows it.
        self._told[guid] = told
        self._tell()

    @on(PeopleTable.EditRequested)
    def action_edit(self) -> None:
        """Edit the value under the cursor in its place."""
        table = self._table
        row = table.row
        if row is None:
            return
        field = table.field
        self._edited = row, field
        known = sorted(known_values(table.rows, field).items(), key=lambda pair: -pair[1])
        self.query_one(CellInput).edit(
            shown_value(row, field),
            table.cell_region(),
            table.size.width,
            [value for value, _ in known],
        )

    @on(CellInput.Cancelled)
    def _leave_cell(self) -> None:
        self._edited = None
        # A field that is hidden while it has the focus would pass it on to whatever is next.
        self._table.focus()
        self.query_one(CellInput).close()

    @on(CellInput.Typed)
    def _typed(self, event: CellInput.Typed) -> None:
        if self._edited is None:
            return
        row, field = self._edited
        if event.value is not None and event.value != shown_value(row, field):
            self.start(partial(self._set_one, row, field, event.value), "change")
        before = self._table.cursor
        self._table.action_move(*event.move)
        if self._table.cursor == before:
            self._leave_cell()
        else:
            self.action_edit()

    async def _set_one(self, row: SheetRow, field: str, value: str) -> None:
        def in_words(after: Sequence[SheetRow]) -> str:
            shown = after[0].text(field) if after else value
            if value:
                return f"{row.name}: {head_of(field)} {shown}"
            return f"{row.name}: {head_of(field)} is {shown}, without what was set by hand"

        await self._set({row.guid: {field: one_line(value)}}, in_words)

    async def _set(self, values: Values, in_words: Callable[[Sequence[SheetRow]], str]) -> None:
        """Set values as one change, and paint those people alone."""

        def work() -> tuple[tuple[str, ...], list[SheetRow]]:
            return set_cases(self._study, values).unsure, read_rows(self._study, list(values))

        done = await self.attempt_in_order(work)
        if done is None:
            # Somebody may have merged or removed one of them meanwhile.
            await self.look_again()
            return
        unsure, rows = done
        self._show_rows(rows)
        self.say("  ".join([in_words(rows), *unsure]))

    def _show_rows(self, rows: Iterable[SheetRow]) -> None:
        changed = list(rows)
        for row in changed:
            self._told.pop(row.guid, None)
            self._lacking.discard(row.guid)
            if row.lacking(WHO):
                self._lacking.add(row.guid)
        self._table.replace(changed)
        self._tell()

    async def action_undo(self) -> None:
        """Undo the coder's latest change, here or elsewhere in the workbench."""
        await self._reverse(undo, "Took back", "There is nothing to undo.")

    async def action_redo(self) -> None:
        """Redo what was undone last."""
        await self._reverse(redo, "Restored", "There is nothing to redo.")

    async def _reverse(
        self, reverse: Callable[[StudyFolder], Reversal | None], what: str, nothing: str
    ) -> None:
        def work() -> tuple[Reversal | None, list[SheetRow]]:
            reversal = reverse(self._study)
            guids = () if reversal is None else reversal.cases
            return reversal, read_rows(self._study, guids) if guids else []

        done = await self.attempt_in_order(work)
        if done is None:
            return
        reversal, rows = done
        message = nothing if reversal is None else f"{what} {reversal_in_words(reversal)}"
        if reversal is None or reversal.concerns_all or {row.guid for row in rows} != {*reversal.cases}:
            await self.look_again(message)
        elif not self._table.has(reversal.cases) or self._has_new_fields(rows):
            await self.look_again(message)
        else:
            self._show_rows(rows)
            self.say(message)

    def _has_new_fields(self, rows: Iterable[SheetRow]) -> bool:
        return any(not row.values.keys() <= {*self._table.fields} for row in rows)

    def action_mark(self) -> None:
        """Mark the person under the cursor, or do not, and go on to the next."""
        row = self._table.row
        if row is not None:
            self._table.marked ^= {row.guid}
            self._table.action_move(1, 0)
            self.say()

    def action_mark_all(self) -> None:
        """Mark all who lack the value of the column; unmark everybody where somebody is marked."""
        table = self._table
        if table.marked:
            table.marked.clear()
        elif table.rows:
            table.marked = {row.guid for row in table.rows if row.lacks(table.field)}
        table.refresh()
        self.say()

    def action_set(self) -> None:
        """Set the value of the column for all who are marked."""
        self._filling.ask_value()

    def action_paste(self) -> None:
        """Paste a column from a spreadsheet."""
        self._filling.ask_text()

    @on(PeopleTable.Pasted)
    def _pasted(self, event: PeopleTable.Pasted) -> None:
        self._filling.take(event.text)

    def action_rename(self) -> None:
        """Give the person another name."""
        if self._table.row is not None:
            self._identity.rename(self._table.row)

    def _change(self, change: Callable[[], str]) -> None:
        self.start(partial(self._change_and_look, change), "change")

    async def _change_and_look(self, change: Callable[[], str]) -> None:
        message = await self.attempt_in_order(change)
        await self.look_again(message)

    async def action_memo(self) -> None:
        """Write a memo on the person, or change yours."""
        if self._table.row is not None:
            await ask_memo_on(self, MemoSubject.CASE, self._table.row.name)

    def action_merge(self) -> None:
        """Choose who the person under the cursor is as well, and merge the two."""
        if self._table.row is not None and self._sheet is not None:
            self._identity.offer_others(self._table.row, self._table.rows, self._sheet.near)

    def action_duplicates(self) -> None:
        """Offer those who may be one person under two spellings; the one under the cursor first."""
        if self._table.row is not None and self._sheet is not None:
            self._identity.offer_pairs(self._table.row, self._table.rows, self._sheet.near)

    async def action_split(self) -> None:
        """Choose what of a person's words is somebody else's, and who that is."""
        if self._table.row is not None:
            await self._identity.offer_parts(self._table.row)

    def action_order(self) -> None:
        """Choose the order of the people."""
        if self._sheet is None:
            return
        orders: list[RowOrder | str] = [*RowOrder, *self._table.fields]
        names = [
            f"by {order.value}" if isinstance(order, RowOrder) else f"by {head_of(order)}, unknown first"
            for order in orders
        ]

        def choose(place: int) -> None:
            self._order = orders[place]
            self.start(self._order_again, "look", exclusive=True)

        current = orders.index(self._order) if self._order in orders else 0
        self.ask(ChooseOneScreen("Order of the people", names, current), choose)

    async def _order_again(self) -> None:
        await self.look_again("", keeps_order=False)
        self._table.move_to(0, self._table.cursor[1])

    def action_add(self) -> None:
        """Add a column for another attribute."""
        self.ask(AskTextScreen("Another attribute", hint="As ward, or years of service."), self._add)

    def _add(self, name: str) -> None:
        try:
            field = field_named(name)
        except QuotegridError as error:
            self.failed(error)
            return
        self._added.append(field)
        self.start(partial(self._show_column, field), "look", exclusive=True)

    async def _show_column(self, field: str) -> None:
        await self.look_again(f"{head_of(field)}: kept as soon as somebody has a value")
        if field in self._table.fields:
            self._table.move_to(self._table.cursor[0], self._table.fields.index(field))

    def action_type(self) -> None:
        """Choose the type of the column's values, by which they are ordered."""
        if self._sheet is None or not self._table.fields:
            return
        field = self._table.field
        ask_type(self, self._study, field, self._sheet.types.get(field, TEXT), self._table.rows, self._change)

    def action_find(self) -> None:
        """Go to the next person whose name or values hold a text."""
        self.ask(AskTextScreen("Find", hint="Part of a name or of a value."), self._find)

    def _find(self, text: str) -> None:
        if self._table.find(text):
            self.say()
            return
        self.say(f"“{text}” is in no name and no value.")


def shown_value(row: SheetRow, field: str) -> str:
    """Return what is edited of a value: nothing where the interviews differ."""
    values = row.values.get(field, ("",))
    return values[0] if len(values) == 1 else ""
