from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.review import Order, Pending, Waiting, Walk, WalkScope, arranged, matrix_gains

SEGMENTS = [5, 3, 8, 1]
WAITING = {
    3: Waiting(1, code=2, score=0.55),
    8: Waiting(2, code=1, score=0.9),
    1: Waiting(1, code=1, score=0.2),
}


def test_by_source_the_order_stays_and_what_has_no_code_is_passed_over() -> None:
    assert arranged(SEGMENTS, Walk(), WAITING, marked={3, 8, 1}) == [3, 8, 1]
    assert arranged(SEGMENTS, Walk(which=WalkScope.ALL), WAITING) == SEGMENTS
    assert arranged(SEGMENTS, Walk(which=WalkScope.WAITING), {8: WAITING[8]}, marked={3, 8}) == [8]


def test_other_orders_begin_with_what_waits_and_end_with_what_does_not() -> None:
    def order(by: Order) -> list[int]:
        return arranged(SEGMENTS, Walk(WalkScope.ALL, by), WAITING)

    assert order(Order.CODE) == [8, 1, 3, 5]
    assert order(Order.CERTAIN) == [8, 3, 1, 5]
    assert order(Order.UNCERTAIN) == [3, 1, 8, 5]


def test_the_least_certain_are_spread_over_sources_and_codes() -> None:
    waiting = {
        1: Waiting(1, code=1, score=0.50),
        2: Waiting(1, code=1, score=0.51),
        3: Waiting(1, code=1, score=0.52),
        4: Waiting(1, code=2, score=0.60),
        5: Waiting(1, code=3, score=0.90),
    }
    source_of = {1: 7, 2: 7, 3: 7, 4: 8, 5: 9}
    plain = arranged([1, 2, 3, 4, 5], Walk(WalkScope.ALL, Order.UNCERTAIN), waiting)
    spread = arranged([1, 2, 3, 4, 5], Walk(WalkScope.ALL, Order.SPREAD), waiting, source_of=source_of)
    assert (plain, spread) == ([1, 2, 3, 4, 5], [1, 4, 5, 2, 3])


def test_what_may_change_the_matrix_most_comes_first() -> None:
    pending = [
        Pending(1, code=5, score=0.9, case=1, group="school"),
        Pending(2, code=5, score=0.9, case=2, group="health"),
        Pending(3, code=5, score=0.8, case=2, group="health"),
        Pending(4, code=6, score=0.9, case=3, group="school"),
        Pending(5, code=6, score=0.9, case=None, group="school"),
    ]
    gains = matrix_gains(pending, {(3, 6)}, {"school": 10, "health": 2})
    assert gains[1] == pytest.approx(0.9 / 10)
    assert gains[2] == pytest.approx(0.9 / 2)
    assert gains[3] == pytest.approx((1 - 0.9) * 0.8 / 2)
    assert gains[4] == gains[5] == 0
    waiting = {number: Waiting(1, 5, 0.9) for number in gains}
    assert arranged([1, 2, 3, 4, 5], Walk(order=Order.MATRIX), waiting, marked=waiting, gains=gains) == [
        2,
        1,
        3,
        4,
        5,
    ]


def test_what_was_drawn_stays_in_the_order_of_the_draw() -> None:
    walk = Walk(WalkScope.DRAWN, Order.CERTAIN)
    assert arranged(SEGMENTS, walk, WAITING, drawn=[8, 99, 5]) == [8, 5]


def test_only_what_fits_a_query_is_left() -> None:
    assert arranged(SEGMENTS, Walk(WalkScope.ALL, query="x"), WAITING, fitting={1, 5}) == [5, 1]
    assert arranged(SEGMENTS, Walk(WalkScope.ALL, query="x"), WAITING, fitting=set()) == []


@given(
    segments=st.lists(st.integers(1, 40), unique=True),
    scores=st.dictionaries(st.integers(1, 40), st.floats(0, 1)),
    order=st.sampled_from(list(Order)),
)
def test_an_order_neither_loses_nor_doubles_a_segment(
    segments: list[int], scores: dict[int, float], order: Order
) -> None:
    waiting = {segment: Waiting(1, segment % 3, score) for segment, score in scores.items()}
    source_of = {segment: segment % 5 for segment in segments}
    found = arranged(segments, Walk(WalkScope.ALL, order), waiting, source_of=source_of)
    assert sorted(found) == sorted(segments)
