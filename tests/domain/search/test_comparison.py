from __future__ import annotations

import pytest

from quotegrid.domain.search.comparison import is_comparison, read_comparison


@pytest.mark.parametrize(
    ("asked", "fitting", "others"),
    [
        (">40", ["41", "40.5", "£1,000"], ["40", "39", "old", "", "2025-01"]),
        (">=40", ["40", "41"], ["39.9"]),
        ("<40", ["39", "-3"], ["40"]),
        ("<=40", ["40"], ["40.01"]),
        ("40..50", ["40", "45", "50"], ["39", "51"]),
        ("..50", ["-1", "50"], ["51"]),
        ("2025-01..2025-03", ["2025-01-01", "2025-03-31", "2025-02"], ["2024-12-31", "2025-04-01", "2025"]),
        (">2025-01", ["2025-02-01", "2026"], ["2025-01-31", "2025"]),
        ("<2025-01", ["2024-12-31", "2024"], ["2025-01-01", "2025"]),
        ("2024..2025", ["2024", "2024-05-06", "2025-12-31"], ["2023-12-31", "2026"]),
        ("<=2025-12", ["2025-12-31"], ["2026-01-01", "2025-13-01", "12"]),
        (">9998", ["9999", "9999.5"], ["9998"]),
    ],
)
def test_numbers_are_compared_with_numbers_and_dates_with_dates(
    asked: str, fitting: list[str], others: list[str]
) -> None:
    comparison = read_comparison(asked)
    assert comparison is not None
    assert [value for value in [*fitting, *others] if comparison.fits(value)] == fitting
    assert not comparison.fits(None)


@pytest.mark.parametrize(
    "asked", ["..", ">", "<=", ">old", "40..old", "4..2025-01-01", ">2025-02-30", "3..1", "2025-02..2025-01"]
)
def test_what_compares_with_nothing_is_none(asked: str) -> None:
    assert is_comparison(asked)
    assert read_comparison(asked) is None
