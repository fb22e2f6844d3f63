from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.figures import NOT_THERE, Difference, Figure, differences

NAMES = st.sampled_from(["a", "b", "c"])
FIGURES = st.lists(st.tuples(NAMES, NAMES, st.none() | st.integers(0, 3) | st.sampled_from(["[c]"])))


@given(FIGURES)
def test_the_same_figures_differ_in_nothing(figures: list[Figure]) -> None:
    assert differences(figures, list(figures)) == []


@given(FIGURES, FIGURES)
def test_what_is_told_leads_from_then_to_now(then: list[Figure], now: list[Figure]) -> None:
    told = differences(then, now)
    assert (told == []) == all(
        [value for row, column, value in then if (row, column) == place]
        == [value for row, column, value in now if (row, column) == place]
        for place in {figure[:2] for figure in (*then, *now)}
    )
    assert [(one.row, one.column, one.now, one.then) for one in told] != [] or told == []
    assert sorted(map(repr, (Difference(one.row, one.column, one.now, one.then) for one in told))) == sorted(
        map(repr, differences(now, then))
    )


def test_a_number_that_changed_came_or_went_is_told_in_order() -> None:
    then: list[Figure] = [("Money", "school", 2), ("Money", "parent", 1), ("Families", "school", None)]
    now: list[Figure] = [("Money", "school", 3), ("Families", "school", None), ("Trust", "school", 0)]
    assert differences(then, now) == [
        Difference("Money", "school", 2, 3),
        Difference("Money", "parent", 1, NOT_THERE),
        Difference("Trust", "school", NOT_THERE, 0),
    ]
