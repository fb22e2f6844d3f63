"""Choose which segments the review walks through."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from quotegrid.domain.coding.review import Walk, WalkScope
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import Dialog


class FilterSegmentsScreen(Dialog[Walk | None]):
    """A list of kinds of segments, and a field for a query that they have to fit besides.

    Args:
        walk: What the review walks through now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
    ]

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk

    def compose(self) -> ComposeResult:
        """Lay out the list and the field."""
        with Vertical(id="choose"):
            yield Label("Which segments: up and down choose, Enter shows them, Esc leaves")
            yield ChoiceList(*(Option(one.value) for one in WalkScope), id="choose-list", markup=False)
            yield Label(
                "Only those that fit a query, as in: group:school text:waiting", id="choose-definition"
            )
            yield Input(self._walk.query, placeholder="a query, or nothing", id="choose-query")

    def on_mount(self) -> None:
        """Begin at what holds now."""
        self.query_one(ChoiceList).highlighted = list(WalkScope).index(self._walk.which)
        self.query_one(Input).focus()

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list while the field is written in."""
        which = self.query_one(ChoiceList)
        if steps < 0:
            which.action_cursor_up()
        else:
            which.action_cursor_down()

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _chosen(self) -> None:
        which = list(WalkScope)[self.query_one(ChoiceList).highlighted or 0]
        query = self.query_one(Input).value.strip()
        self.dismiss(Walk(which=which, order=self._walk.order, query=query))
