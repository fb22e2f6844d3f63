"""Choose a source to read by typing part of its name, its title or a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from quotegrid.domain.reading import Listed
from quotegrid.domain.text import shortened
from quotegrid.tui.look import bar, plain

_MOST = 100
"""More than these nobody reads through: typing narrows them."""
_NAME = 36


class ChooseSourceScreen(ModalScreen[int | None]):
    """A field to type in, and the sources that fit with how far they are coded.

    Args:
        sources: All sources.
        now: The number of the one that is open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
    ]

    def __init__(self, sources: Sequence[Listed], now: int | None) -> None:
        super().__init__()
        self._sources = sources
        self._now = now
        self._shown: list[Listed] = []

    def compose(self) -> ComposeResult:
        """Lay out the field and the list."""
        with Vertical(id="choose"):
            yield Label("Open a source: type part of its name or a group, Enter opens, Esc leaves")
            yield Input(placeholder="part of a name", id="choose-input")
            yield OptionList(id="choose-list", markup=False)
            yield Label("", id="choose-definition")

    def on_mount(self) -> None:
        """Show all until something is typed."""
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        chosen = self.query_one(OptionList).highlighted
        if chosen is not None and chosen < len(self._shown):
            self.dismiss(self._shown[chosen].id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index].id)

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list while typing goes on."""
        sources = self.query_one(OptionList)
        if steps < 0:
            sources.action_cursor_up()
        else:
            sources.action_cursor_down()

    def _show(self, typed: str) -> None:
        words = typed.casefold().split()
        fitting = [
            one
            for one in self._sources
            if all(
                word in f"{one.name} {one.title or ''} {' '.join(one.groups)}".casefold() for word in words
            )
        ]
        self._shown = fitting[:_MOST]
        sources = self.query_one(OptionList)
        sources.set_options([Option(_line(one)) for one in self._shown])
        at = next((number for number, one in enumerate(self._shown) if one.id == self._now), 0)
        sources.highlighted = at if self._shown else None
        said = f"{len(fitting)} of {len(self._sources)} sources"
        self.query_one("#choose-definition", Label).update(said if fitting else "No source fits.")


def _known_by(source: Listed) -> str:
    return " ".join((source.name, source.title or "", *source.groups)).casefold()


def _line(source: Listed) -> Content:
    name = shortened(plain(source.name).plain, _NAME)
    groups = shortened(plain(", ".join(source.groups)).plain, 16)
    coded = f"{source.coded}/{source.segments}"
    return Content.assemble(
        f"{name:<{_NAME}} {bar(source.coded, source.segments, 5)} {coded:>8} ", (groups, "dim")
    )
