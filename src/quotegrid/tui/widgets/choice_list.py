"""A list to choose from that may change faster than it is drawn."""

from __future__ import annotations

from textual import events
from textual.widgets import OptionList


class ChoiceList(OptionList):
    """Textual's list of options, guarded against keys and clicks that come before it is drawn again."""

    @property
    def has_lines(self) -> bool:
        """Whether there is room to draw an option, which there is not before the list is first shown."""
        room = self.scrollable_content_region
        return room.height > 0 and room.width > self.get_component_styles("option-list--option").padding.width

    def has_option_of(self, event: OptionList.OptionMessage) -> bool:
        """Return whether the option that a message is about is still where it was when it was sent."""
        place = event.option_index
        return place < self.option_count and self.get_option_at_index(place) is event.option

    def move_cursor(self, steps: int) -> None:
        """Move the cursor up or down, as by a key of a field that has the focus."""
        if steps < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    def action_page_up(self) -> None:
        """Move up by a page; to the first option where nothing is drawn yet."""
        if self.has_lines:
            super().action_page_up()  # type: ignore[no-untyped-call]  # Textual does not annotate it.
        else:
            self.action_first()

    def action_page_down(self) -> None:
        """Move down by a page; to the last option where nothing is drawn yet."""
        if self.has_lines:
            super().action_page_down()  # type: ignore[no-untyped-call]  # Textual does not annotate it.
        else:
            self.action_last()

    def on_click(self, event: events.Click) -> None:
        """Ignore a click on an option that is still drawn but no longer listed."""
        place = event.style.meta.get("option")
        if place is not None and place >= self.option_count:
            event.prevent_default()
