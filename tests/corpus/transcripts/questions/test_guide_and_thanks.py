"""Questions of a guide and thanks for the talk, which have no label though the others have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.transcripts.invented import FERRY, read, said, talk, unsure


def test_numbered_questions_of_a_guide_are_the_moderators(tmp_path: Path) -> None:
    group = talk("{who}: {words}\n", "Ada", "Ben", words=FERRY[1::2])
    asides = ["Moderator: Louder, please.\n", "", "Moderator: Thank you all.\n"]
    text = "".join(
        f"Question {number}. {question}\n{group}{aside}"
        for number, (question, aside) in enumerate(zip(FERRY[::2], asides, strict=False), 1)
    )
    found = read(tmp_path, text)
    asked = [words for label, words in said(found) if label == "Moderator"]
    assert [words for words in asked if words.startswith("Question")] == [
        f"Question {number}. {question}" for number, question in enumerate(FERRY[:6:2], 1)
    ]
    assert any("3 numbered questions without a label" in line for line in unsure(found))


def test_numbers_that_do_not_count_up_are_words_of_the_answer(tmp_path: Path) -> None:
    lines = talk("{who}: {words}\n", "Moderator", "Ben").splitlines()
    for place, number in ((5, 7), (3, 2), (1, 7)):
        lines.insert(place + 1, f"Question {number}. It is hard.")
    found = said(read(tmp_path, "\n".join(lines)))
    assert {label for label, _ in found} == {"Moderator", "Ben"}
    assert sum("It is hard." in words for label, words in found if label == "Ben") == 3


@pytest.mark.parametrize(
    "thanks", ["Thank you for the interview.", "Dziękuję za rozmowę.", "Vielen Dank für das Gespräch!"]
)
def test_thanks_for_the_talk_below_the_last_answer_are_the_interviewers(thanks: str, tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "L.M.", "G.K.") + thanks
    assert said(read(tmp_path, text))[-2:] == [("G.K.", FERRY[-1]), ("L.M.", thanks)]


def test_thanks_for_anything_else_are_the_answers(tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "L.M.", "G.K.") + "Thank you for the raft."
    assert said(read(tmp_path, text))[-1][0] == "G.K."


def test_thanks_that_are_replied_to_are_two_turns(tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "L.M.", "G.K.") + "Thank you, Ben.\n\nI thank you. Come back soon."
    assert said(read(tmp_path, text))[-3:] == [
        ("G.K.", FERRY[-1]),
        ("L.M.", "Thank you, Ben."),
        ("G.K.", "I thank you. Come back soon."),
    ]
