"""The dialog that chooses a source by part of its name, its title or a group."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quotegrid.domain.coding.reading import ReadableSource
from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import bar, plain
from quotegrid.tui.widgets.typed_choice import TypedChoiceScreen

_MOST = 100
"""The most sources that are listed; typing narrows them down."""
_NAME = 36


class ChooseSourceScreen(TypedChoiceScreen[ReadableSource, int]):
    """The sources that fit what is typed, how far each is coded and whether read; answers with one's number.

    Args:
        sources: All sources.
        current: The number of the one that is open.
    """

    TITLE_SHOWN = "Open a source: type part of its name or a group, Enter opens, Esc leaves"

    def __init__(self, sources: Sequence[ReadableSource], current: int | None) -> None:
        super().__init__()
        self._sources = sources
        self._current = current

    def fitting(self, typed: str) -> Sequence[ReadableSource]:
        """Return the sources with all the words in their name, title or groups."""
        words = typed.casefold().split()
        return [source for source in self._sources if all(word in _names(source) for word in words)][:_MOST]

    def first(self) -> int:
        """Return the place of the source that is open, if it fits."""
        return next((place for place, source in enumerate(self._shown) if source.id == self._current), 0)

    def line(self, thing: ReadableSource) -> Content:
        """Return the name of a source, how far it is coded, whether it is read, and the groups that speak."""
        name = shortened(plain(thing.name).plain, _NAME)
        groups = shortened(plain(", ".join(thing.groups)).plain, 16)
        coded = f"{thing.coded}/{thing.segments}"
        done = bar(thing.coded, thing.segments, 5)
        read = "read" if thing.is_read else ""
        return Content.assemble(f"{name:<{_NAME}} {done} {coded:>8} {read:<4} ", groups)

    def description(self, thing: ReadableSource | None) -> str:
        """Return the title of a source."""
        return "No source fits." if thing is None else thing.title or thing.name

    def answer(self, thing: ReadableSource) -> int:
        """Return the number of a source."""
        return thing.id


def _names(source: ReadableSource) -> str:
    return " ".join((source.name, source.title or "", *source.groups)).casefold()
