from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from quotegrid.domain.coding.stopping import estimate_remaining, total_between


@given(st.data())
def test_the_interval_holds_all_totals_that_would_not_be_strange_and_no_others(data: st.DataObject) -> None:
    population = data.draw(st.integers(1, 120))
    drawn = data.draw(st.integers(1, population))
    carrying = data.draw(st.integers(0, drawn))
    low, high = total_between(population, drawn, carrying)
    totals = np.arange(population + 1)
    tails = np.minimum(
        hypergeom.sf(carrying - 1, population, totals, drawn),
        hypergeom.cdf(carrying, population, totals, drawn),
    )
    assume(np.abs(tails - 0.025).min() > 1e-9)
    fitting = totals[tails > 0.025].tolist()
    assert (low, high) == (fitting[0], fitting[-1])


def test_whoever_looked_at_everything_knows_the_total() -> None:
    assert total_between(40, 40, 7) == (7, 7)


@pytest.mark.parametrize("total", [0, 3, 20, 60])
def test_the_interval_holds_in_95_of_100_draws(total: int) -> None:
    population, size = 300, 50
    drawn = random.Random(total)  # noqa: S311
    everything = [True] * total + [False] * (population - total)
    held = 0
    for _ in range(300):
        low, high = total_between(population, size, sum(drawn.sample(everything, size)))
        held += low <= total <= high
    assert held >= 0.93 * 300


def test_what_is_found_is_not_left() -> None:
    first = estimate_remaining(400, 40, 4, 4)
    later = estimate_remaining(400, 40, 4, 30)
    assert first is not None and later is not None
    assert (first.about, later.about) == (36, 10)
    assert later.low == 0 and later.high == first.high - 26
    assert first.in_words() == f"about 36 ({first.low} to {first.high})"


def test_nothing_is_known_before_anybody_has_looked() -> None:
    assert estimate_remaining(400, 0, 0, 12) is None


def test_a_code_that_the_sample_lacks_may_still_be_there() -> None:
    left = estimate_remaining(400, 40, 0, 0)
    assert left is not None
    assert (left.about, left.low) == (0, 0)
    assert 20 < left.high < 40
