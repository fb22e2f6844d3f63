"""The palette of actions, which runs a choice once, however fast the keys come."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette
from textual.widgets import Button, Input, OptionList

from quotegrid.tui.widgets.guarded import GuardedScreen


class Palette(CommandPalette, GuardedScreen[None]):
    """Textual's command palette, guarded against fast keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page('page_down', 'last')", "", show=False),
        Binding("pageup", "page('page_up', 'first')", "", show=False),
    ]

    def action_page(self, move: str, otherwise: str) -> None:
        """Move by a page; to the first or last command if nothing is drawn yet."""
        commands = self.query_one(CommandList)
        name = move if commands.scrollable_content_region else otherwise
        getattr(commands, f"action_{name}")()

    @on(OptionList.OptionSelected)
    @on(Input.Changed)
    @on(Input.Submitted)
    @on(Button.Pressed)
    def _choose_once(
        self, event: OptionList.OptionSelected | Input.Changed | Input.Submitted | Button.Pressed
    ) -> None:
        if self.has_answered:
            event.stop()
            event.prevent_default()
