"""Disclosure control: the cells of a table, and the attributions of quotes, that may be published."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Cell = tuple[int, int]
_MOST_NAMES = 3
"""The most merged values that are listed by name; of more than these only the number is given."""


class Reason(StrEnum):
    """The reason why something is withheld; the values are printed in the log."""

    SMALL = "fewer cases than the minimum"
    COMPLEMENTARY = "so that no other cell of the row can be worked out"
    JOINT = "so that nothing can be worked out together with what was published before"


@dataclass(frozen=True, slots=True)
class CellCount:
    """The counts behind a cell of a row."""

    cases: int
    quotes: int


def withheld_cells(
    row: Sequence[CellCount],
    bases: Sequence[CellCount],
    *,
    minimum: int,
    key: str,
    total: int | None = None,
) -> tuple[dict[int, Reason], bool]:
    """Return the cells of a row that must not be published when its total is.

    A cell is withheld when some but fewer than `minimum` cases stand behind it. Cells are then added until,
    given the row's total, the
    published cells and the columns' bases, each withheld cell could hold two values or more, by cases and
    by quotes (the protection interval of Willenborg and de Waal, Elements of Statistical Disclosure
    Control, 2001, chapter 4). Which are added is told by a keyed hash and not by their values, so
    that the choice says nothing to those who know the method but not the key; cells that are not
    empty go first. In one row of four a further cell goes that need not, or several. Where the whole row
    stands for fewer than `minimum` cases its total goes, and one cell more whatever the counts are.

    Args:
        row: The row's cells.
        bases: The bases of the columns, which are published and so an upper bound.
        minimum: The fewest cases that may stand behind a published cell.
        key: The key that determines the order in which cells are added.
        total: The distinct cases behind the whole row, fewer than the cells' sum where a case stands in
            several columns; None where no case does.

    Returns:
        The reason for each withheld cell by its column, and whether the total must be withheld too.
    """
    distinct = sum(cell.cases for cell in row) if total is None else total
    reasons = {column: Reason.SMALL for column, cell in enumerate(row) if 0 < cell.cases < minimum}
    if not reasons:
        return reasons, False
    others = [column for column in range(len(row)) if column not in reasons]
    others.sort(key=lambda column: (not row[column].quotes, _keyed(key, column)))
    is_few = 0 < distinct < minimum
    if is_few and others:
        # How many cells go must not depend on the counts: it would tell the withheld total.
        reasons[others.pop(0)] = Reason.COMPLEMENTARY
    while not is_few and _can_be_worked_out(row, bases, reasons, minimum):
        if not others:
            return reasons, True
        reasons[others.pop(0)] = Reason.COMPLEMENTARY
    for column in others[: _further(key)]:
        reasons[column] = Reason.COMPLEMENTARY
    return reasons, is_few


def _keyed(key: str, column: int) -> str:
    return hashlib.sha256(f"{key}\n{column}".encode()).hexdigest()


def _further(key: str) -> int:
    """Return how many cells are withheld that need not be: some in one row of four, two or more in one of 16.

    Without them, that a cell was withheld would say that it had to be, and so which values the others have.
    """
    digits = _keyed(key, -1)
    return len(digits) - len(digits.lstrip("0123"))


def _can_be_worked_out(
    row: Sequence[CellCount],
    bases: Sequence[CellCount],
    reasons: Mapping[int, Reason],
    minimum: int,
) -> bool:
    """Return whether the total leaves some withheld cell a single value, by cases or by quotes.

    A small cell is taken to be known as small: only values below the minimum count as open for it.
    """
    some_empty = any(not row[column].quotes for column in reasons)
    for measure in ("cases", "quotes"):
        lowest, highest = {}, {}
        for column, reason in reasons.items():
            base = getattr(bases[column], measure)
            known_small = measure == "cases" and reason is Reason.SMALL
            lowest[column] = 0 if some_empty and reason is not Reason.SMALL else 1
            highest[column] = min(base, minimum - 1) if known_small else base
        total = sum(getattr(row[column], measure) for column in reasons)
        if not total:
            continue
        for column in reasons:
            rest_low = sum(lowest.values()) - lowest[column]
            rest_high = sum(highest.values()) - highest[column]
            least = max(lowest[column], total - rest_high)
            most = min(highest[column], total - rest_low)
            if most <= least:
                return True
    return False


def tellable_parts(whole: int | None, parts: Sequence[int], minimum: int) -> list[int | None]:
    """Return how many cases stand behind each part of a whole, or None for every part.

    A case may stand behind several parts. None is told if some but fewer than `minimum` cases stand behind
    one of them: the parts together hold the whole, so that the others would tell how many those are.

    Args:
        whole: The cases behind the whole; None where that may not be told.
        parts: The cases behind each part.
        minimum: The fewest cases that a published count may stand for.
    """
    is_told = whole is not None and not any(0 < part < minimum for part in parts)
    return [part if is_told else None for part in parts]


def gathered(cases: Mapping[str, Collection[Hashable]], minimum: int) -> list[str]:
    """Return the values that must be told as one because too few cases have some of them, in their order.

    To those with some, but fewer than `minimum`, the next smallest is added until together they have enough.
    A case that has several values is one case of them all.

    Args:
        cases: The cases that have each value.
        minimum: The fewest cases that a published count may stand for.
    """
    small = [name for name, having in cases.items() if 0 < len(set(having)) < minimum]
    others = sorted((name for name in cases if name not in small), key=lambda name: len(set(cases[name])))
    together = {case for name in small for case in cases[name]}
    while small and others and len(together) < minimum:
        together.update(cases[others[0]])
        small.append(others.pop(0))
    return [name for name in cases if name in small]


def together_named(names: Sequence[str], known: Collection[str] = ()) -> str:
    """Return the name of several values that are published as one; no other of the known values has it."""
    name = " / ".join(names) if len(names) <= _MOST_NAMES else f"{len(names)} others"
    while name in known and name not in names:
        name += " together"
    return name


def is_tellable(some: int, of: int, minimum: int) -> bool:
    """Return whether it may be told how many of so many do something: neither they nor the others are few."""
    return not any(0 < number < minimum for number in (some, of - some, of))


@dataclass(frozen=True, slots=True)
class Person:
    """A case as far as an attribution tells of it."""

    name: str
    group: str | None
    role: str | None
    area: str | None
    beside: tuple[int, ...] = ()
    """The columns of the table with the quotes, which are known besides every attribution."""


Level = tuple[str, ...]
LEVELS: tuple[Level, ...] = (("role", "area"), ("role",), ("group", "area"), ("group",), ())
"""The contents of an attribution, from the fullest to the emptiest."""


def attribution_levels(
    people: Sequence[Person], minimum: int, apart: Collection[frozenset[str]] = ()
) -> dict[str, Level]:
    """Return the fullest attribution of each case that at least `minimum` cases share, by its name.

    A value that a case lacks counts as a value of its own. The groups of a level are counted over
    everybody heard: whoever reads the attribution must look for its speaker among so many.

    Args:
        people: Everybody heard.
        minimum: The fewest who may share an attribution.
        apart: Attributes that no attribution may tell together, however many share them.
    """
    levels = [level for level in LEVELS if not any(together <= set(_fields(level)) for together in apart)]
    shared: dict[Level, dict[tuple[object, ...], set[str]]] = {}
    for level in levels:
        found: dict[tuple[object, ...], set[str]] = defaultdict(set)
        for person in people:
            found[_values(person, level)].add(person.name)
        shared[level] = found
    return {
        person.name: next(
            (
                level
                for level in levels
                if level and _is_told(person, level) and len(shared[level][_values(person, level)]) >= minimum
            ),
            (),
        )
        for person in people
    }


def _values(person: Person, level: Level) -> tuple[object, ...]:
    fields = _fields(level)
    told = (None if (value := getattr(person, field)) is None else value.casefold() for field in fields)
    return (person.beside, *told)


def _fields(level: Level) -> tuple[str, ...]:
    """Return what is told with an attribution: the group stands beside a role, as a field of its own."""
    return ("group", *level) if "role" in level else level


def _is_told(person: Person, level: Level) -> bool:
    return getattr(person, level[0]) is not None
