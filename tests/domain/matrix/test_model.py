from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.bases import heard_quotes
from quotegrid.domain.matrix.measures import Measure, adjusted_residual, is_uncertain
from quotegrid.domain.matrix.model import NOT_KNOWN, Base, Rows, build_matrix
from quotegrid.domain.sources.model import SegmentKind

BOOK = Codebook(
    (Code("Money"), Code("quick fix", parent="Money"), Code("who pays", parent="Money"), Code("Families"))
)


def _quote(
    number: int,
    group: str | None,
    case: str | None,
    codes: tuple[str, ...] = (),
    suggested: tuple[str, ...] = (),
    source: str | None = None,
    wave: str = "1",
) -> Quote:
    return Quote(
        id=number,
        text="x",
        kind=SegmentKind.TURN,
        source=source or f"{case}.txt",
        start=0,
        end=1,
        case=case,
        group=group,
        role=None,
        area=None,
        heading=None,
        codes=codes,
        suggested=suggested,
        attributes={"wave": wave},
    )


QUOTES = [
    _quote(1, "parent", "Ray", ("quick fix", "who pays")),
    _quote(2, "parent", "Ray", ("Who Pays",)),
    _quote(3, "parent", "Kim", (), ("quick fix",)),
    _quote(4, "school", "Ada", ("Families",), wave="2"),
    _quote(5, "school", "Ada", ("Families", "Money"), wave="2"),
    _quote(6, None, None, ("quick fix",), source="Ray.txt"),
]


def test_a_theme_counts_what_stands_below_it_once_a_quote() -> None:
    matrix = build_matrix(QUOTES, BOOK, column_order=("school", "parent"))
    assert matrix.rows == ("Money", "Families")
    assert matrix.columns == ("school", "parent", NOT_KNOWN)
    assert matrix.cells == ((1, 2, 1), (2, 0, 0))
    assert matrix.totals == (4, 2)
    assert matrix.members == {(0, 0): (5,), (0, 1): (1, 2), (0, 2): (6,), (1, 0): (4, 5)}
    assert matrix.row_codes == (("Money", "quick fix", "who pays"), ("Families",))
    assert matrix.unconfirmed is None


@pytest.mark.parametrize(
    ("count", "cells", "totals"),
    [
        (measures.CASES, ((1, 1, None), (0, 1, None)), (2, 1)),
        (measures.SOURCES, ((1, 1, 1), (0, 1, 0)), (2, 1)),
        (measures.SHARE, ((0.5, 1.0, None), (0.0, 1.0, None)), (2 / 3, 1 / 3)),
    ],
)
def test_cases_sources_and_shares_are_counted_once_each(
    count: Measure, cells: tuple[tuple[float | None, ...], ...], totals: tuple[float, ...]
) -> None:
    matrix = build_matrix(QUOTES, BOOK, count=count)
    assert matrix.columns == ("parent", "school", NOT_KNOWN)
    assert matrix.cells == cells
    assert matrix.totals == pytest.approx(totals)


def test_every_column_has_its_base_of_all_that_was_heard() -> None:
    matrix = build_matrix(QUOTES, BOOK)
    assert matrix.bases == {
        "parent": Base(quotes=3, cases=2, sources=2, read=2),
        "school": Base(quotes=2, cases=1, sources=1, read=1),
        NOT_KNOWN: Base(quotes=1, cases=0, sources=1, unnamed=1),
    }
    assert matrix.total_base == Base(quotes=6, cases=3, sources=3, unnamed=1, read=3)


def test_codes_as_rows_show_a_parent_only_where_it_is_used_itself() -> None:
    matrix = build_matrix(QUOTES, BOOK, rows=Rows.CODE)
    assert matrix.rows == ("Money (itself)", "quick fix", "who pays", "Families")
    assert matrix.cells == ((0, 1, 0), (1, 0, 1), (2, 0, 0), (0, 2, 0))
    assert build_matrix(QUOTES[:4], BOOK, rows=Rows.CODE).rows == ("quick fix", "who pays", "Families")


def test_suggestions_count_only_when_asked_for_and_are_told_apart() -> None:
    matrix = build_matrix(QUOTES, BOOK, include_suggested=True)
    assert matrix.cells[0] == (3, 1, 1)
    assert matrix.unconfirmed == ((1, 0, 0), (0, 0, 0))


def test_a_group_that_nobody_heard_is_named_and_silence_is_zero() -> None:
    matrix = build_matrix(QUOTES, BOOK, expected=("parent", "health"))
    assert matrix.not_heard == ("health",)
    assert matrix.notes == ("Not heard: health.",)
    assert matrix.cells[1][0] == 0


def test_counting_cases_says_how_many_quotes_have_none() -> None:
    assert build_matrix(QUOTES, BOOK, count=measures.CASES).notes == (
        "1 quote names a role but no person, and is not counted by cases.",
    )


def test_any_attribute_makes_columns() -> None:
    assert build_matrix(QUOTES, BOOK, columns="wave").columns == ("1", "2")
    assert build_matrix([], BOOK).columns == ()


def _said(number: int, group: str, area: str, case: str, **codes: Stance | None) -> Quote:
    return replace(
        _quote(number, group, case, tuple(code.replace("_", " ") for code in codes)),
        area=area,
        text="two words",
        stances={code.replace("_", " "): (stance,) for code, stance in codes.items() if stance},
    )


NESTED = [
    _said(1, "parent", "West", "Ray", who_pays=Stance.DISPUTES),
    _said(2, "parent", "East", "Kim", who_pays=Stance.SUPPORTS, Families=None),
    _said(3, "parent", "East", "Kim", who_pays=None),
    _said(4, "school", "West", "Ada", Families=Stance.SUPPORTS),
]


def test_columns_are_nested_with_a_base_of_their_own() -> None:
    matrix = build_matrix(
        NESTED, BOOK, columns=("group", "area"), column_order={"group": ("school", "parent")}
    )
    assert matrix.columns == ("school / West", "parent / East", "parent / West")
    assert matrix.column_paths == (("school", "West"), ("parent", "East"), ("parent", "West"))
    assert matrix.cells == ((0, 2, 1), (1, 1, 0))
    assert [matrix.bases[name].cases for name in matrix.columns] == [1, 1, 1]
    assert matrix.columns_are == "area within group"


def test_what_was_planned_and_not_heard_has_an_empty_column() -> None:
    planned = {("parent", "East"), ("health", "West"), ("Parent", "west")}
    matrix = build_matrix(NESTED, BOOK, columns=("group", "area"), planned=planned)
    assert matrix.columns == ("health / West", "parent / East", "parent / West", "school / West")
    assert [row[0] for row in matrix.cells] == [None, None]
    assert matrix.not_heard == ("health / West",)


def test_rows_are_split_by_the_stances_that_somebody_took() -> None:
    matrix = build_matrix(NESTED, BOOK, by_stance=True)
    assert matrix.row_paths == (
        ("Money", "supports"),
        ("Money", "disputes"),
        ("Money", "no stance said"),
        ("Families", "supports"),
        ("Families", "disputes"),
        ("Families", "no stance said"),
    )
    assert matrix.cells == ((1, 0), (1, 0), (1, 0), (0, 1), (0, 0), (1, 0))
    assert matrix.rows[1] == "Money: disputes"


def test_only_codings_of_one_stance_count_and_the_bases_stay() -> None:
    matrix = build_matrix(heard_quotes(NESTED).taking(Stance.DISPUTES), BOOK)
    assert matrix.cells == ((1, 0), (0, 0))
    assert matrix.bases["parent"].quotes == 3


def test_sub_codes_are_rows_and_what_stands_on_the_theme_itself() -> None:
    matrix = build_matrix([*QUOTES, _quote(7, "parent", "Kim", ("Money",))], BOOK, within="Money")
    assert matrix.rows == ("quick fix", "who pays", "Money (itself)")
    assert build_matrix(NESTED, BOOK, within="Money").rows == ("quick fix", "who pays")
    chosen = build_matrix(NESTED, BOOK, only_rows=("families", "who pays"))
    assert (chosen.rows, chosen.cells) == (("who pays", "Families"), ((3, 0), (1, 1)))


def test_words_and_the_share_of_the_row() -> None:
    words = build_matrix(NESTED, BOOK, count=measures.WORDS)
    assert words.cells == ((6, 0), (2, 2))
    assert words.totals == (6, 4)
    assert words.bases["parent"].words == 6
    shares = build_matrix(NESTED, BOOK, count=measures.ROW_SHARE)
    assert shares.cells == ((1.0, 0.0), (0.5, 0.5))
    assert build_matrix(NESTED[3:], BOOK, count=measures.ROW_SHARE).cells == ((None,), (1.0,))


def test_what_is_heard_among_some_has_their_bases_and_what_is_counted_of_some_has_all() -> None:
    heard = heard_quotes(NESTED)
    among = build_matrix(heard.among({1, 4}), BOOK)
    assert (among.cells, among.total_base.quotes) == (((1, 0), (0, 1)), 2)
    counting = build_matrix(heard.counting({1, 4}), BOOK)
    assert (counting.cells, counting.total_base.quotes) == (((1, 0), (0, 1)), 4)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_a_squared_residual_is_the_chi_squared_of_two_by_two(a: int, b: int, c: int, d: int) -> None:
    found = adjusted_residual(a, a + c, a + b, a + b + c + d)
    if a + c == 0:
        assert found is None
        return
    assert found is not None
    expected = chi2_contingency([[a, b], [c, d]], correction=False)
    assert found**2 == pytest.approx(expected.statistic, abs=1e-9)
    assert is_uncertain(a + c, a + b, a + b + c + d) == (expected.expected_freq.min() < 5)
    assert (found > 0) == (a > expected.expected_freq[0, 0] + 1e-12) or found == pytest.approx(0)


def test_residuals_come_with_what_was_expected_and_are_uncertain_where_that_is_little() -> None:
    quotes = [
        _quote(number, "parent" if number % 2 else "school", f"P{number}", ("Money",) if number < 12 else ())
        for number in range(24)
    ]
    matrix = build_matrix(quotes, BOOK, count=measures.RESIDUAL)
    assert matrix.expected_cases[0] == (6.0, 6.0)
    assert matrix.cells[0] == (0.0, 0.0)
    assert matrix.cells[1] == (None, None)
    assert matrix.totals == (None, None)
    assert {row for row, _ in matrix.uncertain} == {1}


_QUOTES = st.lists(
    st.builds(
        _said,
        st.integers(1, 40),
        st.sampled_from(["parent", "school", "health"]),
        st.sampled_from(["West", "East"]),
        st.sampled_from(["Ray", "Kim", "Ada"]),
        who_pays=st.sampled_from([None, *Stance]),
    )
    | st.builds(
        _said,
        st.integers(41, 80),
        st.sampled_from(["parent", "school"]),
        st.sampled_from(["West", "East"]),
        st.sampled_from(["Ray", "Kim"]),
    ),
    max_size=15,
    unique_by=lambda quote: quote.id,
)


@given(_QUOTES, st.sampled_from([("group",), ("area", "group"), ("case",)]))
def test_every_cell_is_what_its_quotes_say_one_by_one(quotes: list[Quote], columns: tuple[str, ...]) -> None:
    matrix = build_matrix(quotes, BOOK, columns=columns, rows=Rows.CODE)
    for row, codes in enumerate(matrix.row_codes):
        for column, path in enumerate(matrix.column_paths):
            here = [
                quote
                for quote in quotes
                if tuple(quote.value(name) for name in columns) == path and set(quote.codes) & set(codes)
            ]
            tally = matrix.tallies[row][column]
            assert tally is not None
            assert matrix.cells[row][column] == tally.quotes == len(here)
            assert tally.cases == len({quote.case for quote in here})
            assert tally.sources == len({quote.source for quote in here})
            assert set(matrix.members.get((row, column), ())) == {quote.id for quote in here}
    split = build_matrix(quotes, BOOK, columns=columns, rows=Rows.CODE, by_stance=True)
    for row, name in enumerate(matrix.rows):
        parts = [number for number, path in enumerate(split.row_paths) if path[0] == name]
        for column in range(len(matrix.columns)):
            together = {number for part in parts for number in split.members.get((part, column), ())}
            assert together == set(matrix.members.get((row, column), ()))


def test_values_that_differ_in_case_alone_are_one_column_but_for_names() -> None:
    quotes = [
        replace(_quote(number, group, case), source="a.txt")
        for number, (group, case) in enumerate(
            [("LA Leader", "Ada"), ("LA leader", "Ray"), ("LA leader", "Kim"), ("la leader", "ada")]
        )
    ]
    assert build_matrix(quotes, BOOK).columns == ("LA leader",)
    assert build_matrix(quotes, BOOK, column_order=("LA Leader",)).columns == ("LA Leader",)
    assert len(build_matrix(quotes, BOOK, columns="case").columns) == 4
