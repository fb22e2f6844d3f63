"""Tests that several turns in one paragraph are told apart by the labels between them."""

from __future__ import annotations

import pytest

from quotegrid.corpus.transcripts.turns import find_turns
from tests.corpus.transcripts.invented import FERRY

PAIRS = [("Q", "A"), ("Question", "Answer"), ("INTERVIEWER", "RESPONDENT"), ("I", "P1"), ("Frage", "Antwort")]


def said(text: str) -> list[tuple[str | None, str]]:
    return [(turn.label, text[turn.start : turn.end]) for turn in find_turns(text, 0)]


@pytest.mark.parametrize(("asked", "answered"), PAIRS)
@pytest.mark.parametrize("shape", ["{}: {} ", "**{}:** {} ", "{}: {}\n", "{} : {} "])
def test_turns_of_one_paragraph_are_told_apart(shape: str, asked: str, answered: str) -> None:
    who = [asked, answered] * 4
    text = "".join(shape.format(name, words) for name, words in zip(who, FERRY, strict=True))
    assert said(text) == list(zip(who, FERRY, strict=True))


@pytest.mark.parametrize("sign", [":", ")"])
def test_numbers_of_questions_count_no_people(sign: str) -> None:
    who = [f"{name} {place // 2 + 1}" for place, name in enumerate(["Question", "Answer"] * 4)]
    text = "".join(f"{name}{sign} {words} " for name, words in zip(who, FERRY, strict=True))
    assert [label for label, _ in said(text)] == ["Question", "Answer"] * 4


def test_a_label_of_the_others_is_one_in_the_middle_of_a_line() -> None:
    lines = [f"{name}: {words}" for name, words in zip(["Jo", "Len"] * 4, FERRY, strict=True)]
    text = "\n\n".join([*lines[:4], f"{lines[4]} {lines[5]}", *lines[6:]])
    assert said(text) == list(zip(["Jo", "Len"] * 4, FERRY, strict=True))


def test_a_stranger_in_capitals_is_one_where_all_are_in_capitals() -> None:
    lines = [f"{name}: {words}" for name, words in zip(["MR. BELL", "THE COURT"] * 4, FERRY, strict=True)]
    text = "\n\n".join([*lines[:3], f"{lines[3]} THE WITNESS: I am sorry.", *lines[4:]])
    assert ("THE WITNESS", "I am sorry.") in said(text)


@pytest.mark.parametrize(
    "inside",
    [
        "He said Jo: never. And",
        "There is one rule. Bread: only in the morning. So",
        "Then (see Len: 12) we left and",
    ],
)
def test_other_colons_in_a_line_are_words(inside: str) -> None:
    lines = [f"{name}: {inside} {words}" for name, words in zip(["Jo", "Len"] * 4, FERRY, strict=True)]
    assert [label for label, _ in said("\n\n".join(lines))] == ["Jo", "Len"] * 4
