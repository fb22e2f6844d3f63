"""The screen into which a column of a spreadsheet is pasted."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.tui.widgets.leave_screen import CHANGED, leave
from quotegrid.tui.widgets.place_bar import PlaceLine

_HINT = (
    "One value a line goes down from the cursor. With names in front, and a tab between, each value goes to "
    "its person; a first line may name several columns."
)


class PasteScreen(GuardedScreen[str | None]):
    """A text; answers with it, or None when it is left.

    Args:
        field: The column into which it goes, as it is shown.
        person: The name of the person from whom it goes down.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "show", "Show what changes", priority=True),
        Binding("escape", "leave", "Leave", key_display="esc", priority=True),
    ]

    def __init__(self, field: str, person: str) -> None:
        super().__init__()
        self._title = f"Paste into “{field}”, from “{person}” down"

    def compose(self) -> ComposeResult:
        """Lay out the title and the text."""
        yield PlaceLine()
        yield TextArea(id="code-text", placeholder=_HINT, tab_behavior="indent")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Focus the text."""
        self.query_one(PlaceLine).show(self._title)
        self.query_one(TextArea).focus()

    def action_show(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(TextArea).text)

    def action_leave(self) -> None:
        """Go back without an answer, after asking if something was pasted."""
        leave(self)

    def unsaved(self) -> str:
        """Return that something has been pasted, if it has."""
        return CHANGED if self.query_one(TextArea).text else ""
