"""The screen that edits what a code means: its definition, rules, examples and terms."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.codebook.markdown import CodeTextError, as_markdown, from_markdown
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.tui.widgets.leave_screen import CHANGED, leave
from quotegrid.tui.widgets.place_bar import PlaceLine


class EditCodeScreen(GuardedScreen[Code | None]):
    """A code as Markdown; answers with the edited code, or None when it is left.

    Args:
        code: The code.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("escape", "leave", "Leave", key_display="esc"),
    ]

    def __init__(self, code: Code) -> None:
        super().__init__()
        self._code = code
        self._before = as_markdown(code)

    def compose(self) -> ComposeResult:
        """Lay out the title and the text."""
        yield PlaceLine()
        yield TextArea(
            self._before,
            id="code-text",
            placeholder="What the code means. Below the headings, an item a line with a dash before it.",
        )
        yield KeyFooter()

    def on_mount(self) -> None:
        """Focus the text."""
        self._say("")
        self.query_one(TextArea).focus()

    def _say(self, message: str) -> None:
        title = f"What “{self._code.name}” means: its definition first, then its rules"
        self.query_one(PlaceLine).show(title, message)

    def action_save(self) -> None:
        """Answer with the code that the text describes."""
        text = self.query_one(TextArea)
        try:
            code = from_markdown(text.text, self._code)
        except CodeTextError as error:
            text.move_cursor((error.line - 1, 0))
            self._say(f"Not saved, line {error.line}: {error}")
            return
        self.dismiss(code)

    def action_leave(self) -> None:
        """Go back without saving, after asking if something was changed."""
        leave(self)

    def unsaved(self) -> str:
        """Return that the text has been changed, if it has."""
        return CHANGED if self.query_one(TextArea).text != self._before else ""
