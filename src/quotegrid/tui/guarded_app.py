"""The base of both applications, which keeps keys waiting until a screen is laid out."""

from __future__ import annotations

from typing import Any, TypeVar

from rich.console import RenderableType
from textual import events
from textual.app import App, ScreenStackError
from textual.screen import Screen
from textual.theme import ThemeProvider

from quotegrid.tui.palette import Palette
from quotegrid.tui.widgets.choice_list import ChoiceList
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.leave_screen import LeaveScreen, leave

Result = TypeVar("Result")


class GuardedApp(App[Result]):
    """An application whose keys wait for the screen that they go to, with the guarded palette."""

    is_leaving = False
    """Whether the application is closing."""

    @property
    def top(self) -> Screen[Any] | None:
        """The screen on top; None once the application closes, when messages may still arrive."""
        try:
            return self.screen
        except ScreenStackError:
            return None

    async def _wait_for_top(self) -> None:
        while isinstance(screen := self.top, GuardedScreen) and not screen.is_laid_out:
            if not await screen.wait_until_laid_out():
                break

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on; a key or a paste waits until the screen on top is laid out."""
        if isinstance(event, events.Key | events.Paste):
            await self._wait_for_top()
            if self.is_leaving or self.top is None:
                return
            if self._is_for_list(event):
                return
        await super().on_event(event)

    def _is_for_list(self, event: events.Key | events.Paste) -> bool:
        """Give Enter to a list that has the focus, which says what was chosen; return whether it was given.

        Where Enter is a key of the screen too, it would overtake a key that moves the cursor.
        """
        focused = None if self.top is None else self.top.focused
        is_enter = isinstance(event, events.Key) and event.key == "enter" and not event.is_forwarded
        if not is_enter or not isinstance(focused, ChoiceList):
            return False
        focused._forward_event(event)
        return True

    def exit(
        self, result: Result | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Leave; keys that come later are ignored."""
        self.is_leaving = True
        super().exit(result, return_code, message)

    async def action_quit(self) -> None:
        """Leave once the screen on top is laid out: one that opens while Textual leaves gets no widgets.

        Where something on any screen would be lost, it is asked first.
        """
        await self._wait_for_top()
        # A screen may lie on one that another key shows again, such as an import on the overview.
        screens = (screen for stack in self._screen_stacks.values() for screen in stack)
        for screen in screens:
            if isinstance(screen, GuardedScreen) and screen.is_laid_out and screen.unsaved():
                if not isinstance(self.top, LeaveScreen):
                    leave(screen, self.exit)
                return
        await super().action_quit()

    def action_command_palette(self) -> None:
        """Show every action by its name."""
        if self.use_command_palette and not isinstance(self.top, Palette):
            # Textual gives its palette an id, which one that is still being closed may have.
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Show the looks by their names."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))
