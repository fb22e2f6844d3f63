"""The dialog that chooses which passages the review walks through."""

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


class FilterPassagesScreen(Dialog[Walk | None]):
    """A list of kinds of passages, and a field for a query that they have to fit as well.

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
            yield Label("Which passages: up and down choose, Enter shows them, Esc leaves")
            yield ChoiceList(*(Option(which.value) for which in WalkScope), id="choose-list", markup=False)
            yield Label(
                "Only those that fit a query, as in: group:school text:waiting", id="choose-definition"
            )
            yield Input(self._walk.query, placeholder="a query, or nothing", id="choose-query")

    def on_mount(self) -> None:
        """Put the cursor on the current kind."""
        self.query_one(ChoiceList).highlighted = list(WalkScope).index(self._walk.which)
        self.query_one(Input).focus()

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list while the field has the focus."""
        self.query_one(ChoiceList).move_cursor(steps)

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _chosen(self) -> None:
        which = list(WalkScope)[self.query_one(ChoiceList).highlighted or 0]
        query = self.query_one(Input).value.strip()
        self.dismiss(Walk(which=which, order=self._walk.order, query=query))
