from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from quotegrid.corpus.readers.plain import decode, read
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import WarningKind
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
    assert decode(path).text == line


def test_an_old_mac_file_is_read_with_its_apostrophes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    spoken = (
        "ANN: We don\u2019t know who pays, and they don\u2019t either. It\u2019s been “sorted”, they said.\n"
        * 4
    )
    path.write_bytes(spoken.encode("mac_roman"))
    assert decode(path).text == spoken


def test_another_alphabet_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    spoken = "Вопрос: Что изменилось за этот год в вашей школе? Ответ: Почти ничего, мы всё ещё ждём.\n" * 4
    path.write_bytes(spoken.encode("cp1251"))
    assert decode(path).text == spoken


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


def test_what_reading_changes_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffANN: Cafe\u0301\r\nJO: in\u00adfor\u00admed\r\n".encode())
    found = read(path)
    assert found.text == "ANN: Caf\u00e9\nJO: informed\n"
    assert found.repairs == {
        "byte order mark": 1,
        "line ends": 2,
        "soft hyphens": 2,
        "composed characters": 1,
    }
    assert found.warnings == ()


def test_letters_of_an_encoding_that_only_one_reading_fits_are_counted_without_a_warning(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ANN: It\u2019s \u00a35m.\n".encode("cp1252"))
    found = read(path)
    assert (found.repairs, found.warnings) == ({"letters in a guessed encoding": 2}, ())


def test_an_encoding_that_statistics_tell_is_unsure_and_says_at_which_word(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    answer = "\u041e\u0442\u0432\u0435\u0442: \u041f\u043e\u0447\u0442\u0438 "
    asked = "I: So?\n" + f"{answer}\u043d\u0438\u0447\u0435\u0433\u043e.\n" * 6
    path.write_bytes(asked.encode("cp1251"))
    (warning,) = read(path).warnings
    assert (warning.kind, warning.line) == (WarningKind.TEXT, 2)
    assert 'in which a word is "\u041e\u0442\u0432\u0435\u0442:"' in warning.what
    assert read_source(path, "a.txt", ReadingOptions(), Stakeholders({})).warnings[0] == warning


def test_a_byte_that_two_encodings_read_as_different_letters_is_unsure(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"ANN: Se\xf1or\n")
    assert b"\xf1".decode("mac_roman") == "\u00d2"
    assert read(path).warnings == ()
    path.write_bytes(b"ANN: ma\x96ana\n")
    (warning,) = read(path).warnings
    assert (b"\x96".decode("mac_roman"), b"\x96".decode("cp1252")) == ("\u00f1", "\u2013")
    assert "read as mac_roman" in warning.what


def test_escaped_punctuation_in_markdown_is_read_as_what_it_shows(tmp_path: Path) -> None:
    escaped = '---\ntitle: "A \\"talk\\""\n---\nANN: \\[laughs\\] It\\\'s 2\\* as \\\\ far\\.\n'
    (tmp_path / "a.md").write_text(escaped, encoding="utf-8")
    (tmp_path / "a.txt").write_text(escaped, encoding="utf-8")
    found = read(tmp_path / "a.md")
    assert found.text[found.body_start :] == "ANN: \\[laughs\\] It's 2* as \\ far.\n"
    assert found.header["title"].value == 'A "talk"'
    assert found.repairs == {"Markdown escapes": 4}
    assert read(tmp_path / "a.txt").text == escaped
