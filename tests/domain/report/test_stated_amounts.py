from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.text.number_words import convert_numbers
from quotegrid.domain.report.amounts import DEFAULT_SCALE, Scale, amount_word
from quotegrid.domain.report.find_amounts import add_base, find_amounts
from quotegrid.domain.report.stated_amounts import AmountKind

COUNTS = st.integers(1, 40).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def labels(text: str) -> list[str]:
    return [said.label for said in find_amounts(convert_numbers(text), DEFAULT_SCALE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Most of them", ["most"]),
        ("almost all, nearly every", ["almost all", "almost all"]),
        ("a few, few, very few, a handful of, hardly any", ["a few"] * 5),
        ("several and a number of", ["some", "some"]),
        ("the vast majority", ["most or almost all"]),
        ("a majority or a small minority", ["over 1/2", "minority"]),
        ("7 of the 9, seven out of nine, 7/9", ["7 of 9"] * 3),
        ("at least seven of our 9", ["at least 7 of 9"]),
        ("no more than two, up to 2, fewer than 3", ["at most 2", "at most 2", "under 3"]),
        ("two thirds, two-thirds, a quarter, half", ["2/3", "2/3", "1/4", "1/2"]),
        ("two in three", ["2/3"]),
        ("about half, over 60 per cent, 12.5%", ["about 1/2", "over 60%", "12.5%"]),
        ("all nine, all of the 9, all but two", ["all of 9", "all of 9", "all but 2"]),
        ("not all, not everyone", ["not all", "not all"]),
        ("nobody, no-one, none, not one, no", ["none"] * 5),
        ("only one, a single, a couple of", ["1", "1", "2"]),
        ("both, neither, everybody", ["both", "neither", "all"]),
        ("mostly, allow, nonesuch, anyone, tenfold", []),
        ("1,004, 1 004, a thousand and four, one thousand four", ["1004"] * 4),
        ("twenty two of the 3, Twenty-two of 25", ["22 of 3", "22 of 25"]),
        (
            "one third, two fifths, a fifth of, three quarters, nine in ten",
            ["1/3", "2/5", "1/5", "3/4", "9/10"],
        ),
        ("a fifth parent, twenty-first, sixty per cent", ["60%"]),
        ("twenty\u2011two of the parents, five point five per cent", ["22", "5.5%"]),
        (
            "three to five, 3\u20135, one or two, between three and five",
            ["3 to 5"] * 2 + ["1 to 2", "3 to 5"],
        ),
        ("five to seven of the 9, about ten to twelve", ["5 to 7 of 9", "about 10 to 12"]),
        ("10-15 %, 10 to 15 per cent, between 10% and 15%", ["10 to 15%"] * 3),
        ("three or five, 5 to 3, 15-10%, three and five", ["3 or 5", "5 to 3", "15-10%", "3 and 5"]),
        ("a third to a half, between one and two thirds", ["a third to a half", "between 1 and 2 thirds"]),
        (
            "all but a handful of, all but, every other, not many, not even half, not both, more than a few",
            [
                "all but a handful of",
                "all but",
                "every other",
                "not many",
                "not even half",
                "not both",
                "more than a few",
            ],
        ),
        ("one in every three, nine out of every ten, as many as 7 of the 9", ["1/3", "9/10", "7 of 9"]),
        ("five or more, two or fewer of the 9", ["at least 5", "at most 2 of 9"]),
        ("2 million, a few hundred, 1'004", ["2 1000000", "a few 100", "1'004"]),
        ("two sevenths, two point five parents", ["2/7", "2.5"]),
        ("1,00, 1.004, 12,5%, twelve and a half", ["1,00", "1.004", "12,5", "12 and a half"]),
        (
            "a dozen, half a dozen, over two dozen, a dozen or so, dozens, hundreds",
            ["12", "6", "over 24", "about 12", "dozens", "hundreds"],
        ),
    ],
)
def test_amounts_are_found_in_every_form(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "base", "true_of"),
    [
        ("at least three", 5, {3, 4, 5}),
        ("more than three", 5, {4, 5}),
        ("fewer than three", 5, {0, 1, 2}),
        ("up to three", 5, {0, 1, 2, 3}),
        ("about three", 5, {2, 3, 4}),
        ("three", 5, {3}),
        ("3 of 5", 5, {3}),
        ("3 of 6", 5, set()),
        ("half", 9, {4, 5}),
        ("half", 8, {4}),
        ("more than half", 8, {5, 6, 7, 8}),
        ("a third", 9, {3}),
        ("a majority", 9, {5, 6, 7, 8, 9}),
        ("a minority", 9, {1, 2, 3, 4}),
        ("78%", 9, {7}),
        ("one to three", 5, {1, 2, 3}),
        ("two or three of the 5", 5, {2, 3}),
        ("two or three of the 6", 5, set()),
        ("four to six", 5, set()),
        ("about two to three", 6, {1, 2, 3, 4}),
        ("10-15 %", 20, {2, 3}),
        ("between 60 and 80 per cent", 5, {3, 4}),
        ("half a dozen", 9, {6}),
        ("over 60 per cent", 5, {4, 5}),
        ("all but one", 5, {4}),
        ("not all", 3, {0, 1, 2}),
        ("none", 3, {0}),
        ("all three", 3, {3}),
        ("all four", 3, set()),
        ("most", 20, {15, 16, 17}),
        ("the vast majority", 20, {15, 16, 17, 18, 19}),
    ],
)
def test_an_amount_is_true_of_some_numbers_only(text: str, base: int, true_of: set[int]) -> None:
    (said,) = find_amounts(convert_numbers(text), DEFAULT_SCALE)
    assert {cases for cases in range(base + 1) if said.holds(cases, base, DEFAULT_SCALE)} == true_of


def test_a_base_may_stand_behind_the_group() -> None:
    (said,) = find_amounts("4", DEFAULT_SCALE)
    assert add_base(said, "5", is_share=False).label == "4 of 5"
    assert add_base(said, "5", is_share=True).label == "4/5"


def test_a_word_that_the_scale_lacks_cannot_be_judged() -> None:
    scale = Scale({"few": (0, 0.5), "most": (0.5, 1)})
    (said,) = find_amounts("several", scale)
    with pytest.raises(KeyError, match="some"):
        said.holds(1, 5, scale)


@given(COUNTS)
def test_the_right_word_is_found_again_and_holds(counts: tuple[int, int]) -> None:
    word = amount_word(*counts)
    if word is not None:
        (said,) = find_amounts(convert_numbers(f"{word} of the parents"), DEFAULT_SCALE)
        assert said.holds(*counts, DEFAULT_SCALE)


@given(st.text(max_size=80))
def test_amounts_stand_apart_and_in_order(text: str) -> None:
    found = find_amounts(f"most {text} 3 of 4", DEFAULT_SCALE)
    assert all(amount.end <= other.start for amount, other in pairwise(found))


@given(
    of=st.integers(1, 9),
    more=st.integers(1, 9),
    bound=st.sampled_from(["", "about ", "up to ", "fewer than ", "at most "]),
)
def test_more_than_there_are_is_never_borne_out(of: int, more: int, bound: str) -> None:
    for text in (f"{bound}{of + more} of the {of}", f"{bound}{of + more}", f"{bound}{100 + more}%"):
        (said,) = find_amounts(text, DEFAULT_SCALE)
        assert not any(said.holds(cases, of, DEFAULT_SCALE) for cases in range(of + 1))


def test_a_number_that_is_not_read_is_never_judged() -> None:
    (said,) = find_amounts("dozens", DEFAULT_SCALE)
    assert said.kind is AmountKind.UNREAD
    with pytest.raises(ValueError, match="dozens"):
        said.holds(12, 12, DEFAULT_SCALE)


_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _in_words(number: int, hyphen: str, joint: str) -> str:
    if number < 20:
        return _SMALL[number]
    if number < 100:
        return _TENS[number // 10 - 2] + (f"{hyphen}{_SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f"{joint}{_in_words(number % 100, hyphen, joint)}" if number % 100 else ""
        return f"{_SMALL[number // 100]} hundred{rest}"
    below = number % 1000
    between = joint if 0 < below < 100 else " "
    rest = f"{between}{_in_words(below, hyphen, joint)}" if below else ""
    return f"{_in_words(number // 1000, hyphen, joint)} thousand{rest}"


@given(
    number=st.integers(0, 9999),
    hyphen=st.sampled_from("- "),
    joint=st.sampled_from([" and ", " "]),
    form=st.sampled_from(["{words} of the", "{number:,} of the", "{number} of the"]),
)
def test_every_number_is_read_however_it_is_written(number: int, hyphen: str, joint: str, form: str) -> None:
    text = form.format(words=_in_words(number, hyphen, joint), number=number)
    assert labels(f"{text.capitalize()} parents") == [str(number)]
