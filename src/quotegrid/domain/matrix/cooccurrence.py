"""Co-occurrence of codes within a segment, a turn or a case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.published import WITHIN_CASE, PublishedTable
from quotegrid.domain.matrix.rows import Numbers, Rows, numbers_of, row_families

_ONE = ord("1")


class Unit(StrEnum):
    """The unit within which two codes must both stand to co-occur."""

    SEGMENT = "segment"
    """One sentence or a few, or one quote of a report; passages of a pair that overlap are one."""
    TURN = "turn"
    """One case's uninterrupted speech; a report's quote is a turn of its own."""
    CASE = WITHIN_CASE
    """Everything that one case says; quotes that name nobody are left out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes and how often they stand together."""

    first: str
    second: str
    together: int | None
    """Units that hold both; None where it may not be published."""
    either: int | None
    """Units that hold one of them or both."""
    cases: int | None = None
    """The number of cases behind the units that hold both; None unless requested."""
    segments: tuple[int, ...] = ()
    """The quotes with one of the codes in the units that hold both."""

    @property
    def jaccard(self) -> float | None:
        """Return the share of units with either code that hold both (Jaccard, 1901); None if not known."""
        return self.together / self.either if self.either and self.together is not None else None


@dataclass(frozen=True)
class CoOccurrence:
    """Every pair of codes that are used, those that stand together most often first."""

    unit: Unit
    codes: tuple[str, ...]
    """In the codebook's order."""
    alone: Mapping[str, int | None]
    """The number of units that hold each code; None where it may not be published."""
    pairs: tuple[Pair, ...]
    left_out: int = 0
    """Quotes that are in no unit because they name nobody."""
    tables: Sequence[PublishedTable] = ()
    """The tables that a publication tells."""

    def pair(self, first: str, second: str) -> Pair:
        """Return a pair, whichever of its codes is named first.

        Raises:
            KeyError: If one of the two is not a code that is used.
        """
        for counted in self.pairs:
            if {counted.first, counted.second} == {first, second}:
                return counted
        raise KeyError((first, second))


def count_together(
    heard: HeardQuotes,
    codebook: Codebook,
    unit: Unit,
    *,
    rows: Rows = Rows.CODE,
    turn_of: Mapping[int, int] | None = None,
    with_cases: bool = False,
    with_segments: bool = False,
) -> CoOccurrence:
    """Count in how many units two codes (or themes, with everything below them) both stand.

    Args:
        heard: All that was heard.
        codebook: The codes.
        unit: Within what they must stand.
        rows: Codes or themes.
        turn_of: The turn of each quote that has one; needed for turns alone.
        with_cases: Whether it is wanted how many cases are behind each pair.
        with_segments: Whether the quotes of each pair are wanted.
    """
    place = _placing(heard, unit, turn_of or {})
    case_of = _placing(heard, Unit.CASE, {})
    families = row_families(heard, codebook, rows, None, (), include_suggested=False)
    numbers: dict[str, Numbers] = {
        family.path[0]: found for family in families if (found := numbers_of(heard, family))
    }
    used = frozenset().union(*numbers.values())
    unit_of = {number: where for number in used if (where := place(number)) is not None}
    case_of_unit = {where: case_of(number) for number, where in unit_of.items()}
    # Overlapping passages are one for each pair of codes anew: the few that overlap are counted apart.
    overlapping = heard.overlaps.ranges.keys() if unit is Unit.SEGMENT else frozenset[int]()
    units = _UnitsOfCodes(
        {name: found - overlapping if overlapping else found for name, found in numbers.items()},
        unit_of,
        case_of_unit,
        with_cases=with_cases,
    )
    pairs = []
    for first, second in combinations(numbers, 2):
        counted = units.together(first, second)
        if overlapping:
            of_first, of_second = (numbers[name] & overlapping for name in (first, second))
            counted += units.together_in_stretches(
                *_firsts(heard.first_of_stretch(of_first | of_second), of_first, of_second)
            )
        pairs.append(
            Pair(
                first,
                second,
                together=counted.both,
                either=counted.either,
                cases=counted.cases.bit_count() if with_cases else None,
                segments=_segments(heard, unit, unit_of, numbers[first], numbers[second])
                if with_segments
                else (),
            )
        )
    return CoOccurrence(
        unit=unit,
        codes=tuple(numbers),
        alone={
            name: len(heard.apart(found)) if unit is Unit.SEGMENT else units.alone[name]
            for name, found in numbers.items()
        },
        pairs=_most_often_first(pairs, list(numbers)),
        left_out=len(used) - len(unit_of),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    both: int
    either: int
    cases: int
    """The cases behind the units that hold both, a bit each."""

    def __add__(self, other: _Counted) -> _Counted:
        return _Counted(self.both + other.both, self.either + other.either, self.cases | other.cases)


class _UnitsOfCodes:
    """The units that hold each code, a bit each: two codes are compared all at once.

    Args:
        numbers: The quotes of each code.
        unit_of: The unit of each quote that is in one.
        case_of_unit: The case of each unit; None where a unit names nobody.
        with_cases: Whether it is wanted which cases are behind two codes, for which they are compared a case
            at a time.
    """

    def __init__(
        self,
        numbers: Mapping[str, Numbers],
        unit_of: Mapping[int, Hashable],
        case_of_unit: Mapping[Hashable, Hashable | None],
        *,
        with_cases: bool,
    ) -> None:
        self._case_of_unit = case_of_unit
        self._cases: dict[Hashable | None, int] = {None: 0}
        units_of_cases: dict[int, list[Hashable]] = {}
        for where, case in case_of_unit.items():
            mask = self._cases.setdefault(case, 1 << len(self._cases))
            units_of_cases.setdefault(mask, []).append(where)
        # Units stand in a row, a case's next to each other: to set a digit there is the fastest that can
        # be done with every coding.
        row = [where for units in units_of_cases.values() for where in units]
        places = {where: place for place, where in enumerate(row)}
        place_of = {number: places[where] for number, where in unit_of.items()}
        sizes = {mask: len(units) for mask, units in units_of_cases.items()} if with_cases else {}
        self._held: dict[str, int] = {}
        self._held_by_cases: dict[str, dict[int, int]] = {}
        for name, found in numbers.items():
            digits = bytearray(b"0") * (len(row) or 1)
            for place in map(place_of.__getitem__, found & place_of.keys()):
                digits[place] = _ONE
            self._held[name] = int(digits, 2)
            self._held_by_cases[name] = _held_by_cases(digits, sizes)
        self.alone = {name: bits.bit_count() for name, bits in self._held.items()}
        """The number of units that hold each code."""

    def together(self, first: str, second: str) -> _Counted:
        """Return what two codes have together."""
        both = (self._held[first] & self._held[second]).bit_count()
        either = self.alone[first] + self.alone[second] - both
        by_first, by_second = self._held_by_cases[first], self._held_by_cases[second]
        cases = sum(mask for mask, bits in by_first.items() if bits & by_second.get(mask, 0))
        return _Counted(both, either, cases)

    def together_in_stretches(self, of_first: Collection[int], of_second: Collection[int]) -> _Counted:
        """Return the same of passages that overlap, each stretch of them given by its first."""
        both = set(of_first).intersection(of_second)
        cases = 0
        for number in both:
            cases |= self._cases[self._case_of_unit[number]]
        return _Counted(len(both), len({*of_first, *of_second}), cases)


def _held_by_cases(digits: bytearray, sizes: Mapping[int, int]) -> dict[int, int]:
    """Return the units that hold a code by the bit of their case, from its digits in the order of cases."""
    found = {}
    start = 0
    for mask, size in sizes.items():
        if bits := int(digits[start : start + size], 2):
            found[mask] = bits
        start += size
    return found


def _firsts(first_of: Mapping[int, int], *numbers: Numbers) -> list[set[int]]:
    """Return the first passages of the stretches that hold each of the sets of passages."""
    return [{first_of.get(number, number) for number in found} for found in numbers]


def _segments(
    heard: HeardQuotes,
    unit: Unit,
    unit_of: Mapping[int, Hashable],
    of_first: Numbers,
    of_second: Numbers,
) -> tuple[int, ...]:
    """Return the quotes with one of two codes in the units that hold both."""
    either = of_first | of_second
    first_of = heard.first_of_stretch(either) if unit is Unit.SEGMENT else {}
    units = {number: unit_of.get(first_of.get(number, number)) for number in either}
    both = {units[number] for number in of_first} & {units[number] for number in of_second} - {None}
    return tuple(sorted(number for number in either if units[number] in both))


def _most_often_first(pairs: Sequence[Pair], codes: Sequence[str]) -> tuple[Pair, ...]:
    def place(pair: Pair) -> tuple[int, float, int, int]:
        # What is withheld comes in the codebook's order: any other would tell of its counts.
        return (
            -(pair.together or 0),
            -(pair.jaccard or 0),
            codes.index(pair.first),
            codes.index(pair.second),
        )

    return tuple(sorted(pairs, key=place))


def _placing(heard: HeardQuotes, unit: Unit, turn_of: Mapping[int, int]) -> Callable[[int], Hashable | None]:
    if unit is Unit.SEGMENT:
        return lambda number: number
    if unit is Unit.TURN:
        cut_from = heard.overlaps.cut_from
        return lambda number: turn_of.get(number, -cut_from.get(number, (number,))[0])
    speakers, speaker_of = heard.speakers, heard.speaker_of
    return lambda number: speakers[speaker_of[number]].case


def publishable_pairs(counted: CoOccurrence, cases: CoOccurrence, minimum: int) -> CoOccurrence:
    """Return pairs without their quotes, and without counts that could tell of fewer cases than the minimum.

    A pair is withheld where some but fewer than `minimum` cases stand behind it, or hold one of the codes
    and never both in one unit: the difference to the code's own count would tell of those. So is a code's
    own count where fewer hold it, and every pair of such a code.

    Args:
        counted: The pairs in any unit, with the cases behind them.
        cases: The same within cases, for how many hold each code.
        minimum: The fewest cases that a published count may stand for.
    """

    def is_small(number: int | None) -> bool:
        return number is not None and 0 < number < minimum

    def is_told(pair: Pair) -> bool:
        if pair.cases is None:
            return False
        alone = [cases.alone.get(code) or 0 for code in (pair.first, pair.second)]
        apart = [number - pair.cases for number in alone] if pair.cases else []
        return not any(map(is_small, (pair.cases, *alone, *apart)))

    return replace(
        counted,
        alone={
            name: None if is_small(cases.alone.get(name)) else number
            for name, number in counted.alone.items()
        },
        pairs=_most_often_first(
            [
                replace(pair, segments=())
                if is_told(pair)
                else replace(pair, together=None, either=None, cases=None, segments=())
                for pair in counted.pairs
            ],
            counted.codes,
        ),
    )


def without_pairs(
    counted: CoOccurrence, *, codes: Collection[str], pairs: Collection[tuple[str, str]]
) -> CoOccurrence:
    """Return pairs without the counts of some of them, and of some codes.

    Args:
        counted: The pairs.
        codes: The codes whose own counts are withheld, with every pair that they are in.
        pairs: Further pairs that are withheld, each in the order in which it is counted.
    """
    left = [
        replace(pair, together=None, either=None, cases=None, segments=())
        if {pair.first, pair.second} & set(codes) or (pair.first, pair.second) in pairs
        else pair
        for pair in counted.pairs
    ]
    return replace(
        counted,
        alone={name: None if name in codes else number for name, number in counted.alone.items()},
        pairs=_most_often_first(left, counted.codes),
    )
