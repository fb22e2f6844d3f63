from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.review import Order, Waiting, Walk, Which, arranged

SEGMENTS = [5, 3, 8, 1]
WAITING = {
    3: Waiting(1, code=2, score=0.55),
    8: Waiting(2, code=1, score=0.9),
    1: Waiting(1, code=1, score=0.2),
}


def test_by_source_the_order_stays_and_what_has_no_code_is_passed_over() -> None:
    assert arranged(SEGMENTS, Walk(), WAITING, marked={3, 8, 1}) == [3, 8, 1]
    assert arranged(SEGMENTS, Walk(which=Which.ALL), WAITING) == SEGMENTS
    assert arranged(SEGMENTS, Walk(which=Which.WAITING), {8: WAITING[8]}, marked={3, 8}) == [8]


def test_other_orders_begin_with_what_waits_and_end_with_what_does_not() -> None:
    def order(by: Order) -> list[int]:
        return arranged(SEGMENTS, Walk(Which.ALL, by), WAITING)

    assert order(Order.CODE) == [8, 1, 3, 5]
    assert order(Order.CERTAIN) == [8, 3, 1, 5]
    assert order(Order.UNCERTAIN) == [3, 1, 8, 5]


def test_only_what_fits_a_query_is_left() -> None:
    assert arranged(SEGMENTS, Walk(Which.ALL, query="x"), WAITING, fitting={1, 5}) == [5, 1]
    assert arranged(SEGMENTS, Walk(Which.ALL, query="x"), WAITING, fitting=set()) == []


@given(
    segments=st.lists(st.integers(1, 40), unique=True),
    scores=st.dictionaries(st.integers(1, 40), st.floats(0, 1)),
    order=st.sampled_from(list(Order)),
)
def test_an_order_neither_loses_nor_doubles_a_segment(
    segments: list[int], scores: dict[int, float], order: Order
) -> None:
    waiting = {segment: Waiting(1, segment % 3, score) for segment, score in scores.items()}
    assert sorted(arranged(segments, Walk(Which.ALL, order), waiting)) == sorted(segments)
