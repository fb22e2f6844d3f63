from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.exports.drawing import png, svg
from quotegrid.exports.export_id import id_in, with_id
from quotegrid.exports.matrix_docx import matrix_docx
from quotegrid.exports.matrix_picture import matrix_drawing
from quotegrid.exports.matrix_text import matrix_csv, matrix_json, matrix_markdown
from quotegrid.exports.matrix_xlsx import matrix_xlsx
from quotegrid.exports.pictures import Picture
from tests.exports.samples import PROVENANCE, QUOTES, matrix

GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
PAGE = b"<!doctype html>\n<html><head><meta charset='utf-8'><title>T</title></head><body>words</body></html>"
FILES = {
    "xlsx": matrix_xlsx(matrix(), PROVENANCE, QUOTES),
    "docx": matrix_docx(matrix(), PROVENANCE),
    "svg": svg(matrix_drawing(matrix(), PROVENANCE, Picture.HEAT)),
    "png": png(matrix_drawing(matrix(), PROVENANCE, Picture.HEAT)),
    "html": PAGE,
}


@pytest.mark.parametrize("form", FILES)
def test_the_id_is_found_again_and_a_file_without_one_has_none(form: str) -> None:
    assert id_in(FILES[form]) is None
    assert id_in(with_id(FILES[form], GUID)) == GUID


def test_a_workbook_and_a_document_can_still_be_opened_and_keep_the_id_when_saved() -> None:
    book = openpyxl.load_workbook(io.BytesIO(with_id(FILES["xlsx"], GUID)))
    assert book["Matrix"]["B2"].value == 2
    assert {one.name: one.value for one in book.custom_doc_props.props} == {"quotegrid-export": GUID}
    book["Matrix"]["B2"] = 7
    saved = io.BytesIO()
    book.save(saved)
    assert id_in(saved.getvalue()) == GUID
    document = Document(io.BytesIO(with_id(FILES["docx"], GUID)))
    assert document.tables
    saved = io.BytesIO()
    document.save(saved)
    assert id_in(saved.getvalue()) == GUID


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_parts_of_an_office_file_stay_as_they_were(form: str) -> None:
    with (
        zipfile.ZipFile(io.BytesIO(FILES[form])) as before,
        zipfile.ZipFile(io.BytesIO(with_id(FILES[form], GUID))) as after,
    ):
        assert after.testzip() is None
        assert set(after.namelist()) - set(before.namelist()) == {"docProps/custom.xml"}
        touched = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert touched == {"[Content_Types].xml", "_rels/.rels"}


def test_a_picture_still_shows_the_same() -> None:
    from matplotlib.image import imread

    made = with_id(FILES["png"], GUID)
    assert (imread(io.BytesIO(made)) == imread(io.BytesIO(FILES["png"]))).all()


@pytest.mark.parametrize("text", [matrix_csv, matrix_json, matrix_markdown])
def test_plain_files_stay_plain(text: object) -> None:
    content = text(matrix(), PROVENANCE).encode()  # type: ignore[operator]
    assert with_id(content, GUID) == content


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\x89PNG", b"<!doctype html>", b"<svg"])
)
def test_no_file_is_too_broken_to_be_looked_at(rest: bytes, begin: bytes) -> None:
    assert id_in(begin + rest) is None
