from __future__ import annotations

import pytest

from quotegrid.domain.matrix.measures import BASE_ROWS
from quotegrid.domain.report.model import Report
from quotegrid.exports.matrix.text import base_values, cell_text, notes, total_text
from quotegrid.exports.report.report_layout import (
    NOTHING_PUBLISHED,
    NOTHING_SHOWN,
    TO_ANSWER,
    Heading,
    Paragraph,
    Quotation,
    Table,
    laid_out,
)
from tests.exports.reports import PUBLISHED_REPORT, REPORT, REPORTS, said_in


def _tables(report: Report) -> dict[str, Table]:
    return {quote.caption: quote for quote in laid_out(report) if isinstance(quote, Table)}


def test_the_parts_come_in_their_order() -> None:
    headings = [(quote.level, quote.text) for quote in laid_out(REPORT) if isinstance(quote, Heading)]
    assert headings == [
        (1, "Who was heard"),
        (1, "What they spoke of"),
        (1, "Theme by theme"),
        (2, "Money"),
        (3, "Dissent"),
        (3, "For and against at once"),
        (3, "In their words"),
        (2, "Families"),
        (3, "Dissent"),
        (3, "In their words"),
        (1, "The codebook"),
        (1, "How this was made"),
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_the_matrix_has_its_cells_totals_bases_and_notes(name: str) -> None:
    report = REPORTS[name]
    made = report.matrix
    table = next(shaded for shaded in _tables(report).values() if shaded.shades)
    assert table.rows == tuple(
        (
            row,
            *(cell_text(made, number, column) for column in range(len(made.columns))),
            total_text(made, number),
        )
        for number, row in enumerate(made.rows)
    )
    assert table.bases == tuple((label, *map(str, base_values(made, field))) for label, field in BASE_ROWS)
    assert [len(row) for row in table.shades] == [len(made.columns) + 1] * len(made.rows)
    for (row, column), shade in (
        ((row, column), table.shades[row][column])
        for row in range(len(made.rows))
        for column in range(len(made.columns))
    ):
        assert bool(shade) is (made.cells[row][column] is not None)
    said = said_in(report)
    assert [note for note in notes(made) if note not in said] == []


def test_coverage_says_how_many_of_those_planned_and_what_is_missing() -> None:
    table = _tables(REPORT)["Cases heard of those planned, by area and group"]
    assert table.header == ("Area", "parent", "school", "all")
    assert table.rows == (
        ("Eastlow", "1 of 1", "\N{EN DASH}", "1 of 1"),
        ("Westhay", "\N{EN DASH}", "1 of 2", "1 of 2"),
        ("all", "1 of 1", "1 of 2", "2 of 3"),
    )
    assert "Still to be heard: 1." in said_in(REPORT)


def test_the_codebook_has_every_code_with_when_to_use_it() -> None:
    money, families = (table for name, table in _tables(REPORT).items() if name.startswith("Codebook: "))
    assert [row[0] for row in (*money.rows, *families.rows)] == [code.name for code in REPORT.codebook]
    assert money.rows[1] == ("quick fix", "What quick fix means.", "It is said. It is meant!", "")


def test_every_item_of_the_method_is_answered_or_asked() -> None:
    rows = _tables(REPORT)["Consolidated criteria for reporting qualitative research"].rows
    assert [row[0] for row in rows] == [str(number) for number in range(1, 33)]
    assert {row[0]: row[2] for row in rows if not row[2].startswith(TO_ANSWER)} == {
        "12": "4 cases in 3 sources.",
        "24": "1 coder.",
    }


def test_a_publication_has_no_numbers_of_quotes_and_no_table_of_people() -> None:
    quotes = [quote for quote in laid_out(PUBLISHED_REPORT) if isinstance(quote, Quotation)]
    assert {quote.reference for quote in quotes} == {""}
    assert {quote.reference for quote in laid_out(REPORT) if isinstance(quote, Quotation)} == {
        "q:2",
        "q:4",
        "q:5",
        "q:6",
    }
    assert not [name for name in _tables(PUBLISHED_REPORT) if "planned" in name]


def test_a_theme_without_quotes_says_so() -> None:
    texts = [quote.text for quote in laid_out(REPORT) if isinstance(quote, Paragraph)]
    assert texts.count(NOTHING_SHOWN) == 1
    assert NOTHING_PUBLISHED not in texts
