from __future__ import annotations

import io
import zipfile

from docx import Document

from quotegrid.exports.docx import document_bytes, new_document
from quotegrid.exports.report.docx_contents import add_contents, add_page_numbers, bookmark
from tests.exports.samples import PROVENANCE


def test_the_contents_are_one_field_with_a_link_for_each_heading() -> None:
    document = new_document("T", PROVENANCE, is_wide=False)
    add_contents(document, [(1, "First"), (2, "<b>below\x1b")])
    for number, text in enumerate(("First", "")):
        bookmark(document.add_heading(text, level=1), number)
    add_page_numbers(document, "A & B")
    made = Document(io.BytesIO(document_bytes(document)))
    first, second = (paragraph for paragraph in made.paragraphs if paragraph.style.name.startswith("toc "))
    assert (first.text, second.text) == ("First", "<b>below\N{SYMBOL FOR ESCAPE}")
    assert (first.style.name, second.style.name) == ("toc 1", "toc 2")
    assert first._p.xpath(".//w:instrText/text()") == [' TOC \\o "1-2" \\h \\z \\u ']
    assert first._p.xpath(".//w:fldChar/@w:fldCharType") == ["begin", "separate"]
    assert second._p.xpath(".//w:fldChar/@w:fldCharType") == ["end"]
    anchors = made.element.body.xpath(".//w:hyperlink/@w:anchor")
    assert made.element.body.xpath(".//w:bookmarkStart/@w:name") == anchors
    assert len(set(anchors)) == 2
    footer = made.sections[0].footer.paragraphs[0]
    assert footer.text.startswith("A & B")
    assert footer._p.xpath("./w:fldSimple/@w:instr") == [" PAGE "]


def test_no_headings_are_no_contents() -> None:
    document = new_document("T", PROVENANCE, is_wide=False)
    add_contents(document, [])
    part = zipfile.ZipFile(io.BytesIO(document_bytes(document))).read("word/document.xml")
    assert b"TOC" not in part
