"""Who a report speaks of: stakeholder groups, roles, areas and everybody, found in its sentences."""

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
"""What may follow a group's name without making it another group."""
_SHORT = 3
"""Names of at most so many letters are abbreviations, and are only those when written in capitals."""


@dataclass(frozen=True, slots=True)
class Who:
    """A group, those of it with one role, or everybody."""

    group: str | None = None
    role: str | None = None
    """Words that their roles hold: "headteacher" for "Headteacher, secondary" too."""

    @property
    def label(self) -> str:
        """Return the group and role in words; empty for everybody."""
        if self.role is not None:
            return f"{self.group or 'no group'}: {self.role}"
        return self.group or ""


EVERYBODY = Who()


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is spoken of, `start` to `end` in the sentence."""

    who: Who
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AreaMention:
    """An area that is spoken of, `start` to `end` in the sentence."""

    area: str
    start: int
    end: int


@dataclass(frozen=True)
class Vocabulary:
    """What a study calls its groups, roles and areas."""

    people: Mapping[str, Who]
    """Each name in small letters, singular or plural."""
    areas: Mapping[str, str]
    """The standard name of each spelling in small letters."""


def vocabulary(
    groups: Mapping[str, Sequence[str]],
    called: Mapping[str, Sequence[str]],
    roles: Iterable[tuple[str, str | None]],
    areas: Mapping[str, Sequence[str]],
) -> Vocabulary:
    """Return the names under which groups, roles and areas are known, also in the plural.

    Args:
        groups: The roles and spellings of each group, as the settings have them. One that somebody's role
            holds means those people, any other the whole group.
        called: What those of a group are called besides, by the group's name.
        roles: Roles that somebody in the study has, each with the group.
        areas: Each area with its other spellings.
    """
    people: dict[str, Who] = {}
    roles = list(roles)
    for group, spellings in groups.items():
        for spelling in spellings:
            is_role = len(spelling) > _SHORT and any(holds_role(spelling, role) for role, _ in roles)
            _add(people, spelling, Who(group, spelling if is_role else None))
    for role, of_group in roles:
        _add(people, role, Who(of_group, role))
    for group, names in called.items():
        for name in names:
            _add(people, name, Who(group))
    for group in groups:
        _add(people, group, Who(group))
    named = {spelling.casefold(): area for area, more in areas.items() for spelling in (area, *more)}
    return Vocabulary(people, named)


def _add(people: dict[str, Who], name: str, who: Who) -> None:
    for form in {name, plural(name), _singular(name)}:
        people[form.casefold()] = who


def holds_role(words: str, role: str) -> bool:
    """Return whether a role holds words one after the other, case and number aside."""
    wanted, here = folded_words(words), folded_words(role)
    return any(here[first : first + len(wanted)] == wanted for first in range(len(here) - len(wanted) + 1))


def plural(name: str) -> str:
    """Return a name in the plural, by its last word, or by the one in front of "of": "heads of finance"."""
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
    """Who a sentence speaks of, from left to right; "school leaders" is one."""
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


def _agree(first: Who, other: Who) -> bool:
    return first.group == other.group or EVERYBODY in (first, other)


def _narrower(first: Who, other: Who) -> Who:
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
