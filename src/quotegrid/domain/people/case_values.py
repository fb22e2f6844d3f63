"""The values given to a case, each with its origin: which one stands, and which contradict it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quotegrid.domain.text.normalise import folded_words, one_line

WHO = ("group", "role", "area")
"""The fields that every case has; all others are attributes."""


TAKEN_NAMES = {"source": "own_source", "case": "own_case"}
"""What every quote has beside who says it, and the name of an attribute that a file calls so."""


def attribute_name(name: str) -> str:
    """Return the name under which an attribute is taken in: "own_source" for a column called source."""
    return TAKEN_NAMES.get(name.casefold(), name)


class Origin(StrEnum):
    """The origin of a case's value, the most trusted first."""

    HAND = "by hand"
    """Set by a user with `quotegrid cases set`."""
    FLAG = "flag"
    """A flag of the import."""
    COLUMN = "column"
    """A column of a table of answers."""
    TABLE = "attributes table"
    HEADER = "header"
    """A header block, front matter, or a list of speakers in it."""
    ATTRIBUTION = "attribution"
    """The words beside the speaker's name: "Ray Moss (parent)"."""
    DERIVED = "derived"
    """The group of a role, or an attribute of the area."""
    BODY = "body"
    """A speaker's description of themselves: offered, never standing."""

    @property
    def rank(self) -> int:
        """Return the place in the order of trust; 0 is the most trusted."""
        return tuple(Origin).index(self)


class CaseAction(StrEnum):
    """A researcher's change to cases."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    SET = "set"
    UNDO = "undo"
    """Reversed an earlier change."""
    REDO = "redo"
    """Restored what an undo had reversed."""


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value that a file, a flag or a person gives to a case."""

    field: str
    """group, role, area, or the name of an attribute."""
    value: str
    origin: Origin
    place: str = ""
    """The file, the flag, or the person who set it; for a group derived from a role, that role."""
    line: int | None = None
    """The line of the file, counted from 1."""
    written: str = ""
    """The group as the file writes it, where `[stakeholders]` joins it to another; else empty."""

    @property
    def as_written(self) -> str:
        """Return the value as the file writes it."""
        return self.written or self.value

    def called(self, name: str) -> StatedValue:
        """Return this value under the name that the settings have for it, and keep what was written."""
        return replace(self, value=name, written="" if name == self.as_written else self.as_written)

    @property
    def where(self) -> str:
        """Return the place as it is shown: "attributes.csv, line 3"."""
        return self.place if self.line is None else f"{self.place}, line {self.line}"

    @property
    def follows(self) -> bool:
        """Return whether it is a group derived only from a role."""
        return self.field == "group" and self.origin is Origin.DERIVED


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different values of one field of one case."""

    field: str
    stands: StatedValue
    others: tuple[StatedValue, ...]
    """The other values, each once, the most trusted first."""

    def __str__(self) -> str:
        others = " and ".join(_told(other) for other in self.others)
        return f'the {self.field} is {_told(self.stands)}, but {others}; "{self.stands.value}" stands.'


def resolve_values(said: Iterable[StatedValue]) -> dict[str, StatedValue]:
    """Return the value of each field that stands: the first of the most trusted ones.

    A group derived from a role counts only while that role stands.
    """
    return {field: values[0] for field, values in _by_trust(said).items()}


def find_conflicts(said: Iterable[StatedValue]) -> list[Conflict]:
    """Return a conflict for each field with different values, in the order of the fields."""
    found = []
    for field, values in _by_trust(said).items():
        others: list[StatedValue] = []
        for value in values[1:]:
            if not any(agree(field, value.value, other.value) for other in (values[0], *others)):
                others.append(value)
        if others:
            found.append(Conflict(field, values[0], tuple(others)))
    return found


def agree(field: str, value: str, other: str) -> bool:
    """Return whether two values are equal, ignoring case, and for roles also plural and punctuation."""
    if one_line(value).casefold() == one_line(other).casefold():
        return True
    words = folded_words(value) if field == "role" else ()
    return bool(words) and words == folded_words(other)


def add_area_values(
    said: Sequence[StatedValue], of_areas: Mapping[str, Sequence[StatedValue]]
) -> list[StatedValue]:
    """Return the values of a case, with those added that follow from the area that stands.

    Args:
        said: The values given to a case.
        of_areas: The attributes of each area, by `area_key`.
    """
    area = resolve_values(said).get("area")
    return [*said, *of_areas.get(area_key(area.value), ())] if area is not None else list(said)


def area_key(area: str) -> str:
    """Return an area's name for comparison."""
    return one_line(area).casefold()


def name_key(name: str) -> str:
    """Return a case's name for comparison."""
    return one_line(name).casefold()


def _by_trust(said: Iterable[StatedValue]) -> dict[str, list[StatedValue]]:
    """Return the values of each field that may stand, the most trusted first, else in their order."""
    fields: dict[str, list[StatedValue]] = {}
    for value in sorted(said, key=lambda given: given.origin.rank):
        if value.value and value.origin is not Origin.BODY:
            fields.setdefault(value.field, []).append(value)
    role = fields["role"][0].value if "role" in fields else None
    if "group" in fields:
        fields["group"] = [
            value
            for value in fields["group"]
            if not value.follows or (role is not None and agree("role", value.place, role))
        ]
    order = [*WHO, *sorted(fields.keys() - set(WHO))]
    return {field: fields[field] for field in order if fields.get(field)}


def _told(said: StatedValue) -> str:
    if said.follows:
        return f'"{said.value}" (from the role "{said.place}")'
    where = f", {said.where}" if said.where else ""
    return f'"{said.value}" ({said.origin.value}{where})'
