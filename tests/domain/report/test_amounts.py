from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.report.amounts import (
    ALL,
    DEFAULT_SCALE,
    NEITHER,
    NONE,
    ONE,
    Scale,
    amount,
    amount_word,
    describe_amount,
    fits,
)
from quotegrid.settings_values import DEFAULT_AMOUNTS, EXACT_AMOUNTS


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    limits = sorted(draw(st.sets(st.integers(1, 99), min_size=0, max_size=5)))
    ends = [0, *limits, 100]
    words = {f"word {number}": (start / 100, end / 100) for number, (start, end) in enumerate(pairwise(ends))}
    return Scale(words, draw(st.integers(1, 10)))


COUNTS = st.integers(1, 60).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.mark.parametrize(
    ("cases", "base", "expected"),
    [
        (0, 0, "nobody was asked"),
        (0, 9, "none of the 9"),
        (1, 9, "one of the 9"),
        (2, 20, "a few of the 20"),
        (3, 20, "some of the 20"),
        (4, 9, "some of the 9"),
        (5, 10, "many of the 10"),
        (7, 9, "most of the 9"),
        (9, 10, "almost all of the 10"),
        (9, 9, "all of the 9"),
        (2, 2, "both"),
        (0, 2, "none of the 2"),
        (1, 3, "one of the 3"),
        (2, 3, "2 of the 3"),
        (3, 4, "3 of the 4"),
        (3, 5, "many of the 5"),
        (1, 1, "the only one"),
    ],
)
def test_an_amount_in_plain_words(cases: int, base: int, expected: str) -> None:
    assert amount(cases, base) == expected


@pytest.mark.parametrize(
    ("cases", "base", "expected"),
    [
        (7, 9, "Most (7 of 9) of the school leaders"),
        (9, 10, "Almost all (9 of 10) of the school leaders"),
        (9, 9, "All 9 school leaders"),
        (1, 9, "One of the 9 school leaders"),
        (0, 9, "None of the 9 school leaders"),
        (0, 2, "Neither of the 2 school leaders"),
        (2, 2, "Both school leaders"),
        (2, 3, "2 of the 3 school leaders"),
        (1, 1, "The only one heard of the school leaders"),
        (0, 1, "None of the school leaders (1 was heard)"),
        (None, 0, "Nobody of the school leaders was asked"),
    ],
)
def test_a_sentence_begins_with_who_said_it(cases: int | None, base: int, expected: str) -> None:
    assert describe_amount(cases, base, "school leaders") == expected


def test_limits_are_the_numbers_that_were_written() -> None:
    scale = Scale({"low": (0.0, 0.07), "high": (0.07, 1.0)})
    assert amount_word(7, 100, scale) == "high"
    assert DEFAULT_SCALE.word(15, 100) == "some"
    assert DEFAULT_SCALE.word(14, 100) == "a few"


@given(COUNTS, scales())
def test_the_word_that_is_said_fits(counts: tuple[int, int], scale: Scale) -> None:
    word = amount_word(*counts, scale)
    if word is None:
        assert 1 < counts[0] < counts[1] < scale.smallest_base
    else:
        assert fits(word, *counts, scale)


@given(COUNTS, scales())
def test_exactly_one_word_fits_but_for_those_that_say_the_same(counts: tuple[int, int], scale: Scale) -> None:
    cases, base = counts
    fitting = {word for word in (*scale.words, ALL, ONE, NONE) if fits(word, cases, base, scale)}
    assert fitting == ({ALL, ONE} if cases == base == 1 else fitting)
    assert len(fitting) == (2 if cases == base == 1 else 1)
    assert fits(NEITHER, cases, base, scale) == (base == 2 and cases == 0)


@given(st.integers(1, 60), scales())
def test_more_cases_never_get_a_lower_word(base: int, scale: Scale) -> None:
    order = list(scale.words)
    places = [order.index(scale.word(cases, base)) for cases in range(base + 1)]
    assert places == sorted(places)


@given(COUNTS, scales(), st.integers(1, 5))
def test_the_word_is_that_of_the_share_and_not_of_the_number(
    counts: tuple[int, int], scale: Scale, times: int
) -> None:
    cases, base = counts
    assert scale.word(cases, base) == scale.word(cases * times, base * times)


def test_nothing_fits_where_nobody_was_asked_and_unknown_words_are_refused() -> None:
    assert not any(fits(word, 0, 0) for word in (*EXACT_AMOUNTS, *DEFAULT_AMOUNTS))
    with pytest.raises(KeyError):
        fits("umpteen", 1, 2)
    with pytest.raises(ValueError, match="3 of 2"):
        amount(3, 2)
