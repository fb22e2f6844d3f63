"""The class or the colour by which a web page sets its questions off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.transcripts.invented import FERRY, asking, read, said

PAIRS = [("Good day, Ada.", "Good day to you."), *zip(FERRY[::2], FERRY[1::2], strict=True)]


@pytest.mark.parametrize(
    "question",
    [
        '<p class="q">{}</p>',
        '<p style="color: #c00">{}</p>',
        '<p><span style="color: teal">{}</span></p>',
        '<p><font color="red">{}</font></p>',
    ],
)
def test_paragraphs_of_the_look_of_questions_are_questions_whatever_their_end(
    question: str, tmp_path: Path
) -> None:
    body = "".join(f"{question.format(asked)}<p>{answer}</p>" for asked, answer in PAIRS)
    found = read(tmp_path, f"<html><body>{body}</body></html>", "talk.html")
    assert [words for _, words in said(found)] == [words for pair in PAIRS for words in pair]
    assert asking(found) == [True, False] * 5


def test_a_look_that_answers_share_says_nothing(tmp_path: Path) -> None:
    body = "".join(f'<p class="q">{asked}</p><p class="q">{answer}</p>' for asked, answer in PAIRS[1:])
    found = read(tmp_path, f"<html><body>{body}</body></html>", "talk.html")
    assert asking(found) == [True, False] * 4
