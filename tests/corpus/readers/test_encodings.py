"""The encoding of a text is told by its bytes and by the letters of its language."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.readers.plain import decode
from quotegrid.errors import ReadError

POLISH = "Anna: Mówię, że łąka była piękna i świeża.\nBartek: Źle się czuję, bo dziś śnieg zasypał wieś.\n"
GERMAN = "Anna: Für die Äpfel fehlten größere Körbe.\nBernd: Schöne Grüße, das wäre übrig.\n"
FRENCH = "Anna: Où êtes-vous allés cet été, très tôt ?\nBéa: Ça m'a plu, même sans élèves.\n"
CZECH = "Anna: Žluťoučký kůň běžel přes řeku.\nBéda: Žádná škoda, říkám.\n"
ENGLISH = "Anna: We waited. They don\u2019t write \u2013 \u201cnever\u201d.\nBob: It\u2019s £5.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((POLISH, encoding) for encoding in ("cp1250", "iso8859_2", "cp852")),
        *((GERMAN, encoding) for encoding in ("cp1252", "cp850", "mac_roman")),
        *((FRENCH, encoding) for encoding in ("cp1252", "cp850", "mac_roman")),
        *((CZECH, encoding) for encoding in ("cp1250", "iso8859_2", "cp852")),
        *((ENGLISH, encoding) for encoding in ("cp1252", "mac_roman")),
        *((ENGLISH, f"utf-{bits}") for bits in ("8", "16", "16-le", "16-be", "32", "32-le", "32-be")),
        *((POLISH, f"utf-{bits}") for bits in ("16-le", "16-be", "32-le", "32-be")),
    ],
)
def test_a_text_is_read_as_it_was_written(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(text.encode(encoding))
    assert decode(path).text == text


@pytest.mark.parametrize("line", [1, 3])
def test_a_line_in_another_encoding_is_named(tmp_path: Path, line: int) -> None:
    lines = [GERMAN.split("\n")[0].encode()] * 4
    lines[line - 1] = FRENCH.split("\n")[1].encode("cp1252")
    path = tmp_path / "talk.txt"
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(ReadError, match="this one is in another encoding") as caught:
        decode(path)
    assert caught.value.line == line


def test_half_a_character_of_two_bytes_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(ENGLISH.encode("utf-16") + b"x")
    with pytest.raises(ReadError, match="this is not a text file"):
        decode(path)
