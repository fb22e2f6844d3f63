from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.exports.matrix.layout import (
    Header,
    column_blocks,
    column_headers,
    column_texts,
    further_notes,
    matrix_title,
    measure_sentence,
    row_headers,
    spread,
)
from quotegrid.exports.matrix.text import cell_text, notes, total_text
from tests.exports.matrices import MATRICES, nested_matrix
from tests.exports.samples import matrix


def test_neighbours_of_one_group_stand_under_one_header() -> None:
    assert column_headers(nested_matrix()) == [
        [
            Header("school", 2),
            Header("parent", 1),
            Header("health", 1),
            Header("not known", 1),
            Header("", 1),
        ],
        [Header(text, 1) for text in ("Westhay", "not known", "Eastlow", "Eastlow", "Northmoor", "all")],
    ]


def test_some_columns_have_the_headers_over_them_alone() -> None:
    assert column_headers(nested_matrix(), [1, 2, 5]) == [
        [Header("school", 1), Header("parent", 1), Header("", 1)],
        [Header("not known", 1), Header("Eastlow", 1), Header("all", 1)],
    ]


def test_a_theme_stands_beside_all_rows_it_is_split_into() -> None:
    outer, inner = row_headers(nested_matrix())
    assert outer == [Header("Money", 3), Header("Families", 3)]
    assert [header.text for header in inner] == ["supports", "disputes", "no stance said"] * 2


def test_a_matrix_that_is_not_nested_has_one_level_of_headers() -> None:
    assert column_headers(matrix()) == [
        [Header(name, 1) for name in ("school", "parent", "not known", "all")]
    ]
    assert row_headers(matrix()) == [[Header("Money", 1), Header("Families", 1)]]


def test_every_level_of_headers_covers_every_column_and_row() -> None:
    for made in MATRICES.values():
        for level in column_headers(made):
            assert len(spread(level)) == len(made.columns) + 1
        for level in row_headers(made):
            assert len(spread(level)) == len(made.rows)


def test_the_title_says_what_stands_where_and_the_measure_what_is_counted() -> None:
    assert matrix_title(nested_matrix()) == "Themes by area within group"
    made = nested_matrix()
    assert [measure_sentence(made), *further_notes(made)] == notes(made)


def test_a_columns_texts_are_its_cells_and_the_last_columns_the_totals() -> None:
    made = MATRICES["published"]
    rows = range(len(made.rows))
    assert column_texts(made, 1) == [cell_text(made, row, 1) for row in rows]
    assert column_texts(made, 3) == [total_text(made, row) for row in rows]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.integers(5, 90))
def test_blocks_hold_every_column_once_and_are_as_few_as_can_be(widths: list[int], most: int) -> None:
    blocks = column_blocks(widths, most)
    assert [number for block in blocks for number in block] == list(range(len(widths)))
    for block in blocks:
        assert sum(widths[number] for number in block) <= most or len(block) == 1
    fewest = [0]
    for end in range(1, len(widths) + 1):
        starts = (start for start in range(end) if start == end - 1 or sum(widths[start:end]) <= most)
        fewest.append(1 + min(fewest[start] for start in starts))
    assert len(blocks) == fewest[-1]


def test_blocks_are_about_equally_wide() -> None:
    assert [len(block) for block in column_blocks([10] * 9, 80)] == [5, 4]
