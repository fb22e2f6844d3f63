from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.cell_range import CellRange

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.measures import MEASURES, Measure
from quotegrid.domain.matrix.model import Matrix, Rows, build_matrix
from quotegrid.domain.text.normalise import visible
from quotegrid.exports.matrix.colours import contrast
from quotegrid.exports.matrix.text import cell_text, notes, total_text
from quotegrid.exports.matrix.xlsx import QUOTE_HEADERS, matrix_xlsx, reading_lines
from quotegrid.exports.matrix.xlsx_counts import ABOVE, BELOW, DARKEST, MIDDLE
from quotegrid.exports.xlsx_cells import footer_text, letter, lines_needed
from tests.exports.matrices import MATRICES, many_quotes, provenance_of
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
from tests.profiles import examples


def _book(made: Matrix, quotes: Sequence[Quote] = QUOTES) -> Any:
    return openpyxl.load_workbook(io.BytesIO(matrix_xlsx(made, PROVENANCE, quotes)))


def _values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_has_the_counts_the_quotes_and_how_to_read_them() -> None:
    book = _book(matrix())
    assert book.sheetnames == ["Matrix", "Quotes", "How to read this"]
    assert book.active.title == "Matrix"
    assert _values(book["Matrix"])[:7] == [
        ["Theme", "school", "parent", "not known", "all"],
        ["Money", 2, 1, 1, 4],
        ["Families", 0, 2, 0, 2],
        ["Base: quotes heard", 3, 3, 1, 7],
        ["Base: cases heard", 2, 1, 0, 3],
        ["Base: cases read", 2, 1, 0, 3],
        ["Base: sources", 2, 1, 1, 4],
    ]


@pytest.mark.parametrize(
    ("rows", "columns", "count", "suggested"),
    list(product(Rows, ("group", "case"), MEASURES.values(), (False, True))),
)
def test_every_count_and_base_is_a_number_and_the_matrixs_own(
    rows: Rows, columns: str, count: Measure, suggested: bool
) -> None:
    made = matrix(rows=rows, columns=columns, count=count, suggested=suggested)
    sheet = _book(made)["Matrix"]
    height, width = len(made.rows), len(made.columns) + 1
    for row, values in enumerate(zip(made.cells, made.totals, strict=True)):
        for column, value in enumerate((*values[0], values[1])):
            cell = sheet.cell(row=row + 2, column=column + 2)
            if value is None:
                assert cell.value == (
                    cell_text(made, row, column) if column < width - 1 else total_text(made, row)
                )
                assert cell.value.startswith("\N{EN DASH}")
            else:
                assert cell.data_type == "n"
                assert cell.value == pytest.approx(value)
    bases = [*(made.bases[column] for column in made.columns), made.total_base]
    for offset, field in enumerate(("quotes", "cases", "read", "sources")):
        cells = [sheet.cell(row=height + 2 + offset, column=2 + number) for number in range(width)]
        assert [cell.value for cell in cells] == [getattr(base, field) for base in bases]
        assert {cell.data_type for cell in cells} == {"n"}


@pytest.mark.parametrize("count", MEASURES.values(), ids=str)
def test_a_share_is_shown_as_per_cent_and_a_count_as_it_is(count: Measure) -> None:
    sheet = _book(matrix(count=count))["Matrix"]
    cells = [cell for row in sheet.iter_rows(2, 3, 2, 5) for cell in row if cell.data_type == "n"]
    assert cells
    formats = {part for cell in cells for part in cell.number_format.split(";")}
    assert formats == {
        measures.SHARE: {"0%"},
        measures.ROW_SHARE: {"0%"},
        measures.WORDS: {"#,##0"},
        measures.RESIDUAL: {'"("+0.0")"', '"("-0.0")"', '"("0.0")"'},
    }.get(count, {"0"})


@pytest.mark.parametrize(("rows", "suggested"), list(product(Rows, (False, True))))
def test_every_count_leads_to_exactly_the_quotes_behind_it(rows: Rows, suggested: bool) -> None:
    made = matrix(rows=rows, suggested=suggested)
    book = _book(made)
    by_number = {known.id: known for known in QUOTES}
    listed = _values(book["Quotes"])
    reached: list[int] = []
    for row, column in product(range(len(made.rows)), range(len(made.columns) + 1)):
        cell = book["Matrix"].cell(row=row + 2, column=column + 2)
        if not cell.value or column == len(made.columns):
            assert cell.hyperlink is None
            continue
        assert cell.hyperlink.target is None
        link = re.fullmatch(r"'Quotes'!A(\d+)", cell.hyperlink.location)
        assert link is not None
        first = int(link[1])
        assert book["Quotes"].cell(row=first, column=1).hyperlink.location == f"'Matrix'!{cell.coordinate}"
        reached += range(first, first + cell.value)
        behind = listed[first - 1 : first - 1 + cell.value]
        quotes = [by_number[number] for number in made.members[row, column]]
        assert [line[:6] for line in behind] == [
            [made.rows[row], made.columns[column], known.text, known.attribution, known.case, known.source]
            for known in quotes
        ]
        assert [line[6] for line in behind] == [f"{number.start}-{number.end}" for number in quotes]
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
        if "?" in cell.number_format
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
    assert all("?" not in cell.number_format for row in book["Matrix"].iter_rows() for cell in row)
    assert {line[8] for line in _values(book["Quotes"])[1:]} == {"yes"}


def test_a_workbook_says_how_it_counts_and_where_it_comes_from() -> None:
    made = matrix(count=measures.SHARE, suggested=True)
    book = _book(made)
    below = [cell.value for (cell,) in book["Matrix"].iter_rows(9, 8 + len(notes(made)), 1, 1)]
    assert below == notes(made)
    told = [(label, value) for label, value in _values(book["How to read this"])]
    assert told[:4] == [
        ("What it is", "Themes by group"),
        ("Measure", notes(made)[0]),
        ("Rows", "theme; a theme counts everything below it once"),
        ("Columns", "group"),
    ]
    assert [value for label, value in told if label == "Note"] == notes(made)[1:]
    assert told[-len(PROVENANCE.lines()) :] == PROVENANCE.lines()
    assert dict(told)["Colour"].endswith("the darkest blue 100%.")


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("themes_by_group", set()),
        ("shares_with_suggestions", {"\N{EN DASH}"}),
        ("nested_by_stance", {"not heard"}),
        ("published", {"[c]"}),
    ],
)
def test_the_signs_that_stand_in_the_table_are_explained_and_no_others(name: str, signs: set[str]) -> None:
    lines = dict(reading_lines(MATRICES[name], provenance_of(name)))
    assert lines.keys() & {"\N{EN DASH}", "not heard", "[c]"} == signs


def _scales(sheet: Any) -> dict[str, list[tuple[float, str]]]:
    """The colours of each range with a heat scale: the value and the colour of each of its points."""
    return {
        str(area.sqref): [
            (point.val, f"#{colour.rgb[2:].lower()}")
            for point, colour in zip(rule.colorScale.cfvo, rule.colorScale.color, strict=True)
        ]
        for area in sheet.conditional_formatting
        for rule in area.rules
    }


@pytest.mark.parametrize(("count", "end"), [(measures.QUOTES, 2), (measures.CASES, 1), (measures.SHARE, 1)])
def test_heat_goes_from_white_to_the_most_and_leaves_totals_and_bases_out(count: Measure, end: float) -> None:
    scales = _scales(_book(matrix(count=count))["Matrix"])
    assert scales == {"B2:D3": [(0, "#ffffff"), (end, DARKEST)]}


def test_only_residuals_that_are_certain_have_heat_and_the_others_are_grey_italics() -> None:
    made = MATRICES["residuals"]
    sheet = _book(made, many_quotes())["Matrix"]
    ((areas, points),) = _scales(sheet).items()
    coloured = {
        (row, column)
        for area in map(CellRange, areas.split())
        for row, column in product(
            range(area.min_row, area.max_row + 1), range(area.min_col, area.max_col + 1)
        )
    }
    assert coloured
    for row, column in product(range(len(made.rows)), range(len(made.columns))):
        cell = sheet.cell(row=row + 2, column=column + 2)
        is_uncertain = (row, column) in made.uncertain
        assert ((cell.row, cell.column) not in coloured) == is_uncertain
        if made.cells[row][column] is None:
            assert cell.value == "\N{EN DASH}"
            continue
        assert cell.font.italic == is_uncertain
        assert (cell.number_format.startswith('"("')) == is_uncertain
        if is_uncertain:
            assert contrast(f"#{cell.font.color.rgb[2:]}", "#ffffff") >= 4.5
    assert [value for value, _ in points] == [-points[2][0], 0, points[2][0]]
    assert points[2][0] >= 3


@pytest.mark.parametrize("ends", [("#ffffff", DARKEST), (MIDDLE, BELOW), (MIDDLE, ABOVE)])
def test_black_text_can_be_read_on_every_shade_and_more_is_always_darker(ends: tuple[str, str]) -> None:
    channels = [[int(colour[place : place + 2], 16) for place in (1, 3, 5)] for colour in ends]
    shades = [
        "#"
        + "".join(f"{round(low + (high - low) * step / 20):02x}" for low, high in zip(*channels, strict=True))
        for step in range(21)
    ]
    on_black = [contrast(shade, "#000000") for shade in shades]
    assert min(on_black) >= 4.5
    assert all(darker < lighter for lighter, darker in pairwise(on_black))


def test_nested_columns_and_split_rows_have_merged_headers() -> None:
    made = MATRICES["nested_by_stance"]
    sheet = _book(made)["Matrix"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    outer = [(path[0], path[1]) for path in made.column_paths]
    assert [sheet.cell(row=2, column=column + 3).value for column in range(len(outer))] == [
        inner for _, inner in outer
    ]
    assert sheet["A1"].value == "Theme"
    assert sheet["B1"].value == "Stance"
    assert {"A1:A2", "B1:B2"} <= merged
    for column, (group, _) in enumerate(outer):
        area = next(
            (
                area_range
                for area_range in sheet.merged_cells.ranges
                if (1, column + 3) in set(area_range.cells)
            ),
            None,
        )
        at = (1, column + 3) if area is None else (area.min_row, area.min_col)
        assert sheet.cell(*at).value == group
    themes = [path[0] for path in made.row_paths]
    stances = [sheet.cell(row=row + 3, column=2).value for row in range(len(themes))]
    assert stances == [path[1] for path in made.row_paths]
    for row, theme in enumerate(themes):
        if row == 0 or themes[row - 1] != theme:
            last = row + themes.count(theme)
            assert sheet.cell(row=row + 3, column=1).value == theme
            assert f"A{row + 3}:A{last + 2}" in merged
    assert sheet.freeze_panes == "C3"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$2", "$A:$B")
    assert sheet.cell(row=3, column=3 + made.columns.index("health / Eastlow")).value == "not heard"


def test_every_sheet_prints_landscape_on_pages_as_wide_as_it_is() -> None:
    book = _book(matrix())
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert book["Matrix"].oddHeader.left.text == "Themes by group"


def test_an_ampersand_in_a_footer_is_text() -> None:
    assert footer_text("Bread & butter &P") == "Bread && butter &&P"
    assert len(footer_text("x" * 300)) <= 80


@examples(30, quick=12)
@given(
    st.lists(
        st.text("abcdefghij ABC", min_size=1, max_size=60).filter(str.strip),
        min_size=1,
        max_size=6,
        unique=True,
    )
)
def test_each_name_of_a_column_fits_the_width_and_the_height_of_its_header(names: list[str]) -> None:
    said = [quote(number, "Words.", group=name.strip()) for number, name in enumerate(names)]
    made = build_matrix(said, BOOK)
    sheet = _book(made, said)["Matrix"]
    for column, name in enumerate(made.columns, start=2):
        width = sheet.column_dimensions[letter(column)].width
        lines = sheet.row_dimensions[1].height / 15.5
        assert lines_needed(name, width - 3, is_bold=True) <= lines
        assert 8 <= width <= 26


def test_many_different_marks_leave_the_number_formats_that_a_workbook_can_hold() -> None:
    made = replace(
        matrix(),
        rows=tuple(f"row {row}" for row in range(150)),
        cells=((1, 1, 1),) * 150,
        totals=(3,) * 150,
        row_paths=tuple((f"row {row}",) for row in range(150)),
        row_codes=((),) * 150,
        unconfirmed=tuple((row, 0, 0) for row in range(150)),
        members={},
    )
    sheet = _book(made)["Matrix"]
    formats = {cell.number_format for row in sheet.iter_rows() for cell in row}
    assert len(formats) < 150
    assert sheet["B101"].number_format == '0" (99?)"'
    assert sheet["B140"].number_format == '0" (100+?)"'


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


@examples(25, quick=10)
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
    made = build_matrix([unnamed], BOOK, count=measures.CASES, include_suggested=True)
    assert _book(made, [unnamed])["Matrix"]["B2"].value == "\u2013 (1?)"


def test_a_share_that_is_neither_none_nor_all_never_looks_so() -> None:
    quotes = [
        quote(number, "x", case=f"case {number}", codes=("Money",) if number == 1 else ())
        for number in range(1, 301)
    ]
    few = build_matrix(quotes, BOOK, count=measures.SHARE)
    book = _book(few, quotes)
    assert book["Matrix"]["B2"].value == pytest.approx(1 / 300)
    assert book["Matrix"]["B2"].number_format == '"<1%"'
    assert cell_text(few, 0, 0) == "<1%"
    digits = build_matrix(quotes, BOOK, count=measures.SHARE.with_digits(1))
    assert _book(digits, quotes)["Matrix"]["B2"].number_format == "0.0%"
    assert cell_text(digits, 0, 0) == "0.3%"
