"""The identity of people: renaming, merging and splitting them, with the dialogs that ask how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from quotegrid.domain.people.sheet import SheetRow
from quotegrid.domain.text.normalise import counted
from quotegrid.tui.people.choose_person import ChoosePersonScreen, DuplicatesScreen, Pair
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.workflows.people.change_cases import (
    merge_cases,
    merge_differences,
    rename_case,
    split_case,
)
from quotegrid.workflows.people.near_cases import keep_apart
from quotegrid.workflows.people.show_case import SpeaksIn, speaks_in
from quotegrid.workflows.study.folder import StudyFolder

Near = Sequence[tuple[str, str]]
"""The GUIDs of each two who may be one person."""


class Identity:
    """Asks who is who on a screen, and has it changed.

    Args:
        screen: The screen over which it asks.
        study: The study.
        change: Makes a change that returns what was done, and shows what stands then.
    """

    def __init__(
        self, screen: WorkbenchScreen, study: StudyFolder, change: Callable[[Callable[[], str]], None]
    ) -> None:
        self._screen = screen
        self._study = study
        self._change = change

    def rename(self, row: SheetRow) -> None:
        """Ask for a person's other name."""
        self._screen.ask(
            AskTextScreen("Rename", row.name, "The old name still leads to the person."),
            lambda name: self._change(lambda: rename_case(self._study, row.guid, name).what),
        )

    def offer_others(self, row: SheetRow, rows: Sequence[SheetRow], near: Near) -> None:
        """Ask who a person is as well, and merge the two."""
        others = {other.guid: other for other in rows if other.guid != row.guid}
        guids = {guid for pair in near if row.guid in pair for guid in pair}
        dialog = ChoosePersonScreen(row, list(others.values()), guids)
        self._screen.ask(dialog, lambda guid: self._merge((row, others[guid])))

    def offer_pairs(self, row: SheetRow, rows: Sequence[SheetRow], near: Near) -> None:
        """Offer to merge those who may be one person, a given one first."""
        shown = {listed.guid: listed for listed in rows}
        pairs: list[Pair] = []
        for guids in sorted(near, key=lambda pair: row.guid not in pair):
            if all(guid in shown for guid in guids):
                # Of two who say as much, the fuller name stays.
                fewer, more = sorted(
                    (shown[guid] for guid in guids), key=lambda listed: (listed.segments, len(listed.name))
                )
                pairs.append((fewer, more))
        if not pairs:
            self._screen.say("No two names are near each other; g merges any two.")
            return
        self._screen.ask(DuplicatesScreen(pairs), self._decide)

    def _decide(self, decided: tuple[Pair, bool]) -> None:
        """Merge two people, or remember that they are two."""
        pair, are_one = decided
        if are_one:
            self._merge(pair)
            return
        first, second = pair
        self._change(lambda: keep_apart(self._study, first.guid, second.guid).what)

    async def offer_parts(self, row: SheetRow) -> None:
        """Ask what of a person's words is somebody else's, and who that is."""
        places = await self._screen.attempt(lambda: speaks_in(self._study, row.guid))
        if places is None:
            return
        if len(places) < 2:
            self._screen.say(f"{row.name} speaks in one place alone: r renames, 3 shows the transcript.")
            return
        parts = _parts(places)
        self._screen.ask(
            ChooseOneScreen(f"What of “{row.name}” is somebody else's", [words for words, _, _ in parts]),
            lambda place: self._name_part(row, *parts[place][1:]),
        )

    def _name_part(self, row: SheetRow, source: str, label: str | None) -> None:
        hint = "A new name; empty for one made of the old one."
        self._screen.ask(
            AskTextScreen("Who says it", hint=hint, allows_empty=True),
            lambda name: self._change(
                lambda: split_case(self._study, row.guid, source, label=label, new=name).what
            ),
        )

    def _merge(self, pair: Pair) -> None:
        """Merge the first of two people into the second; show first what they differ in."""
        self._screen.start(partial(self._show_differences, *pair), "merge", exclusive=True)

    async def _show_differences(self, person: SheetRow, into: SheetRow) -> None:
        lines = await self._screen.attempt(lambda: merge_differences(self._study, person.guid, into.guid))
        if lines is None:
            return

        def merge() -> str:
            return merge_cases(self._study, person.guid, into.guid, despite_groups=True).what

        if not lines:
            self._change(merge)
            return

        def then(is_sure: bool | None) -> None:
            if is_sure:
                self._change(merge)

        title = f"“{person.name}” becomes “{into.name}”, and they differ"
        self._screen.app.push_screen(ReadLinesScreen(title, lines, "merge them"), then)


def _parts(places: Sequence[SpeaksIn]) -> list[tuple[str, str, str | None]]:
    """Return what can be split off: in words, the source, and the label or None for all of the source."""
    found: list[tuple[str, str, str | None]] = []
    for source in dict.fromkeys(place.source for place in places):
        here = [place for place in places if place.source == source]
        if len(here) < len(places):
            turns = counted(sum(place.turns for place in here), "turn")
            found.append((f"all in {source}: {turns}", source, None))
        if len(here) > 1:
            found += [
                (
                    f"in {source}, under {place.label or '(no label)'}: {counted(place.turns, 'turn')}",
                    source,
                    place.label,
                )
                for place in here
            ]
    return found
