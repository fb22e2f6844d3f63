"""A page of quotes with a cursor, each with its speaker, its codes and the words searched for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.coding.reading import Turn
from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.tui.look import memo_line
from quotegrid.tui.text_layout import lay_out, shown

_INDENT = 3
_MOST_TEXT = 110
_HERE, _CHOSEN = "▸", "✓"

Piece = tuple[str, Style]


class QuoteList(ScrollView, can_focus=True):
    """Quotes one below the other, some of them under headings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "quote-list--heading",
        "quote-list--muted",
        "quote-list--hit",
        "quote-list--here",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
    ]

    class Beyond(Message):
        """The cursor has been moved beyond the first or the last quote of the page.

        Args:
            steps: 1 beyond the last, -1 before the first.
        """

        def __init__(self, steps: int) -> None:
            super().__init__()
            self.steps = steps

    class Opened(Message):
        """The quote under the cursor has been clicked on."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._quotes: Sequence[Quote] = ()
        self._headings: Mapping[int, str] = {}
        self._places: Mapping[int, Sequence[tuple[int, int]]] = {}
        self._picked: set[int] = set()
        self._at = 0
        self._lines: list[tuple[int, list[Piece]]] = []
        self._first_line: list[int] = []
        self._width = 0

    def show(
        self,
        quotes: Sequence[Quote],
        headings: Mapping[int, str],
        places: Mapping[int, Sequence[tuple[int, int]]],
        *,
        at: int = 0,
    ) -> None:
        """Show a page.

        Args:
            quotes: Its quotes.
            headings: The headings above some of them, by their place on the page.
            places: The ranges of the words searched for in each, by its number.
            at: The place of the quote under the cursor.
        """
        self._quotes, self._headings, self._places = quotes, headings, places
        self._at = min(max(at, 0), max(len(quotes) - 1, 0))
        self._lay_out()

    def pick(self, picked: set[int]) -> None:
        """Mark the quotes that are picked, by their numbers."""
        self._picked = picked
        self._lay_out()

    @property
    def chosen(self) -> Quote | None:
        """The quote under the cursor; None if there are no quotes."""
        return self._quotes[self._at] if self._quotes else None

    @property
    def at(self) -> int:
        """The place of the quote under the cursor on the page."""
        return self._at

    def action_move(self, steps: int) -> None:
        """Move the cursor; post `Beyond` at either end."""
        if not 0 <= self._at + steps < len(self._quotes):
            self.post_message(self.Beyond(steps))
            return
        self._at += steps
        self._lay_out()

    def action_edge(self, side: int) -> None:
        """Move the cursor to the first or last quote of the page."""
        self._at = 0 if side < 0 else max(len(self._quotes) - 1, 0)
        self._lay_out()

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self.size.width != self._width:
            self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the quote; open it if the cursor was there already."""
        number = event.y + round(self.scroll_y)
        if number < len(self._lines):
            at = self._lines[number][0]
            if at == self._at:
                self.post_message(self.Opened())
            self._at = at
            self._lay_out()

    def _lay_out(self) -> None:
        self._width = self.size.width
        if not self._width:
            return
        self._lines, self._first_line = [], []
        for number, quote in enumerate(self._quotes):
            self._first_line.append(len(self._lines))
            self._lines += [(number, line) for line in self._drawn(number, quote)]
        self.virtual_size = Size(self._width, len(self._lines))
        if self._quotes:
            first = self._first_line[self._at]
            last = self._first_line[self._at + 1] if self._at + 1 < len(self._quotes) else len(self._lines)
            height = min(last - first, max(self.size.height, 1))
            self.scroll_to_region(Region(0, first, 1, height), animate=False, force=True, immediate=True)
        self.refresh()

    def _drawn(self, number: int, quote: Quote) -> list[list[Piece]]:
        base = self.rich_style
        muted = base + self.get_component_rich_style("quote-list--muted")
        is_here = number == self._at
        who = base + Style(bold=True)
        if is_here:
            who += self.get_component_rich_style("quote-list--here")
        lines: list[list[Piece]] = []
        if number in self._headings:
            heading = base + self.get_component_rich_style("quote-list--heading")
            lines.append([(visible(self._headings[number]), heading)])
        mark = (_HERE if is_here else " ") + (_CHOSEN if quote.id in self._picked else " ")
        place = f"{one_line(quote.case or 'case not known')}  {quote.source}  passage {quote.id}"
        lines.append([(f"{mark} ", base), (visible(quote.attribution), who), (f"  {visible(place)}", muted)])
        lines += self._words(quote, base)
        if quote.codes:
            codes = f"[{visible(', '.join(quote.codes_with_stances))}]"
            if quote.exemplar_of:
                codes += f"  exemplar of {visible(', '.join(quote.exemplar_of))}"
            lines.append([(" " * _INDENT, base), (codes, base + Style(italic=True))])
        lines += [
            [
                (" " * _INDENT, base),
                (memo_line(memo.author, memo.text).plain, muted),
            ]
            for memo in quote.memos
        ]
        lines.append([])
        return lines

    def _words(self, quote: Quote, base: Style) -> list[list[Piece]]:
        hit = base + self.get_component_rich_style("quote-list--hit", partial=True)
        width = min(self._width - _INDENT - 1, _MOST_TEXT)
        layout = lay_out(quote.text, [Turn(0, len(quote.text), None, False, None)], width)
        lines = []
        for line in layout.lines:
            hits = [
                (max(start, line.start), min(end, line.end))
                for start, end in self._places.get(quote.id, ())
                if start < line.end and line.start < end
            ]
            cuts = sorted({line.start, line.end, *(place for hit_range in hits for place in hit_range)})
            pieces: list[Piece] = [(" " * _INDENT, base)]
            for start, end in pairwise(cuts):
                is_hit = any(first <= start and end <= last for first, last in hits)
                pieces.append((visible(shown(quote.text[start:end])), hit if is_hit else base))
            lines.append(pieces)
        return lines

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        number = y + round(self.scroll_y)
        if number >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        pieces = [Segment(text, style) for text, style in self._lines[number][1]]
        return Strip(pieces).adjust_cell_length(self.size.width, self.rich_style)
