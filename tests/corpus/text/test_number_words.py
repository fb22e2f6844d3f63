"""Numbers of a draft in plain digits."""

from __future__ import annotations

import pytest

from quotegrid.corpus.text.number_words import convert_numbers


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Twenty two of the 3 health professionals", "22 of the 3 health professionals"),
        ("Of 1,004 parents, 1 004 came.", "Of 1004 parents, 1004 came."),
        ("A hundred and four of two hundred", "104 of 200"),
        ("no one, every one, not one, one", "no one, every one, not one, 1"),
        ("the twenty-first, a third, hundreds of them", "the twenty-first, a third, hundreds of them"),
        ("Two spoke of [[one of two]].", "2 spoke of [[one of two]]."),
        ("In 2024 100 parents came; 1,00 and 1.004 stay.", "In 2024 100 parents came; 1,00 and 1.004 stay."),
    ],
)
def test_cardinal_numbers_become_digits_and_nothing_else_does(written: str, expected: str) -> None:
    assert convert_numbers(written) == expected
