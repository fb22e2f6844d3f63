"""The progress of the coding, by group and by code."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import bar, plain
from quotegrid.workflows.coding.status import Progress

_NAME = 24


class ProgressPanel(VerticalScroll):
    """Tables of the suggestions decided and quotes coded, and what the audit expects still to be found."""

    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Sequence[Progress], Sequence[Progress], Sequence[tuple[str, str]]] = (), (), ()

    def compose(self) -> ComposeResult:
        """Lay out one text for all tables."""
        yield Static(id="progress-text")

    def show(
        self,
        by_group: Sequence[Progress],
        by_code: Sequence[Progress],
        left: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Show the figures, unless they are shown already.

        Args:
            by_group: The figures of each group.
            by_code: The figures of each code.
            left: How many passages of each code are still to be found, in words.
        """
        if self._shown == (by_group, by_code, left):
            return
        self._shown = by_group, by_code, left
        lines = [*_table("By group", by_group), Content(""), *_table("By code", by_code)]
        if left:
            lines += [Content(""), Content("Still to be found (audit)").stylize("bold")]
            lines += [Content(f"{_name_cell(name)} {words}") for name, words in left]
        self.query_one("#progress-text", Static).update(Content("\n").join(lines))


def _table(title: str, rows: Sequence[Progress]) -> list[Content]:
    head = f"{title:<{_NAME}} {'decided':>18} {'coded':>6}"
    lines = [Content(head).stylize("bold")]
    for row in rows:
        figures = f"{row.done}/{row.total}"
        lines.append(
            Content(f"{_name_cell(row.name)} {bar(row.done, row.total, 8)} {figures:>9} {row.coded:>6}")
        )
    return lines


def _name_cell(name: str) -> str:
    return f"{shortened(plain(name).plain, _NAME):<{_NAME}}"
