"""The user's place: the bar with all screens and their keys, and the line of the screen on show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.content import Content
from textual.widgets import Static

from quotegrid.tui.look import plain
from quotegrid.tui.places import PLACES, Place
from quotegrid.tui.remedies import with_keys


class PlaceBar(Static):
    """One line at the top of every screen, with its own name marked; a click shows another screen.

    Args:
        mode: The mode of the screen that it belongs to.
    """

    can_focus = False

    def __init__(self, mode: str) -> None:
        super().__init__(id="places")
        self._mode = mode

    def on_resize(self) -> None:
        """Draw the names with as much space between them as there is room for."""
        self.update(next((bar for bar in self._bars() if bar.cell_length <= self.size.width), Content("")))

    def _bars(self) -> Iterator[Content]:
        """Yield the bar as it is drawn with less and less room."""
        for gap in ("   ", " "):
            yield self._bar(gap, {place: f"{place.key} {place.name}" for place in PLACES})
        short = {place: f"{place.key}{place.short_name or place.name}" for place in PLACES}
        here = next(number for number, place in enumerate(PLACES) if place.mode == self._mode)
        near_first = sorted(PLACES, key=lambda place: abs(PLACES.index(place) - here))
        for named in range(len(PLACES), 0, -1):
            bare = {place: place.key for place in near_first[named:]}
            yield self._bar(" ", short | bare)

    def _bar(self, gap: str, texts: Mapping[Place, str]) -> Content:
        return Content(gap).join(self._tab(place, texts[place]) for place in PLACES)

    def _tab(self, place: Place, text: str) -> Content:
        if place.mode == self._mode:
            return Content(f"[{text}]").stylize("bold reverse")
        key, name = text[: len(place.key)], text[len(place.key) :]
        return Content.from_markup(f"[@click=app.go('{place.mode}')][b]{key}[/b]{name}[/]")


class PlaceLine(Static):
    """A title, and before it in reverse what the last key did."""

    def __init__(self) -> None:
        super().__init__(id="place")

    def show(self, title: str, message: str = "") -> None:
        """Show a title, and before it a message if there is one, with keys for what it advises."""
        text, message = plain(title), with_keys(message)
        self.update(Content.assemble((plain(message).plain, "reverse"), "   ", text) if message else text)
