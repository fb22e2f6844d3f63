"""The choice of codes to suggest: threshold, number and rounding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.suggestions.choose import Choice, choose

CHANCES = st.lists(st.floats(0, 1, allow_nan=False), max_size=12)


def test_the_likeliest_come_first_and_what_is_below_the_threshold_not_at_all() -> None:
    chances = [0.1, 0.5, 0.2, 0.3, 0.19]
    assert choose(chances, threshold=0.2, per_segment=3) == [
        Choice(1, 0.5, 1),
        Choice(3, 0.3, 2),
        Choice(2, 0.2, 3),
    ]
    assert choose(chances, threshold=0.2, per_segment=2) == [Choice(1, 0.5, 1), Choice(3, 0.3, 2)]
    assert choose(chances, threshold=0.6, per_segment=3) == []
    assert choose([], threshold=0.0, per_segment=3) == []


@pytest.mark.parametrize(
    ("chance", "listed"),
    [(0.196, None), (0.1999, None), (0.199949, None), (0.19996, 0.2), (0.2, 0.2), (0.20004, 0.2)],
)
def test_a_chance_is_compared_as_it_is_listed(chance: float, listed: float | None) -> None:
    chosen = choose([chance], threshold=0.2, per_segment=3)
    assert [choice.score for choice in chosen] == ([] if listed is None else [listed])


@given(CHANCES, st.floats(0, 1, allow_nan=False), st.integers(1, 5))
def test_no_score_is_below_the_threshold_and_none_above_it_is_missing(
    chances: list[float], threshold: float, per_segment: int
) -> None:
    chosen = choose(chances, threshold=threshold, per_segment=per_segment)
    assert all(choice.score >= threshold for choice in chosen)
    enough = sum(round(chance, 4) >= threshold for chance in chances)
    assert len(chosen) == min(enough, per_segment)
    assert [choice.rank for choice in chosen] == list(range(1, len(chosen) + 1))
