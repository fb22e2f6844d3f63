"""Small files that unpack to very much are refused with the limit named, in little memory and time."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from odfdo import Document as OpenDocument
from openpyxl import Workbook

from tests.conftest import REPOSITORY

_MOST_MEGABYTES = 600
_READ = """\
import json, re, resource, sys
from pathlib import Path
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.errors import QuotegridError
told = {}
for path in map(Path, sys.argv[1:]):
    try:
        read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    except QuotegridError as error:
        told[path.name] = str(error)
# Where there is one, the figure of this program alone: the usual one begins with that of its parent.
status = Path("/proc/self/status")
if status.exists():
    most = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text()).group(1))
else:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([told, most // 1024]))
"""


def _docx() -> bytes:
    made = io.BytesIO()
    Document().save(made)
    return made.getvalue()


def _odt() -> bytes:
    made = io.BytesIO()
    OpenDocument("text").save(made)
    return made.getvalue()


def _xlsx() -> bytes:
    book, made = Workbook(), io.BytesIO()
    book.worksheets[0].append(["id", "answer"])
    book.save(made)
    return made.getvalue()


def _stuffed(package: bytes, part: str, before: bytes, content: bytes, *, packed: bool = False) -> bytes:
    """A package with more content before a mark of one of its parts."""
    made = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", how) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                head, mark, tail = data.partition(before)
                assert mark
                data = head + content + mark + tail
            new.writestr(name, data)
    return made.getvalue()


_DOCUMENT = "word/document.xml"
_SHEET = "xl/worksheets/sheet1.xml"
_PARAGRAPHS = b"<w:p><w:r><w:t>Anna: I waited.</w:t></w:r></w:p>" * 150_000
_ROWS = b'<row><c t="inlineStr"><is><t>a</t></is></c></row>' * 210_000
_CELLS = b"<row>" + b'<c t="n"/>' * 1_100_000 + b"</row>"
_MERGED = b'<mergeCells><mergeCell ref="A3:XFD20000"/></mergeCells>'
_REFERENCES = "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "many.docx": ("tags: ", lambda: _stuffed(_docx(), _DOCUMENT, b"<w:sectPr", _PARAGRAPHS)),
    "large.docx": (
        "ratio: ",
        lambda: _stuffed(_docx(), _DOCUMENT, b"<w:sectPr", b" " * 20_000_000, packed=True),
    ),
    "many.odt": (
        "tags: ",
        lambda: _stuffed(_odt(), "content.xml", b"</office:text>", b"<text:p/>" * 700_000),
    ),
    "rows.xlsx": ("rows: ", lambda: _stuffed(_xlsx(), _SHEET, b"</sheetData>", _ROWS)),
    "cells.xlsx": ("cells: ", lambda: _stuffed(_xlsx(), _SHEET, b"</sheetData>", _CELLS)),
    "merged.xlsx": ("cells: ", lambda: _stuffed(_xlsx(), _SHEET, b"</worksheet>", _MERGED)),
    "wide.csv": ("columns: 10,000", lambda: b"name," * 9_999 + b"name\na,b\n"),
    "long.txt": ("paragraph: ", lambda: b"Anna: well\nBob: " + b"this is a word " * 50_000),
    "large.txt": ("text file size: ", lambda: b"Anna: well\n" * 3_000_000),
    "references.md": (
        "header values: ",
        lambda: f"---\na: &a [x, x]\n{_REFERENCES}---\nAnna: I waited.\n".encode(),
    ),
    "deep.md": ("nesting: ", lambda: b"---\na: " + b"[" * 20_000 + b"]" * 20_000 + b"\n---\nAnna: Yes.\n"),
    "deep.html": ("nesting of a web page: ", lambda: b"<div>" * 100_000 + b"<p>Anna: I waited.</p>"),
}
"""Files by their names, each with the limit that its message names."""


def test_each_is_refused_with_its_limit_and_all_take_little_memory(tmp_path: Path) -> None:
    for name, (_, make) in BOMBS.items():
        (tmp_path / name).write_bytes(make())
    # Measured in a process that this one does not share its memory with.
    found = subprocess.run(
        [sys.executable, "-c", _READ, *(str(tmp_path / name) for name in BOMBS)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told, megabytes = json.loads(found.stdout)
    assert {name: said for name, (said, _) in BOMBS.items() if said not in told.get(name, "")} == {}
    assert all(f"{tmp_path / name}" in message for name, message in told.items())
    assert megabytes < _MOST_MEGABYTES
