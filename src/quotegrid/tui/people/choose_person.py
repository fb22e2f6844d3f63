"""The dialogs that choose a person: whom somebody is merged with, and which two are one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from quotegrid.domain.people.sheet import SheetRow
from quotegrid.domain.text.normalise import counted, name_key, shortened
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.typed_choice import TypedChoiceScreen

_NAME = 40


class ChoosePersonScreen(TypedChoiceScreen[SheetRow, str]):
    """The people by part of their names; answers with a GUID.

    Args:
        person: Who is merged with the one that is chosen.
        others: All others.
        near: The GUIDs of those who may be the same person, offered first.
    """

    TITLE_SHOWN = "Who is it? Enter merges, Esc leaves"

    def __init__(self, person: SheetRow, others: Sequence[SheetRow], near: Collection[str]) -> None:
        super().__init__()
        self._person = person
        self._others = sorted(others, key=lambda row: (row.guid not in near, name_key(row.name)))

    def fitting(self, typed: str) -> Sequence[SheetRow]:
        """Return the people whose names hold what is typed."""
        wanted = name_key(typed)
        return [row for row in self._others if wanted in name_key(row.name)]

    def line(self, thing: SheetRow) -> Content:
        """Return a person's line."""
        return person_line(thing)

    def description(self, thing: SheetRow | None) -> str:
        """Return what merging with a person does."""
        if thing is None:
            return "Nobody is called so."
        what = counted(self._person.segments, "passage")
        return f"The {what} of “{self._person.name}” become “{thing.name}”. One undo takes it back."

    def answer(self, thing: SheetRow) -> str:
        """Return the person's GUID."""
        return thing.guid


Pair = tuple[SheetRow, SheetRow]
"""Two people who may be one; the first would be merged into the second."""


class DuplicatesScreen(TypedChoiceScreen[Pair, tuple[Pair, bool]]):
    """Pairs of people who may be one under two spellings; answers with two, and whether they are one.

    Args:
        pairs: Each two, the first of whom would become the second.
    """

    TITLE_SHOWN = "One person under two spellings? Enter merges, Ctrl+N: they are two"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+n",
            "keep_apart",
            "Two people",
            priority=True,
            tooltip="They are two people, and are not offered as one any more",
        )
    ]

    def __init__(self, pairs: Sequence[Pair]) -> None:
        super().__init__()
        self._pairs = pairs

    def fitting(self, typed: str) -> Sequence[Pair]:
        """Return the pairs one of whose names holds what is typed."""
        wanted = name_key(typed)
        return [pair for pair in self._pairs if any(wanted in name_key(row.name) for row in pair)]

    def line(self, thing: Pair) -> Content:
        """Return the line of two people."""
        first, second = (shortened(row.name, _NAME // 2 + 8) for row in thing)
        return plain(f"{first} → {second}")

    def description(self, thing: Pair | None) -> str:
        """Return what is known of two people."""
        if thing is None:
            return "No two names are this near."
        return "\n".join(person_line(row).plain for row in thing)

    def answer(self, thing: Pair) -> tuple[Pair, bool]:
        """Return the two, who are one."""
        return thing, True

    def action_keep_apart(self) -> None:
        """Answer that the two under the cursor are two people."""
        pair = self.highlighted
        if pair is not None:
            self.dismiss((pair, False))


def person_line(row: SheetRow) -> Content:
    """Return a person with group, role, passages and sources, on one line."""
    who = [row.text(field) for field in ("group", "role") if not row.lacks(field)]
    places = ", ".join(row.sources)
    parts = [shortened(row.name, _NAME), *who, counted(row.segments, "passage"), shortened(places, _NAME)]
    return plain("   ".join(part for part in parts if part))
