"""Shares are of the cases that are read to the end, counted here again from the quotes alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.bases import heard_quotes
from quotegrid.domain.matrix.model import Matrix, Rows, build_matrix
from quotegrid.domain.matrix.read_cases import SharesOf, among_read, read_cases, reading_note
from tests.exports.samples import quote
from tests.profiles import examples

BOOK = Codebook((Code("wait"), Code("money")))
CODES = ("wait", "money")
SOURCES = ("a.txt", "b.txt", "c.txt", "d.txt")
GROUP = {"Ada": "school", "Bo": "school", "Cy": "school", "Di": "parent", "Ed": "parent", None: "health"}
SPOKEN = st.lists(
    st.tuples(
        st.sampled_from([*GROUP]), st.sampled_from(SOURCES), st.sets(st.sampled_from(CODES), max_size=2)
    ),
    min_size=1,
    max_size=14,
)


def study(spoken: Sequence[tuple[str | None, str, set[str]]]) -> list[Quote]:
    return [
        quote(number, f"Passage {number}.", case=case, group=GROUP[case], source=source, codes=tuple(codes))
        for number, (case, source, codes) in enumerate(spoken)
    ]


def counted(quotes: list[Quote], read: set[str], count: measures.Measure, of: SharesOf) -> Matrix:
    heard = replace(heard_quotes(quotes), read_sources=frozenset(read))
    return build_matrix(heard, BOOK, rows=Rows.CODE, count=count, of=of)


@examples(150, quick=40)
@given(spoken=SPOKEN, read=st.sets(st.sampled_from(SOURCES)), of=st.sampled_from(SharesOf))
def test_shares_are_those_of_an_independent_recount(
    spoken: list[tuple[str | None, str, set[str]]], read: set[str], of: SharesOf
) -> None:
    places: dict[str, set[str]] = defaultdict(set)
    said: dict[tuple[str, str], bool] = defaultdict(bool)
    for case, source, codes in spoken:
        if case is not None:
            places[case].add(source)
            for code in codes:
                said[case, code] = True
    counts = [case for case in places if of is SharesOf.HEARD or places[case] <= read]
    matrix = counted(study(spoken), read, measures.SHARE, of)
    by_row = counted(study(spoken), read, measures.ROW_SHARE, of)
    for row, code in enumerate(matrix.rows):
        everywhere = sum(said[case, code] for case in counts)
        assert matrix.totals[row] == (everywhere / len(counts) if counts else None)
        for column, group in enumerate(matrix.columns):
            here = [case for case in counts if GROUP[case] == group]
            number = sum(said[case, code] for case in here)
            assert matrix.cells[row][column] == (number / len(here) if here else None)
            assert by_row.cells[row][column] == (number / everywhere if here and everywhere else None)
            base = matrix.bases[group]
            assert base.cases == len({case for case in places if GROUP[case] == group})
            assert base.read == sum(GROUP[case] == group and places[case] <= read for case in places)
            assert matrix.is_not_read(base) == (of is SharesOf.READ and bool(base.cases) and not base.read)


@examples(60, quick=20)
@given(spoken=SPOKEN, read=st.sets(st.sampled_from(SOURCES)))
def test_residuals_of_the_read_are_those_of_a_study_of_them_alone(
    spoken: list[tuple[str | None, str, set[str]]], read: set[str]
) -> None:
    quotes = study(spoken)
    heard = replace(heard_quotes(quotes), read_sources=frozenset(read))
    alone = build_matrix(among_read(heard), BOOK, rows=Rows.CODE, count=measures.RESIDUAL, of=SharesOf.HEARD)
    whole = build_matrix(heard, BOOK, rows=Rows.CODE, count=measures.RESIDUAL)
    for column, group in enumerate(alone.columns):
        there = whole.columns.index(group)
        for row in range(len(CODES)):
            assert whole.cells[row][there] == alone.cells[row][column]
            assert whole.expected_cases[row][there] == alone.expected_cases[row][column]


def test_what_is_counted_does_not_depend_on_what_is_read() -> None:
    spoken = [("Ada", "a.txt", {"wait"}), ("Bo", "b.txt", {"wait"}), ("Di", "c.txt", set[str]())]
    for count in (measures.QUOTES, measures.CASES, measures.SOURCES):
        assert counted(study(spoken), {"a.txt"}, count, SharesOf.READ).cells == (
            counted(study(spoken), set(SOURCES), count, SharesOf.HEARD).cells
        )


def test_a_case_is_read_only_where_all_its_sources_are() -> None:
    spoken = [("Ada", "a.txt", {"wait"}), ("Ada", "b.txt", set[str]()), ("Bo", "a.txt", set[str]())]
    heard = replace(heard_quotes(study(spoken)), read_sources=frozenset({"a.txt"}))
    assert read_cases(heard) == {"Bo"}
    assert read_cases(heard.among([0, 2])) == {"Ada", "Bo"}
    assert read_cases(heard_quotes(study(spoken))) == {"Ada", "Bo"}


@pytest.mark.parametrize(
    ("read", "coded", "of", "minimum", "note"),
    [
        ({"a", "b", "c"}, {"a"}, SharesOf.READ, 1, ""),
        (
            {"a"},
            {"b"},
            SharesOf.READ,
            1,
            "2 of the 3 cases heard are not read to the end and stand in no share",
        ),
        (
            {"a", "b"},
            set(),
            SharesOf.READ,
            1,
            "1 of the 3 cases heard is not read to the end and stands in no",
        ),
        ({"a"}, {"b"}, SharesOf.READ, 1, "no share, not even the 1 with a code."),
        ({"a"}, {"b"}, SharesOf.READ, 3, "Some cases are not read to the end and stand in no share."),
        ({"a"}, {"b"}, SharesOf.HEARD, 1, "and count as silent where nothing is coded."),
        ({"a"}, {"b"}, None, 1, "that nothing is coded of them somewhere is no finding yet. R in the reader"),
    ],
)
def test_the_note_says_who_is_left_out_and_what_to_do(
    read: set[str], coded: set[str], of: SharesOf | None, minimum: int, note: str
) -> None:
    told = reading_note({"a", "b", "c"}, read, coded, of, minimum)
    assert note in told if note else not told
