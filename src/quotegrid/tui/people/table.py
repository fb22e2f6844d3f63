"""The grid of people on the screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from quotegrid.domain.people.sheet import SheetRow
from quotegrid.domain.text.normalise import shortened, visible
from quotegrid.tui.people.cell_input import CellInput
from quotegrid.tui.widgets.grid_view import HERE, GridView

_NAMES = (14, 30)
"""The fewest and the most cells that the names take, with the marks in front of them."""
_CELLS = (6, 24)
"""The fewest and the most cells that a value takes."""
_MARKED, _NEAR = "\N{CHECK MARK}", "\N{ALMOST EQUAL TO}"


class PeopleTable(GridView):
    """A line for each person and a column for each of their values."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "people-table--head",
        "people-table--unknown",
        "people-table--cursor",
    }

    class EditRequested(Message):
        """The value under the cursor is to be edited."""

    class Pasted(Message):
        """Text has been pasted.

        Args:
            text: The text.
        """

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[SheetRow] = []
        self.fields: tuple[str, ...] = ()
        self.marked: set[str] = set()
        """The GUIDs of the people who are marked."""
        self.editor: CellInput | None = None
        """The field that edits a value."""
        self._near: Collection[str] = ()
        self._places: dict[str, int] = {}

    @property
    def line_count(self) -> int:
        """The number of people."""
        return len(self.rows)

    @property
    def row(self) -> SheetRow | None:
        """The person under the cursor; None if there is nobody."""
        return self.rows[self.cursor[0]] if self.rows else None

    @property
    def field(self) -> str:
        """The column under the cursor."""
        return self.fields[self.cursor[1]]

    def show(
        self,
        rows: Sequence[SheetRow],
        fields: tuple[str, ...],
        widths: Sequence[int],
        near: Collection[str],
    ) -> None:
        """Show people; the cursor stays on its person and column.

        Args:
            rows: The people, in the order in which they are shown.
            fields: The columns.
            widths: The widths of the columns, as `widths_of` gives them.
            near: The GUIDs of those who may be somebody else as well.
        """
        on = self.row, self.field if self.fields else ""
        self.rows, self.fields, self._near = list(rows), fields, near
        self._places = {row.guid: place for place, row in enumerate(self.rows)}
        self.marked &= self._places.keys()
        longest = max((cell_len(visible(row.name)) for row in self.rows), default=0)
        self.names_width = min(max(longest + 4, _NAMES[0]), _NAMES[1])
        self.widths = widths
        line = self.cursor[0] if on[0] is None else self._places.get(on[0].guid, self.cursor[0])
        self.cursor = line, fields.index(on[1]) if on[1] in fields else self.cursor[1]
        self.measure()
        self.refresh()

    def replace(self, rows: Iterable[SheetRow]) -> None:
        """Show what some people's values are now; who is not there is left out, and nobody moves."""
        changed = [row for row in rows if row.guid in self._places]
        for row in changed:
            self.rows[self._places[row.guid]] = row
        new = widths_of(changed, self.fields)
        widths = [max(pair) for pair in zip(self.widths, new, strict=True)]
        if widths != list(self.widths):
            self.widths = widths
            self.measure()
            self.refresh()
        else:
            self.refresh_grid_lines(self._places[row.guid] for row in changed)

    def has(self, guids: Iterable[str]) -> bool:
        """Return whether people with these GUIDs are all shown."""
        return all(guid in self._places for guid in guids)

    def find(self, text: str) -> bool:
        """Move the cursor to the next person whose name or values hold a text.

        Returns:
            Whether there is one.
        """
        wanted = text.casefold()
        for step in range(1, len(self.rows) + 1):
            place = (self.cursor[0] + step) % len(self.rows)
            row = self.rows[place]
            values = (value for told in row.values.values() for value in told)
            if any(wanted in said.casefold() for said in (row.name, *values)):
                self.move_to(place, self.cursor[1])
                return True
        return False

    async def _on_key(self, event: events.Key) -> None:
        """Begin a value with Enter or a capital letter; what is typed until the field is there goes to it."""
        editor = self.editor
        is_letter = event.character is not None and event.character.isupper()
        is_for_cell = editor is not None and (editor.is_begun or event.key == "enter" or is_letter)
        if editor is None or not self.rows or not is_for_cell:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        is_first = not editor.is_begun
        if is_first:
            editor.begin()
            self.post_message(self.EditRequested())
        if not is_first or is_letter:
            editor.post_message(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """Pass on what is pasted."""
        event.stop()
        self.post_message(self.Pasted(event.text))

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen: the heads, or the cells in view of one person."""
        base = self.rich_style
        columns, offset = self.columns_in_view()
        if y < self.head_height:
            style = base + self.get_component_rich_style("people-table--head")
            heads = [
                Segment(_cell(head_of(self.fields[column]), self.widths[column]), style) for column in columns
            ]
            return self.placed("name", heads, style, offset, mark="  ")
        number = y - self.head_height + round(self.scroll_y)
        if number >= len(self.rows):
            return Strip.blank(self.size.width, base)
        row = self.rows[number]
        style = base + Style(bold=True) if number == self.cursor[0] else base
        cells = []
        for column in columns:
            field, width = self.fields[column], self.widths[column]
            text = visible(row.text(field))
            drawn = style
            if row.lacks(field):
                drawn += self.get_component_rich_style("people-table--unknown")
            if (number, column) == self.cursor:
                drawn += self.get_component_rich_style("people-table--cursor")
                drawn += Style(bold=True, underline=not self.has_focus)
                text = f"{HERE}{text}"
            cells.append(Segment(_cell(text, width), drawn))
        mark = _MARKED if row.guid in self.marked else _NEAR if row.guid in self._near else " "
        return self.placed(visible(row.name), cells, style, offset, mark=f"{mark} ")


def widths_of(rows: Sequence[SheetRow], fields: Sequence[str]) -> list[int]:
    """Return the width of each column, by its head and its values; this takes long with many people."""
    found = []
    for field in fields:
        texts = {row.text(field) for row in rows}
        longest = max((cell_len(visible(text)) for text in (head_of(field), *texts)), default=0)
        found.append(min(max(longest, _CELLS[0]), _CELLS[1]) + 2)
    return found


def head_of(field: str) -> str:
    """Return what stands above a column."""
    return visible(field.replace("_", " "))


def known_values(rows: Iterable[SheetRow], field: str) -> Mapping[str, int]:
    """Return how many people have each value of a field."""
    found: dict[str, int] = {}
    for row in rows:
        for value in row.values.get(field, ()):
            if value:
                found[value] = found.get(value, 0) + 1
    return found


def _cell(text: str, width: int) -> str:
    """Return a text flush left in that many cells, with a blank one behind it."""
    shown = text if cell_len(text) < width else shortened(text, width - 1)
    return set_cell_size(shown, width)
