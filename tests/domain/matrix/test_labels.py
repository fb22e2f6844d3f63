from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bands import by_thresholds
from quotegrid.domain.matrix.coverage import HeardCase, build_coverage
from quotegrid.domain.matrix.labels import NOT_KNOWN, joined_label, numbered, told_apart, value_of
from quotegrid.domain.matrix.model import Rows, build_matrix
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.exports.matrix.text import matrix_csv, matrix_object
from tests.exports.samples import PROVENANCE

BOOK = Codebook((Code("Cuts"), Code("Late", parent="Cuts"), Code("Cuts (itself)")))
_VALUES = st.sampled_from(
    ["all", "All", "total", "not known", "not heard", '"all"', "a", "a / b", "b / c", "c"]
)


def _quote(number: int, group: str | None, area: str | None, codes: tuple[str, ...] = ("Cuts",)) -> Quote:
    return Quote(
        id=number,
        text="x",
        kind=SegmentKind.TURN,
        source=f"{number}.txt",
        start=0,
        end=1,
        case=f"case {number}",
        group=group,
        role=None,
        area=area,
        heading=None,
        codes=codes,
    )


@given(st.lists(st.tuples(st.none() | _VALUES, st.none() | _VALUES), min_size=1, max_size=8))
def test_values_that_differ_have_columns_that_differ(values: list[tuple[str | None, str | None]]) -> None:
    quotes = [_quote(number, *pair) for number, pair in enumerate(values, start=1)]
    for columns in (("group",), ("group", "area"), ("area", "group")):
        made = build_matrix(quotes, BOOK, columns=columns)
        different = {
            tuple(None if (value := quote.value(name)) is None else value.casefold() for name in columns)
            for quote in quotes
        }
        assert len(set(made.columns)) == len(made.columns) == len(different)
        assert not {"all", "total"} & set(made.columns)
        assert sum(made.bases[name].quotes for name in made.columns) == len(quotes)
        assert len(matrix_object(made, PROVENANCE)["bases"]) == len(different)  # type: ignore[arg-type] # a dict
        header = next(csv.reader(io.StringIO(matrix_csv(made, PROVENANCE))))
        assert len(set(header)) == len(header)
    json.dumps(matrix_object(made, PROVENANCE))


@given(st.text(max_size=6) | _VALUES)
def test_a_label_is_of_one_value(value: str) -> None:
    assert value_of(told_apart(value)) == value


def test_nested_labels_that_join_alike_are_told_apart() -> None:
    assert joined_label(("a / b", "c")) == '"a / b" / c'
    assert joined_label(("a", "b / c")) == 'a / "b / c"'
    assert joined_label(("a / b",)) == "a / b"
    assert numbered(["a", "a", "a (2)", "b"]) == ("a", "a (3)", "a (2)", "b")


def test_who_lacks_an_attribute_and_who_has_its_words_stand_apart() -> None:
    made = build_matrix([_quote(1, "not known", None), _quote(2, None, None)], BOOK)
    assert made.columns == ('"not known"', NOT_KNOWN)


@pytest.mark.parametrize("rows", list(Rows))
def test_a_code_and_what_stands_on_its_namesake_itself_are_two_rows(rows: Rows) -> None:
    quotes = [_quote(1, "a", None), _quote(2, "a", None), _quote(3, "a", None, ("Cuts (itself)",))]
    made = build_matrix(quotes, BOOK, rows=rows)
    assert len(set(made.rows)) == len(made.rows)
    assert dict(zip(made.rows, made.totals, strict=True))["Cuts (itself)"] == 1
    if rows is Rows.CODE:
        assert dict(zip(made.rows, made.totals, strict=True))['"Cuts" (itself)'] == 2


def test_text_that_reads_like_a_band_is_no_band() -> None:
    bands = by_thresholds([400])
    assert [bands.of(value) for value in ("100", "under 400", "n/a")] == ["under 400", '"under 400"', "n/a"]


def test_coverage_tells_a_value_from_one_that_is_lacking() -> None:
    cases = [
        HeardCase({"group": group, "area": "x"} if group else {"area": "x"}, False)
        for group in ("not known", "all", None)
    ]
    made = build_coverage(cases, [], rows="area", columns="group")
    assert made.columns == ('"all"', '"not known"', NOT_KNOWN)
    assert [total.heard for total in made.column_totals] == [1, 1, 1]
