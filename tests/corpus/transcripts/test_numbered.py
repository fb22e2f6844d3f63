"""Labels behind the numbers of turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.transcripts.invented import FERRY, read, said, said_in, talk, talk_of, unsure

MANY = FERRY * 3


@pytest.mark.parametrize("slip", ["{n} {who}. ", "{n} {who}; ", "{n} {who} = ", "{n}.{who}:", "{n} {who}:= "])
def test_a_label_behind_the_next_number_begins_a_turn_whatever_stands_behind_it(slip: str) -> None:
    lines = talk("{n} {who}: {words}\n\n", "I", "E", words=MANY).split("\n\n")
    lines[5] = slip.format(n=6, who="E") + MANY[5]
    found = [(label, words.lstrip("= ")) for label, words in said_in("\n\n".join(lines))]
    assert found == talk_of("I", "E", words=MANY)


def test_a_number_that_is_not_the_next_one_begins_no_turn() -> None:
    lines = talk("{n} {who}: {words}\n\n", "I", "E", words=MANY).split("\n\n")
    lines[5] += "\n1900 E. had a raft."
    assert len(said_in("\n\n".join(lines))) == len(MANY)


def test_letters_that_count_questions_are_nobody(tmp_path: Path) -> None:
    pairs = [*zip(FERRY[::2], FERRY[1::2], strict=True)] * 2
    text = "".join(
        f"{letter}. {asked}\n\n{answer}\n\n"
        for letter, (asked, answer) in zip("ABCDEFGH", pairs, strict=True)
    )
    found = read(tmp_path, text)
    assert [words for _, words in said(found)] == [words for pair in pairs for words in pair]
    assert not {label for label, _ in said(found)} & set("ABCDEFGH")
    assert unsure(found)
    people = talk("{who}. {words}\n\n", *"ACBFED", words=FERRY * 3)
    assert said_in(people) == talk_of(*"ACBFED", words=FERRY * 3)
