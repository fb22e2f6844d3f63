from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.report.model import Report
from quotegrid.domain.text.normalise import visible
from quotegrid.exports.docx import TABLE_STYLE
from quotegrid.exports.report.report_docx import report_docx
from tests.exports.matrix.test_docx import HARD
from tests.exports.reports import PUBLISHED_REPORT, REPORT, REPORTS, hostile_report, said_in
from tests.profiles import examples

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip())
)


def _open(report: Report) -> Any:
    return Document(io.BytesIO(report_docx(report)))


def _read(document: Any) -> list[str]:
    """The texts of paragraphs and cells in their order, without the contents and the tables' numbers."""
    found = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            found += [cell.text for row in part.rows for cell in row.cells]
        elif not part.style.name.startswith("toc "):
            found.append(part.text.removeprefix("Table . ") if part.style.name == "Caption" else part.text)
    return found


def _as_read(report: Report) -> list[str]:
    return [visible(text) for text in said_in(report)]


@pytest.mark.parametrize("name", REPORTS)
def test_the_document_says_all_that_is_laid_out(name: str) -> None:
    assert _read(_open(REPORTS[name])) == _as_read(REPORTS[name])


@pytest.mark.parametrize("name", REPORTS)
def test_the_document_is_the_golden_one_to_the_letter(name: str) -> None:
    made = report_docx(REPORTS[name])
    part = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode("utf-8")
    assert part == (GOLDEN / f"{name}.docx.xml").read_text(encoding="utf-8")
    assert report_docx(REPORTS[name]) == made


def test_the_contents_lead_to_headings_that_are_there() -> None:
    document = _open(REPORT)
    links = document.element.body.xpath(".//w:hyperlink")
    marks = {
        mark.get(_w("name")): mark.getparent() for mark in document.element.body.xpath(".//w:bookmarkStart")
    }
    assert len(links) == len(marks) == 7
    for link in links:
        heading = marks[link.get(_w("anchor"))]
        assert "".join(link.xpath(".//w:t/text()")) == "".join(heading.xpath(".//w:t/text()"))
        assert heading.xpath("./w:pPr/w:pStyle/@w:val")[0].startswith("Heading")
    kinds = document.element.body.xpath(".//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", "end"]


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def test_tables_have_header_rows_bases_and_styles_and_nothing_is_hard() -> None:
    document = _open(REPORT)
    assert {table.style.name for table in document.tables} == {TABLE_STYLE}
    for table in document.tables:
        flagged = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
        assert flagged == [True] + [False] * (len(table.rows) - 1)
    styles = [row.cells[1].paragraphs[0].style.name for row in document.tables[1].rows]
    assert styles == ["Table header number", *["Table number"] * 2, *["Table base number"] * 4]
    runs = document.element.body.iter(_w("r"))
    assert [run for run in runs for hard in HARD if run.xpath(hard)] == []


def test_every_page_has_its_number_and_the_title() -> None:
    footer = _open(REPORT).sections[0].footer.paragraphs[0]
    assert footer._p.xpath("./w:fldSimple/@w:instr") == [" PAGE "]
    assert footer.text.startswith("Trial")


def test_a_publication_names_no_quote_and_no_case() -> None:
    everything = "\n".join(_read(_open(PUBLISHED_REPORT)))
    assert "q:" not in everything
    assert "[c]" in everything


@examples(15, quick=6)
@given(text=_TEXT, other=_TEXT)
def test_any_text_is_written_as_it_is_shown(text: str, other: str) -> None:
    report = hostile_report(text, other)
    read, wanted = _read(_open(report)), _as_read(report)
    assert [" ".join(words.split()) for words in read] == [" ".join(words.split()) for words in wanted]
