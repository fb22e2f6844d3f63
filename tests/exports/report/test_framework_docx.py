from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from quotegrid.domain.report.framework import NOT_FOR_PUBLICATION, ChartCell
from quotegrid.exports.report.framework_docx import framework_docx
from tests.exports.frameworks import framework, shown


@pytest.fixture(scope="module")
def document() -> Any:
    return Document(io.BytesIO(framework_docx(framework())))


def test_it_is_landscape_and_says_that_it_is_not_for_publication(document: Any) -> None:
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert document.paragraphs[1].text == NOT_FOR_PUBLICATION


def test_each_theme_has_a_table_with_a_caption_and_a_head_on_every_page(document: Any) -> None:
    assert len(document.tables) == 2
    captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert captions[0].startswith("Table . Money: what each case says")
    for table in document.tables:
        flags = [
            row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
            for row in table.rows
        ]
        assert flags == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_row_that_fills_a_page_may_break() -> None:
    made = framework()
    first, *others = made.charts[0].rows
    long = ChartCell((shown(9, "A long line of words that goes on. " * 60),))
    rows = (replace(first, cells=(ChartCell(), long, ChartCell())), *others)
    content = framework_docx(replace(made, charts=(replace(made.charts[0], rows=rows),)))
    (table,) = Document(io.BytesIO(content)).tables
    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    assert whole == [True, True, False, True, True, True]


def test_the_rows_are_cases_under_their_groups(document: Any) -> None:
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["Case", "Money (as a whole)", "quick fix", "room to plan"]
    assert [row[0] for row in rows[1:]] == [
        "school", "Ada Stone\nHeadteacher, Westhay", "parent", "=Ray Moss\nParent", "Kim Hall",
    ]  # fmt: skip
    assert rows[2][2] == "Covers up [q:1].\n• [q:3]\nOf the other.\nQuotes: 1, 2"
    assert rows[5][2] == "No summary yet.\nQuote: 5"
    assert "\x1b" not in rows[4][2]
    assert "<script>alert(1)</script> [click](javascript:alert(1))" in rows[4][2]


def test_emphasis_is_a_style_and_references_lead_to_the_quotes(document: Any) -> None:
    cell = document.tables[0].rows[2].cells[2]
    assert [run.text for run in cell.paragraphs[0].runs if run.style.name == "Strong"] == ["Covers"]
    anchors = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert anchors == ["quote_1", "quote_3", "quote_1", "quote_2", "quote_4", "quote_5"]
    assert sorted(marks) == [f"quote_{number}" for number in range(1, 6)]
    assert all(link.get(qn("r:id")) is None for link in document.element.body.iter(qn("w:hyperlink")))


def test_two_runs_give_the_same_bytes() -> None:
    assert framework_docx(framework()) == framework_docx(framework())
