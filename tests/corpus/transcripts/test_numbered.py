"""Labels behind the numbers of turns."""

from __future__ import annotations

import pytest

from tests.corpus.transcripts.invented import FERRY, said_in, talk, talk_of

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
