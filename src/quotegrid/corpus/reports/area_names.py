"""Finds the names in a report's headings that may be areas, although the study knows none of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from quotegrid.corpus.reports.outline import Heading, find_outline
from quotegrid.domain.people.areas import spelling_key
from quotegrid.domain.people.stakeholders import Stakeholders

_CAPITAL = r"[A-Z][a-z][\w\u2019'-]*?"
_NAME = rf"(?P<place>{_CAPITAL}(?: (?:(?:and|upon|on|of|the|under|le|in) )*{_CAPITAL}){{0,4}})"
_BODY = r"(?:[Cc]ouncil|[Cc]ity|[Cc]ounty|[Bb]orough|[Dd]istrict|[Rr]egion)"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?:\A|[:(\u2013\u2014-]\s*){_NAME}(?:['\u2019]s|(?<=s)['\u2019])(?=\s)",
        rf"\b(?:in|at|from|across|around)\s(?:the\s)?{_NAME}\Z",
        rf"\A{_NAME}\s?(?::|\s[\u2013\u2014-])\s",
        rf"(?::|\s[\u2013\u2014-])\s{_NAME}\Z",
        rf"\({_NAME}(?: case study)?\)",
        rf"(?:\A|\s){_NAME}\s{_BODY}\b",
    )
)
"""The patterns of a heading about an area: "Eastlow's plan", "Reading in Eastlow", "Eastlow: a plan"."""
_NEVER = frozenset(
    "january february march april may june july august september october november december england wales "
    "scotland ireland britain europe practice action year phase stage part chapter section annex appendix "
    "box figure table case study example spotlight vignette question lesson theme caveat reform step".split()
)
_FEWEST_MENTIONS = 2


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name in a heading that may be an area."""

    name: str
    heading: str
    """The heading, as the report prints it."""
    start: int
    """The place of the heading in the text."""


def places_in_headings(
    text: str, start: int, stakeholders: Stakeholders, known: Collection[str] = ()
) -> list[NamedPlace]:
    """Return the names in a report's headings that may be areas, each with the first heading about it.

    A name counts if the text speaks of it as of a place: with a possessive or a council, or within a
    sentence, more than once, and never in lower case.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        stakeholders: The study's groups and roles, which are no areas.
        known: The areas that the study knows, in all spellings.
    """
    taken = set(map(spelling_key, known))
    found: dict[str, NamedPlace] = {}
    for heading in find_outline(text, start, stakeholders):
        for name in _names_in(heading):
            key = spelling_key(name)
            if key in found and not (_stands_aside(found[key]) and f"({name}" not in heading.title):
                continue
            if key in taken or stakeholders.group_of_role(name) or not _is_place(text, name):
                continue
            found[key] = NamedPlace(name, heading.title, heading.start)
    return sorted(found.values(), key=lambda place: place.start)


def _stands_aside(place: NamedPlace) -> bool:
    """Return whether a heading has a name only in brackets, as a list of abbreviations may."""
    return f"({place.name}" in place.heading


def _names_in(heading: Heading) -> list[str]:
    title = (heading.box or heading.title).strip()
    names = [match["place"] for shape in _SHAPES for match in shape.finditer(title)]
    names = [re.sub(rf"\s{_BODY}\Z", "", name) for name in names]
    return [name for name in dict.fromkeys(names) if not _NEVER.intersection(name.casefold().split())]


def _is_place(text: str, name: str) -> bool:
    """Return whether a text speaks of a name as of a place, and never writes it in lower case."""
    written = re.escape(name)
    spoken = re.findall(
        rf"(?<=[a-z,;] ){written}\b|\b{written}(?:['\u2019]s?\b|['\u2019](?=\s)|\s{_BODY}\b)", text
    )
    common = re.search(rf"\b{re.escape(name.lower())}\b", text)
    return len(spoken) >= _FEWEST_MENTIONS and common is None
