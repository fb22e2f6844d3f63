"""What is said of a case: every value with where it comes from, which one stands, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.text.normalise import folded_words, one_line

WHO = ("group", "role", "area")
"""The fields that every case has; all others are attributes."""


class Origin(StrEnum):
    """Where a value of a case comes from, the most trusted first."""

    HAND = "by hand"
    """Somebody set it with `quotegrid cases set`."""
    FLAG = "flag"
    """A flag of the import."""
    COLUMN = "column"
    """A column of a table of answers."""
    TABLE = "attributes table"
    HEADER = "header"
    """A header block, front matter, or a list of speakers in it."""
    ATTRIBUTION = "attribution"
    """What stands beside the speaker's name: "Ray Moss (parent)"."""
    DERIVED = "derived"
    """The group that a role belongs to, or an attribute of the area."""
    BODY = "body"
    """What a speaker says of themselves: offered, never stands."""

    @property
    def rank(self) -> int:
        """How far down the order of trust it stands; 0 is trusted most."""
        return tuple(Origin).index(self)


class CaseAction(StrEnum):
    """What a researcher did to cases."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    SET = "set"
    UNDO = "undo"
    """Took back one earlier change."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value that something says of a case."""

    field: str
    """group, role, area, or the name of an attribute."""
    value: str
    origin: Origin
    place: str = ""
    """The file, the flag, or who set it; for a group that follows from a role, that role."""
    line: int | None = None
    """The line of the file, counted from 1."""

    @property
    def where(self) -> str:
        """Return the place as it is shown: "attributes.csv, line 3"."""
        return self.place if self.line is None else f"{self.place}, line {self.line}"

    @property
    def follows(self) -> bool:
        """Return whether it is a group that only follows from a role."""
        return self.field == "group" and self.origin is Origin.DERIVED


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different values of one field of one case."""

    field: str
    stands: Said
    others: tuple[Said, ...]
    """One for each other value, the most trusted first."""

    def __str__(self) -> str:
        others = " and ".join(_told(other) for other in self.others)
        return f'the {self.field} is {_told(self.stands)}, but {others}; "{self.stands.value}" stands.'


def standing(said: Iterable[Said]) -> dict[str, Said]:
    """Return the value that stands of each field: the most trusted, and of equally trusted ones the first.

    A group that follows from a role counts only while that role stands.
    """
    return {field: values[0] for field, values in _by_trust(said).items()}


def conflicts(said: Iterable[Said]) -> list[Conflict]:
    """Return the fields of which different values are said, in the order of the fields."""
    found = []
    for field, values in _by_trust(said).items():
        others: list[Said] = []
        for value in values[1:]:
            if not any(agree(field, value.value, other.value) for other in (values[0], *others)):
                others.append(value)
        if others:
            found.append(Conflict(field, values[0], tuple(others)))
    return found


def agree(field: str, value: str, other: str) -> bool:
    """Return whether two values are the same, case aside; of roles also number and punctuation."""
    if one_line(value).casefold() == one_line(other).casefold():
        return True
    words = folded_words(value) if field == "role" else ()
    return bool(words) and words == folded_words(other)


def with_area(said: Sequence[Said], of_areas: Mapping[str, Sequence[Said]]) -> list[Said]:
    """What is said, with what follows from the area that stands.

    Args:
        said: What is said of a case.
        of_areas: The attributes of each area, by `area_key`.
    """
    area = standing(said).get("area")
    return [*said, *of_areas.get(area_key(area.value), ())] if area is not None else list(said)


def area_key(area: str) -> str:
    """Return an area's name for comparing."""
    return one_line(area).casefold()


def name_key(name: str) -> str:
    """Return a case's name for comparing."""
    return one_line(name).casefold()


def _by_trust(said: Iterable[Said]) -> dict[str, list[Said]]:
    """The values that may stand of each field, the most trusted first; those of one trust in their order."""
    fields: dict[str, list[Said]] = {}
    for one in sorted(said, key=lambda one: one.origin.rank):
        if one.value and one.origin is not Origin.BODY:
            fields.setdefault(one.field, []).append(one)
    role = fields["role"][0].value if "role" in fields else None
    if "group" in fields:
        fields["group"] = [
            one
            for one in fields["group"]
            if not one.follows or (role is not None and agree("role", one.place, role))
        ]
    order = [*WHO, *sorted(fields.keys() - set(WHO))]
    return {field: fields[field] for field in order if fields.get(field)}


def _told(said: Said) -> str:
    if said.follows:
        return f'"{said.value}" (from the role "{said.place}")'
    where = f", {said.where}" if said.where else ""
    return f'"{said.value}" ({said.origin.value}{where})'
