"""Choose a source to read by typing part of its name, its title or a group."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quotegrid.domain.coding.reading import ReadableSource
from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import bar, plain
from quotegrid.tui.widgets.typed_choice import TypedChoiceScreen

_MOST = 100
"""More than these nobody reads through: typing narrows them."""
_NAME = 36


class ChooseSourceScreen(TypedChoiceScreen[ReadableSource, int]):
    """The sources that fit what is typed, with how far each is coded; answers with the number of one.

    Args:
        sources: All sources.
        now: The number of the one that is open.
    """

    TITLE_SHOWN = "Open a source: type part of its name or a group, Enter opens, Esc leaves"

    def __init__(self, sources: Sequence[ReadableSource], now: int | None) -> None:
        super().__init__()
        self._sources = sources
        self._now = now

    def fitting(self, typed: str) -> Sequence[ReadableSource]:
        """The sources with all the words in their name, title or groups."""
        words = typed.casefold().split()
        return [one for one in self._sources if all(word in _known_by(one) for word in words)][:_MOST]

    def first(self) -> int:
        """The one that is open, where it fits."""
        return next((place for place, one in enumerate(self._shown) if one.id == self._now), 0)

    def line(self, thing: ReadableSource) -> Content:
        """Its name, how far it is coded, and who speaks."""
        name = shortened(plain(thing.name).plain, _NAME)
        groups = shortened(plain(", ".join(thing.groups)).plain, 16)
        coded = f"{thing.coded}/{thing.segments}"
        done = bar(thing.coded, thing.segments, 5)
        return Content.assemble(f"{name:<{_NAME}} {done} {coded:>8} ", groups)

    def told(self, thing: ReadableSource | None) -> str:
        """Its title."""
        return "No source fits." if thing is None else thing.title or thing.name

    def answer(self, thing: ReadableSource) -> int:
        """Its number."""
        return thing.id


def _known_by(source: ReadableSource) -> str:
    return " ".join((source.name, source.title or "", *source.groups)).casefold()
