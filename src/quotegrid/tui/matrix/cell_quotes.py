"""The quotes behind one number of the matrix, and above them the summaries of the cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.coding.quotes import Quote, counted_quotes, number_of_quotes
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import QuotegridError
from quotegrid.tui.look import minutes, plain
from quotegrid.tui.matrix.write_summary import WriteSummaryScreen, saved_message, undone_message
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.key_footer import KeyFooter
from quotegrid.tui.widgets.place_bar import PlaceLine
from quotegrid.workflows.report.summarise import CellText, WrittenSummary, undo_in_cell
from quotegrid.workflows.study.folder import StudyFolder


class CellQuotesScreen(GuardedScreen[int | None]):
    """The quotes of a cell; answers with the number of a passage to show, or None.

    Args:
        title: The name of the cell.
        quotes: Its quotes.
        study: The study.
        cell: The summaries of the cell; None for a total over several columns.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "dismiss(None)", "Back to the matrix", key_display="esc"),
        Binding("enter", "choose", "In its transcript", priority=True),
        Binding("w", "write", "Write", tooltip="Write the summary of these quotes"),
        Binding("u", "undo", "Undo", tooltip="Take back what you wrote of this cell last"),
    ]

    def __init__(
        self, title: str, quotes: Sequence[Quote], study: StudyFolder, cell: CellText | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._quotes = quotes
        self._study = study
        self._cell = cell

    def compose(self) -> ComposeResult:
        """Lay out the title, the summaries and the quotes."""
        yield PlaceLine()
        with VerticalScroll(id="summary", can_focus=False):
            yield Static(id="summary-shown")
        yield ChoiceList(*(Option(_prompt(quote)) for quote in self._quotes), id="quotes", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Focus the quotes."""
        self.query_one(ChoiceList).focus()
        self._show("")

    def _show(self, message: str) -> None:
        """Show the title, what the last key did, and the summaries."""
        title = f"{self._title}   {counted_quotes(number_of_quotes(self._quotes), len(self._quotes))}"
        self.query_one(PlaceLine).show(title, message)
        shown = self.query_one("#summary-shown", Static)
        self.query_one("#summary").display = self._cell is not None
        if self._cell is None:
            return
        parts = [
            Content.assemble(
                plain(summary.text).plain,
                "\n",
                (plain(f"{summary.coder}, {minutes(summary.at)}").plain, "dim"),
            )
            for summary in self._cell.summaries
        ]
        no_summary = Content("No summary yet; w writes one.").stylize("italic dim")
        shown.update(Content("\n\n").join(parts) if parts else no_summary)

    def action_write(self) -> None:
        """Write the summary of the quotes."""
        if self._cell is None:
            self._show("A summary is of one column; move to a cell of one.")
            return
        self.app.push_screen(WriteSummaryScreen(self._study, self._cell, self._quotes), self._show_written)

    def _show_written(self, written: WrittenSummary | None) -> None:
        if written is None:
            self._show("")
            return
        self._cell = written.cell
        self._show(saved_message(written))

    def action_undo(self) -> None:
        """Undo what the coder wrote of the cell last."""
        if self._cell is None:
            return
        cell = self._cell
        try:
            undone = undo_in_cell(self._study, cell.code, cell.value, cell.attribute)
        except QuotegridError as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
            return
        self._cell = undone or cell
        self._show(undone_message(undone))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._quotes[event.option_index].id)

    def action_choose(self) -> None:
        """Show the quote under the cursor in its transcript."""
        if self._quotes:
            self.query_one(ChoiceList).action_select()


def _prompt(quote: Quote) -> Content:
    lines = [
        Content.assemble(
            (plain(quote.attribution).plain, "bold"),
            (f"  {plain(quote.case or 'case not known').plain}  {plain(quote.source).plain}", "dim"),
        ),
        plain(one_line(quote.text)),
        Content(f"[{', '.join(quote.codes_with_stances)}]" if quote.codes else "[only suggested]").stylize(
            "italic"
        ),
        Content(""),
    ]
    return Content("\n").join(lines)
