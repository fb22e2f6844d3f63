"""The screens of the workbench, in the order of their keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A screen that one key shows from everywhere."""

    key: str
    mode: str
    """The name of its mode in the application."""
    name: str
    purpose: str
    """Its purpose, for the palette and the page of keys."""
    short_name: str = ""
    """Its name where there is little room; empty for the same."""


PLACES = (
    Place("1", "overview", "Overview", "What to do next, and the progress of the study", "Home"),
    Place("2", "review", "Review", "Confirm and reject suggestions"),
    Place("3", "read", "Read", "Read and code whole transcripts"),
    Place("4", "codebook", "Codebook", "Edit codes: rename, move, merge, split, define", "Codes"),
    Place("5", "matrix", "Matrix", "Count themes by stakeholder group"),
    Place("6", "quotes", "Quotes", "Query quotes, recode and copy them"),
    Place("7", "themes", "Themes", "Discover candidate themes, and make codes of them"),
    Place("8", "settings", "Settings", "Change the settings of the study"),
    Place("9", "people", "People", "Who speaks: groups, roles, areas and attributes, edited in place"),
    Place("0", "sources", "Sources", "What was read: correct, read again and remove sources", "Files"),
)
