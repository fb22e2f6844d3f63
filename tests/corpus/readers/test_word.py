from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from quotegrid.corpus.readers.word import read
from quotegrid.domain.sources.model import ParagraphStyle
from quotegrid.errors import ReadError


def test_paragraphs_and_table_rows_come_in_order_a_blank_line_apart(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Jo: Why?")
    document.add_paragraph("  ")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate([("Ann", "Because."), ("Jo", "And?")]):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.add_paragraph("Ann: Cafe\u0301.")
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert read(path).text == "Jo: Why?\n\nAnn: Because.\n\nJo: And?\n\nAnn: Caf\u00e9.\n"


def _not_xml(path: Path) -> None:
    document = Document()
    document.add_paragraph("Words.")
    whole = path.with_name("whole.docx")
    document.save(str(whole))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<w:document" if name == "word/document.xml" else source.read(name))


def _no_package(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("a.txt", "Words.")


def _cut(path: Path) -> None:
    Document().save(str(path))
    path.write_bytes(path.read_bytes()[:2000])


def _text(path: Path) -> None:
    path.write_text("Words.", encoding="utf-8")


@pytest.mark.parametrize("spoil", [_not_xml, _no_package, _cut, _text])
def test_a_broken_document_is_refused_without_a_traceback(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "a.docx"
    assert callable(spoil)
    spoil(path)
    with pytest.raises(ReadError, match=r"a\.docx: this Word document is broken or is not one\."):
        read(path)


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.touch()
    with pytest.raises(ReadError, match="the file is empty"):
        read(path)


def test_tracked_changes_are_read_as_they_finally_stand(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("We were ")
    for tag, inner, words in (
        ("del", "delText", "never "),
        ("ins", "t", "always "),
        ("moveFrom", "t", "far "),
    ):
        change = paragraph._p.makeelement(qn(f"w:{tag}"), {})
        run = change.makeelement(qn("w:r"), {})
        text = run.makeelement(qn(f"w:{inner}"), {})
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("asked.\tTwice.")
    path = tmp_path / "tracked.docx"
    document.save(str(path))
    assert read(path).text == "We were always asked.\tTwice.\n"


def test_merged_cells_are_read_once_in_a_row_and_nested_tables_with_them(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "JO"
    table.cell(0, 2).text = "Why?"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "ANN"
    table.cell(1, 1).text = "Rain."
    table.cell(2, 1).text = "And wind."
    inner = table.cell(2, 2).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "1", "2"
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert read(path).text == "JO: Why?\n\nANN: Rain.\n\nANN: And wind.: 1: 2\n"


def test_what_stands_in_content_controls_is_read(tmp_path: Path) -> None:
    document = Document()
    for words in ("JO: Why?", "ANN: Rain.", "JO: And?"):
        document.add_paragraph(words)
    paragraph = document.paragraphs[1]._p
    control = paragraph.makeelement(qn("w:sdt"), {})
    content = control.makeelement(qn("w:sdtContent"), {})
    paragraph.addprevious(control)
    control.append(content)
    content.append(paragraph)
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert read(path).text == "JO: Why?\n\nANN: Rain.\n\nJO: And?\n"


def test_a_paragraph_has_a_look_if_all_its_words_have_it(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("The ferry", style="Heading 1")
    for look in ("bold", "italic", "underline"):
        setattr(document.add_paragraph().add_run(f"All of it {look}?"), look, True)
    mixed = document.add_paragraph("Plain, ")
    mixed.add_run("then bold.").bold = True
    document.add_paragraph("It sank.")
    listed = document.add_paragraph("In a list?")
    properties = listed._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = 1
    path = tmp_path / "a.docx"
    document.save(str(path))
    found = read(path)
    assert [(found.text[look.start : look.end], look.style) for look in found.styles] == [
        ("The ferry", ParagraphStyle.HEADING),
        ("All of it bold?", ParagraphStyle.EMPHASISED),
        ("All of it italic?", ParagraphStyle.EMPHASISED),
        ("All of it underline?", ParagraphStyle.EMPHASISED),
        ("In a list?", ParagraphStyle.NUMBERED),
    ]
