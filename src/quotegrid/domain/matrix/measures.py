"""The measures of a matrix: everything in which one measure differs from another is in its object."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from quotegrid.domain.text.shares import share_text

LEAST_EXPECTED = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts behind a cell, by everything that can be counted."""

    quotes: int
    cases: int
    sources: int
    words: int = 0
    read: int = field(default=0, kw_only=True)
    """The number of the cases that are read to the end."""


@dataclass(frozen=True, slots=True)
class Base(Tally):
    """The base of a column: what was heard in it, coded or not."""

    unnamed: int = 0
    """The number of quotes that have no case, and so cannot be counted by cases."""


BASE_ROWS = (
    ("Base: quotes heard", "quotes"),
    ("Base: cases heard", "cases"),
    ("Base: cases read", "read"),
    ("Base: sources", "sources"),
)
"""The bases that stand under every column: what each is called, and its name in `Base`."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale by which numbers become shades and lengths."""

    full: float | None = None
    """The number that is as dark as can be on a page or a screen; None for the largest that is shown."""
    strong: float = 0
    """The end of the scale of a picture or a workbook, unless a number that is shown is beyond it."""
    is_signed: bool = False
    """Whether numbers below 0 have a colour of their own, so that 0 is the middle of the scale."""

    def depth(self, value: float, values: Collection[float]) -> float | None:
        """Return how dark a number is among all that are shown, from -1 to 1; None if all of them are 0."""
        full = max(values, default=0) if self.full is None else self.full
        return min(max(value / full, -1), 1) if full else None

    def end(self, values: Collection[float]) -> float:
        """Return the number that has the darkest colour or the longest bar in a picture or a workbook."""
        return max([self.strong, *map(abs, values)]) or 1


AMOUNTS = Scale()
SHARES = Scale(full=1.0, strong=1.0)
DEVIATIONS = Scale(full=4.0, strong=3.0, is_signed=True)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that a cell can show, and how it is computed, scaled and printed."""

    name: str
    """Its name on the command line, in files and on the screen."""
    counts: str
    """A description of the count that continues "Counted: "."""
    base: Literal["quotes", "cases", "sources"]
    """The base to read a cell against. By cases, quotes that name nobody are left out."""
    value: Callable[[Tally, Base, Tally, int], float | int | None]
    """Works out a cell from what stands behind it, what was heard in its column, what stands behind its row,
    and how many cases were heard in all; None where it cannot be known."""
    text: Callable[[float | int], str] = str
    """Prints a value for people."""
    number_format: str = "0"
    """Shows a value in a workbook: one format, or those for above, below and at 0."""
    scale: Scale = AMOUNTS
    share_of: Literal["column", "row"] | None = None
    """The whole of a share; None for other measures."""
    tells_total: bool = False
    """Whether a cell depends on its row's total, and so tells it."""
    has_expected: bool = False
    """Whether a cell is compared with what its row and column lead to expect, which may be too few."""
    needs_words: bool = False
    """Whether the words of quotes must be counted."""

    def __str__(self) -> str:
        return self.name

    @property
    def is_proportion(self) -> bool:
        """Return whether a cell sets those who said it against those who did not."""
        return self.base == "cases" and (self.share_of is not None or self.has_expected)

    def with_digits(self, digits: int) -> Measure:
        """Return the measure with digits after the point of its shares; others are printed as ever."""
        if self.share_of is None or not digits:
            return self
        return replace(self, text=partial(share_text, digits=digits), number_format=f"0.{'0' * digits}%")

    def whole(self, base: Base, row: Tally | None) -> int | None:
        """Return how many a share is a share of; None for what is no share, or where it may not be told."""
        of = {"column": base, "row": row, None: None}[self.share_of]
        return None if of is None else int(getattr(of, self.base))


def adjusted_residual(said: int, said_by_all: int, base: int, everybody: int) -> float | None:
    """Return how many standard errors a count of cases is above or below what row and column lead to expect.

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
    """Return whether any of the four expected counts is under 5, the least for a residual to be near normal.

    The rule is Cochran's (Some methods for strengthening the common chi-squared tests, Biometrics 10, 1954).
    """
    rows = (said_by_all, everybody - said_by_all)
    columns = (base, everybody - base)
    return any(row * column < LEAST_EXPECTED * everybody for row in rows for column in columns)


QUOTES = Measure(
    name="quotes",
    counts="quotes (passages and attributed quotes with the code)",
    base="quotes",
    value=lambda cell, base, row, everybody: cell.quotes,
)
CASES = Measure(
    name="cases",
    counts="cases who said it at least once",
    base="cases",
    value=lambda cell, base, row, everybody: cell.cases if base.cases else None,
)
SOURCES = Measure(
    name="sources",
    counts="sources in which it was said at least once",
    base="sources",
    value=lambda cell, base, row, everybody: cell.sources,
)
WORDS = Measure(
    name="words",
    counts="words of the quotes with the code",
    base="quotes",
    value=lambda cell, base, row, everybody: cell.words,
    number_format="#,##0",
    needs_words=True,
)
SHARE = Measure(
    name="share",
    counts="share of the column's cases who said it",
    base="cases",
    value=lambda cell, base, row, everybody: cell.cases / base.cases if base.cases else None,
    text=share_text,
    number_format="0%",
    scale=SHARES,
    share_of="column",
)
ROW_SHARE = Measure(
    name="row-share",
    counts="share, of all cases who said it, of those in the column",
    base="cases",
    value=lambda cell, base, row, everybody: cell.cases / row.cases if base.cases and row.cases else None,
    text=share_text,
    number_format="0%",
    scale=SHARES,
    share_of="row",
    tells_total=True,
)
RESIDUAL = Measure(
    name="residual",
    counts="adjusted standardised residuals: how many standard errors the cases who said it are "
    "above (+) or below (-) what the column's share of all cases leads to expect",
    base="cases",
    value=lambda cell, base, row, everybody: adjusted_residual(cell.cases, row.cases, base.cases, everybody),
    text="{:+.1f}".format,
    number_format="+0.0;-0.0;0.0",
    scale=DEVIATIONS,
    tells_total=True,
    has_expected=True,
)
MEASURES = {measure.name: measure for measure in (QUOTES, CASES, SOURCES, WORDS, SHARE, ROW_SHARE, RESIDUAL)}
"""All measures by name, in the order in which they are offered."""


def measure_named(name: str | Measure) -> Measure:
    """Return the measure of a name.

    Raises:
        ValueError: If there is none.
    """
    if str(name) not in MEASURES:
        raise ValueError(f"'{name}' is not one of {', '.join(map(repr, MEASURES))}.")
    return MEASURES[str(name)]
