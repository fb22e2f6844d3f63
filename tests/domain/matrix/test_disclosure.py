"""Disclosure control: nobody can work out a withheld cell, and enough people share an attribution."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations, product
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotegrid.domain.matrix import disclosure
from quotegrid.domain.matrix.disclosure import (
    CellCount,
    Person,
    Reason,
    attribution_levels,
    is_tellable,
    tellable_parts,
    together_named,
    withheld_cells,
)
from tests.profiles import examples


def test_values_told_as_one_have_no_other_values_name() -> None:
    assert together_named(["a", "b"], ["a", "b", "c"]) == "a / b"
    assert together_named(["a", "b"], ["a", "b", "a / b"]) == "a / b together"
    assert together_named(["a / b"], ["a / b"]) == "a / b"


def _row(*cases: int) -> list[CellCount]:
    return [CellCount(number, number) for number in cases]


def _withheld(row: list[CellCount], bases: list[CellCount], minimum: int, key: str = "k") -> set[int]:
    return set(withheld_cells(row, bases, minimum=minimum, key=key)[0])


def test_nothing_is_withheld_where_every_cell_is_large_or_empty() -> None:
    assert withheld_cells(_row(3, 0, 9), _row(9, 9, 9), minimum=3, key="k") == ({}, False)


def test_a_small_cell_takes_another_one_with_it() -> None:
    reasons, total = withheld_cells(_row(2, 0, 9, 5), _row(9, 9, 12, 9), minimum=3, key="k")
    assert reasons[0] is Reason.SMALL
    assert len(reasons) == 2
    assert 1 not in reasons
    assert Reason.COMPLEMENTARY in reasons.values()
    assert not total


def test_two_ones_would_be_told_by_their_sum() -> None:
    assert len(_withheld(_row(1, 1, 8), _row(9, 9, 9), 3)) == 3


def test_one_and_two_protect_each_other() -> None:
    assert _withheld(_row(1, 2, 8), _row(9, 9, 9), 3) == {0, 1}


def test_two_cells_at_the_most_that_is_small_would_be_told_by_their_sum() -> None:
    assert len(_withheld(_row(2, 2, 8), _row(9, 9, 9), 3)) == 3


def test_an_empty_cell_helps_where_nothing_else_can() -> None:
    reasons, total = withheld_cells(_row(2, 0, 0), _row(9, 9, 9), minimum=3, key="k")
    assert len(reasons) == 2
    assert total


def test_the_total_is_withheld_where_no_cell_is_left() -> None:
    reasons, total = withheld_cells(_row(1, 1, 1), _row(9, 9, 9), minimum=3, key="k")
    assert set(reasons) == {0, 1, 2}
    assert total


def test_a_total_stands_for_the_people_behind_it_however_many_columns_they_stand_in() -> None:
    reasons, total = withheld_cells(_row(2, 2, 2), _row(5, 5, 5), minimum=3, key="k", total=2)
    assert set(reasons) == {0, 1, 2}
    assert total


def test_a_base_that_everybody_reaches_is_no_protection() -> None:
    assert _withheld(_row(2, 9, 5, 5), _row(4, 9, 9, 9), 3) != {0, 1}


def test_the_same_key_withholds_the_same_cells() -> None:
    row, bases = _row(2, 6, 7, 8, 9), _row(20, 20, 20, 20, 20)
    assert _withheld(row, bases, 3, "a") == _withheld(row, bases, 3, "a")
    assert len({frozenset(_withheld(row, bases, 3, str(number))) for number in range(1000)}) == 4 + 6 + 4 + 1


@st.composite
def rows(draw: st.DrawFn) -> tuple[list[CellCount], list[CellCount], int]:
    minimum = draw(st.integers(3, 5))
    bases = draw(st.lists(st.integers(minimum, 9), min_size=2, max_size=4))
    cases = [draw(st.integers(0, base)) for base in bases]
    return _row(*cases), _row(*bases), minimum


@given(rows())
@examples(400, quick=150)
def test_an_attacker_with_total_cells_and_bases_cannot_tell_a_withheld_cell(
    drawn: tuple[list[CellCount], list[CellCount], int],
) -> None:
    """The attacker tries every row that agrees with all that is published."""
    row, bases, minimum = drawn
    reasons, total_withheld = withheld_cells(row, bases, minimum=minimum, key="k")
    fitting = _agreeing(row, bases, set(reasons), total_withheld=total_withheld)
    for column in reasons:
        assert len({tried[column] for tried in fitting}) > 1


@st.composite
def overlapping(draw: st.DrawFn) -> tuple[list[set[int]], list[CellCount], int]:
    """The cases behind each cell of a row, some of them in several, and the columns' bases."""
    minimum = draw(st.integers(3, 4))
    cells = draw(st.lists(st.sets(st.integers(0, 5)), min_size=2, max_size=4))
    bases = [
        CellCount(base, base)
        for base in (max(len(cell), minimum) + draw(st.integers(0, 2)) for cell in cells)
    ]
    return cells, bases, minimum


@given(overlapping())
@examples(400, quick=150)
@example(([{0, 1}, {0, 1}, {0, 1}], _row(5, 5, 5), 3))
def test_neither_a_cell_nor_a_total_tells_of_few_where_cases_stand_in_several_columns(
    drawn: tuple[list[set[int]], list[CellCount], int],
) -> None:
    """The attacker tries every row of cells that can make the total, however their cases overlap."""
    cells, bases, minimum = drawn
    row, total = _row(*map(len, cells)), len(set().union(*cells))
    reasons, total_withheld = withheld_cells(row, bases, minimum=minimum, key="k", total=total)
    assert total_withheld or not 0 < total < minimum
    ranges = [
        range(base.cases + 1) if column in reasons else [row[column].cases]
        for column, base in enumerate(bases)
    ]
    fitting = [tried for tried in product(*ranges) if total_withheld or max(tried) <= total <= sum(tried)]
    for column in reasons:
        assert len({tried[column] for tried in fitting}) > 1


_World = tuple[tuple[int, ...], tuple[int, ...], int]
"""The bases of a row's columns, its cells and its total, each in distinct people."""


def _worlds(people: int, columns: int) -> set[_World]:
    """Every row that so many people can make: in each column one was not heard, was silent, or said it."""
    places = [place for place in product(range(3), repeat=columns) if any(place)]
    worlds: set[_World] = {((0,) * columns, (0,) * columns, 0)}
    for _ in range(people):
        worlds = {
            (
                tuple(base + (how > 0) for base, how in zip(bases, place, strict=True)),
                tuple(cell + (how > 1) for cell, how in zip(cells, place, strict=True)),
                total + (2 in place),
            )
            for bases, cells, total in worlds
            for place in places
        }
    return worlds


@pytest.mark.parametrize(("people", "columns"), [(4, 2), (6, 2), (4, 3)])
def test_of_all_that_few_people_can_have_said_nothing_withheld_is_told_to_those_who_know_the_method(
    people: int, columns: int
) -> None:
    """The attacker tries every way in which people can stand in columns, and every key."""
    possible = defaultdict(list)
    for bases, cells, total in _worlds(people, columns):
        if min(bases) < 3:
            continue
        for order, further in product(permutations(range(columns)), range(columns)):
            withheld, total_withheld = _withheld_in_order(
                _row(*cells), _row(*bases), 3, order, further=further, total=total
            )
            published = tuple(None if place in withheld else cell for place, cell in enumerate(cells))
            possible[bases, published, None if total_withheld else total].append((cells, total))
    for (_, published, published_total), agreeing in possible.items():
        assert not {1, 2} & {*published, published_total}
        for place in (place for place, cell in enumerate(published) if cell is None):
            assert len({cells[place] for cells, _ in agreeing}) > 1, (published, published_total)
        assert published_total is not None or len({total for _, total in agreeing}) > 1, published


@given(rows())
@examples(120, quick=40)
def test_an_attacker_who_knows_the_method_but_not_the_key_cannot_either(
    drawn: tuple[list[CellCount], list[CellCount], int],
) -> None:
    """Of the rows that agree, only those count from which the method could have withheld these cells."""
    row, bases, minimum = drawn
    reasons, total_withheld = withheld_cells(row, bases, minimum=minimum, key="k")
    fitting = []
    for tried in _agreeing(row, bases, set(reasons), total_withheld=total_withheld):
        for order, further in product(permutations(range(len(row))), range(len(row))):
            again = _withheld_in_order(_row(*tried), bases, minimum, order, further=further)
            if again == (set(reasons), total_withheld):
                fitting.append(tried)
                break
    for column in reasons:
        assert len({tried[column] for tried in fitting}) > 1, (row, bases, minimum, reasons, fitting)


def _agreeing(
    row: list[CellCount], bases: list[CellCount], withheld: set[int], *, total_withheld: bool
) -> list[tuple[int, ...]]:
    """Every row that agrees with the published cells, the bases and the total where it is published."""
    total = sum(cell.cases for cell in row)
    ranges = [
        range(base.cases + 1) if column in withheld else [row[column].cases]
        for column, base in enumerate(bases)
    ]
    return [tried for tried in product(*ranges) if total_withheld or sum(tried) == total]


def _withheld_in_order(
    row: list[CellCount],
    bases: list[CellCount],
    minimum: int,
    order: tuple[int, ...],
    *,
    further: int,
    total: int | None = None,
) -> tuple[set[int], bool]:
    with (
        patch.object(disclosure, "_keyed", lambda _, column: f"{order.index(column):02d}"),
        patch.object(disclosure, "_further", lambda _: further),
    ):
        reasons, total_withheld = withheld_cells(row, bases, minimum=minimum, key="", total=total)
    return set(reasons), total_withheld


def _people(*rows: tuple[str, str | None, str | None, str | None]) -> list[Person]:
    return [Person(*row) for row in rows]


def test_an_attribution_is_as_full_as_enough_people_share() -> None:
    people = _people(
        ("a", "school", "Headteacher", "Ash"),
        ("b", "school", "Headteacher", "ash"),
        ("c", "school", "headteacher", "Birch"),
        ("d", "school", "SENCO", "Birch"),
        ("e", "health", "Nurse", "Ash"),
    )
    assert attribution_levels(people, 2)["a"] == ("role", "area")
    levels = attribution_levels(people, 3)
    assert levels == {"a": ("role",), "b": ("role",), "c": ("role",), "d": ("group",), "e": ()}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["school", "health", None]),
            st.sampled_from(["head", "lead", None]),
            st.sampled_from(["Ash", "Birch", None]),
        ),
        max_size=30,
    ),
    st.integers(3, 6),
)
def test_at_least_the_minimum_share_each_attribution(
    values: list[tuple[str | None, str | None, str | None]], minimum: int
) -> None:
    people = [Person(str(number), *value) for number, value in enumerate(values)]
    levels = attribution_levels(people, minimum)
    for person in people:
        level = levels[person.name]
        if level:
            told = [getattr(person, field) for field in level]
            assert sum([getattr(other, field) for field in level] == told for other in people) >= minimum


@pytest.mark.parametrize("minimum", [3, 4])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_no_part_that_is_withheld_can_be_worked_out_from_the_whole(count: int, minimum: int) -> None:
    """Somebody who knows the method and the whole tries every count of the parts that agrees."""
    for whole in range(minimum, 7):
        possible = [
            parts
            for parts in product(range(whole + 1), repeat=count)
            if tellable_parts(whole, parts, minimum).count(None)
        ]
        for only_in_parts in (True, False):
            worlds = [parts for parts in possible if not only_in_parts or sum(parts) >= whole]
            for place in range(count) if worlds else ():
                assert len({parts[place] for parts in worlds}) > 1, (whole, place)
        assert all(0 < min(part for part in parts if part) < minimum for parts in possible)


def test_parts_of_a_whole_that_is_withheld_are_withheld() -> None:
    assert tellable_parts(None, [5, 0, 4], 3) == [None, None, None]
    assert tellable_parts(9, [5, 0, 4], 3) == [5, 0, 4]
    assert tellable_parts(9, [5, 0, 2], 3) == [None, None, None]


@pytest.mark.parametrize(
    ("some", "of", "told"),
    [(0, 5, True), (2, 9, False), (7, 9, False), (3, 6, True), (6, 6, True), (2, 2, False)],
)
def test_neither_those_who_do_nor_those_who_do_not_may_be_few(some: int, of: int, told: bool) -> None:
    assert is_tellable(some, of, 3) is told


def test_what_stands_beside_an_attribution_is_told_with_it_and_what_must_stay_apart_never_is() -> None:
    people = [
        Person("a", "school", "Headteacher", "Ash", (0,)),
        Person("b", "school", "Headteacher", "Ash", (0,)),
        Person("c", "school", "Headteacher", "Ash", (0,)),
        Person("d", "school", "Headteacher", "Ash", (1,)),
        Person("e", "school", "SENCO", "Ash", (1,)),
        Person("f", "school", "SENCO", "Birch", (1,)),
    ]
    levels = attribution_levels(people, 3)
    assert levels["a"] == ("role", "area")
    assert levels["d"] == levels["e"] == ("group",)
    apart = attribution_levels(people, 3, [frozenset({"area", "role"})])
    assert apart["a"] == ("role",)


def test_a_role_that_several_groups_share_is_told_only_where_enough_of_one_group_have_it() -> None:
    chairs = [
        Person(str(number), "forum" if number < 2 else "college", "Chair", "Ash") for number in range(5)
    ]
    levels = attribution_levels(chairs, 3)
    assert [levels[str(number)] for number in range(5)] == [(), (), *[("role", "area")] * 3]
