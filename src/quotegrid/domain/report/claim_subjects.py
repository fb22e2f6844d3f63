"""Finds whom a report's sentences speak of: stakeholder groups, roles, areas and everybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.text.normalise import folded_words

_EVERYBODY = (
    "participants",
    "participant",
    "interviewees",
    "interviewee",
    "respondents",
    "respondent",
    "informants",
    "people",
    "person",
    "those",
    "contributors",
)
_PEOPLE = (
    "leaders leader staff professionals professional officers officer representatives representative members "
    "member participants participant interviewees interviewee respondents respondent people teams managers "
    "manager workers worker colleagues"
).split()
"""Words that may follow a group's name without making it another group."""
_SHORT = 3
"""The length up to which names are abbreviations, recognised only in capitals."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A group, its members with one role, or everybody."""

    group: str | None = None
    role: str | None = None
    """Words that their roles contain: "headteacher" covers "Headteacher, secondary" too."""

    @property
    def label(self) -> str:
        """Return the group and role in words, or "" for everybody."""
        if self.role is not None:
            return f"{self.group or 'no group'}: {self.role}"
        return self.group or ""


EVERYBODY = Subject()


@dataclass(frozen=True, slots=True)
class Mention:
    """A group of people mentioned in a sentence, from `start` to `end`."""

    who: Subject
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AreaMention:
    """An area mentioned in a sentence, from `start` to `end`."""

    area: str
    start: int
    end: int


@dataclass(frozen=True)
class Vocabulary:
    """A study's names for its groups, roles and areas."""

    people: Mapping[str, Subject]
    """Each name in lower case, singular or plural, with whom it means."""
    areas: Mapping[str, str]
    """The standard name of each spelling, in lower case."""


def vocabulary(
    groups: Mapping[str, Sequence[str]],
    called: Mapping[str, Sequence[str]],
    roles: Iterable[tuple[str, str | None]],
    areas: Mapping[str, Sequence[str]],
) -> Vocabulary:
    """Return the names by which groups, roles and areas are known, including plurals.

    Args:
        groups: The roles and spellings of each group, from the settings. A spelling contained in a case's
            role means the cases with that role; any other means the whole group.
        called: Further names for members of a group, by the group's name.
        roles: Roles of the study's cases, each with its group.
        areas: Each area with its other spellings.
    """
    people: dict[str, Subject] = {}
    roles = list(roles)
    for group, spellings in groups.items():
        for spelling in spellings:
            is_role = len(spelling) > _SHORT and any(holds_role(spelling, role) for role, _ in roles)
            _add(people, spelling, Subject(group, spelling if is_role else None))
    for role, of_group in roles:
        _add(people, role, Subject(of_group, role))
    for group, names in called.items():
        for name in names:
            _add(people, name, Subject(group))
    for group in groups:
        _add(people, group, Subject(group))
    named = {spelling.casefold(): area for area, more in areas.items() for spelling in (area, *more)}
    return Vocabulary(people, named)


def _add(people: dict[str, Subject], name: str, who: Subject) -> None:
    for form in {name, plural(name), _singular(name)}:
        people[form.casefold()] = who


def holds_role(words: str, role: str) -> bool:
    """Return whether a role contains words next to each other, ignoring case and plural."""
    wanted, here = folded_words(words), folded_words(role)
    return any(here[first : first + len(wanted)] == wanted for first in range(len(here) - len(wanted) + 1))


def plural(name: str) -> str:
    """Return a name in the plural, by its last word or the word before "of": "heads of finance"."""
    head, of, rest = name.partition(" of ")
    *before, last = head.split(" ")
    lower = last.casefold()
    if lower.endswith(("s", "x", "ch", "sh")):
        many = last if lower.endswith("s") else f"{last}es"
    elif lower.endswith("y") and lower[-2:-1] not in "aeiou":
        many = f"{last[:-1]}ies"
    else:
        many = f"{last}s"
    return f"{' '.join([*before, many])}{of}{rest}"


def _singular(name: str) -> str:
    return name[:-1] if name.casefold().endswith("s") and not name.casefold().endswith("ss") else name


def find_mentions(text: str, known: Vocabulary) -> list[Mention]:
    """Return whom a sentence speaks of, from left to right; "school leaders" is one mention."""
    people = {**dict.fromkeys(_EVERYBODY, EVERYBODY), **known.people}
    found = [
        Mention(people[match.group().casefold()], match.start(), match.end())
        for match in _any_of(people).finditer(text)
        if len(match.group()) > _SHORT or match.group().removesuffix("s").isupper()
    ]
    grown: list[Mention] = []
    for mention in found:
        before = grown[-1] if grown else None
        joined = before is not None and re.fullmatch(r"[\s-]+", text[before.end : mention.start])
        if before is not None and joined and _agree(before.who, mention.who):
            grown[-1] = Mention(_narrower(before.who, mention.who), before.start, mention.end)
        else:
            grown.append(mention)
    return [_with_people(text, mention) for mention in grown]


def _agree(first: Subject, other: Subject) -> bool:
    return first.group == other.group or EVERYBODY in (first, other)


def _narrower(first: Subject, other: Subject) -> Subject:
    return max(first, other, key=lambda who: (who.role is not None, who.group is not None))


def _with_people(text: str, mention: Mention) -> Mention:
    after = re.compile(rf"[\s-]+(?:{'|'.join(_PEOPLE)})\b", re.IGNORECASE).match(text, mention.end)
    return mention if after is None else Mention(mention.who, mention.start, after.end())


def find_areas(text: str, known: Vocabulary) -> list[AreaMention]:
    """Return the areas that a sentence speaks of, from left to right."""
    if not known.areas:
        return []
    return [
        AreaMention(known.areas[match.group().casefold()], match.start(), match.end())
        for match in _any_of(known.areas).finditer(text)
    ]


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
