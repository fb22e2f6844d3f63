"""What a cell counts, and what stands behind it by everything that can be counted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

LEAST_EXPECTED = 5


class Count(StrEnum):
    """What a cell counts."""

    QUOTES = "quotes"
    """Segments and attributed quotes with the code."""
    CASES = "cases"
    """Cases who said it at least once."""
    SOURCES = "sources"
    """Sources in which it was said at least once."""
    WORDS = "words"
    """Words of the quotes with the code."""
    SHARE = "share"
    """Cases who said it, as a share of all cases heard in the column (0 to 1)."""
    ROW_SHARE = "row-share"
    """Cases who said it, as a share of all cases who said it in any column (0 to 1)."""
    RESIDUAL = "residual"
    """How far the cases who said it are from what the column's share of all cases would lead to expect."""


BY_CASES = frozenset({Count.CASES, Count.SHARE, Count.ROW_SHARE, Count.RESIDUAL})
"""What is counted by cases, and so leaves out quotes that name none."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands behind a cell, by everything that can be counted."""

    quotes: int
    cases: int
    sources: int
    words: int = 0


@dataclass(frozen=True, slots=True)
class Base(Tally):
    """What was heard in a column, coded or not."""

    unnamed: int = 0
    """How many of the quotes have no case, and so cannot be counted by cases."""


def measured(count: Count, cell: Tally, base: Base, total: Tally, all_cases: int) -> float | int | None:
    """What a cell shows; None where it cannot be known."""
    if count is Count.QUOTES:
        return cell.quotes
    if count is Count.SOURCES:
        return cell.sources
    if count is Count.WORDS:
        return cell.words
    if not base.cases:
        return None
    if count is Count.CASES:
        return cell.cases
    if count is Count.SHARE:
        return cell.cases / base.cases
    if count is Count.ROW_SHARE:
        return cell.cases / total.cases if total.cases else None
    return adjusted_residual(cell.cases, total.cases, base.cases, all_cases)


def adjusted_residual(said: int, said_by_all: int, base: int, everybody: int) -> float | None:
    """How many standard errors a count of cases is above or below what its row and column lead to expect.

    The table is that of those who said it and those who did not, in the column and in the others (Haberman,
    The analysis of residuals in cross-classified tables, Biometrics 29, 1973). None where either side has
    nobody.
    """
    if not everybody:
        return None
    expected = said_by_all * base / everybody
    variance = expected * (1 - said_by_all / everybody) * (1 - base / everybody)
    return (said - expected) / math.sqrt(variance) if variance > 0 else None


def is_uncertain(said_by_all: int, base: int, everybody: int) -> bool:
    """Whether any of the four expected counts is under 5, the least for which a residual is near normal.

    The rule is Cochran's (Some methods for strengthening the common chi-squared tests, Biometrics 10, 1954).
    """
    rows = (said_by_all, everybody - said_by_all)
    columns = (base, everybody - base)
    return any(row * column < LEAST_EXPECTED * everybody for row in rows for column in columns)
