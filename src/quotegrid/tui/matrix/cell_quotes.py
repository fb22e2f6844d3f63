"""The quotes behind one number of the matrix, and above them what a researcher wrote of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import counted, one_line
from quotegrid.errors import QuotegridError
from quotegrid.tui.look import plain
from quotegrid.tui.matrix.write_summary import WriteSummaryScreen
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.workflows.report.summarise import CellText, WrittenSummary, undo_in_cell
from quotegrid.workflows.study.folder import StudyFolder


class CellQuotesScreen(GuardedScreen[int | None]):
    """A list of quotes with who said them.

    Args:
        title: The cell.
        quotes: Its quotes.
        study: The study.
        cell: What is written of the cell; None where several columns are shown at once.
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
        """Lay out the title and the quotes."""
        yield Static(id="place")
        with VerticalScroll(id="summary", can_focus=False):
            yield Static(id="summary-shown")
        yield ChoiceList(*(Option(_prompt(quote)) for quote in self._quotes), id="quotes", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin at the first quote."""
        self.query_one(ChoiceList).focus()
        self._show("")

    def _show(self, said: str) -> None:
        """Show the title, what the last key did, and the summary."""
        title = plain(f"{self._title}   {counted(len(self._quotes), 'quote')}")
        self.query_one("#place", Static).update(
            Content.assemble((plain(said).plain, "reverse"), "   ", title) if said else title
        )
        shown = self.query_one("#summary-shown", Static)
        self.query_one("#summary").display = self._cell is not None
        if self._cell is None:
            return
        parts = [
            Content.assemble(
                plain(one.text).plain,
                "\n",
                (plain(f"{one.coder}, {one.at[:16].replace('T', ' ')}").plain, "dim"),
            )
            for one in self._cell.summaries
        ]
        nothing = Content("No summary yet; w writes one.").stylize("italic dim")
        shown.update(Content("\n\n").join(parts) if parts else nothing)

    def action_write(self) -> None:
        """Write the summary of the quotes."""
        if self._cell is None:
            self._show("A summary is of one column; go to a cell of it.")
            return
        self.app.push_screen(WriteSummaryScreen(self._study, self._cell, self._quotes), self._written)

    def _written(self, done: WrittenSummary | None) -> None:
        if done is None:
            self._show("")
            return
        self._cell = done.cell
        if done.number is None:
            self._show("Nothing was changed.")
        else:
            self._show(
                f"Saved as summary {done.number}." if done.cell.summaries else "Took the summary away."
            )

    def action_undo(self) -> None:
        """Take back what the coder wrote of the cell last."""
        if self._cell is None:
            return
        cell = self._cell
        try:
            found = undo_in_cell(self._study, cell.code, cell.value, cell.attribute)
        except QuotegridError as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
            return
        self._cell = found or cell
        self._show("You wrote nothing here that could be undone." if found is None else "Took it back.")

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
