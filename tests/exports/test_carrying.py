from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
import zlib
from typing import Any

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.report.manifest import Manifest, pack_manifest, unpack_manifest
from quotegrid.exports.carrying import bare, carrying, manifest_text

MANIFEST = Manifest("e", "matrix", "2025-06-01", "0.1.0", "c", options={"query": "<a> & \"b\" --> % 'c'"})
TEXT = pack_manifest(MANIFEST)
COMMENTED = (".md", ".MARKDOWN", ".html", ".svg", ".tex")


def _workbook() -> bytes:
    out = io.BytesIO()
    book: Any = openpyxl.Workbook()
    book.active["A1"] = "said"
    book.save(out)
    return out.getvalue()


def _document() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def _png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


FILES = {
    ".xlsx": _workbook(),
    ".docx": _document(),
    ".png": _png(),
    ".json": b'{\n  "a": 1\n}\n',
    ".md": b"| a |\n",
    ".csv": b'a,b\n1,2\n"# Use: this, not that."\n',
    ".html": b"<!doctype html><p>a</p>\n",
    ".svg": b"<svg/>",
    ".tex": b"\\begin{document}\n",
}


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_carries_its_manifest_and_is_what_it_was_without_it(suffix: str) -> None:
    content = FILES[suffix]
    whole = carrying(content, suffix, TEXT)
    assert whole != content
    assert unpack_manifest(manifest_text(whole, suffix)) == MANIFEST
    assert unpack_manifest(manifest_text(content, suffix)) is None
    assert bare(whole, suffix) == bare(content, suffix)


@pytest.mark.parametrize("suffix", [".csv", ".txt", ""])
def test_a_file_without_room_stays_as_it_is(suffix: str) -> None:
    assert carrying(b"a,b\n", suffix, TEXT) == bare(b"a,b\n", suffix) == b"a,b\n"
    assert manifest_text(b"a,b\n", suffix) == b""


@given(st.binary(max_size=60), st.sampled_from(COMMENTED))
def test_whatever_is_changed_in_the_text_shows(more: bytes, suffix: str) -> None:
    whole = carrying(b"some text", suffix, TEXT)
    assert (bare(whole + more, suffix) == bare(whole, suffix)) is (more == b"")
    assert (bare(more + whole, suffix) == bare(whole, suffix)) is (more == b"")


def test_a_workbook_and_a_document_still_open_and_say_so_in_their_properties() -> None:
    book = openpyxl.load_workbook(io.BytesIO(carrying(FILES[".xlsx"], ".xlsx", TEXT)))
    assert book.active["A1"].value == "said"
    assert book.properties.identifier == TEXT
    document = Document(io.BytesIO(carrying(FILES[".docx"], ".docx", TEXT)))
    assert document.core_properties.identifier == TEXT


def test_a_cell_that_is_changed_shows() -> None:
    whole = carrying(FILES[".xlsx"], ".xlsx", TEXT)
    out = io.BytesIO()
    book: Any = openpyxl.load_workbook(io.BytesIO(whole))
    book.active["A1"] = "said otherwise"
    book.save(out)
    assert unpack_manifest(manifest_text(out.getvalue(), ".xlsx")) == MANIFEST
    assert bare(out.getvalue(), ".xlsx") != bare(whole, ".xlsx")


def test_a_csv_with_notes_has_one_more_of_them() -> None:
    rows = list(csv.reader(io.StringIO(carrying(FILES[".csv"], ".csv", TEXT).decode())))
    assert rows[:3] == [["a", "b"], ["1", "2"], ["# Use: this, not that."]]
    assert rows[3:] == [[f"# {TEXT}"]]


def test_json_stays_json() -> None:
    assert json.loads(carrying(FILES[".json"], ".json", TEXT)) == {"a": 1, "manifest": TEXT}
    for listed in (b"[]\n", b'[\n  {"a": 1}\n]\n'):
        assert carrying(listed, ".json", TEXT) == listed


@pytest.mark.parametrize("suffix", FILES)
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"{", b"\xff\xfe\x00"])
def test_what_is_no_such_file_has_no_manifest(suffix: str, content: bytes) -> None:
    assert unpack_manifest(manifest_text(content, suffix)) is None
    assert bare(content, suffix) == content


def test_every_other_part_of_an_archive_is_kept() -> None:
    whole = carrying(FILES[".xlsx"], ".xlsx", TEXT)
    with (
        zipfile.ZipFile(io.BytesIO(FILES[".xlsx"])) as before,
        zipfile.ZipFile(io.BytesIO(whole)) as after,
    ):
        assert before.namelist() == after.namelist()
        for name in before.namelist():
            assert (before.read(name) == after.read(name)) is (name != "docProps/core.xml")
