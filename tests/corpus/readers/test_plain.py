from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from quotegrid.corpus.readers.plain import decode, read
from quotegrid.errors import ReadError

SPOKEN = "ANN: It\u2019s the café\u2019s £5m \u2013 naïve, I know…\nJO: “Who pays?”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_one_text_is_read_from_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SPOKEN.encode(encoding))
    assert read(path).text == SPOKEN


@pytest.mark.parametrize(
    "line", ["ANN: £5m, it\u2019s a lot.\n", "ANN: It cost €20 \u2013 no more.\n", "ANN: We don\u2019t.\n"]
)
def test_a_short_windows_file_is_not_taken_for_another_alphabet(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(line.encode("cp1252"))
    assert decode(path) == line


def test_an_old_mac_file_is_read_with_its_apostrophes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    spoken = (
        "ANN: We don\u2019t know who pays, and they don\u2019t either. It\u2019s been “sorted”, they said.\n"
        * 4
    )
    path.write_bytes(spoken.encode("mac_roman"))
    assert decode(path) == spoken


def test_another_alphabet_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    spoken = "Вопрос: Что изменилось за этот год в вашей школе? Ответ: Почти ничего, мы всё ещё ждём.\n" * 4
    path.write_bytes(spoken.encode("cp1251"))
    assert decode(path) == spoken


@pytest.mark.parametrize(
    "raw", [SPOKEN.replace("\n", "\r\n"), SPOKEN.replace("\n", "\r"), unicodedata.normalize("NFD", SPOKEN)]
)
def test_line_ends_and_composition_come_out_the_same(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw.encode())
    assert read(path).text == SPOKEN


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"a\.txt: the file is empty\."):
        read(path)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1),
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(128, 256)), 1),
        (b"ANN: yes.\nJO: \x00\x01\n", 2),
        (b"\xff\xfe\x00", 1),
    ],
)
def test_a_binary_file_with_the_name_of_a_text_is_refused_with_its_line(
    tmp_path: Path, data: bytes, line: int
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match="this is not a text file") as caught:
        read(path)
    assert caught.value.line == line


def test_an_escape_is_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"ANN: \x1b[31mred\n")
    assert read(path).text == "ANN: \x1b[31mred\n"


def test_front_matter_is_read_and_left_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: T\n---\nWords.\n", encoding="utf-8")
    found = read(path)
    assert found.text[found.body_start :] == "Words.\n"
    assert found.header["title"].value == "T"
