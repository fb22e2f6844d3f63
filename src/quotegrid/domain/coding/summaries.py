"""Summaries that researchers write of the cells of a matrix, and which of them stand.

Like decisions, entries are only ever added: a later one replaces those that its writer saw, an empty text
takes them away, and an undo names the entry that it takes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from quotegrid.domain.coding import journal

CASES = "case"
"""The attribute whose values are cases, which the log names by their GUIDs."""

QUOTE_GONE = "[quote no longer there]"
"""The text in place of a quote whose segment is no longer there."""
_REFERENCE = re.compile(r"\[q:([^\[\]]*)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a matrix."""

    code: str
    attribute: str
    value: str
    """The attribute's value; for a case its GUID."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One entry of the log. Numbers grow in the order of writing."""

    number: int
    coder: str
    place: Place
    text: str = ""
    """Markdown; empty where the entry takes a summary away, and in an undo."""
    replaces: tuple[int, ...] = ()
    """The last entry of each case of the cell when this one was written, shown or not."""
    undoes: int | None = None
    """The number of the entry that an undo takes back."""
    at: str = ""
    """When it was written: UTC, ISO 8601, to the millisecond."""
    guid: str = ""
    entry: int = 0
    """Its number in the journal."""


@dataclass(frozen=True, slots=True)
class ShownSummary:
    """A summary that stands, with today's names and quote numbers."""

    number: int
    """Its number in the log."""
    guid: str
    code: str
    attribute: str
    value: str
    """The attribute's value; for a case its name."""
    text: str
    """Markdown, with quotes by their numbers and `QUOTE_GONE` where one is no longer there."""
    draft: str
    """The text for editing: a quote that is no longer there keeps its GUID and so is not lost."""
    quotes: tuple[int, ...]
    """The numbers of the quotes that it names and that are still there."""
    coder: str
    at: str


def taken_back(log: Iterable[Summary]) -> set[int]:
    """Return the numbers of the entries that do not count: undone ones whose undo was not itself undone."""
    return journal.taken_back((entry.number, entry.undoes) for entry in log if entry.undoes is not None)


def counting(log: Iterable[Summary]) -> list[Summary]:
    """Return the entries that count and are no undo, oldest first."""
    entries = sorted(log, key=lambda entry: entry.number)
    undone = taken_back(entries)
    return [entry for entry in entries if entry.undoes is None and entry.number not in undone]


def survivors(merges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the case that stands today for each case that was merged into another.

    Args:
        merges: The GUIDs of the case that went and the case that stayed, for every merge that counts.
    """
    into = dict(merges)
    found = {}
    for gone in into:
        stays, seen = into[gone], {gone}
        while stays in into and stays not in seen:
            seen.add(stays)
            stays = into[stays]
        found[gone] = stays
    return found


def latest(
    log: Iterable[Summary], survivors: Mapping[str, str] | None = None
) -> dict[Place, tuple[Summary, ...]]:
    """Return the last entry that counts of each cell; where cases were merged, the last of each of them.

    Entries that delete a summary, and entries that are no longer shown, are among them.

    Args:
        log: All entries.
        survivors: For each case that was merged into another, the case that stands for it, by GUID.
    """
    last = {entry.place: entry for entry in counting(log)}
    cells: dict[Place, list[Summary]] = {}
    for place, entry in last.items():
        cells.setdefault(today(place, survivors or {}), []).append(entry)
    return {
        place: tuple(sorted(entries, key=lambda written: written.number)) for place, entries in cells.items()
    }


def standing(
    log: Iterable[Summary], survivors: Mapping[str, str] | None = None
) -> dict[Place, tuple[Summary, ...]]:
    """Return the summaries that stand in each cell, in the order of writing.

    The last entry of a cell that counts stands, unless its text is empty. Where cases were merged, a cell
    has what was written of each of them, but not what one of these entries replaced: whoever wrote that one
    had it before their eyes. So a merge that is undone gives every case its own summaries back.

    The arguments are those of `latest`.
    """
    found = {}
    for place, entries in latest(log, survivors).items():
        replaced = {number for entry in entries for number in entry.replaces}
        shown = tuple(entry for entry in entries if entry.text and entry.number not in replaced)
        if shown:
            found[place] = shown
    return found


def today(place: Place, survivors: Mapping[str, str]) -> Place:
    """Return the cell that a place belongs to now that cases have been merged."""
    if place.attribute != CASES or place.value not in survivors:
        return place
    return Place(place.code, place.attribute, survivors[place.value])


def references(text: str) -> list[str]:
    """Return the quotes that a text names by `[q:...]`, in order, each once."""
    return list(dict.fromkeys(found.strip() for found in _REFERENCE.findall(text)))


def with_references(text: str, written: Callable[[str], str]) -> str:
    """Return the text with every `[q:...]` replaced by what `written` returns for it."""
    return _REFERENCE.sub(lambda found: written(found[1].strip()), text)


def unknown_references(text: str, known: Collection[str]) -> list[str]:
    """Return the references of a text that name no known quote."""
    return [reference for reference in references(text) if reference not in known]
