from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.readers import read_file
from quotegrid.corpus.readers.richtext import read
from quotegrid.domain.text.normalise import normalise
from quotegrid.errors import ReadError
from tests.corpus.readers.twins import FIXTURES, PARAGRAPHS, converted, is_like_its_twin, needs_soffice
from tests.profiles import examples


def _escaped(words: str) -> str:
    """Text as the format's specification has it: UTF-16 units in decimal, signed, with a fallback."""
    out = ""
    for char in words:
        if char in "\\{}":
            out += "\\" + char
        elif char == "\n":
            out += "\\line "
        elif char.isascii():
            out += char
        else:
            units = char.encode("utf-16-le")
            for at in range(0, len(units), 2):
                out += f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?"
    return out


def _written(path: Path, body: str) -> Path:
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\pard\\plain\\f0 "
    path.write_bytes(f"{head}{body}}}".encode())
    return path


def test_an_interview_reads_like_its_plain_text(tmp_path: Path) -> None:
    body = "".join(_escaped(paragraph) + "\\par\n" for paragraph in PARAGRAPHS)
    assert is_like_its_twin(_written(tmp_path / "twin.rtf", body))


@needs_soffice
def test_an_interview_written_by_libreoffice_reads_like_its_plain_text(libreoffice_odt: Path) -> None:
    assert is_like_its_twin(converted(libreoffice_odt, "rtf"))


@needs_soffice
def test_libreoffices_tracked_changes_notes_and_comments_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "tracked.odt"
    path.write_bytes((FIXTURES / "tracked.odt").read_bytes())
    text = read(converted(path, "rtf")).text
    assert "JO FIELD: Why not kept words?\n\nADA STONE: It rained, and" in text
    assert not any(word in text for word in ("gone", "note", "comment", "Boxed", "example.org"))


@examples(60)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).filter(str.strip),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_written_comes_back(tmp_path: Path, paragraphs: list[str]) -> None:
    body = "".join(_escaped(paragraph) + "\\par " for paragraph in paragraphs)
    assert read(_written(tmp_path / "a.rtf", body)).text == normalise("\n\n".join(paragraphs) + "\n")


@examples(80)
@given(
    st.lists(
        st.sampled_from(
            r"{|}|\|\u|\u-5 |\u99999999 |\uc|\uc9|\par|\cell|\row|\bin3 |\'e|\'e9|\*|\ansicpg99 | a".split(
                "|"
            )
        ),
        max_size=12,
    )
)
def test_no_rich_text_however_odd_gives_a_traceback(tmp_path: Path, pieces: list[str]) -> None:
    try:
        read(_written(tmp_path / "a.rtf", "".join(pieces)))
    except ReadError as error:
        assert error.todo


def test_textedits_paragraphs_and_letters_are_read() -> None:
    assert read(FIXTURES / "textedit.rtf").text == (
        "JO FIELD: What\u2019s in the shed?\n\n"
        "ADA STONE: Caf\u00e9 chairs, mostly. \u201cTemporary\u201d, they said \u2014 in 2019.\n\n"
        "JO FIELD: And the rest?\n\n"
        "ADA STONE: See the list, it\u2019s all there. \U0001f600\n"
    )


def test_words_deletions_notes_comments_headers_and_boxes_are_left_out_and_tables_read_by_row() -> None:
    assert read(FIXTURES / "word_tracked.rtf").text == (
        "JO FIELD: How was the spring?\n\n"
        "ADA STONE: It\u2019s wet. Nobody dug.\nWe sat in the shed.\n\n"
        "ADA STONE: We counted pots\u00a0\u2013 all \u0441.\n\n"
        "JO FIELD: One more?\n\nADA STONE: No.\nWell, yes.\n\nEnd of tape.\n"
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("one{\\deleted two\\deleted0  three}", "one three\n"),
        ("{\\deleted one\\plain two}", "two\n"),
        ("one{\\deleted \\par }two\\par", "onetwo\n"),
        ("{\\mvf moved} stays", " stays\n"),
        ("co\\-op, e\\_mail", "coop, e-mail\n"),
        ("a\\page b\\sect c", "a\n\nb\n\nc\n"),
        ("{\\pict\\bin4 }{\\x}text", "text\n"),
        ("\\'93yes\\'94 \\\\bin5", "\u201cyes\u201d \\bin5\n"),
    ],
)
def test_each_mark_is_read_as_the_format_says(tmp_path: Path, body: str, text: str) -> None:
    assert read(_written(tmp_path / "a.rtf", body)).text == text


@pytest.mark.parametrize(
    ("head", "data"),
    [
        (b"{\\rtf1\\ansi\\ansicpg1251 ", "\u0414\u0430, caf".encode("cp1251")),
        (b"{\\rtf1\\ansi\\ansicpg1252 ", "\u0414\u0430, caf".encode()),
        (b"{\\rtf1\\mac ", "\u201c\u00e9\u201d".encode("mac_roman")),
    ],
)
def test_bytes_that_the_format_forbids_are_read_all_the_same(
    tmp_path: Path, head: bytes, data: bytes
) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(head + data + b"}")
    assert read(path).text in ("\u0414\u0430, caf\n", "\u201c\u00e9\u201d\n")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b"\x00\x00", "the file is empty"),
        (b"Words.", "this is not a rich text file"),
        (b"PK\x03\x04\x00\x00", "this is not a rich text file"),
        (b"{\\rtf1\\ansi Words.\\par", "this rich text file ends too early"),
        (b"{\\rtf1\\ansi {\\b Words.}", "this rich text file ends too early"),
        (b"{\\rtf1\\ansi \\uc x}", "this rich text file is broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, data: bytes, what: str
) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=rf"a\.rtf: {what}") as caught:
        read(path)
    assert caught.value.todo


def test_a_file_cut_anywhere_is_refused_without_a_traceback(tmp_path: Path) -> None:
    whole = (FIXTURES / "word_tracked.rtf").read_bytes()
    path = tmp_path / "a.rtf"
    for length in range(6, len(whole), 53):
        path.write_bytes(whole[:length])
        with pytest.raises(ReadError):
            read(path)


def test_rich_text_without_words_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no text in this file"):
        read_file(_written(tmp_path / "a.rtf", "\\par\\par"))
