from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.text.normalise import (
    folded_words,
    normalise,
    one_line,
    shortened,
    singular,
    text_hash,
    visible,
)
from tests.profiles import examples


def test_line_ends_mark_and_composition_are_normalised() -> None:
    assert normalise("\ufeffCafe\u0301\r\nand\rtea\n") == "Caf\u00e9\nand\ntea\n"


@examples(50)
@given(st.text())
def test_what_is_normalised_stays_as_it_is(raw: str) -> None:
    text = normalise(raw.lstrip("\ufeff"))
    assert normalise(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text


def test_the_hash_takes_any_text() -> None:
    assert text_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_hash("a") != text_hash("b")
    assert len(text_hash("\ud800")) == 64


def test_white_space_becomes_one_space() -> None:
    assert one_line("  a\n\n b\u00a0\tc ") == "a b c"


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("parents", "parent"),
        ("authorities", "authority"),
        ("class", "class"),
        ("sendiass", "sendiass"),
        ("campus", "campus"),
        ("as", "as"),
        ("health", "health"),
    ],
)
def test_a_noun_loses_its_plural_ending(plural: str, expected: str) -> None:
    assert singular(plural) == expected


def test_words_are_folded_without_case_number_possessive_and_punctuation() -> None:
    assert folded_words("LA Leaders, Children\u2019s Services") == ("la", "leader", "children", "service")
    assert folded_words("  \u2013 ") == ()


def test_nothing_acts_on_a_terminal() -> None:
    assert visible("a\x1b[31m\x07\x7f\x9b\u202e\tb\n") == "a\u241b[31m\u2407\u2421\ufffd\ufffd\tb\n"


@examples(50)
@given(st.text(), st.integers(min_value=2, max_value=60))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    line = shortened(text, width)
    assert len(line) <= width
    assert line == one_line(text) or line.endswith("\u2026")


def test_a_text_is_cut_at_a_word() -> None:
    assert shortened("who pays for\nwhat and when", 20) == "who pays for what\u2026"
    assert shortened("who pays", 8) == "who pays"
