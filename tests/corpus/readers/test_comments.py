from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.readers import read_file
from quotegrid.corpus.readers.comments import MARK, Edge, Remark, place_comments
from quotegrid.domain.sources.model import ReadText
from quotegrid.domain.text.normalise import normalise
from tests.corpus.readers.twins import FIXTURES, converted, needs_soffice
from tests.profiles import examples

SAID = ("JO: Why? ", "It was ", "\u201ca patch\u201d", ", that is all.")


# A Wednesday, a Thursday, a Saturday and a Sunday: rich text writes the weekday into the sign.
WRITTEN = ("2026-11-25T09:05:00Z", "2026-11-26T00:59:00Z", "2026-11-28T23:00:00Z", "2026-11-29T12:30:00Z")


def commented(path: Path) -> Path:
    """Two comments on one paragraph, one over two paragraphs, one in a table's cell."""
    document = Document()
    runs = [document.add_paragraph(f"ADA: {SAID[1]}").runs[0]]
    paragraph = document.paragraphs[0]
    runs += [paragraph.add_run(words) for words in SAID[2:]]
    second = document.add_paragraph().add_run("ADA: And then cafe\u0301 chairs.")
    comments = [
        document.add_comment(runs[1], text="Patch again", author="Jo Field", initials="JF"),
        document.add_comment([runs[1], runs[2]], text="See P2.\nTwice.", author="", initials=""),
        document.add_comment([runs[2], second], text="Long one", author="Ray Moss", initials="RM"),
    ]
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "JO:"
    table.cell(0, 1).text = ""
    last = table.cell(0, 1).paragraphs[0].add_run("What else?")
    comments.append(document.add_comment(last, text="Asked twice", author="Jo Field", initials="JF"))
    for comment, written in zip(comments, WRITTEN, strict=True):
        comment._comment_elm.set(qn("w:date"), written)
    document.save(str(path))
    return path


def noted(read: ReadText) -> list[tuple[str | None, str, str]]:
    return [
        (comment.author, read.text[comment.start : comment.end], comment.text) for comment in read.comments
    ]


EXPECTED = [
    ("Jo Field", "a patch", "Patch again"),
    (None, "a patch\u201d, that is all", "See P2.\nTwice."),
    ("Ray Moss", "that is all.\n\nADA: And then caf\u00e9 chairs", "Long one"),
    ("Jo Field", "What else", "Asked twice"),
]


def test_comments_of_a_word_document_stand_at_the_words_that_they_are_about(tmp_path: Path) -> None:
    read = read_file(commented(tmp_path / "a.docx"))
    assert noted(read) == EXPECTED
    assert all(comment.date and datetime.fromisoformat(comment.date) for comment in read.comments)


def test_comments_change_nothing_in_the_text(tmp_path: Path) -> None:
    with_comments = commented(tmp_path / "a.docx")
    document = Document(str(with_comments))
    for name in ("commentRangeStart", "commentRangeEnd"):
        for element in document.element.body.xpath(f".//w:{name}"):
            element.getparent().remove(element)
    for element in document.element.body.xpath(".//w:r[w:commentReference]"):
        element.getparent().remove(element)
    document.save(str(tmp_path / "b.docx"))
    without = read_file(tmp_path / "b.docx")
    assert without.text == read_file(with_comments).text
    assert without.comments == ()


@needs_soffice
@pytest.mark.parametrize("suffix", ["odt", "rtf"])
def test_libreoffice_keeps_the_comments_and_so_do_its_formats(tmp_path: Path, suffix: str) -> None:
    read = read_file(converted(commented(tmp_path / "a.docx"), suffix))
    found = [(author or None, words.strip("\u201d.,"), text) for author, words, text in noted(read)]
    assert [(words, text) for _, words, text in found] == [
        (words.strip("\u201d.,"), text) for _, words, text in EXPECTED
    ]
    assert [author for author, _, _ in found if author] == ["Jo Field", "Ray Moss", "Jo Field"]
    assert [(comment.date or "")[:16] for comment in read.comments] == [written[:16] for written in WRITTEN]


def test_a_comment_in_rich_text_of_word_stands_at_its_words() -> None:
    read = read_file(FIXTURES / "word_tracked.rtf")
    assert noted(read) == [(None, "Nobody dug", "A comment by Jo.")]


@examples(100)
@given(st.lists(st.sampled_from(["a", "\u00e9", "e\u0301", ".", " ", "\n\n", "<", ">"]), max_size=20))
def test_a_comment_holds_the_letters_between_its_ends(pieces: list[str]) -> None:
    edges, marked = [], ""
    for piece in pieces:
        if piece in "<>":
            edges.append(("0", Edge.START if piece == "<" else Edge.END))
            marked += MARK
        else:
            marked += piece
    text = normalise("".join(part for part in pieces if part not in "<>"))
    found = place_comments(text, marked, edges, {"0": Remark("Jo", None, "So.")})
    if "<" not in pieces:
        assert found == ()
        return
    (comment,) = found
    assert 0 <= comment.start <= comment.end <= len(text)
    first = pieces.index("<")
    last = pieces.index(">") if ">" in pieces else first
    between = "".join(part for part in pieces[first : max(first, last)] if part not in "<>")
    letters = [char for char in normalise(between) if char.isalnum()]
    assert [char for char in text[comment.start : comment.end] if char.isalnum()] == letters
