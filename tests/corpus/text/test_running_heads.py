from __future__ import annotations

import pytest

from quotegrid.corpus.text.running_heads import without_running_heads
from quotegrid.domain.sources.model import ParagraphStyle, ReadText, StyledParagraph, WarningKind

SENTENCE = "The kiln was cold again that week and the clay would not dry before the frost came back. "
LEFT, RIGHT = SENTENCE * 9 + "So we carried it to", "the attic where my aunt slept. " + SENTENCE * 3


def talk(heads: list[str]) -> str:
    """Return a talk whose answers a head cuts in two, a head a page."""
    pages = [f"JO: Why so?\n\nRAY: {LEFT}\n\n{head}\n\n{RIGHT}" for head in heads]
    return "\n\n".join(pages) + "\n"


@pytest.mark.parametrize(
    "heads",
    [
        [f"Page {number}" for number in range(1, 5)],
        [f"- {number} -" for number in range(1, 5)],
        [f"{number}/4" for number in range(1, 5)],
        [f"{number}" for number in range(7, 11)],
        [f"Kiln Trust: winter talks   {number}" for number in range(1, 5)],
        [f"{number}\n\n3 March 2019" for number in range(1, 5)],
        [f"Kiln Trust\n\n{number}\n\nFor members only" for number in range(1, 7)],
    ],
)
def test_page_heads_are_taken_out_and_listed_with_their_amount(heads: list[str]) -> None:
    read = without_running_heads(ReadText(talk(heads)), joins=True)
    whole = talk(["CUT" for _ in heads]).replace("\n\nCUT\n\n", "\n")
    assert read.text.split() == whole.split()
    amount = sum(len(head.split("\n\n")) for head in heads)
    (warning,) = read.warnings
    assert warning.kind is WarningKind.TEXT
    assert warning.what.startswith(f"{amount} lines, from ")
    assert warning.line == 5


def test_a_sentence_cut_by_a_page_head_is_joined_or_keeps_its_lines() -> None:
    text = talk([f"Page {number}" for number in range(1, 5)])
    assert "carried it to\nthe attic" in without_running_heads(ReadText(text), joins=True).text
    kept = without_running_heads(ReadText(text), joins=False).text
    assert "carried it to\n\n\n\nthe attic" in kept
    assert kept.count("\n") == text.count("\n")


def test_the_looks_of_paragraphs_move_with_the_words() -> None:
    text = talk([f"Page {number}" for number in range(1, 5)])
    last = text.rindex("JO: Why so?")
    style = StyledParagraph(last, last + 11, ParagraphStyle.EMPHASISED)
    read = without_running_heads(ReadText(text, styles=(style,)), joins=True)
    (moved,) = read.styles
    assert read.text[moved.start : moved.end] == "JO: Why so?"


@pytest.mark.parametrize(
    "lines",
    [
        [f"Question {number}" for number in range(1, 9)],
        [f"P{number}" for number in range(1, 9)],
        ["Thank you, Ray."] * 8,
        ["| keeper | year |"] * 8,
        ["- Age: 48"] * 8,
        ["A talk with a keeper"] * 8,
        [str(number) for number in (3, 48, 11, 2, 9, 30, 4, 1)],
    ],
)
def test_what_comes_back_for_another_reason_is_kept(lines: list[str]) -> None:
    text = "\n\n".join(f"{line}\n\nRAY: {SENTENCE * 9}" for line in lines) + "\n"
    read = ReadText(text)
    assert without_running_heads(read, joins=True) is read


@pytest.mark.parametrize("word", ["Question", "Motion No.", "P", "Interview"])
def test_numbered_headings_are_kept_where_nothing_ends_like_a_sentence(word: str) -> None:
    words = "so it went on and the kiln was cold " * 20
    read = ReadText("\n\n".join(f"{word} {number}\n\n{words.strip()}" for number in range(1, 9)) + "\n")
    assert without_running_heads(read, joins=True) is read


def test_times_that_count_up_are_no_page_heads() -> None:
    read = ReadText(talk([f"[00:{number:02}:00]" for number in range(1, 8)]))
    assert without_running_heads(read, joins=True) is read


def test_numbers_close_together_are_no_pages() -> None:
    read = ReadText("\n\n".join(f"{number}\n\nJO: so it went on and" for number in range(1, 30)) + "\n")
    assert without_running_heads(read, joins=True) is read
