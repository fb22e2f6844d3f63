"""The class or the colour by which a web page sets its questions off."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
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


@pytest.mark.parametrize("place", ["question", "answer"])
@pytest.mark.parametrize("look", ["colour", "highlight", "style", "list"])
def test_a_look_of_words_nearly_all_of_which_ask_tells_them_in_word(
    look: str, place: str, tmp_path: Path
) -> None:
    document = Document()
    for pair in PAIRS:
        for part, words in zip(("question", "answer"), pair, strict=True):
            style = {"style": "Quote", "list": "List Number"}.get(look) if part == place else None
            run = document.add_paragraph(style=style).add_run(words)
            if part == place and look == "colour":
                run.font.color.rgb = RGBColor(255, 0, 0)
            if part == place and look == "highlight":
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    for _ in range(6):
        document.add_paragraph("A line below the talk.")
    path = tmp_path / "talk.docx"
    document.save(str(path))
    found = read_source(path, "talk.docx", ReadingOptions(), Stakeholders({}))
    assert asking(found)[:8] == [True, False] * 4
    assert said(found)[0][1] == PAIRS[0][0]


def test_a_look_of_the_answers_beside_questions_in_bold_sets_nothing_else_off(tmp_path: Path) -> None:
    items = "".join(f"<li><b>{asked}</b></li><p>{answer}</p>" for asked, answer in PAIRS)
    found = read(tmp_path, f"<html><body><ol>{items}</ol><p>Printed in May</p></body></html>", "talk.html")
    assert asking(found) == [True, False] * 5
    assert said(found)[0][1] == PAIRS[0][0]


def test_a_numbered_heading_among_numbered_questions_in_bold_is_asked_too(tmp_path: Path) -> None:
    document = Document()
    for number, (asked, answer) in enumerate([*PAIRS[1:], ("Further remarks:", "None at all.")], start=1):
        document.add_paragraph().add_run(f"{number}- {asked}").bold = True
        document.add_paragraph(answer)
    path = tmp_path / "talk.docx"
    document.save(str(path))
    found = read_source(path, "talk.docx", ReadingOptions(), Stakeholders({}))
    assert asking(found) == [True, False] * 5
    assert said(found)[-2:] == [("Interviewer", "Further remarks:"), (None, "None at all.")]
