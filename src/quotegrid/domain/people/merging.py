"""The values of two cases that are merged: those of the case that stays go first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from quotegrid.domain.people.case_values import Origin, StatedValue, agree, resolve_values, values_in_sources


class MergedAs(Enum):
    """The ways in which the values of two cases become those of one."""

    KEPT = auto()
    """Both have one: that of the case that stays stands."""
    TAKEN = auto()
    """Only the case that goes has one, which stands from then on."""
    IN_SOURCES = auto()
    """Each interview keeps its own."""


@dataclass(frozen=True, slots=True)
class MergedField:
    """A field in which two cases differ that are merged."""

    field: str
    how: MergedAs
    goes: tuple[str, ...]
    """The values of the case that goes."""
    stays: tuple[str, ...]
    """The values of the case that stays."""

    def in_words(self, name: str, into: str) -> str:
        """Return which value stands, with the names of the case that goes and of the one that stays."""
        field, goes, stays = self.field.replace("_", " "), _quoted(self.goes), _quoted(self.stays)
        match self.how:
            case MergedAs.KEPT:
                stand = "stands" if len(self.stays) == 1 else "stand"
                return f"{field}: {stays} of {into} {stand}, {goes} of {name} does not count"
            case MergedAs.TAKEN:
                return f"{field}: {goes} of {name} stands, as {into} has none"
            case MergedAs.IN_SOURCES:
                return f"{field}: each interview keeps its own, {goes} of {name} and {stays} of {into}"


def merged_fields(goes: Sequence[StatedValue], stays: Sequence[StatedValue]) -> list[MergedField]:
    """Return the fields in which two cases differ, in the order of the fields, and what becomes of each.

    Args:
        goes: The values of the case that goes, those of its area among them.
        stays: The values of the case that stays.
    """
    mine, theirs = _values(goes), _values(stays)
    of_both = values_in_sources([*stays, *(said for said in goes if said.source is not None)])
    in_sources = {field for values in of_both.values() for field in values}
    found = []
    for field in {**resolve_values([*goes, *stays]), **mine, **theirs}:
        own, others = mine.get(field, ()), theirs.get(field, ())
        if not own or (len(own) == len(others) == 1 and agree(field, own[0], others[0])):
            continue
        # What somebody set by hand of the case that goes is of no interview.
        by_hand = any(said.field == field and said.origin is Origin.HAND for said in goes)
        how = MergedAs.IN_SOURCES if field in in_sources and not by_hand else MergedAs.KEPT
        found.append(MergedField(field, how if others else MergedAs.TAKEN, own, others))
    return found


def _values(said: Sequence[StatedValue]) -> dict[str, tuple[str, ...]]:
    """Return the values of a case by field; of an attribute that differs between its interviews, all."""
    found = {field: {value.value: None} for field, value in resolve_values(said).items()}
    for values in values_in_sources(said).values():
        for field, value in values.items():
            found.setdefault(field, {})[value.value] = None
    return {field: tuple(values) for field, values in found.items()}


def _quoted(values: Sequence[str]) -> str:
    return " and ".join(f'"{value}"' for value in values)
