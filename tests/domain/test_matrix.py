from __future__ import annotations

import pytest

from quotegrid.domain.codes import Code, Codebook
from quotegrid.domain.matrix import NOT_KNOWN, Base, Count, Rows, build_matrix
from quotegrid.domain.quotes import Quote
from quotegrid.domain.sources import SegmentKind

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
        (Count.CASES, ((1, 1, None), (0, 1, None)), (2, 1)),
        (Count.SOURCES, ((1, 1, 1), (0, 1, 0)), (2, 1)),
        (Count.SHARE, ((0.5, 1.0, None), (0.0, 1.0, None)), (2 / 3, 1 / 3)),
    ],
)
def test_cases_sources_and_shares_are_counted_once_each(
    count: Count, cells: tuple[tuple[float | None, ...], ...], totals: tuple[float, ...]
) -> None:
    matrix = build_matrix(QUOTES, BOOK, count=count)
    assert matrix.columns == ("parent", "school", NOT_KNOWN)
    assert matrix.cells == cells
    assert matrix.totals == pytest.approx(totals)


def test_every_column_has_its_base_of_all_that_was_heard() -> None:
    matrix = build_matrix(QUOTES, BOOK)
    assert matrix.bases == {
        "parent": Base(quotes=3, cases=2, sources=2),
        "school": Base(quotes=2, cases=1, sources=1),
        NOT_KNOWN: Base(quotes=1, cases=0, sources=1, unnamed=1),
    }
    assert matrix.total_base == Base(quotes=6, cases=3, sources=3, unnamed=1)


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
    assert build_matrix(QUOTES, BOOK, count=Count.CASES).notes == (
        "1 quote names a role but no person, and is not counted by cases.",
    )


def test_any_attribute_makes_columns() -> None:
    assert build_matrix(QUOTES, BOOK, columns="wave").columns == ("1", "2")
    assert build_matrix([], BOOK).columns == ()
