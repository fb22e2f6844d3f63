from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.matrix.model import build_matrix
from quotegrid.domain.text.normalise import visible
from quotegrid.exports.docx import TABLE_STYLE
from quotegrid.exports.matrix.docx import matrix_docx
from quotegrid.exports.matrix.text import notes
from tests.exports.matrices import MATRICES, PUBLISHED, STANCES, nested_matrix, provenance_of
from tests.exports.samples import HOSTILE_QUOTES, PROVENANCE, QUOTES, hostile_matrix, matrix, quote
from tests.profiles import examples

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
HARD = ("./w:rPr/w:b", "./w:rPr/w:sz", "./w:rPr/w:color", "./w:rPr/w:rFonts", "./w:rPr/w:i")


def _open(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def _part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode("utf-8")


@pytest.mark.parametrize("name", MATRICES)
def test_the_document_is_the_golden_one_to_the_letter(name: str) -> None:
    made = matrix_docx(MATRICES[name], provenance_of(name))
    assert _part(made, "word/document.xml") == (GOLDEN / f"{name}.docx.xml").read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes() -> None:
    assert matrix_docx(matrix(), PROVENANCE, QUOTES, with_quotes=True) == matrix_docx(
        matrix(), PROVENANCE, QUOTES, with_quotes=True
    )


def test_the_caption_is_a_real_one_and_stands_over_the_table() -> None:
    document = _open(matrix_docx(nested_matrix(), PROVENANCE))
    caption = document.paragraphs[0]
    assert caption.style.name == "Caption"
    assert caption._p.xpath("./w:fldSimple/@w:instr") == [" SEQ Table \\* ARABIC "]
    assert "".join(caption._p.xpath(".//w:t/text()")) == (
        f"Table 1. Themes by area within group. {notes(nested_matrix())[0]}"
    )
    kinds = [child.tag.rsplit("}", 1)[1] for child in document.element.body]
    assert kinds[:2] == ["p", "tbl"]


def test_every_format_is_a_styles_and_none_is_hard() -> None:
    document = _open(matrix_docx(nested_matrix(), PROVENANCE, STANCES, with_quotes=True))
    table = document.tables[0]
    assert table.style.name == TABLE_STYLE
    runs = document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r")
    assert [run for run in runs for hard in HARD if run.xpath(hard)] == []
    assert {cell.paragraphs[0].style.name for cell in table._cells} == {
        "Table header",
        "Table header group",
        "Table header number",
        "Table text",
        "Table number",
        "Table base",
        "Table base number",
    }


def test_header_rows_are_flagged_repeat_and_span_what_they_head() -> None:
    table = _open(matrix_docx(nested_matrix(), PROVENANCE)).tables[0]
    flagged = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
    assert flagged == [True, True] + [False] * (len(table.rows) - 2)
    first = table.rows[0]._tr.tc_lst
    assert [(tc.xpath("string(.)"), tc.grid_span) for tc in first if tc.vMerge != "continue"] == [
        ("Theme", 1),
        ("Stance", 1),
        ("school", 2),
        ("parent", 1),
        ("health", 1),
        ("not known", 1),
        ("all", 1),
    ]
    theme, split = table.cell(0, 0), table.cell(2, 0)
    assert table.cell(1, 0)._tc is theme._tc
    assert split.text == "Money"
    assert table.cell(4, 0)._tc is split._tc
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    assert table._tbl.xpath("./w:tblPr/w:tblDescription/@w:val")[0].startswith("Themes by area within group.")


def test_the_notes_and_where_it_comes_from_stand_under_the_table() -> None:
    for name, made in MATRICES.items():
        document = _open(matrix_docx(made, provenance_of(name)))
        told = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Table note"]
        assert told[:-1] == [visible(note) for note in notes(made)[1:]]
        assert dict(provenance_of(name).lines())["Use"] in told[-1]


def test_a_wide_table_lies_on_its_side_and_a_wider_one_is_divided() -> None:
    assert _open(matrix_docx(matrix(), PROVENANCE)).sections[0].orientation == WD_ORIENT.PORTRAIT
    wide = [quote(number, "x", group=f"Group {number}") for number in range(11)]
    document = _open(matrix_docx(build_matrix(wide, Codebook((Code("a"),))), PROVENANCE))
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert document.sections[0].page_width > document.sections[0].page_height
    wider = [quote(number, "x", group=f"Group {number}") for number in range(20)]
    document = _open(matrix_docx(build_matrix(wider, Codebook((Code("a"),))), PROVENANCE))
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert ["".join(caption._p.xpath(".//w:fldSimple//w:t/text()")) for caption in captions] == ["1", "2"]
    assert [len(table.columns) for table in document.tables] == [12, 11]


def test_the_properties_say_what_it_is_and_when_it_was_made() -> None:
    properties = _open(matrix_docx(matrix(), PROVENANCE)).core_properties
    assert properties.title == "Themes by group"
    assert properties.author == "Ada, Jo"
    assert properties.subject == "Trial"
    assert properties.created.isoformat() == "2025-06-01T10:00:00+00:00"
    assert properties.language == "en-GB"


def test_a_long_name_of_a_study_is_no_error() -> None:
    provenance = replace(PROVENANCE, study="x" * 300, coders=tuple(f"Coder {number}" for number in range(90)))
    properties = _open(matrix_docx(matrix(), provenance)).core_properties
    assert len(properties.subject) == len(properties.author) == 255


def test_the_quotes_behind_each_row_stand_under_its_heading_with_who_said_them() -> None:
    made = nested_matrix()
    document = _open(matrix_docx(made, PROVENANCE, STANCES, with_quotes=True))
    paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    start = paragraphs.index(("Heading 1", "Quotes"))
    headings = [text for style, text in paragraphs[start:] if style == "Heading 2"]
    assert headings == list(made.rows)
    at = paragraphs.index(("Heading 2", "Families: disputes"))
    assert paragraphs[at + 1 : at + 4] == [
        ("Heading 3", "parent / Eastlow"),
        ("Quote", "\u201cIt covers up the trouble.\u201d"),
        ("Attribution", "Parent, Eastlow \u00b7 Ray Moss \u00b7 ray.txt \u00b7 quote 2 \u00b7 disputes"),
    ]
    told = sum(style == "Quote" for style, _ in paragraphs)
    assert told == sum(len(numbers) for numbers in made.members.values())


def test_what_is_only_suggested_says_so() -> None:
    document = _open(matrix_docx(matrix(suggested=True), PROVENANCE, QUOTES, with_quotes=True))
    told = [paragraph.text for paragraph in document.paragraphs if paragraph.text.endswith("only suggested")]
    assert [text.split(" \u00b7 ")[3] for text in told] == ["quote 3", "quote 5"]


def test_a_published_document_names_no_case_and_has_no_quote_of_a_withheld_cell() -> None:
    made = MATRICES["published"]
    quotes = [
        quote(number, f"Passage {number}.", group="parent", case=None, source="")
        for numbers in made.members.values()
        for number in numbers
    ]
    content = matrix_docx(made, PUBLISHED, quotes, with_quotes=True)
    document = _open(content)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "No quotes can be published." in texts
    assert not [text for text in texts if "quote 1" in text or "Case" in text]
    cells = [cell.text for cell in document.tables[0]._cells]
    assert cells.count("[c]") == len(made.withheld) + len(made.withheld_totals)


def test_without_being_asked_for_there_are_no_quotes() -> None:
    content = matrix_docx(matrix(), PROVENANCE, QUOTES)
    assert "We had room to plan" not in _part(content, "word/document.xml")


def test_hostile_text_is_text() -> None:
    content = matrix_docx(hostile_matrix(), PROVENANCE, HOSTILE_QUOTES, with_quotes=True)
    document = _open(content)
    assert not document.element.body.xpath(".//w:instrText | .//w:hyperlink")
    assert "\x1b" not in _part(content, "word/document.xml")
    assert "\x00" not in _part(content, "word/document.xml")


@examples(20, quick=8)
@given(st.text(min_size=1), st.sampled_from(Stance))
def test_any_text_can_be_written_and_read(text: str, stance: Stance) -> None:
    said = replace(quote(1, text, codes=("a",)), stances={"a": (stance,)})
    made = build_matrix([said], Codebook((Code("a"),)))
    document = _open(matrix_docx(made, PROVENANCE, [said], with_quotes=True))
    quoted = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Quote"]
    assert quoted[0].text == f"\u201c{visible(text)}\u201d"
