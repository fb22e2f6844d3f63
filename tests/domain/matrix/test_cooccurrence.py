from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bases import heard_quotes
from quotegrid.domain.matrix.cooccurrence import CoOccurrence, Unit, count_together, publishable_pairs
from quotegrid.domain.matrix.rows import Rows
from quotegrid.domain.sources.model import SegmentKind

BOOK = Codebook((Code("Money"), Code("a", parent="Money"), Code("b", parent="Money"), Code("c")))


def _quote(number: int, case: str | None, *codes: str) -> Quote:
    return Quote(
        id=number,
        text="x",
        kind=SegmentKind.TURN,
        source=f"{case}.txt",
        start=0,
        end=1,
        case=case,
        group=None,
        role=None,
        area=None,
        heading=None,
        codes=codes,
    )


QUOTES = [
    _quote(1, "Ada", "a", "b"),
    _quote(2, "Ada", "a"),
    _quote(3, "Ada", "c"),
    _quote(4, "Ray", "b"),
    _quote(5, "Ray"),
    _quote(6, None, "a", "c"),
]
TURNS = {1: 10, 2: 11, 3: 11, 4: 12, 5: 12}


@pytest.mark.parametrize(
    ("unit", "together", "either"),
    [
        (Unit.SEGMENT, {("a", "b"): 1, ("a", "c"): 1, ("b", "c"): 0}, {("a", "b"): 4, ("b", "c"): 4}),
        (Unit.TURN, {("a", "b"): 1, ("a", "c"): 2, ("b", "c"): 0}, {("a", "b"): 4, ("a", "c"): 3}),
        (Unit.CASE, {("a", "b"): 1, ("a", "c"): 1, ("b", "c"): 1}, {("a", "b"): 2, ("a", "c"): 1}),
    ],
)
def test_codes_stand_together_within_a_unit(
    unit: Unit, together: dict[tuple[str, str], int], either: dict[tuple[str, str], int]
) -> None:
    found = count_together(heard_quotes(QUOTES), BOOK, unit, turn_of=TURNS)
    assert {(pair.first, pair.second): pair.together for pair in found.pairs} == together
    for (first, second), number in either.items():
        pair = found.pair(second, first)
        assert pair.either == number
        assert pair.jaccard == pytest.approx(together[first, second] / number)
    assert found.left_out == (1 if unit is Unit.CASE else 0)


def test_themes_count_what_stands_below_them_and_the_quotes_of_a_pair_are_told() -> None:
    heard = heard_quotes(QUOTES)
    found = count_together(heard, BOOK, Unit.TURN, rows=Rows.THEME, turn_of=TURNS, with_segments=True)
    assert found.codes == ("Money", "c")
    assert found.alone == {"Money": 4, "c": 2}
    assert found.pairs[0].segments == (2, 3, 6)


def test_a_code_that_is_not_used_is_in_no_pair() -> None:
    assert count_together(heard_quotes(QUOTES[3:5]), BOOK, Unit.SEGMENT).codes == ("b",)
    with pytest.raises(KeyError):
        count_together(heard_quotes(QUOTES), BOOK, Unit.SEGMENT).pair("a", "Money")


_SAID = st.lists(
    st.builds(
        lambda case, codes: _quote(0, case, *sorted(codes)),
        st.sampled_from(["Ada", "Ray", "Kim", "Sam", "Jo", "Lee"]),
        st.sets(st.sampled_from(["a", "b", "c"]), max_size=3),
    ),
    max_size=24,
).map(lambda quotes: [replace(quote, id=number) for number, quote in enumerate(quotes, 1)])


def _by_case(found: CoOccurrence, quotes: list[Quote]) -> None:
    for pair in found.pairs:
        have = {
            code: {quote.case for quote in quotes if code in quote.codes}
            for code in (pair.first, pair.second)
        }
        assert pair.together == len(have[pair.first] & have[pair.second])
        assert pair.either == len(have[pair.first] | have[pair.second])


@given(_SAID)
def test_every_pair_is_what_its_cases_say_one_by_one(quotes: list[Quote]) -> None:
    found = count_together(heard_quotes(quotes), BOOK, Unit.CASE)
    _by_case(found, quotes)
    assert len(found.pairs) == len(list(combinations(found.codes, 2)))
    assert [pair.together for pair in found.pairs] == sorted(
        (pair.together or 0 for pair in found.pairs), reverse=True
    )


@given(_SAID, st.integers(2, 4), st.sampled_from(Unit))
def test_what_is_published_tells_of_no_few_cases_not_even_by_subtraction(
    quotes: list[Quote], minimum: int, unit: Unit
) -> None:
    heard = heard_quotes(quotes)
    turns = {quote.id: quote.id // 2 for quote in quotes if quote.case == "Ada"}
    cases = count_together(heard, BOOK, Unit.CASE, with_cases=True)
    counted = count_together(heard, BOOK, unit, turn_of=turns, with_cases=True)
    told = publishable_pairs(counted, cases, minimum)
    small = range(1, minimum)
    saying = {code: {quote.case for quote in quotes if code in quote.codes} for code in ("a", "b", "c")}
    for name, alone in told.alone.items():
        assert (alone is None) == (len(saying[name]) in small)
    withheld = [(pair.first, pair.second) for pair in told.pairs if pair.together is None]
    assert withheld == sorted(withheld)
    for pair in told.pairs:
        if pair.together is None:
            assert (pair.either, pair.jaccard, pair.segments) == (None, None, ())
            continue
        assert pair.cases is not None
        assert (pair.cases > 0) == (pair.together > 0)
        for code in (pair.first, pair.second):
            assert len(saying[code]) not in small
            assert pair.cases not in small
            assert not pair.cases or len(saying[code]) - pair.cases not in small


def test_a_pair_in_one_segment_is_withheld_although_many_cases_hold_both_codes() -> None:
    quotes = [_quote(number, f"P{number // 2}", "a" if number % 2 else "b") for number in range(12)]
    quotes.append(_quote(12, "P0", "a", "b"))
    heard = heard_quotes(quotes)
    counted = count_together(heard, BOOK, Unit.SEGMENT, with_cases=True)
    assert (counted.pair("a", "b").together, counted.pair("a", "b").cases) == (1, 1)
    cases = count_together(heard, BOOK, Unit.CASE, with_cases=True)
    assert publishable_pairs(counted, cases, 3).pair("a", "b").together is None
    assert publishable_pairs(cases, cases, 3).pair("a", "b").together == 6
    assert all(
        pair.together is None
        for pair in publishable_pairs(count_together(heard, BOOK, Unit.SEGMENT), cases, 3).pairs
    )
