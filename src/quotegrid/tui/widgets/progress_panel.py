"""How far one has come, by group and by code."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quotegrid.domain.text import shortened
from quotegrid.tui.look import bar, plain
from quotegrid.workflows.status import Progress

_NAME = 24


class ProgressPanel(VerticalScroll):
    """Two small tables: suggestions decided out of those made, and quotes coded."""

    can_focus = False

    def compose(self) -> ComposeResult:
        """Lay out one text; it is redrawn whole."""
        yield Static(id="progress-text")

    _shown: tuple[Sequence[Progress], Sequence[Progress]] = (), ()

    def show(self, by_group: Sequence[Progress], by_code: Sequence[Progress]) -> None:
        """Show the figures; nothing is drawn again that is there already."""
        if self._shown == (by_group, by_code):
            return
        self._shown = by_group, by_code
        lines = [*_table("By group", by_group), Content(""), *_table("By code", by_code)]
        self.query_one("#progress-text", Static).update(Content("\n").join(lines))


def _table(title: str, rows: Sequence[Progress]) -> list[Content]:
    head = f"{title:<{_NAME}} {'decided':>18} {'coded':>6}"
    lines = [Content(head).stylize("bold")]
    for row in rows:
        name = shortened(plain(row.name).plain, _NAME)
        figures = f"{row.done}/{row.total}"
        lines.append(Content(f"{name:<{_NAME}} {bar(row.done, row.total, 8)} {figures:>9} {row.coded:>6}"))
    return lines
