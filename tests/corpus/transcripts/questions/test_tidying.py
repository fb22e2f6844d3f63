"""The lines above the questions of talks without labels: leads, guides and particulars."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.transcripts.invented import FERRY, asking, read, said, unsure

PAIRS = list(zip(FERRY[::2], FERRY[1::2], strict=True))
TALK = "".join(f"**{question}**\n\n{answer}\n\n" for question, answer in PAIRS)


def test_a_lead_in_bold_is_no_part_of_the_first_question(tmp_path: Path) -> None:
    lead = "**The ferry of Aske ran for one year, and its last master tells why it did not run longer.**\n\n"
    found = read(tmp_path, lead + TALK, "talk.md")
    assert said(found)[0][1].strip("*") == FERRY[0]
    assert asking(found) == [True, False] * 4


def test_a_request_that_asks_without_a_mark_stays_the_first_question(tmp_path: Path) -> None:
    found = read(tmp_path, "**Tell us about the raft.**\n\nIt was small.\n\n" + TALK, "talk.md")
    assert said(found)[0][1].strip("*") == "Tell us about the raft."


def test_a_guide_above_the_interviews_is_nobodys_words(tmp_path: Path) -> None:
    guide = "".join(f"**{number}. {question}**\n\n" for number, (question, _) in enumerate(PAIRS, 1))
    talk = "".join(
        f"**{number}. {question}**\n\n{answer}\n\n" for number, (question, answer) in enumerate(PAIRS, 1)
    )
    text = (
        f"{guide}## Interview 1\n\nAda Moore, 21 years\n\n{talk}## Interview 2\n\nBen Ode, 30 years\n\n{talk}"
    )
    found = read(tmp_path, text, "talk.md")
    assert [words.strip("*") for _, words in said(found)] == list(FERRY) * 2
    assert asking(found) == [True, False] * 8
    assert any("above the questions are taken for a lead, a guide" in line for line in unsure(found))


def test_items_of_a_list_have_their_answers_in_italics_below_them(tmp_path: Path) -> None:
    asked = ["Age", "Trade", *FERRY[::2]]
    answers = ["34", "Ferryman", *FERRY[1::2]]
    items = [f"+ {question}  \n    *{answer}*\n" for question, answer in zip(asked, answers, strict=True)]
    text = "# Talk\n\n## About you\n\n" + "".join(items[:3]) + "\n## The raft\n" + "".join(items[3:])
    found = read(tmp_path, text, "talk.md")
    assert [words.strip("*") for _, words in said(found)] == [
        words for pair in zip(asked, answers, strict=True) for words in pair
    ]


@pytest.mark.parametrize("greeting", ["Good morning, Mr Ode.", "Merhaba Ben Bey,", "Dzień dobry!"])
def test_a_greeting_above_the_first_question_is_of_who_asks(greeting: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"The ferry\n\n{greeting}\n\n{TALK}", "talk.md")
    assert [words.strip("*") for _, words in said(found)][:2] == [greeting, FERRY[0]]
    assert asking(found)[:3] == [True, True, False]
    plain = read(tmp_path, f"The ferry\n\nIt sank.\n\n{TALK}", "talk.md")
    assert said(plain)[0][1].strip("*") == FERRY[0]
