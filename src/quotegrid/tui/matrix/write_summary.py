"""The screen on which the summary of a cell of the matrix is written, with its quotes in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import ConflictError, QuotegridError
from quotegrid.tui.look import minutes, plain
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.tui.widgets.leave_screen import CHANGED, leave
from quotegrid.tui.widgets.place_bar import PlaceLine
from quotegrid.workflows.report.summarise import CellText, WrittenSummary, read_cell, write_summary
from quotegrid.workflows.study.folder import StudyFolder


class WriteSummaryScreen(GuardedScreen[WrittenSummary | None]):
    """A text area, and below it the quotes that the summary may cite.

    Args:
        study: The study.
        cell: The summaries of the cell so far.
        quotes: The cell's quotes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("escape", "leave", "Leave", key_display="esc"),
    ]

    def __init__(self, study: StudyFolder, cell: CellText, quotes: Sequence[Quote]) -> None:
        super().__init__()
        self._study = study
        self._cell = cell
        self._base = cell.base
        self._quotes = quotes

    def compose(self) -> ComposeResult:
        """Lay out the title, the text and the quotes."""
        yield PlaceLine()
        yield Static(id="newer")
        yield TextArea(
            self._cell.draft,
            id="summary-text",
            placeholder="What the quotes below say. Markdown; [q:12] names quote 12. Empty to remove.",
        )
        with VerticalScroll(id="named", can_focus=False):
            yield Static(Content("\n").join(_line(quote) for quote in self._quotes))
        yield KeyFooter()

    def on_mount(self) -> None:
        """Focus the text, with the cursor at its end."""
        text = self.query_one(TextArea)
        text.move_cursor(text.document.end)
        text.focus()
        self._say("")

    def _say(self, message: str) -> None:
        self.query_one(PlaceLine).show(f"Summary of {self._cell.code}, {self._cell.value}", message)

    def action_save(self) -> None:
        """Save the text and go back; show first what another coder has written meanwhile."""
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
            changed = read_cell(self._study, cell.code, cell.value, cell.attribute)
            newer = [
                plain(f"Written since by {summary.coder}, {minutes(summary.at)}: {summary.text}")
                for summary in changed.summaries
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
        """Go back without saving, after asking if something was changed."""
        leave(self)

    def unsaved(self) -> str:
        """Return that the text has been changed, if it has."""
        return CHANGED if self.query_one(TextArea).text != self._cell.draft else ""


def saved_message(written: WrittenSummary) -> str:
    """Return what has become of the summary that was written, in a sentence."""
    if written.number is None:
        return "Nothing was changed."
    return f"Saved as summary {written.number}." if written.cell.summaries else "Took the summary away."


def undone_message(cell: CellText | None) -> str:
    """Return what an undo in a cell has done, in a sentence; None means that there was nothing to undo."""
    return "You wrote nothing here that could be undone." if cell is None else "Took it back."


def _line(quote: Quote) -> Content:
    return Content.assemble(
        (f"[q:{quote.id}] ", "bold"),
        (plain(f"{quote.attribution}: ").plain, "dim"),
        plain(one_line(quote.text)).plain,
    )
