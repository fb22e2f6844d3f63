from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from quotegrid.domain.report.framework import NOT_FOR_PUBLICATION
from quotegrid.errors import UsageError
from quotegrid.exports.report.framework_xlsx import QUOTE_HEADERS, framework_xlsx, sheet_names
from tests.exports.frameworks import framework


@pytest.fixture(scope="module")
def book() -> Any:
    return load_workbook(io.BytesIO(framework_xlsx(framework())))


def _rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_there_is_a_sheet_a_theme_and_one_of_quotes_and_one_of_how_to_read(book: Any) -> None:
    assert book.sheetnames == ["Money", "Money  who pays", "Quotes", "How to read this"]


def test_a_row_is_a_case_and_a_cell_its_summaries_and_the_numbers_of_its_quotes(book: Any) -> None:
    head, ada, ray, kim = _rows(book["Money"])
    assert head == [
        "Group", "Case", "Role and area", "Money (as a whole)", "Quotes", "quick fix", "Quotes",
        "room to plan", "Quotes",
    ]  # fmt: skip
    assert ada[:3] == ["school", "Ada Stone", "Headteacher, Westhay"]
    assert ada[5:7] == ["Covers up [q:1].\n• [q:3]\n\nOf the other.\n\nQuotes: 1, 2", 2]
    assert ada[3:5] == ada[7:] == [None, None]
    assert ray[3:5] == ["Alone.", None]
    assert kim[5:7] == ["No summary yet.\n\nQuote: 5", 1]


def test_the_head_and_the_cases_stay_in_view_and_text_is_wrapped(book: Any) -> None:
    sheet = book["Money"]
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert all(cell.alignment.wrap_text for row in sheet["A1:F4"] for cell in row if cell.column != 5)
    assert sheet.row_dimensions[2].height > sheet.row_dimensions[4].height
    assert sheet.oddFooter.left.text == NOT_FOR_PUBLICATION


def test_each_number_of_quotes_leads_to_them_and_those_only_named_follow(book: Any) -> None:
    sheet, quotes = book["Money"], book["Quotes"]
    assert [cell.value for cell in quotes[1]] == list(QUOTE_HEADERS)
    target = sheet["G2"].hyperlink.location or sheet["G2"].hyperlink.target.removeprefix("#")
    line = int(target.rsplit("A", 1)[1])
    assert target.startswith("'Quotes'!")
    found = [[quotes.cell(row, column).value for column in (2, 3, 4, 5, 10)] for row in range(line, line + 3)]
    assert found == [
        ["quick fix", "Ada Stone", 1, "=1+1", "coded"],
        ["quick fix", "Ada Stone", 2, "Two.", "coded"],
        ["quick fix", "Ada Stone", 3, "Three.", "named only"],
    ]
    assert quotes.max_row == 6
    assert sheet["E3"].hyperlink is None


def test_no_text_is_a_formula_or_acts(book: Any) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert "\x1b" not in str(cell.value)
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target is None or cell.hyperlink.target.startswith("#")
    assert book["Money"]["B3"].value == "=Ray Moss"
    assert book["Money"]["F3"].value.startswith('=HYPERLINK("http://x") <script>')


def test_how_to_read_says_where_it_comes_from_and_that_it_is_not_for_publication(book: Any) -> None:
    lines = {row[0]: row[1] for row in _rows(book["How to read this"])}
    assert lines["Use"] == NOT_FOR_PUBLICATION
    assert lines["Coded by"] == "Ada, Jo"
    assert lines["Codebook"] == "0123456789ab"
    assert lines["Note"] == "2 of 3 cells with quotes have a summary."


def test_more_quotes_than_a_sheet_has_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framework_xlsx.__module__ + "._MOST_ROWS", 5)
    with pytest.raises(UsageError, match="too few rows"):
        framework_xlsx(framework())


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sheet_names_are_legal_and_each_once(names: list[str]) -> None:
    made = sheet_names(names)
    assert len(made) == len(names)
    assert len({name.casefold() for name in made} - {"quotes", "how to read this", "history"}) == len(names)
    for name in made:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_names_that_differ_only_in_what_is_cut_are_told_apart() -> None:
    long = "a theme with a name that is too long"
    assert sheet_names([f"{long} one", f"{long} two", "QUOTES", ""]) == [
        "a theme with a name that is too",
        "a theme with a name that is (2)",
        "QUOTES (2)",
        "Theme",
    ]
