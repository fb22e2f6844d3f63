"""Several tables together: an attack that tries every study that agrees with all that was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.matrix.disclosure import CellCount, withheld_cells
from quotegrid.domain.matrix.joint.disclosure import jointly_withheld, singled_out
from quotegrid.domain.matrix.published import EVERYBODY, PublishedNumber, PublishedTable, RowKey
from quotegrid.workflows.matrix.solving import solve
from tests.profiles import examples

MINIMUM = 3
DEBT, CUTS = RowKey(("debt",)), RowKey(("cuts",))
THEME = RowKey(("cuts", "debt"))
BOTH = RowKey.of_pair(["debt"], ["cuts"], "case")
Coded = dict[str, frozenset[int]]
People = list[tuple[str, str]]
"""The group and the area of each person."""
Tables = list[PublishedTable]
World = tuple[int, int]
"""The passages on which each code stands, one bit each."""


def _columns(people: People, by: str, without: str, passages: int) -> dict[int, int] | None:
    """Return the column of each passage, with small columns as one; None where too few people are left."""
    asked = [number for number, (_, area) in enumerate(people) if area != without]
    values = {
        number: {"group": people[number][0], "area": people[number][1], "all": ""}.get(
            by, str(people[number])
        )
        for number in asked
    }
    having: dict[str, list[int]] = defaultdict(list)
    for number, value in values.items():
        having[value].append(number)
    order = sorted(having, key=lambda value: (len(having[value]), value))
    small = [value for value in order if len(having[value]) < MINIMUM]
    rest = [value for value in order if value not in small]
    while small and rest and sum(len(having[value]) for value in small) < MINIMUM:
        small.append(rest.pop(0))
    if len(asked) < MINIMUM:
        return None
    names = [*rest, *(["small"] if small else [])]
    return {
        number * passages + each: names.index("small" if value in small else value)
        for number, value in values.items()
        for each in range(passages)
    }


def _table(
    people: People, columns: dict[int, int], coded: Coded, rows: list[RowKey], key: str
) -> PublishedTable:
    """Return a table with what its rows alone require to be withheld."""
    passages = {passage: passage for passage in range(max(columns) + 1)}
    each = _passages(people, coded, columns)
    table = PublishedTable(
        cases={passage: str(passage // each) for passage in range(len(people) * each)},
        columns=columns,
        coded=coded,
        numbers=(),
    )
    assert passages
    numbers = []
    count = max(columns.values()) + 1
    for row in rows:
        behind = [[p for p in table.passages(row) if columns.get(p) == column] for column in range(count)]
        heard = [[p for p in columns if columns[p] == column] for column in range(count)]
        cells = [CellCount(len({p // each for p in cell}), len(cell)) for cell in behind]
        bases = [CellCount(len({p // each for p in cell}), len(cell)) for cell in heard]
        withheld, total = withheld_cells(cells, bases, minimum=MINIMUM, key=f"{key}{row}")
        numbers += [PublishedNumber(row, column, column not in withheld) for column in range(count)]
        numbers.append(PublishedNumber(row, EVERYBODY, not total))
    return replace(table, numbers=tuple(numbers))


def _passages(people: People, coded: Coded, columns: dict[int, int]) -> int:
    return 2 if "two" in coded else 1


def _publish(tables: Tables, table: PublishedTable) -> None:
    withheld = jointly_withheld(table, tables, MINIMUM, "key", solve)
    tables.append(
        replace(
            table,
            numbers=tuple(
                replace(number, is_told=number.is_told and (number.row, number.column) not in withheld)
                for number in table.numbers
            ),
        )
    )


def _mask(passages: Iterable[int]) -> int:
    return sum(1 << passage for passage in set(passages))


def _pair_table(people: People, coded: Coded, unit: str) -> PublishedTable:
    """Return how many hold each code and both, with what these numbers alone require to be withheld."""
    pair = RowKey.of_pair(["debt"], ["cuts"], unit)
    both = coded["debt"] & coded["cuts"]
    counts = [len(coded["debt"]), len(coded["cuts"]), len(both)]
    apart = [counts[0] - counts[2], counts[1] - counts[2]] if both else []
    is_small = [0 < count < MINIMUM for count in counts]
    return PublishedTable(
        cases={person: str(person) for person in range(len(people))},
        columns=dict.fromkeys(range(len(people)), 0),
        coded=coded,
        numbers=(
            PublishedNumber(DEBT, EVERYBODY, not is_small[0]),
            PublishedNumber(CUTS, EVERYBODY, not is_small[1]),
            PublishedNumber(
                pair, EVERYBODY, not any(is_small) and not any(0 < count < MINIMUM for count in apart)
            ),
        ),
        parts={pair: both},
    )


def _row_mask(world: World, row: RowKey) -> int:
    if row.other:
        return world[0] & world[1]
    return world[0] | world[1] if row == THEME else world[row == CUTS]


class _Attack:
    """Tries every study that agrees with what was published."""

    def __init__(self, tables: Tables, coded: Coded, each: int) -> None:
        self.tables, self.each = tables, each
        self.truth: World = (_mask(coded["debt"]), _mask(coded.get("cuts", ())))
        self.people = len(set(tables[0].cases.values()))
        self.firsts = _mask(range(0, self.people * each, each))
        self.numbers = [
            (
                number,
                _mask(p for p, of in table.columns.items() if number.column in (of, EVERYBODY)),
                self.told(table),
            )
            for table in tables
            for number in table.numbers
        ]

    @staticmethod
    def told(table: PublishedTable) -> set[RowKey]:
        return {number.row for number in table.numbers if number.is_told}

    def count(self, world: World, row: RowKey, within: int) -> tuple[int, int]:
        mask = _row_mask(world, row) & within
        people = mask if self.each == 1 else (mask | mask >> 1) & self.firsts
        return people.bit_count(), mask.bit_count()

    def heard(self, within: int) -> int:
        return self.count((within, within), DEBT, within)[0]

    def agrees(self, world: World) -> bool:
        for number, within, told in self.numbers:
            if number.row in told:
                true, guess = (
                    self.count(self.truth, number.row, within),
                    self.count(world, number.row, within),
                )
                if number.is_told and guess != true:
                    return False
                if not number.is_told and 0 < true[0] < MINIMUM and not 0 < guess[0] < MINIMUM:
                    return False
        return True

    def spoken_for(self, row: RowKey) -> int:
        """Return whom a number says to be all silent, or all to have spoken, as one of enough."""
        silent, speaking = {DEBT: 0, CUTS: 0}, {DEBT: 0, CUTS: 0, THEME: 0, BOTH: 0}
        for number, within, _ in self.numbers:
            cases = self.count(self.truth, number.row, within)[0]
            if number.is_told and self.heard(within) >= MINIMUM:
                if number.row.other:
                    # Of whom all hold both, all hold each; who holds no pair is silent of the pair alone.
                    for each in (BOTH, DEBT, CUTS) if cases else (BOTH,):
                        speaking[each] |= within
                elif cases == 0:
                    for code in (DEBT, CUTS) if number.row == THEME else (number.row,):
                        silent[code] |= within
                elif cases == self.heard(within):
                    speaking[number.row] |= within
        if row.other:
            return speaking[BOTH] | (speaking[DEBT] & speaking[CUTS]) | silent[DEBT] | silent[CUTS]
        if row == THEME:
            return speaking[DEBT] | speaking[CUTS] | speaking[THEME] | (silent[DEBT] & silent[CUTS])
        other = DEBT if row == CUTS else CUTS
        return speaking[row] | silent[row] | (speaking[THEME] & silent[other])

    def places(self) -> list[int]:
        """Return the people and passages whom all tables place alike."""
        found: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for passage in self.tables[0].cases:
            found[tuple(table.columns.get(passage, -2) for table in self.tables)].append(passage)
        return [_mask(passages) for where, passages in found.items() if max(where) >= 0]

    def worked_out(self, worlds: Iterable[World]) -> list[str]:
        """Return the protected counts that are the same in every study that agrees."""
        possible = [world for world in worlds if self.agrees(world)]
        assert self.truth in possible
        found = []
        for row in {number.row for number, _, _ in self.numbers}:
            protected = {within for number, within, _ in self.numbers if number.row == row}
            protected = {
                within for within in protected if 0 < self.count(self.truth, row, within)[0] < MINIMUM
            }
            for place in self.places():
                is_small = self.heard(place) < MINIMUM or 0 < self.count(self.truth, row, place)[0] < MINIMUM
                if is_small and place & ~self.spoken_for(row):
                    protected.add(place)
            for within in protected:
                if len({self.count(world, row, within)[0] for world in possible}) < 2:
                    found.append(f"{row} in {within:b} is {self.count(self.truth, row, within)[0]}")
        return found + self.apart_worked_out(possible)

    def apart_worked_out(self, possible: list[World]) -> list[str]:
        """Return the numbers of people with one code and not the other that are the same in all studies."""
        if not any(number.row.other for number, _, _ in self.numbers):
            return []
        found = []
        for one, row in enumerate((DEBT, CUTS)):
            # Where all hold a code, or none, the other one's number tells it, of enough people.
            known = self.spoken_for(DEBT) | self.spoken_for(CUTS)
            for place in [_mask(range(self.people)), *self.places()]:
                counts = {(world[one] & ~world[1 - one] & place).bit_count() for world in possible}
                truth = (self.truth[one] & ~self.truth[1 - one] & place).bit_count()
                if len(counts) < 2 and 0 < truth < MINIMUM and place & ~known:
                    found.append(f"{row} alone in {place:b} is {truth}")
        return found


_ASKED = st.tuples(
    st.sampled_from(["group", "area", "all", "both"]),
    st.sampled_from(["", "", "north", "south"]),
    st.sampled_from([[DEBT], [CUTS], [DEBT, CUTS], [THEME], [THEME, DEBT]]),
)
_PEOPLE = st.lists(
    st.tuples(st.sampled_from(["parents", "staff"]), st.sampled_from(["north", "south", "west"])),
    min_size=4,
    max_size=6,
)


@examples(400, quick=60)
@given(_PEOPLE, st.lists(_ASKED, min_size=1, max_size=4), st.data())
def test_no_small_count_can_be_worked_out_from_up_to_four_tables(
    people: People, asked: list[tuple[str, str, list[RowKey]]], data: st.DataObject
) -> None:
    passages = st.frozensets(st.sampled_from(range(len(people))))
    coded = {"debt": data.draw(passages), "cuts": data.draw(passages)}
    tables: Tables = []
    for by, without, rows in asked:
        columns = _columns(people, by, without, 1)
        if columns is not None:
            _publish(tables, _table(people, columns, coded, rows, by))
    if not tables:
        return
    every = range(1 << len(people))
    worlds = ((one, other) for one in every for other in every)
    assert _Attack(tables, coded, 1).worked_out(worlds) == []


_ASKED_WITH_PAIRS = st.one_of(
    st.sampled_from(["segment", "turn", "case"]),
    st.tuples(
        st.sampled_from(["group", "area", "all"]),
        st.sampled_from(["", "", "north"]),
        st.sampled_from([[DEBT], [CUTS], [DEBT, CUTS], [THEME, DEBT]]),
    ),
)


@examples(400, quick=60)
@given(_PEOPLE, st.lists(_ASKED_WITH_PAIRS, min_size=1, max_size=4), st.data())
def test_nor_from_codes_that_stand_together_and_tables_of_each(
    people: People, asked: list[str | tuple[str, str, list[RowKey]]], data: st.DataObject
) -> None:
    passages = st.frozensets(st.sampled_from(range(len(people))))
    coded = {"debt": data.draw(passages), "cuts": data.draw(passages)}
    tables: Tables = []
    for what in asked:
        if isinstance(what, str):
            _publish(tables, _pair_table(people, coded, what))
        elif (columns := _columns(people, what[0], what[1], 1)) is not None:
            _publish(tables, _table(people, columns, coded, what[2], what[0]))
    if not tables:
        return
    every = range(1 << len(people))
    worlds = ((one, other) for one in every for other in every)
    assert _Attack(tables, coded, 1).worked_out(worlds) == []


@examples(400, quick=60)
@given(_PEOPLE, st.lists(_ASKED, min_size=1, max_size=4), st.data())
def test_nor_from_tables_of_people_who_said_several_passages(
    people: People, asked: list[tuple[str, str, list[RowKey]]], data: st.DataObject
) -> None:
    debt = data.draw(st.frozensets(st.sampled_from(range(2 * len(people)))))
    coded = {"debt": debt, "two": frozenset[int]()}
    tables: Tables = []
    for by, without, _ in asked:
        columns = _columns(people, by, without, 2)
        if columns is not None:
            _publish(tables, _table(people, columns, coded, [DEBT], by))
    if not tables:
        return
    worlds = (
        (sum(state << 2 * n for n, state in enumerate(each)), 0)
        for each in product((0, 1, 3), repeat=len(people))
    )
    assert _Attack(tables, {"debt": _first_passages(debt)}, 2).worked_out(worlds) == []


def _first_passages(debt: frozenset[int]) -> frozenset[int]:
    """Return passages that count as much, the first of each person first: which one it is says nothing."""
    return frozenset(passage - (passage % 2 and passage - 1 not in debt) for passage in debt)


def _one_column(
    passages: Iterable[int], debt: Iterable[int], numbers: list[PublishedNumber]
) -> PublishedTable:
    return PublishedTable(
        cases={passage: str(passage) for passage in range(8)},
        columns=dict.fromkeys(passages, 0),
        coded={"debt": frozenset(debt)},
        numbers=numbers,
    )


_CELL, _TOTAL = PublishedNumber(DEBT, 0, True), PublishedNumber(DEBT, EVERYBODY, True)


def test_a_table_that_leaves_one_person_out_tells_nothing_of_them() -> None:
    everybody = _one_column(range(8), range(5), [_CELL, _TOTAL])
    without_last = _one_column(range(7), range(5), [_CELL, _TOTAL])
    assert jointly_withheld(everybody, [], MINIMUM, "key", solve) == set()
    assert jointly_withheld(without_last, [everybody], MINIMUM, "key", solve) == {
        (DEBT, 0),
        (DEBT, EVERYBODY),
    }


@pytest.mark.parametrize("is_first", [True, False])
def test_that_two_codes_never_meet_does_not_tell_a_small_cell(is_first: bool) -> None:
    people = [("parents", "")] * 4 + [("staff", "")] * 4
    coded = {"debt": frozenset({0, 1, 2}), "cuts": frozenset({3, 4, 5, 6})}
    columns = {person: person // 4 for person in range(8)}
    table = _table(people, columns, coded, [DEBT, CUTS], "key")
    pairs = _pair_table(people, coded, "case")
    every = range(1 << len(people))
    worlds = [(_mask(coded["debt"]), other) for other in every]
    # Nobody holds both, three of four parents hold one: at most one of them holds the other.
    alone = _Attack([table, _only(pairs, RowKey.of_pair(["debt"], ["cuts"], "case"))], coded, 1)
    assert alone.worked_out(worlds)
    tables: Tables = []
    for published in (pairs, table) if is_first else (table, pairs):
        _publish(tables, published)
    assert _Attack(tables, coded, 1).worked_out(worlds) == []
    assert any(number.is_told for number in tables[-1].numbers)


def _only(table: PublishedTable, row: RowKey) -> PublishedTable:
    return replace(table, numbers=[number for number in table.numbers if number.row == row])


def test_the_same_table_again_withholds_nothing() -> None:
    everybody = _one_column(range(8), range(5), [_CELL, _TOTAL])
    assert jointly_withheld(everybody, [everybody], MINIMUM, "key", solve) == set()


@pytest.mark.parametrize("debt", [range(6), range(4)])
def test_one_decision_between_two_tables_is_not_told(debt: range) -> None:
    before = _one_column(range(8), range(5), [_CELL, _TOTAL])
    after = _one_column(range(8), debt, [_CELL, _TOTAL])
    assert jointly_withheld(after, [before], MINIMUM, "key", solve) == {(DEBT, 0), (DEBT, EVERYBODY)}


def test_many_decisions_between_two_tables_are_told() -> None:
    before = _one_column(range(8), range(3), [_CELL, _TOTAL])
    after = _one_column(range(8), range(6), [_CELL, _TOTAL])
    assert jointly_withheld(after, [before], MINIMUM, "key", solve) == set()


def test_quotes_that_are_listed_by_group_do_not_tell_a_withheld_cell() -> None:
    columns = {passage: passage // 4 for passage in range(8)}
    debt = {"debt": frozenset({0, 4, 5, 6, 7})}
    cases: dict[int, str | None] = {passage: str(passage) for passage in range(8)}
    cells = [PublishedNumber(DEBT, 0, False), PublishedNumber(DEBT, 1, False)]
    matrix = PublishedTable(cases, columns, debt, [*cells, _TOTAL])
    listed = [replace(number, is_told=number.column == 1, tells_cases=False) for number in cells]
    assert jointly_withheld(matrix, [], MINIMUM, "key", solve) == set()
    assert (DEBT, 1) in jointly_withheld(replace(matrix, numbers=listed), [matrix], MINIMUM, "key", solve)


def test_a_theme_and_all_its_codes_but_one_tell_nothing_of_that_one() -> None:
    cases: dict[int, str | None] = {passage: str(passage) for passage in range(12)}
    columns = {passage: passage // 6 for passage in range(12)}
    coded = {"debt": frozenset({0, 1, 2}), "cuts": frozenset({3, 4, 6})}
    small = [PublishedNumber(CUTS, column, False) for column in (0, 1)]
    told = [PublishedNumber(CUTS, EVERYBODY, True), _CELL]
    codes = PublishedTable(cases, columns, coded, [*small, *told])
    assert jointly_withheld(codes, [], MINIMUM, "key", solve) == set()
    themes = replace(codes, numbers=[PublishedNumber(THEME, 0, True)])
    assert jointly_withheld(themes, [codes], MINIMUM, "key", solve) == {(THEME, 0)}


def test_a_quote_shown_by_group_and_then_by_area_leaves_enough_people() -> None:
    by_group = replace(_one_column(range(8), (), []), shown={1: frozenset("1234")})
    assert singled_out({1: frozenset("3456")}, [by_group], MINIMUM) == {1}
    assert singled_out({1: frozenset("2345")}, [by_group], MINIMUM) == set()
    assert singled_out({2: frozenset("3456")}, [by_group], MINIMUM) == set()
