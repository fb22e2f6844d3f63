"""The values given to a case, each with its origin: which one stands, and which contradict it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quotegrid.domain.text.normalise import folded_words, one_line

WHO = ("group", "role", "area")
"""The fields that every case has; all others are attributes."""


TAKEN_NAMES = {"source": "own_source", "case": "own_case"}
"""The names of what every quote has, each with the name of an attribute that a file calls so."""


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
    SET_SEVERAL = "set several"
    """Set values of several cases at once."""
    SPELLINGS = "spellings"
    """Joined spellings of groups or areas, renamed one, or took spellings out."""
    APART = "apart"
    """Said of two cases with near names that they are two people."""
    IMPORT = "import"
    """Took in a table of attributes."""
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
    """The group or area as the file writes it, where the settings join it to another; else empty."""
    source: int | None = dataclasses.field(default=None, compare=False)
    """The number of the source with which it came; None where a person or the area gives it, and while a
    source is being read."""

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
    """Return the value of each field of the case that stands: the first of the most trusted ones.

    A group derived from a role counts only while that role stands. An attribute that differs between sources
    is the sources' (`values_in_sources`): for the case itself, only what no source says counts.
    """
    found = _by_trust(said)
    for name in _differing(found):
        found[name] = [value for value in found[name] if value.source is None]
    return {name: values[0] for name, values in found.items() if values}


def values_in_sources(said: Iterable[StatedValue]) -> dict[int, dict[str, StatedValue]]:
    """Return the values of a case that hold in one source alone, by the source's number and the attribute.

    Of repeat interviews, each has its own wave, although files tell it of the person who speaks.
    """
    by_trust = _by_trust(said)
    found: dict[int, dict[str, StatedValue]] = {}
    for name in _differing(by_trust):
        for source, values in _by_source(by_trust[name]).items():
            found.setdefault(source, {})[name] = values[0]
    return found


def find_conflicts(said: Iterable[StatedValue]) -> list[Conflict]:
    """Return a conflict for each field with different values, in the order of the fields.

    Attributes may differ between sources; only different values in the same source contradict each other.
    """
    by_trust = _by_trust(said)
    differing = _differing(by_trust)
    found = []
    for name, values in by_trust.items():
        for on_one_level in _by_source(values).values() if name in differing else (values,):
            others: list[StatedValue] = []
            for value in on_one_level[1:]:
                if not any(agree(name, value.value, other.value) for other in (on_one_level[0], *others)):
                    others.append(value)
            if others:
                found.append(Conflict(name, on_one_level[0], tuple(others)))
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


def _differing(by_trust: Mapping[str, Sequence[StatedValue]]) -> set[str]:
    """Return the attributes with different values in different sources, unless somebody set them by hand."""
    found = set()
    for name in by_trust.keys() - set(WHO):
        if by_trust[name][0].origin is not Origin.HAND:
            first, *others = [values[0].value for values in _by_source(by_trust[name]).values()] or [""]
            if not all(agree(name, first, other) for other in others):
                found.add(name)
    return found


def _by_source(values: Iterable[StatedValue]) -> dict[int, list[StatedValue]]:
    found: dict[int, list[StatedValue]] = {}
    for value in values:
        if value.source is not None:
            found.setdefault(value.source, []).append(value)
    return found


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
