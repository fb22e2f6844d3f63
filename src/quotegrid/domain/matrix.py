"""The matrix: themes or codes in rows, values of an attribute in columns, and honest counts between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from quotegrid.domain.bands import Bands
from quotegrid.domain.codes import Codebook
from quotegrid.domain.disclosure import Reason
from quotegrid.domain.quotes import Quote
from quotegrid.domain.stakeholders import in_order

NOT_KNOWN = "not known"


class Rows(StrEnum):
    """What stands in the rows."""

    THEME = "theme"
    CODE = "code"


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


@dataclass(frozen=True, slots=True)
class Base:
    """What was heard in a column, coded or not."""

    quotes: int
    cases: int
    sources: int
    unnamed: int = 0
    """How many of the quotes have no case, and so cannot be counted by cases."""


@dataclass(frozen=True)
class Matrix:
    """Counts and how to read them; `cells[i][j]` is row i, column j, None where nothing is known."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[float | int | None, ...], ...]
    bases: Mapping[str, Base]
    count: Count
    rows_are: Rows
    columns_are: str
    unconfirmed: tuple[tuple[int, ...], ...] | None = None
    """How many quotes of each cell are only suggested; None when suggestions were left out."""
    totals: tuple[float | int | None, ...] = ()
    """Each row over all columns: never the sum of cases or sources that stand in several."""
    total_base: Base = field(default_factory=lambda: Base(0, 0, 0))
    not_heard: tuple[str, ...] = ()
    """Values that the study knows of and from which nobody was heard."""
    members: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    """The segments behind each cell that is not empty, by row and column number."""
    row_codes: tuple[tuple[str, ...], ...] = ()
    """The codes that each row counts."""
    notes: tuple[str, ...] = ()
    withheld: Mapping[tuple[int, int], Reason] = field(default_factory=dict)
    """Why a cell may not be published, by row and column number; empty where nothing is withheld."""
    withheld_totals: frozenset[int] = frozenset()
    """The rows whose total may not be published."""
    row_paths: tuple[tuple[str, ...], ...] = ()
    """Each row's theme or code, and its stance where rows are split by it."""
    column_paths: tuple[tuple[str, ...], ...] = ()
    """Each column's value of every attribute that columns are nested by, the outer one first."""
    expected_cases: tuple[tuple[float, ...], ...] = ()
    """How many cases each cell would hold by its row and column alone; with residuals only."""
    uncertain: frozenset[tuple[int, int]] = frozenset()
    """The cells whose residual rests on an expected count under 5, and should be shown greyed."""


def build_matrix(
    quotes: Sequence[Quote],
    codebook: Codebook,
    *,
    rows: Rows = Rows.THEME,
    columns: str = "group",
    count: Count = Count.QUOTES,
    include_suggested: bool = False,
    column_order: Sequence[str] = (),
    expected: Sequence[str] = (),
    bands: Bands | None = None,
    gathered: Mapping[str, str] | None = None,
) -> Matrix:
    """Count quotes into a matrix.

    A row counts its code and everything below it, each quote, case or source once.

    Args:
        quotes: All quotes heard, coded or not: the uncoded ones make the bases.
        codebook: The codes.
        rows: Themes (the codes at the top) or codes (all without children, and parents used directly).
        columns: The attribute whose values become columns.
        count: What a cell counts.
        include_suggested: Whether codes that are only suggested count too; they are reported apart.
        column_order: The order of known values; others follow by name, not known values last.
        expected: Values from which somebody should have been heard.
        bands: Of the columns' attribute, where its values are numbers.
        gathered: Columns that are one, each with the name of that one.
    """
    values = [quote.value(columns) if bands is None else bands.of(quote.value(columns)) for quote in quotes]
    if bands is not None:
        column_order = bands.labels
    if gathered:
        values = [gathered.get(value or NOT_KNOWN, value) for value in values]
    families = _row_families(quotes, codebook, rows)
    present = {value for value in values if value}
    together = set(gathered.values()) if gathered else set()
    names = in_order(present - together, column_order) + sorted(together & present)
    if None in values:
        names.append(NOT_KNOWN)
    column_of = {name: number for number, name in enumerate(names)}
    by_column: list[list[Quote]] = [[] for _ in names]
    for quote, value in zip(quotes, values, strict=True):
        by_column[column_of[value or NOT_KNOWN]].append(quote)
    bases = {name: _base(by_column[number]) for name, number in column_of.items()}
    total_base = _base(quotes)

    cells: list[tuple[float | int | None, ...]] = []
    unconfirmed: list[tuple[int, ...]] = []
    totals: list[float | int | None] = []
    members: dict[tuple[int, int], tuple[int, ...]] = {}
    for row, (_, family) in enumerate(families):
        wanted = {name.casefold() for name in family}
        row_cells: list[float | int | None] = []
        row_unconfirmed: list[int] = []
        in_row: list[Quote] = []
        for column, name in enumerate(names):
            confirmed = [quote for quote in by_column[column] if _carries(quote.codes, wanted)]
            only_suggested = [
                quote
                for quote in by_column[column]
                if include_suggested
                and not _carries(quote.codes, wanted)
                and _carries(quote.suggested, wanted)
            ]
            here = confirmed + only_suggested
            in_row += here
            if here:
                members[row, column] = tuple(quote.id for quote in here)
            row_cells.append(_measure(here, count, bases[name]))
            row_unconfirmed.append(len(only_suggested))
        cells.append(tuple(row_cells))
        unconfirmed.append(tuple(row_unconfirmed))
        totals.append(_measure(in_row, count, total_base))

    notes = []
    missing = [name for name in expected if name not in present and name not in (gathered or {})]
    if missing:
        notes.append(f"Not heard: {', '.join(missing)}.")
    if count in (Count.CASES, Count.SHARE) and total_base.unnamed:
        some = "1 quote names" if total_base.unnamed == 1 else f"{total_base.unnamed} quotes name"
        are = "is" if total_base.unnamed == 1 else "are"
        notes.append(f"{some} a role but no person, and {are} not counted by cases.")
    return Matrix(
        rows=tuple(label for label, _ in families),
        columns=tuple(names),
        cells=tuple(cells),
        bases=bases,
        count=count,
        rows_are=rows,
        columns_are=columns,
        unconfirmed=tuple(unconfirmed) if include_suggested else None,
        totals=tuple(totals),
        total_base=total_base,
        not_heard=tuple(missing),
        members=members,
        row_codes=tuple(tuple(family) for _, family in families),
        notes=tuple(notes),
    )


def _row_families(quotes: Sequence[Quote], codebook: Codebook, rows: Rows) -> list[tuple[str, list[str]]]:
    if rows is Rows.THEME:
        return [(code.name, codebook.family(code.name)) for code in codebook.themes()]
    used = {code.casefold() for quote in quotes for code in (*quote.codes, *quote.suggested)}
    families = []
    for code in codebook.walk():
        if not codebook.children(code.name):
            families.append((code.name, [code.name]))
        elif code.name.casefold() in used:
            families.append((f"{code.name} (itself)", [code.name]))
    return families


def _carries(codes: Sequence[str], wanted: set[str]) -> bool:
    return any(code.casefold() in wanted for code in codes)


def _base(quotes: Sequence[Quote]) -> Base:
    return Base(
        quotes=len(quotes),
        cases=len({quote.case for quote in quotes if quote.case is not None}),
        sources=len({quote.source for quote in quotes}),
        unnamed=sum(quote.case is None for quote in quotes),
    )


def _measure(quotes: Sequence[Quote], count: Count, base: Base) -> float | int | None:
    if count is Count.QUOTES:
        return len(quotes)
    if count is Count.SOURCES:
        return len({quote.source for quote in quotes})
    if base.cases == 0:
        return None
    cases = len({quote.case for quote in quotes if quote.case is not None})
    return cases if count is Count.CASES else cases / base.cases
