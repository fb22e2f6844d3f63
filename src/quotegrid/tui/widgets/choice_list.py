"""A list to choose from that holds while it changes faster than it is drawn."""

from __future__ import annotations

from textual import events
from textual.widgets import OptionList


class ChoiceList(OptionList):
    """Textual's list of options, guarded where keys and clicks come before it is drawn again."""

    @property
    def has_lines(self) -> bool:
        """Whether there is room to draw an option in, which a list has not before it is first shown."""
        room = self.scrollable_content_region
        return room.height > 0 and room.width > self.get_component_styles("option-list--option").padding.width

    def lists(self, event: OptionList.OptionMessage) -> bool:
        """Tell whether the option that a message is about still stands where it stood when it was sent."""
        place = event.option_index
        return place < self.option_count and self.get_option_at_index(place) is event.option

    def action_page_up(self) -> None:
        """Move up by as much as is seen; to the first option where nothing is seen yet."""
        if self.has_lines:
            super().action_page_up()  # type: ignore[no-untyped-call]  # Textual does not annotate it.
        else:
            self.action_first()

    def action_page_down(self) -> None:
        """Move down by as much as is seen; to the last option where nothing is seen yet."""
        if self.has_lines:
            super().action_page_down()  # type: ignore[no-untyped-call]  # Textual does not annotate it.
        else:
            self.action_last()

    def on_click(self, event: events.Click) -> None:
        """Pass over a click on an option that is still drawn but is gone."""
        place = event.style.meta.get("option")
        if place is not None and place >= self.option_count:
            event.prevent_default()
