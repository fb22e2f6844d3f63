"""Edit what a code says: its definition, rules, examples and terms."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, Static, TextArea

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.codebook.markdown import CodeTextError, as_markdown, from_markdown
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.leave_screen import LeaveScreen


class EditCodeScreen(GuardedScreen[Code | None]):
    """A code as Markdown; answers with what it is to say, or None when it is left.

    Args:
        code: The code.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Leave", key_display="esc", priority=True),
    ]

    def __init__(self, code: Code) -> None:
        super().__init__()
        self._code = code
        self._before = as_markdown(code)

    def compose(self) -> ComposeResult:
        """Lay out the title and the text."""
        yield Static(id="place")
        yield TextArea(
            self._before,
            id="code-text",
            placeholder="What the code means. Below the headings, an item a line with a dash before it.",
        )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Write at once."""
        self._say("")
        self.query_one(TextArea).focus()

    def _say(self, said: str) -> None:
        title = plain(f"What “{self._code.name}” means: its definition first, then its rules")
        self.query_one("#place", Static).update(
            Content.assemble((plain(said).plain, "reverse"), "   ", title) if said else title
        )

    def action_save(self) -> None:
        """Answer with what the text says."""
        text = self.query_one(TextArea)
        try:
            code = from_markdown(text.text, self._code)
        except CodeTextError as error:
            text.move_cursor((error.line - 1, 0))
            self._say(f"Not saved, line {error.line}: {error}")
            return
        self.dismiss(code)

    def action_leave(self) -> None:
        """Go back without saving, after asking where something was changed."""
        if self.query_one(TextArea).text == self._before:
            self.dismiss(None)
        else:
            self.app.push_screen(LeaveScreen(), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)
