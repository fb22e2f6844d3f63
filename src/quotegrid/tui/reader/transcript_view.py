"""A whole transcript to read, of which only the lines in view are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quotegrid.domain.coding.reading import ReadSource, SourceAnnotations, Turn
from quotegrid.domain.text.non_speech import non_speech
from quotegrid.domain.text.normalise import one_line, shortened, visible
from quotegrid.tui.look import NOTED, colour_of
from quotegrid.tui.reader.transcript_margin import MOST_LANES, MarginLine, margin_of
from quotegrid.tui.text_layout import Layout, Line, cells_before, lay_out, offset_at, shown

_GUTTER = 6
_LABEL = 24
"""The most cells of a speaker's label."""
_WITH_MARGIN = 100
"""The fewest cells of a window with a margin for the names of codes."""
_MARGIN = 34
_MOST_TEXT = 100
"""The most cells of a line of text: longer ones are hard to read."""
_NOBODYS = "(nobody's) "
_BAR, _PENCILLED_BAR = "┃", "┆"


class TranscriptView(ScrollView, can_focus=False):
    """A source's text with a selection, with numbers on the left and the codes' names on the right.

    It never has the focus: the screen's keys move the selection.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--gutter",
        "transcript--label",
        "transcript--interviewer",
        "transcript--selected",
        "transcript--hit",
        "transcript--pencilled",
    }

    class Pressed(Message):
        """The mouse has been pressed on a code point, or dragged to it with the button held.

        Args:
            offset: The code point.
            is_dragged: Whether the button was held.
        """

        def __init__(self, offset: int, is_dragged: bool) -> None:
            super().__init__()
            self.offset = offset
            self.is_dragged = is_dragged

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._source: ReadSource | None = None
        self._blocks: Sequence[Turn] = ()
        self._numbers: Sequence[str] = ()
        """The number of each block among the turns; empty for what is nobody's."""
        self._standing = SourceAnnotations()
        self._places: Mapping[str, int] = {}
        self._layout = Layout((), ())
        self._margin: dict[int, MarginLine] = {}
        self._selected = (0, 0)
        self._hits: Sequence[tuple[int, int]] = ()
        self._laid_out_for = 0

    def show_source(self, source: ReadSource, standing: SourceAnnotations, places: Mapping[str, int]) -> None:
        """Show a source from its beginning.

        Args:
            source: The source.
            standing: The codings, suggestions and memos on it.
            places: The number of each code's colour.
        """
        self._source = source
        self._blocks = source.blocks()
        counted = accumulate(int(not block.is_nobodys) for block in self._blocks)
        self._numbers = [
            "" if block.is_nobodys else str(number)
            for block, number in zip(self._blocks, counted, strict=True)
        ]
        self._hits = ()
        self._laid_out_for = 0
        self._places = places
        self._standing = standing
        self._lay_out()
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)

    def show_standing(self, standing: SourceAnnotations, places: Mapping[str, int]) -> None:
        """Show the codings, suggestions and memos on the source."""
        self._standing = standing
        self._places = places
        self._margin = margin_of(self._layout, standing)
        self.refresh()

    def show_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Mark the ranges that a search has found."""
        self._hits = hits
        self.refresh()

    def select(self, start: int, end: int, *, center: bool = False) -> None:
        """Select a range, and bring its beginning into view."""
        self._selected = (start, end)
        self._bring_into_view(center=center)
        self.refresh()

    def line_of(self, offset: int) -> int:
        """Return the number of the line with a code point."""
        return self._layout.line_of(offset)

    def offset_on(self, line: int, like: int) -> int:
        """Return the code point on a line below or above another; that one itself before the first layout."""
        if not self._layout.lines:
            return like
        number = min(max(line, 0), max(len(self._layout.lines) - 1, 0))
        here = self._layout.lines[self.line_of(like)]
        text = self._source.text if self._source else ""
        return offset_at(text, self._layout.lines[number], cells_before(text, here, like))

    @property
    def has_margin(self) -> bool:
        """Whether there is room for a margin of code names."""
        return self.size.width >= _WITH_MARGIN

    @property
    def _text_width(self) -> int:
        room = self.size.width - _GUTTER - (_MARGIN if self.has_margin else 2)
        return max(min(room, _MOST_TEXT), 10)

    def on_resize(self) -> None:
        """Lay out the lines for the new width, and keep the selection in view."""
        if self._source is not None and self._laid_out_for != self._text_width:
            self._lay_out()
            self._bring_into_view()

    def _lay_out(self) -> None:
        if self._source is None or self.size.width == 0:
            return
        self._laid_out_for = self._text_width
        indent = [cell_len(self._label(block)) for block in self._blocks]
        self._layout = lay_out(self._source.text, self._blocks, self._text_width, indent)
        self._margin = margin_of(self._layout, self._standing)
        self.virtual_size = Size(self.size.width, len(self._layout.lines))
        self.refresh()

    def _label(self, block: Turn) -> str:
        if block.label is None:
            return _NOBODYS if block.is_nobodys else ""
        time = f" {block.time}" if block.time else ""
        return f"{shortened(visible(one_line(block.label)), _LABEL)}{time}: "

    def _bring_into_view(self, *, center: bool = False) -> None:
        start, end = self._selected
        first, last = self.line_of(start), self.line_of(max(end - 1, start))
        height = min(last - first + 1, max(self.size.height - 2, 1))
        self.scroll_to_region(
            Region(0, first, 1, height), animate=False, force=True, center=center, immediate=True
        )

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Post what the mouse was pressed on."""
        self._post_pressed(event.x, event.y, is_dragged=False)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Post what the mouse was dragged to."""
        if event.button and self.app.mouse_captured is self:
            self._post_pressed(event.x, event.y, is_dragged=True)

    def on_mouse_up(self) -> None:
        """Release the mouse."""
        self.release_mouse()

    def _post_pressed(self, x: int, y: int, *, is_dragged: bool) -> None:
        number = y + round(self.scroll_y)
        if self._source is None or not 0 <= number < len(self._layout.lines):
            return
        line = self._layout.lines[number]
        indent = (
            cell_len(self._label(self._blocks[line.block])) if line.is_first and line.block is not None else 0
        )
        offset = offset_at(self._source.text, line, max(x - _GUTTER - indent, 0))
        self.post_message(self.Pressed(offset, is_dragged))

    def render_line(self, y: int) -> Strip:
        """Return one line: its number, its words and the names of codes."""
        base = self.rich_style
        number = y + round(self.scroll_y)
        if self._source is None or number >= len(self._layout.lines):
            return Strip.blank(self.size.width, base)
        line = self._layout.lines[number]
        gutter, words = self._gutter(line, base), self._words(self._source.text, line, base)
        left = Strip([gutter, *words]).adjust_cell_length(_GUTTER + self._text_width, base)
        beside = Strip(self._beside(number, base)).adjust_cell_length(
            max(self.size.width - _GUTTER - self._text_width, 0), base
        )
        return Strip.join([left, beside])

    def _gutter(self, line: Line, base: Style) -> Segment:
        style = base + self.get_component_rich_style("transcript--gutter")
        number = self._numbers[line.block] if line.is_first and line.block is not None else ""
        return Segment(f"{number:>{_GUTTER - 2}}  ", style)

    def _words(self, text: str, line: Line, base: Style) -> list[Segment]:
        if line.block is None:
            return []
        block = self._blocks[line.block]
        label = self.get_component_rich_style("transcript--label", partial=True)
        if block.is_interviewer or block.is_nobodys:
            base += self.get_component_rich_style("transcript--interviewer")
        segments = [Segment(self._label(block), base + label)] if line.is_first else []
        marks = self._marks(text, line)
        cuts = sorted({line.start, line.end, *(place for start, end, _ in marks for place in (start, end))})
        for start, end in pairwise(cuts):
            style = base
            for first, last, more in marks:
                if first <= start and end <= last:
                    style += more
            segments.append(Segment(visible(shown(text[start:end])), style))
        return segments

    def _marks(self, text: str, line: Line) -> list[tuple[int, int, Style]]:
        """Return the ranges of a line with a style of their own; later ones are drawn over earlier ones."""
        dark = self.app.current_theme.dark
        marks: list[tuple[int, int, Style]] = []
        pencilled = self.get_component_rich_style("transcript--pencilled", partial=True)
        marks += [
            (suggestion.start, suggestion.end, pencilled)
            for suggestion in self._standing.pencilled_in(line.start, line.end)
        ]
        for coding in self._standing.codings_in(line.start, line.end):
            colour = colour_of(self._places.get(coding.code, 0), dark=dark)
            marks.append((coding.start, coding.end, Style(underline=True, color=colour)))
        marks += [
            (line.start + mark.start, line.start + mark.end, Style(dim=True))
            for mark in non_speech(text[line.start : line.end])
        ]
        hit = self.get_component_rich_style("transcript--hit", partial=True)
        marks += [(start, end, hit) for start, end in self._hits if start < line.end and line.start < end]
        chosen = self.get_component_rich_style("transcript--selected", partial=True)
        marks.append((*self._selected, chosen))
        return [
            (max(start, line.start), min(end, line.end), style)
            for start, end, style in marks
            if start < line.end and line.start < end
        ]

    def _beside(self, number: int, base: Style) -> list[Segment]:
        """Return the bars beside a line, and in a wide window the name."""
        beside = self._margin.get(number)
        if beside is None:
            return []
        dark = self.app.current_theme.dark
        segments = [Segment(" ", base)]
        lanes = MOST_LANES if self.has_margin else 1
        for lane in range(lanes):
            bar = beside.bars.get(lane)
            if bar is None:
                segments.append(Segment(" ", base))
                continue
            if bar.is_memo:
                segments.append(Segment(NOTED, base))
                continue
            colour = colour_of(self._places.get(bar.code, 0), dark=dark)
            segments.append(Segment(_PENCILLED_BAR if bar.is_pencilled else _BAR, base + Style(color=colour)))
        if self.has_margin:
            room = self.size.width - _GUTTER - self._text_width - lanes - 3
            more = f" +{beside.more}" if beside.more else ""
            if beside.entry is not None:
                entry = beside.entry
                style = base
                if not entry.is_memo:
                    style += Style(color=colour_of(self._places.get(entry.code, 0), dark=dark))
                if entry.is_pencilled:
                    style = base + self.get_component_rich_style("transcript--pencilled", partial=True)
                segments.append(Segment(" " + shortened(visible(entry.text), room - len(more)), style))
            if more:
                segments.append(Segment(more, base))
        return segments
