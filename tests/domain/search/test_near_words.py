from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.search.near_words import stand_near

LETTERS = st.sampled_from("abc")


@given(
    said=st.lists(st.sampled_from("abcd"), max_size=9),
    wanted=st.lists(LETTERS, min_size=2, max_size=4),
    most=st.integers(0, 5),
)
def test_words_stand_near_if_some_choice_of_them_does(said: list[str], wanted: list[str], most: int) -> None:
    text = " ".join(said)
    words = [found.span() for found in re.finditer(r"\w+", text)]
    places = {word: [span for span in words if text[span[0]] == word] for word in wanted}
    choices = product(*([at for at, letter in enumerate(said) if letter == word] for word in wanted))
    expected = any(
        len(set(chosen)) == len(chosen) and max(chosen) - min(chosen) + 1 - len(chosen) <= most
        for chosen in choices
    )
    assert stand_near(wanted, places, words, most) is expected


@pytest.mark.parametrize(("most", "is_near"), [(1, False), (2, True)])
def test_a_phrase_counts_as_what_is_asked_for(most: int, is_near: bool) -> None:
    text = "band-aid on the roof"
    places = {"band-aid": [(0, 8)], "roof": [(16, 20)]}
    words = [found.span() for found in re.finditer(r"\w+", text)]
    assert stand_near(["roof", "band-aid"], places, words, most) is is_near
