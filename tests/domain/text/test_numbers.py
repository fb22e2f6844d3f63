from __future__ import annotations

import pytest

from quotegrid.domain.text.numbers import as_number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1,234.5", 1234.5),
        ("107,043", 107043),
        ("£507", 507),
        ("-£1,200.50", -1200.5),
        ("3.2%", 3.2),
        (" 12 ", 12),
        (".5", 0.5),
        ("1e3", 1000),
        ("3,2", None),
        ("1,23,456", None),
        ("12a", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("", None),
        ("1_000", None),
        ("2019-20", None),
    ],
)
def test_money_and_percentages_are_numbers_and_decimal_commas_are_not_taken_for_thousands(
    value: str, number: float | None
) -> None:
    assert as_number(value) == number
