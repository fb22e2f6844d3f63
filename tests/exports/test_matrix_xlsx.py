from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from itertools import product
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotegrid.domain.matrix import Count, Matrix, Rows, build_matrix
from quotegrid.domain.quotes import Quote
from quotegrid.domain.text import visible
from quotegrid.exports.matrix_text import notes
from quotegrid.exports.matrix_xlsx import QUOTE_HEADERS, matrix_xlsx
from tests.exports.samples import (
    BOOK,
    HOSTILE,
    HOSTILE_QUOTES,
    MARKED,
    PROVENANCE,
    QUOTES,
    hostile_matrix,
    matrix,
    quote,
)


def _book(made: Matrix, quotes: Sequence[Quote] = QUOTES) -> Any:
    return openpyxl.load_workbook(io.BytesIO(matrix_xlsx(made, PROVENANCE, quotes)))


def _values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_has_the_counts_the_quotes_and_how_to_read_them() -> None:
    book = _book(matrix())
    assert book.sheetnames == ["Matrix", "Quotes", "How to read this"]
    assert book.active.title == "Matrix"
    assert _values(book["Matrix"])[:6] == [
        ["Theme", "school", "parent", "not known", "all"],
        ["Money", 2, 1, 1, 4],
        ["Families", 0, 2, 0, 2],
        ["Base: quotes heard", 3, 3, 1, 7],
        ["Base: cases heard", 2, 1, 0, 3],
        ["Base: sources", 2, 1, 1, 4],
    ]


@pytest.mark.parametrize(
    ("rows", "columns", "count", "suggested"), list(product(Rows, ("group", "case"), Count, (False, True)))
)
def test_every_count_and_base_is_a_number_and_the_matrixs_own(
    rows: Rows, columns: str, count: Count, suggested: bool
) -> None:
    made = matrix(rows=rows, columns=columns, count=count, suggested=suggested)
    sheet = _book(made)["Matrix"]
    height, width = len(made.rows), len(made.columns) + 1
    for row, values in enumerate(zip(made.cells, made.totals, strict=True)):
        for column, value in enumerate((*values[0], values[1])):
            cell = sheet.cell(row=row + 2, column=column + 2)
            if value is None:
                assert cell.value.startswith("\N{EN DASH}")
            else:
                assert cell.data_type == "n"
                assert cell.value == pytest.approx(value)
    bases = [*(made.bases[column] for column in made.columns), made.total_base]
    for offset, field in enumerate(("quotes", "cases", "sources")):
        cells = [sheet.cell(row=height + 2 + offset, column=2 + number) for number in range(width)]
        assert [cell.value for cell in cells] == [getattr(base, field) for base in bases]
        assert {cell.data_type for cell in cells} == {"n"}


@pytest.mark.parametrize("count", Count)
def test_a_share_is_shown_as_per_cent_and_a_count_as_it_is(count: Count) -> None:
    sheet = _book(matrix(count=count))["Matrix"]
    formats = {cell.number_format for row in sheet.iter_rows(2, 3, 2, 5) for cell in row}
    shares = dict.fromkeys((Count.SHARE, Count.ROW_SHARE), "0%")
    assert formats == {(shares | {Count.RESIDUAL: "+0.0;-0.0;0.0"}).get(count, "0")}


@pytest.mark.parametrize(("rows", "suggested"), list(product(Rows, (False, True))))
def test_every_count_leads_to_exactly_the_quotes_behind_it(rows: Rows, suggested: bool) -> None:
    made = matrix(rows=rows, suggested=suggested)
    book = _book(made)
    by_number = {one.id: one for one in QUOTES}
    listed = _values(book["Quotes"])
    reached: list[int] = []
    for row, column in product(range(len(made.rows)), range(len(made.columns) + 1)):
        cell = book["Matrix"].cell(row=row + 2, column=column + 2)
        if not cell.value or column == len(made.columns):
            assert cell.hyperlink is None
            continue
        link = re.fullmatch(r"#'Quotes'!A(\d+)", cell.hyperlink.target)
        assert link is not None
        first = int(link[1])
        reached += range(first, first + cell.value)
        behind = listed[first - 1 : first - 1 + cell.value]
        quotes = [by_number[number] for number in made.members[row, column]]
        assert [line[:6] for line in behind] == [
            [made.rows[row], made.columns[column], one.text, one.attribution, one.case, one.source]
            for one in quotes
        ]
        assert [line[6] for line in behind] == [f"{one.start}-{one.end}" for one in quotes]
    # Nothing stands on the sheet that no count leads to, and nothing twice.
    assert sorted(reached) == list(range(2, len(listed) + 1))


def test_the_quotes_have_a_header_and_say_which_codes_stand() -> None:
    listed = _values(_book(matrix())["Quotes"])
    assert listed[0] == list(QUOTE_HEADERS)
    assert listed[1] == [
        "Money",
        "school",
        "We had room to plan.",
        "Headteacher, Westhay",
        "Ada Stone",
        "ada.md",
        "400-420",
        "room to plan, quick fix",
        "yes",
    ]
    nameless = next(line for line in listed if line[2] == "A patch on a roof.")
    assert nameless[3:5] == ["LA leaders, Northmoor", None]


def test_what_nobody_confirmed_is_marked_in_the_table_and_in_the_list() -> None:
    book = _book(matrix(suggested=True))
    marked = {
        cell.coordinate: (cell.value, cell.number_format)
        for row in book["Matrix"].iter_rows(2, 3, 2, 5)
        for cell in row
        if cell.fill.fill_type is not None
    }
    one_more = '0" (1?)"'
    assert marked == {"C2": (2, one_more), "E2": (5, one_more), "B3": (1, one_more), "E3": (3, one_more)}
    confirmed = {tuple(line[:3]): line[8] for line in _values(book["Quotes"])[1:]}
    assert confirmed["Money", "parent", "It covers up the trouble."] == "yes"
    assert confirmed["Money", "parent", "Never heard of it."] == "suggested only"
    # The same quote is confirmed for one theme and only suggested for another.
    assert confirmed["Money", "school", "Months of waiting."] == "yes"
    assert confirmed["Families", "school", "Months of waiting."] == "suggested only"


def test_without_suggestions_nothing_is_marked() -> None:
    book = _book(matrix())
    assert all(cell.fill.fill_type is None for row in book["Matrix"].iter_rows() for cell in row)
    assert {line[8] for line in _values(book["Quotes"])[1:]} == {"yes"}


def test_a_workbook_says_how_it_counts_and_where_it_comes_from() -> None:
    made = matrix(count=Count.SHARE, suggested=True)
    book = _book(made)
    below = [cell.value for (cell,) in book["Matrix"].iter_rows(8, 7 + len(notes(made)), 1, 1)]
    assert below == notes(made)
    assert _values(book["How to read this"]) == [
        ["Rows", "theme; a theme counts everything below it once"],
        ["Columns", "group"],
        *(["Note", note] for note in notes(made)),
        *([label, value] for label, value in PROVENANCE.lines()),
    ]


def test_text_that_looks_like_a_formula_or_acts_on_a_terminal_stays_text() -> None:
    book = _book(hostile_matrix(), HOSTILE_QUOTES)
    shown = visible(MARKED)
    counts, listed = book["Matrix"], book["Quotes"]
    assert [cell.value for cell in counts[1]] == ["Theme", "@SUM(A1)", shown, "all"]
    assert [counts.cell(row=row, column=1).value for row in (2, 3, 4)] == [HOSTILE, shown, "+1"]
    assert [cell.value for cell in listed[2]][:6] == [
        HOSTILE,
        "@SUM(A1)",
        HOSTILE,
        "Parent, Eastlow",
        "=1+1",
        "-2.txt",
    ]
    assert listed["C5"].value == "bell␇ null␀ return␍ override� c1� tab\t line\nnext"
    texts = [cell for row in listed.iter_rows() for cell in row if cell.value is not None]
    texts += [cell for cell in (*counts[1], *counts["A"]) if cell.value is not None]
    assert {cell.data_type for cell in texts} == {"s"}
    with zipfile.ZipFile(io.BytesIO(matrix_xlsx(hostile_matrix(), PROVENANCE, HOSTILE_QUOTES))) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 3
        for name in sheets:
            assert b"<f>" not in parts.read(name)


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs", "Cn"]), min_size=1, max_size=40))
def test_any_words_come_back_from_the_workbook(words: str) -> None:
    said = [quote(1, words, codes=("quick fix",))]
    cell = _book(build_matrix(said, BOOK), said)["Quotes"]["C2"]
    assert (cell.value, cell.data_type) == (visible(words), "s")


def test_a_quote_that_is_too_long_for_a_cell_does_not_break_the_file() -> None:
    said = [quote(1, "x" * 40_000, codes=("quick fix",))]
    cell = _book(build_matrix(said, BOOK), said)["Quotes"]["C2"]
    assert len(cell.value) <= 32_767
    assert cell.value.endswith("x [cut: too long for a cell]")


def test_an_empty_matrix_is_a_workbook_too() -> None:
    book = _book(build_matrix([], BOOK, expected=("parent",)), [])
    assert _values(book["Matrix"])[:3] == [["Theme", "all"], ["Money", 0], ["Families", 0]]
    assert _values(book["Quotes"]) == [list(QUOTE_HEADERS)]


def test_what_no_workbook_may_hold_is_replaced() -> None:
    said = [quote(1, "a\ufffe\uffff\x00b\ud800", codes=("quick fix",))]
    assert _book(build_matrix(said, BOOK), said)["Quotes"]["C2"].value == "a\ufffd\ufffd\u2400b\ufffd"


def test_a_cell_where_nothing_is_known_is_marked_too() -> None:
    unnamed = quote(1, "So.", case=None, suggested=("quick fix",))
    made = build_matrix([unnamed], BOOK, count=Count.CASES, include_suggested=True)
    assert _book(made, [unnamed])["Matrix"]["B2"].value == "\u2013 (1?)"


@pytest.mark.parametrize("count", Count)
def test_the_cells_are_shaded_and_the_text_on_the_darkest_shade_can_be_read(count: Count) -> None:
    made = matrix(count=count)
    (shaded,) = _book(made)["Matrix"].conditional_formatting
    assert str(shaded.sqref) == "B2:D3"
    (rule,) = shaded.rules
    colours = [colour.rgb[-6:] for colour in rule.colorScale.color]
    assert len(colours) == (3 if count is Count.RESIDUAL else 2)
    for colour in colours:
        assert (_luminance(colour) + 0.05) / 0.05 >= 4.5
    counts = [colour for colour in colours if colour != "F4A582"]
    assert sorted(counts, key=_luminance, reverse=True) == counts


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
