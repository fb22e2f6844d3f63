from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.answers.delimited import delimited_lines
from quotegrid.domain.text.normalise import normalise
from tests.profiles import examples

CELL = st.text(st.sampled_from('ab ".;,|\n\u00e9\u4e2d&'), max_size=8)


@examples(60)
@given(
    st.lists(st.tuples(CELL, CELL, CELL), max_size=6),
    st.sampled_from([(",", ".csv"), (";", ".csv"), ("\t", ".tsv")]),
)
def test_what_a_spreadsheet_program_writes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], kind: tuple[str, str]
) -> None:
    separator, suffix = kind
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([("x", "y", "z"), *rows])
    path = tmp_path_factory.mktemp("table") / f"a{suffix}"
    path.write_bytes(out.getvalue().encode())
    found = [cells for _, cells in delimited_lines(path)]
    assert found == [["x", "y", "z"], *([normalise(cell) for cell in row] for row in rows)]


def test_each_row_has_the_line_on_which_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('sep=;\nx;y\n"1\n\n2";3\n\n4;5', encoding="utf-8")
    assert list(delimited_lines(path)) == [
        (2, ["x", "y"]),
        (3, ["1\n\n2", "3"]),
        (6, [""]),
        (7, ["4", "5"]),
    ]
