"""The figures that every command must give of a study, worked out from its raw tables in the plainest way."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tests.recount.raw import Code, Passage, RawStudy, stretches, words

NOT_KNOWN = "not known"
OWN_WORDS = {
    "all", "total", NOT_KNOWN, "not heard", "base: quotes heard", "base: cases heard", "base: cases read",
    "base: sources",
}  # fmt: skip
Place = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of a matrix: what it is called, and the codes it counts."""

    label: str
    codes: frozenset[int]
    stance: str | None = None
    is_without_stance: bool = False

    def passages(self, study: RawStudy) -> list[Passage]:
        found = study.with_codes(self.codes, self.stance)
        if self.is_without_stance:
            taken = {
                passage.number
                for stance in ("supports", "disputes", "mixed")
                for passage in study.with_codes(self.codes, stance)
            }
            found = [passage for passage in found if passage.number not in taken]
        return found


def rows_of(study: RawStudy, rows: str) -> list[Row]:
    if rows == "theme":
        return [Row(code.name, frozenset(study.family(code))) for code in study.codes if code.parent is None]
    found = []
    for code in study.codes:
        if not study.children(code):
            found.append(Row(code.name, frozenset({code.number})))
        elif study.with_codes({code.number}):
            found.append(Row(itself(study, code), frozenset({code.number})))
    return found


def itself(study: RawStudy, code: Code) -> str:
    names = {other.name.casefold() for other in study.codes}
    name = code.name
    while f"{name} (itself)".casefold() in names:
        name = f'"{name}"'
    return f"{name} (itself)"


def by_stance(study: RawStudy, rows: Sequence[Row]) -> list[Row]:
    taken = [
        stance
        for stance in ("supports", "disputes", "mixed")
        if any(study.with_codes(row.codes, stance) for row in rows)
    ]
    return [
        part
        for row in rows
        for part in (
            *(Row(f"{row.label}: {stance}", row.codes, stance) for stance in taken),
            Row(f"{row.label}: no stance said", row.codes, is_without_stance=True),
        )
    ]


def label(value: str | None) -> str:
    if value is None:
        return NOT_KNOWN
    is_in_marks = len(value) > 1 and value.startswith('"') and value.endswith('"')
    return f'"{value}"' if is_in_marks or value.strip().casefold() in OWN_WORDS else value


def folded(place: Iterable[str]) -> Place:
    """Values that differ in case alone are one value."""
    return tuple(part.casefold() for part in place)


def place_of(passage: Passage, attributes: Sequence[str], bands: Mapping[str, Callable[[str], str]]) -> Place:
    """The values by which a passage stands in its column."""
    found = []
    for name in attributes:
        value = passage.value(name)
        found.append(bands[name](value) if name in bands and value is not None else value)
    return tuple(map(label, found))


@dataclass(frozen=True)
class CellCounts:
    """The counts behind a cell."""

    quotes: int = 0
    cases: int = 0
    read: int = 0
    sources: int = 0
    words: int = 0

    @classmethod
    def of(cls, passages: Collection[Passage], read: Collection[str]) -> CellCounts:
        cases = {passage.case for passage in passages} - {None}
        return cls(
            quotes=len(stretches(passages)),
            cases=len(cases),
            read=len(cases.intersection(read)),
            sources=len({passage.source for passage in passages}),
            words=words(passages),
        )


class CountedMatrix:
    """A matrix, counted from the raw tables.

    Args:
        study: The study.
        rows: Its rows.
        attributes: What its columns are, the outer one first.
        bands: For attributes in bands, what finds the band of a value.
        only: The passages that count as heard; None for all.
        counting: The passages whose codings count; None for all.
    """

    def __init__(
        self,
        study: RawStudy,
        rows: Sequence[Row],
        attributes: Sequence[str],
        *,
        bands: Mapping[str, Callable[[str], str]] | None = None,
        only: Collection[int] | None = None,
        counting: Collection[int] | None = None,
    ) -> None:
        self.rows = rows
        heard = [passage for passage in study.passages.values() if only is None or passage.number in only]
        numbers = {passage.number for passage in heard}
        self._read = study.read_among(heard)

        def place(passage: Passage) -> Place:
            path = place_of(passage, attributes, bands or {})
            # Cases and sources whose names differ only in case are kept apart.
            return path if {"case", "source"} & set(attributes) else folded(path)

        self.columns: dict[Place, list[Passage]] = defaultdict(list)
        for passage in heard:
            self.columns[place(passage)].append(passage)
        self.bases = {column: self._base(passages) for column, passages in self.columns.items()}
        self.total_base = self._base(heard)
        self.behind: list[dict[Place, list[Passage]]] = []
        for row in rows:
            cells: dict[Place, list[Passage]] = defaultdict(list)
            for passage in row.passages(study):
                if passage.number in numbers and (counting is None or passage.number in counting):
                    cells[place(passage)].append(passage)
            self.behind.append(cells)
        self._totals = [
            self._counted([passage for passages in cells.values() for passage in passages])
            for cells in self.behind
        ]
        self._cells = [
            {column: self._counted(passages) for column, passages in cells.items()} for cells in self.behind
        ]

    def _base(self, passages: Collection[Passage]) -> dict[str, int]:
        uncut = [passage for passage in passages if not passage.is_cut]
        counted = self._counted(passages)
        return {
            "quotes": len(uncut),
            "cases": counted.cases,
            "read": counted.read,
            "sources": counted.sources,
            "unnamed": sum(passage.case is None for passage in uncut),
        }

    def _counted(self, passages: Collection[Passage]) -> CellCounts:
        return CellCounts.of(passages, self._read)

    def count(self, row: int, column: Place | None) -> CellCounts:
        """Return the counts behind a cell, or for None a total."""
        return self._totals[row] if column is None else self._cells[row].get(column, CellCounts())

    def cell(self, row: int, column: Place | None, count: str, of: str) -> float | int | None:
        """Return the number shown by a cell, or for None by a total."""
        if column is not None and not self.columns.get(column):
            return None
        here = self.count(row, column)
        base = self.total_base if column is None else self.bases[column]
        if count == "cases":
            return here.cases if base["cases"] else None
        if count in ("quotes", "sources", "words"):
            return int(getattr(here, count))
        counts = "read" if of == "read" else "cases"
        said, said_by_all = (int(getattr(found, counts)) for found in (here, self.count(row, None)))
        in_column, everybody = base[counts], self.total_base[counts]
        if count == "share":
            return said / in_column if in_column else None
        if count == "row-share":
            return said / said_by_all if in_column and said_by_all else None
        return _residual(said, said_by_all, in_column, everybody)


def _residual(said: int, said_by_all: int, in_column: int, everybody: int) -> float | None:
    """Pearson's residual divided by its standard error, from the four cells of the table."""
    sides = (said_by_all, everybody - said_by_all, in_column, everybody - in_column)
    if not everybody or not all(sides):
        return None
    cross = said * (everybody - in_column - said_by_all + said) - (said_by_all - said) * (in_column - said)
    return cross * math.sqrt(everybody) / math.sqrt(math.prod(sides))


def pairs(study: RawStudy, rows: str, unit: str) -> dict[frozenset[str], tuple[int, int]]:
    """Return how many units hold both of two codes, and how many hold one of them, where any holds both."""
    said = {row.label: row.passages(study) for row in rows_of(study, rows)}
    found = {}
    for first, second in combinations((name for name, passages in said.items() if passages), 2):
        together, either = _units(study, said[first], said[second], unit)
        if together:
            found[frozenset((first, second))] = (together, either)
    return found


def _units(
    study: RawStudy, first: Collection[Passage], second: Collection[Passage], unit: str
) -> tuple[int, int]:
    if unit == "segment":
        one, two = ({passage.number for passage in passages} for passages in (first, second))
        joined = stretches({passage.number: passage for passage in (*first, *second)}.values())
        return sum(bool(units & one and units & two) for units in joined), len(joined)
    keys: list[set[Any]] = []
    for passages in (first, second):
        if unit == "case":
            keys.append({passage.case for passage in passages} - {None})
        else:
            keys.append({_turn(study, passage) for passage in passages})
    return len(keys[0] & keys[1]), len(keys[0] | keys[1])


def _turn(study: RawStudy, passage: Passage) -> tuple[str, int]:
    """A turn, or for a report's quote the quote, also where a part of it was cut out."""
    if passage.turn is not None:
        return "turn", passage.turn
    if not passage.is_cut:
        return "quote", passage.number
    return "quote", next(
        other.number
        for other in study.passages.values()
        if not other.is_cut and other.characters & passage.characters
    )


def amounts(
    study: RawStudy, rows: str, attribute: str, of: str
) -> dict[tuple[str, Place | None], dict[str, Any]]:
    """Cases, base, heard and stances of each row and column, and of all (None)."""
    counted = CountedMatrix(study, rows_of(study, rows), [attribute])
    who = study.read_cases if of == "read" else {*study.cases.values()}
    found = {}
    for number, row in enumerate(counted.rows):
        for column in (*counted.columns, None):
            base = counted.total_base if column is None else counted.bases[column]
            passages = [
                passage
                for place, said in counted.behind[number].items()
                if column in (None, place)
                for passage in said
            ]
            cases = {passage.case for passage in passages} & who
            denominator = base["read" if of == "read" else "cases"]
            stances: dict[str, set[str]] = defaultdict(set)
            for stance in ("supports", "disputes", "mixed"):
                for passage in study.with_codes(row.codes, stance):
                    place = folded(place_of(passage, [attribute], {}))
                    if passage.case in who and column in (None, place):
                        stances[stance].add(passage.case or "")
            found[row.label, column] = {
                "cases": len(cases) if denominator else None,
                "base": denominator,
                "heard": base["cases"],
                "stances": {stance: len(those) for stance, those in stances.items()} if denominator else {},
            }
    return found


def coverage(
    study: RawStudy, rows: str, columns: str, bands: Mapping[str, Callable[[str], str]]
) -> dict[tuple[str | None, str | None], tuple[int, int, int]]:
    """Return how many cases were heard, are read and are coded, by both attributes, and in all (None)."""
    coded = {segment for segment, code, _ in study.codings if code in {code.number for code in study.codes}}
    heard: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    said: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for passage in study.passages.values():
        if passage.case is None:
            continue
        row, column = (folded(place_of(passage, [name], bands))[0] for name in (rows, columns))
        for place in ((row, column), (row, None), (None, column), (None, None)):
            heard[place].add(passage.case)
            if passage.number in coded:
                said[place].add(passage.case)
    return {
        place: (len(cases), len(cases & study.read_cases), len(said[place])) for place, cases in heard.items()
    }
