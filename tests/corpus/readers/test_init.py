from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.readers import can_read, read_file
from quotegrid.errors import ReadError


@pytest.mark.parametrize(
    ("name", "can"),
    [
        ("a.txt", True),
        ("a.MD", True),
        ("a.docx", True),
        ("a.vtt", True),
        ("a.odt", True),
        ("a.RTF", True),
        ("a.htm", True),
        ("a.srt", True),
        ("a.epub", False),
        ("a", False),
    ],
)
def test_the_suffix_tells_whether_a_file_can_be_read(name: str, can: bool) -> None:
    assert can_read(Path(name)) is can


def test_another_suffix_is_refused_with_those_that_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(
        ReadError, match=r'type "\.epub" cannot be read yet\. Use one of \.docx, \.htm, .* or \.vtt\.'
    ):
        read_file(tmp_path / "a.epub")


def test_a_file_of_front_matter_alone_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: T\n---\n\n", encoding="utf-8")
    with pytest.raises(ReadError, match="there is no text in this file"):
        read_file(path)
