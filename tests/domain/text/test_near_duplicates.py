from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.text.near_duplicates import find_alike

PASTED = "We were told that the plan would be reviewed in the autumn, and nobody came."


@pytest.mark.parametrize(
    "other",
    [
        PASTED,
        PASTED.upper(),
        PASTED.replace("autumn", "spring"),
        "We were told the plan would be reviewed in the autumn and nobody came!",
    ],
)
def test_nearly_the_same_words_are_alike(other: str) -> None:
    assert find_alike(PASTED, [(7, other)]) == [7]


@pytest.mark.parametrize(
    "other",
    [
        "",
        "The plan was reviewed in the autumn.",
        PASTED + " " + PASTED,
        "We were glad that a plan could be written in one spring, and somebody came.",
    ],
)
def test_other_words_or_another_length_are_not(other: str) -> None:
    assert find_alike(PASTED, [(7, other)]) == []


def test_a_few_words_must_be_the_same_in_their_order() -> None:
    others = [(1, "not at all"), (2, "Not at all!"), (3, "all at not"), (4, "not at"), (5, "not at all, no")]
    assert find_alike("Not at all.", others) == [1, 2]


def test_nothing_is_like_nothing() -> None:
    assert find_alike("...", [(1, "..."), (2, "")]) == []


@given(st.lists(st.sampled_from("the plan was told to us in may and nobody came".split()), max_size=30))
def test_a_text_is_like_itself_and_likeness_goes_both_ways(words: list[str]) -> None:
    text, other = " ".join(words), " ".join(words[1:])
    assert (find_alike(text, [(1, text)]) == [1]) is bool(words)
    assert find_alike(text, [(1, other)]) == find_alike(other, [(1, text)])
