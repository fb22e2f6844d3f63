"""The quotes behind one number of the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from quotegrid.domain.quotes import Quote
from quotegrid.domain.text import one_line
from quotegrid.tui.look import plain


class CellQuotesScreen(Screen[int | None]):
    """A list of quotes with who said them.

    Args:
        title: The cell.
        quotes: Its quotes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "dismiss(None)", "Back to the matrix", key_display="esc"),
        Binding("enter", "choose", "In its transcript", priority=True),
    ]

    class GoTo(Message):
        """Somebody wants to see a quote where it was said.

        Args:
            segment: Its number.
        """

        def __init__(self, segment: int) -> None:
            super().__init__()
            self.segment = segment

    def __init__(self, title: str, quotes: Sequence[Quote]) -> None:
        super().__init__()
        self._title = title
        self._quotes = quotes

    def compose(self) -> ComposeResult:
        """Lay out the title and the quotes."""
        count = len(self._quotes)
        yield Static(plain(f"{self._title}   {count} {'quote' if count == 1 else 'quotes'}"), id="place")
        yield OptionList(*(Option(_prompt(quote)) for quote in self._quotes), id="quotes", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin at the first quote."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._quotes[event.option_index].id)

    def action_choose(self) -> None:
        """Show the quote under the cursor in its transcript."""
        self.query_one(OptionList).action_select()


def _prompt(quote: Quote) -> Content:
    lines = [
        Content.assemble(
            (plain(quote.attribution).plain, "bold"),
            (f"  {plain(quote.case or 'case not known').plain}  {plain(quote.source).plain}", "dim"),
        ),
        plain(one_line(quote.text)),
        Content(f"[{', '.join(quote.told_codes)}]" if quote.codes else "[only suggested]").stylize("italic"),
        Content(""),
    ]
    return Content("\n").join(lines)
