"""The layout of the margin beside a transcript: a bar along each coded range, and the codes' names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotegrid.domain.coding.reading import SourceAnnotations
from quotegrid.tui.look import NOTED
from quotegrid.tui.text_layout import Layout

MOST_LANES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in the margin."""

    text: str
    code: str
    is_pencilled: bool = False
    """Whether the code is only suggested."""
    is_memo: bool = False
    """Whether it is a memo, and no code."""


@dataclass(slots=True)
class MarginLine:
    """The margin beside one line of the transcript."""

    bars: dict[int, Entry] = field(default_factory=dict)
    """The entry whose bar runs along the line in each lane."""
    entry: Entry | None = None
    """The name on this line; None for none."""
    more: int = 0
    """The number of names of ranges ending here for which there was no line."""


@dataclass(frozen=True, slots=True)
class _Span:
    first: int
    last: int
    entries: tuple[Entry, ...]


def margin_of(layout: Layout, standing: SourceAnnotations) -> dict[int, MarginLine]:
    """Lay out the margin, by the numbers of the lines that have something beside them.

    Each range has a lane of its own for its bar as long as lanes are left, and its names stand on its own
    lines, one on each, the confirmed ones first. Names without a free line are counted where it ends.
    """
    lines: dict[int, MarginLine] = {}
    lanes: list[int] = []
    for span in _spans(layout, standing):
        lane = next((number for number, free_from in enumerate(lanes) if free_from <= span.first), None)
        if lane is None and len(lanes) < MOST_LANES:
            lanes.append(0)
            lane = len(lanes) - 1
        if lane is not None:
            lanes[lane] = span.last + 1
        waiting = list(span.entries)
        for number in range(span.first, span.last + 1):
            line = lines.setdefault(number, MarginLine())
            if lane is not None:
                line.bars[lane] = span.entries[0]
            if waiting and line.entry is None:
                line.entry = waiting.pop(0)
        if waiting:
            lines[span.last].more += len(waiting)
    return lines


def _spans(layout: Layout, standing: SourceAnnotations) -> Sequence[_Span]:
    """Return the lines and names of each range, in the order of the text."""
    entries: dict[tuple[int, int], list[Entry]] = {}
    for coding in standing.codings:
        entries.setdefault((coding.start, coding.end), []).append(Entry(coding.label, coding.code))
    for suggestion in standing.pencilled:
        entry = Entry(f"{suggestion.code}? {suggestion.score:.2f}", suggestion.code, is_pencilled=True)
        entries.setdefault((suggestion.start, suggestion.end), []).append(entry)
    for memo in standing.remarks:
        if not memo.is_on_source:
            entry = Entry(f"{NOTED} {memo.author}", "", is_memo=True)
            entries.setdefault((memo.start, memo.end), []).append(entry)
    return [
        _Span(layout.line_of(start), layout.line_of(max(end - 1, start)), tuple(names))
        for (start, end), names in sorted(entries.items())
    ]
