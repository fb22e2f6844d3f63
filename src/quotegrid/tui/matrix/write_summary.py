"""Write what a cell of the matrix says, with its quotes in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static, TextArea

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import ConflictError, QuotegridError
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.leave_screen import LeaveScreen
from quotegrid.workflows.report.summarise import CellText, WrittenSummary, read_cell, write_summary
from quotegrid.workflows.study.folder import StudyFolder


class WriteSummaryScreen(GuardedScreen[WrittenSummary | None]):
    """A text to write, and below it the quotes that it may name.

    Args:
        study: The study.
        cell: What is written of the cell so far.
        quotes: The cell's quotes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Leave", key_display="esc", priority=True),
    ]

    def __init__(self, study: StudyFolder, cell: CellText, quotes: Sequence[Quote]) -> None:
        super().__init__()
        self._study = study
        self._cell = cell
        self._base = cell.base
        self._quotes = quotes

    def compose(self) -> ComposeResult:
        """Lay out the title, the text and the quotes."""
        yield Static(id="place")
        yield Static(id="newer")
        yield TextArea(
            self._cell.draft,
            id="summary-text",
            placeholder="What the quotes below say. Markdown; [q:12] names quote 12. Empty to remove.",
        )
        with VerticalScroll(id="named", can_focus=False):
            yield Static(Content("\n").join(_line(quote) for quote in self._quotes))
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        text = self.query_one(TextArea)
        text.move_cursor(text.document.end)
        text.focus()
        self._say("")

    def _say(self, said: str) -> None:
        title = plain(f"Summary of {self._cell.code}, {self._cell.value}")
        self.query_one("#place", Static).update(
            Content.assemble((plain(said).plain, "reverse"), "   ", title) if said else title
        )

    def action_save(self) -> None:
        """Keep the text and go back; what another has written meanwhile is shown first."""
        cell = self._cell
        try:
            done = write_summary(
                self._study,
                cell.code,
                cell.value,
                self.query_one(TextArea).text,
                cell.attribute,
                base=self._base,
            )
        except ConflictError as error:
            self._base = error.base
            now = read_cell(self._study, cell.code, cell.value, cell.attribute)
            newer = [
                plain(f"Written since by {one.coder}, {one.at[:16].replace('T', ' ')}: {one.text}")
                for one in now.summaries
            ]
            self.query_one("#newer", Static).update(
                Content("\n").join(newer or [Content("The summary has been taken away since.")])
            )
            self._say("Not saved: it has been changed since. Ctrl+S again replaces it.")
        except QuotegridError as error:
            self._say(f"Not saved: {error}")
        else:
            self.dismiss(done)

    def action_leave(self) -> None:
        """Go back without saving, after asking where something was changed."""
        if self.query_one(TextArea).text == self._cell.draft:
            self.dismiss(None)
        else:
            self.app.push_screen(LeaveScreen(), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)


def _line(quote: Quote) -> Content:
    return Content.assemble(
        (f"[q:{quote.id}] ", "bold"),
        (plain(f"{quote.attribution}: ").plain, "dim"),
        plain(one_line(quote.text)).plain,
    )
