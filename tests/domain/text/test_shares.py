from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.text.shares import index_text, share_text


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0, 0, "0%"),
        (1, 0, "100%"),
        (1 / 8, 0, "13%"),
        (1 / 8, 1, "12.5%"),
        (3 / 8, 0, "38%"),
        (0.005, 0, "1%"),
        (1 / 201, 0, "<1%"),
        (200 / 201, 0, ">99%"),
        (1 / 3, 0, "33%"),
        (2 / 3, 2, "66.67%"),
        (1 / 2001, 1, "<0.1%"),
        (2000 / 2001, 1, ">99.9%"),
    ],
)
def test_shares_are_rounded_away_from_nought_and_some_is_never_none(
    share: float, digits: int, text: str
) -> None:
    assert share_text(share, digits) == text


@pytest.mark.parametrize(
    ("index", "text"),
    [
        (0, "0.00"),
        (1, "1.00"),
        (0.5, "0.50"),
        (1 / 8, "0.13"),
        (1 / 200, "0.01"),
        (1 / 201, "<0.01"),
        (Fraction(1, 10**6), "<0.01"),
        (200 / 201, ">0.99"),
    ],
)
def test_an_index_is_rounded_so_and_a_little_is_never_none(index: float, text: str) -> None:
    assert index_text(index) == text


@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_is_that_of_decimal_numbers_or_beyond_an_end(counts: tuple[int, int]) -> None:
    some, whole = counts
    text = share_text(some / whole)
    assert text == share_text(Fraction(some, whole))
    rounded = (Decimal(some * 100) / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP)
    if some and not rounded:
        assert text == "<1%"
    elif some < whole and rounded == 100:
        assert text == ">99%"
    else:
        assert text == f"{rounded}%"
