from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from odfdo import Document, Header, Paragraph, Table

from quotegrid.corpus.readers.opendocument import read
from quotegrid.domain.sources.model import ParagraphStyle, StyledParagraph
from quotegrid.errors import ReadError
from tests.corpus.readers.twins import FIXTURES, PARAGRAPHS, is_like_its_twin, needs_soffice


def _written(path: Path, paragraphs: list[str]) -> Path:
    document = Document("text")
    document.body.clear()
    for words in paragraphs:
        document.body.append(Paragraph(words))
    document.save(path)
    return path


def test_an_interview_reads_like_its_plain_text(tmp_path: Path) -> None:
    assert is_like_its_twin(_written(tmp_path / "twin.odt", PARAGRAPHS))


@needs_soffice
def test_an_interview_written_by_libreoffice_reads_like_its_plain_text(libreoffice_odt: Path) -> None:
    assert is_like_its_twin(libreoffice_odt)


def test_breaks_tabs_and_spaces_come_back_as_they_were_written(tmp_path: Path) -> None:
    words = "ANN: one  two\tthree\nfour   five"
    assert (
        read(_written(tmp_path / "a.odt", [words, "", "JO: \U0001f600."])).text
        == f"{words}\n\nJO: \U0001f600.\n"
    )


def test_table_rows_are_paragraphs_with_their_cells_joined(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.odt", ["Before."])
    document = Document(path)
    table = Table("T", width=2, height=2)
    for row, cells in enumerate([("Jo:", "Why?"), ("Ann", "Because.")]):
        for column, words in enumerate(cells):
            cell = table.get_cell((column, row))
            cell.append(Paragraph(words))
            table.set_cell((column, row), cell)
    document.body.append(table)
    document.save(path)
    assert read(path).text == "Before.\n\nJo: Why?\n\nAnn: Because.\n"


def test_deleted_text_notes_comments_and_boxes_are_left_out_and_inserted_text_kept() -> None:
    assert read(FIXTURES / "tracked.odt").text == (
        "The shed\n\nJO FIELD: Why not kept words?\n\n"
        "ADA STONE: It rained, and   a\tgap\nthen rained.\n\nJO FIELD: Yes.\n"
    )


def test_a_typists_table_with_times_is_read_row_by_row() -> None:
    assert read(FIXTURES / "typist_table.odt").text == (
        "Recording: shed.wav\n\n00:00:01 JO FIELD: What is in the shed?\n\n"
        "00:00:04 ADA STONE: Chairs.\nAnd pots.\n\nBreak\n\nJO FIELD: Go on.\n\nADA STONE: That is all.\n"
    )


def _changed(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(FIXTURES / "tracked.odt") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return path


def test_a_document_with_a_password_says_so(tmp_path: Path) -> None:
    def locked(name: str, data: bytes) -> bytes:
        if name == "META-INF/manifest.xml":
            return data.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")
        return data if name == "mimetype" else bytes(range(256))

    with pytest.raises(ReadError, match=r"a\.odt: this document is protected by a password\. Open it in"):
        read(_changed(tmp_path / "a.odt", locked))


def test_no_entity_of_a_document_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")

    def with_entity(name: str, data: bytes) -> bytes:
        if name != "content.xml":
            return data
        kind = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><office:document-content'.encode()
        return data.replace(b"<office:document-content", kind, 1).replace(b"Why", b"Why&e;", 1)

    path = _changed(tmp_path / "a.odt", with_entity)
    try:
        assert "SECRET" not in read(path).text
    except ReadError as error:
        assert "broken" in error.what


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data[:200] if name == "content.xml" else data,
        lambda name, data: None if name == "content.xml" else data,
        lambda name, data: None if name == "mimetype" else data,
        lambda name, data: data.replace(b".text", b".spreadsheet") if name == "mimetype" else data,
        lambda name, data: b"<office:document-content/>" if name == "content.xml" else data,
        lambda name, data: data.replace(b"office:body", b"office:bodies") if name == "content.xml" else data,
    ],
)
def test_a_broken_package_is_refused_without_a_traceback(
    tmp_path: Path, change: Callable[[str, bytes], bytes | None]
) -> None:
    with pytest.raises(
        ReadError, match=r"a\.odt: this OpenDocument text is broken or is not one\. Open it in"
    ):
        read(_changed(tmp_path / "a.odt", change))


def test_a_file_cut_anywhere_is_refused_without_a_traceback(tmp_path: Path) -> None:
    whole = (FIXTURES / "tracked.odt").read_bytes()
    path = tmp_path / "a.odt"
    for length in [*range(1, len(whole), 97), len(whole) - 1]:
        path.write_bytes(whole[:length])
        with pytest.raises(ReadError, match="is broken or is not one"):
            read(path)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b"Words.", "is not one"),
        (b"\x89PNG\r\n\x00", "is not one"),
        (b"{\\rtf1 a}", "is"),
    ],
)
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=what) as caught:
        read(path)
    assert caught.value.todo


def test_headings_are_known_as_such(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.odt", ["Before."])
    document = Document(path)
    document.body.append(Header(1, "The ferry"))
    document.body.append(Paragraph("It sank."))
    document.save(path)
    assert read(path).text == "Before.\n\nThe ferry\n\nIt sank.\n"
    assert read(path).styles == (StyledParagraph(9, 18, ParagraphStyle.HEADING),)
