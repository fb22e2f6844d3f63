"""The matrix: themes or codes in rows, values of an attribute in columns, and honest counts between."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bands import Bands
from quotegrid.domain.matrix.bases import HeardQuotes, heard_quotes
from quotegrid.domain.matrix.columns import divided
from quotegrid.domain.matrix.disclosure import Reason
from quotegrid.domain.matrix.labels import NOT_KNOWN, told_apart
from quotegrid.domain.matrix.measures import QUOTES, Base, Measure, Tally, is_uncertain
from quotegrid.domain.matrix.read_cases import SharesOf, of_read
from quotegrid.domain.matrix.rows import Numbers, Rows, numbers_of, row_families, split_by_stance
from quotegrid.domain.matrix.tallying import Tallying

_Counts = TypeVar("_Counts", bound=Tally)

__all__ = ["NOT_KNOWN", "Base", "Matrix", "Rows", "Tally", "build_matrix"]


@dataclass(frozen=True)
class Matrix:
    """Counts and how to read them; `cells[i][j]` is row i, column j, None where nothing is known."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[float | int | None, ...], ...]
    bases: Mapping[str, Base]
    count: Measure
    rows_are: Rows
    columns_are: str
    """The attribute of the columns; two that are nested stand as "area within group"."""
    unconfirmed: tuple[tuple[int, ...], ...] | None = None
    """The number of quotes of each cell that are only suggested; None when suggestions were left out."""
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
    """The number of cases that each cell would hold by its row and column alone; with residuals only."""
    uncertain: frozenset[tuple[int, int]] = frozenset()
    """The cells whose residual rests on an expected count under 5, and should be shown greyed."""
    tallies: tuple[tuple[Tally | None, ...], ...] = ()
    """All counts behind each cell, whichever of them it shows; None where they may not be published."""
    total_tallies: tuple[Tally | None, ...] = ()
    """All counts behind each row's total."""
    column_of: Sequence[int] = ()
    """The number of the column of each speaker, by the speaker's place among all who were heard."""
    columns_of_cases: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The numbers of the columns in which each case stands."""
    of: SharesOf = SharesOf.READ
    """The cases that shares are of."""

    @property
    def is_of_read(self) -> bool:
        """Return whether cells are worked out from the cases that are read to the end alone."""
        return self.count.is_proportion and self.of is SharesOf.READ

    def counting(self, counts: _Counts) -> _Counts:
        """Return counts as cells are worked out from them, with the cases alone that shares are of."""
        return of_read(counts) if self.is_of_read else counts

    def is_not_read(self, base: Base) -> bool:
        """Return whether nothing can be said of a column's silence: somebody was heard and nobody is read."""
        return self.is_of_read and base.cases > 0 and base.read == 0


class _Members(Mapping[tuple[int, int], tuple[int, ...]]):
    """The segments behind each cell, worked out when they are asked for."""

    def __init__(
        self, heard: HeardQuotes, column_of: Sequence[int], confirmed: list[Numbers], suggested: list[Numbers]
    ) -> None:
        self._heard = heard
        self._column_of = column_of
        self._rows = list(zip(confirmed, suggested, strict=True))
        self._sorted: dict[int, dict[int, tuple[int, ...]]] = {}

    def _row(self, row: int) -> dict[int, tuple[int, ...]]:
        if row not in self._sorted:
            cells: dict[int, list[int]] = {}
            for numbers in self._rows[row]:
                for number in sorted(numbers, key=self._place):
                    column = self._column_of[self._heard.speaker_of[number]]
                    cells.setdefault(column, []).append(number)
            self._sorted[row] = {column: tuple(numbers) for column, numbers in cells.items()}
        return self._sorted[row]

    def _place(self, number: int) -> tuple[str, int]:
        return self._heard.speakers[self._heard.speaker_of[number]].source.casefold(), number

    def __getitem__(self, place: tuple[int, int]) -> tuple[int, ...]:
        row, column = place
        if not 0 <= row < len(self._rows):
            raise KeyError(place)
        return self._row(row)[column]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row in range(len(self._rows)) for column in sorted(self._row(row)))

    def __len__(self) -> int:
        return sum(len(self._row(row)) for row in range(len(self._rows)))


def build_matrix(
    heard: HeardQuotes | Sequence[Quote],
    codebook: Codebook,
    *,
    rows: Rows = Rows.THEME,
    within: str | None = None,
    columns: str | Sequence[str] = "group",
    count: Measure = QUOTES,
    include_suggested: bool = False,
    by_stance: bool = False,
    column_order: Sequence[str] | Mapping[str, Sequence[str]] = (),
    expected: Sequence[str] = (),
    planned: Collection[tuple[str, ...]] = (),
    bands: Mapping[str, Bands] | None = None,
    gathered: Mapping[str, str] | None = None,
    only_rows: Collection[str] = (),
    of: SharesOf = SharesOf.READ,
) -> Matrix:
    """Count quotes into a matrix.

    A row counts its code and everything below it, each quote, case or source once.

    Args:
        heard: All that was heard, coded or not: what is not coded makes the bases.
        codebook: The codes.
        rows: Themes (the codes at the top) or codes (all without children, and parents used directly).
        within: A code whose sub-codes become the rows instead.
        columns: The attribute whose values become columns, or several, each nested in the one before.
        count: What a cell counts.
        include_suggested: Whether codes that are only suggested count too; they are reported apart.
        by_stance: Whether each row is split by the stance that its quotes take.
        column_order: The order of known values, of all columns or by attribute; others follow by name, not
            known values last.
        expected: Values from which somebody should have been heard.
        planned: Values (one for each attribute of the columns) that have a column although nobody was heard.
        bands: Of the columns' attributes whose values are numbers.
        gathered: Columns that are one, each with the name of that one.
        only_rows: Names of codes that are to be the rows instead, each with everything below it.
        of: The cases that shares are of; a case that is not read then stands in neither part of a share.
    """
    if not isinstance(heard, HeardQuotes):
        heard = heard_quotes(heard)
    attributes = (columns,) if isinstance(columns, str) else tuple(columns)
    division = divided(heard, attributes, column_order, planned, bands or {}, gathered or {})
    names, column_of = division.names, division.column_of
    tallying = Tallying(heard, column_of, len(names), with_words=count.needs_words)
    column_bases, total_base = tallying.bases()
    bases = dict(zip(names, column_bases, strict=True))

    families = row_families(heard, codebook, rows, within, only_rows, include_suggested=include_suggested)
    if by_stance:
        families = split_by_stance(heard, families)
    confirmed = [numbers_of(heard, family) for family in families]
    suggested: list[Numbers] = [
        heard.with_suggested(family.codes) - found if include_suggested and not by_stance else frozenset()
        for family, found in zip(families, confirmed, strict=True)
    ]
    tallies = []
    totals = []
    for found, proposed in zip(confirmed, suggested, strict=True):
        tally, total = tallying.tally(found | proposed if proposed else found)
        tallies.append(tally)
        totals.append(total)
    # Shares are worked out from the cases that they are of; the matrix keeps what stands behind them whole.
    is_of_read = count.is_proportion and of is SharesOf.READ
    known: Callable[[_Counts], _Counts] = of_read if is_of_read else _as_they_are
    known_bases = {name: known(base) for name, base in bases.items()}
    known_totals = list(map(known, totals))
    known_base = known(total_base)
    everybody = known_base.cases
    cells = tuple(
        tuple(
            count.value(known(cell), known_bases[name], total, everybody) if bases[name].quotes else None
            for cell, name in zip(row, names, strict=True)
        )
        for row, total in zip(tallies, known_totals, strict=True)
    )
    heard_values = {
        value
        for name, path in zip(names, division.paths, strict=True)
        if bases[name].quotes
        for value in path
    }
    missing = [
        name
        for name in map(told_apart, expected)
        if name not in heard_values and name not in (gathered or {})
    ]
    return Matrix(
        rows=tuple(": ".join(family.path) for family in families),
        columns=names,
        cells=cells,
        bases=bases,
        count=count,
        rows_are=rows,
        columns_are=" within ".join(reversed(attributes)),
        unconfirmed=tuple(
            tallying.by_column(heard.clear_of(proposed, found))
            for found, proposed in zip(confirmed, suggested, strict=True)
        )
        if include_suggested
        else None,
        totals=tuple(count.value(total, known_base, total, everybody) for total in known_totals),
        total_base=total_base,
        not_heard=(*missing, *(name for name in names if not bases[name].quotes)),
        members=_Members(heard, column_of, confirmed, suggested),
        row_codes=tuple(family.codes for family in families),
        notes=tuple(_notes(missing, count, bases.values(), total_base)),
        row_paths=tuple(family.path for family in families),
        column_paths=division.paths,
        expected_cases=tuple(
            tuple(total.cases * known_bases[name].cases / (everybody or 1) for name in names)
            for total in known_totals
        )
        if count.has_expected
        else (),
        uncertain=frozenset(
            (row, column)
            for row, total in enumerate(known_totals)
            for column, name in enumerate(names)
            if is_uncertain(total.cases, known_bases[name].cases, everybody)
        )
        if count.has_expected
        else frozenset(),
        tallies=tuple(tallies),
        total_tallies=tuple(totals),
        column_of=column_of,
        columns_of_cases=_columns_of_cases(heard, column_of),
        of=of,
    )


def _as_they_are(counts: _Counts) -> _Counts:
    return counts


def _columns_of_cases(heard: HeardQuotes, column_of: Sequence[int]) -> dict[str, tuple[int, ...]]:
    columns: dict[str, set[int]] = {}
    for place in heard.heard_speakers:
        speaker, column = heard.speakers[place], column_of[place]
        if speaker.case is not None:
            columns.setdefault(speaker.case, set()).add(column)
    return {case: tuple(sorted(found)) for case, found in columns.items()}


def _notes(missing: Sequence[str], count: Measure, bases: Iterable[Base], total_base: Base) -> list[str]:
    notes = []
    if missing:
        notes.append(f"Not heard: {', '.join(missing)}.")
    if count.base == "cases" and total_base.unnamed:
        some = "1 quote names" if total_base.unnamed == 1 else f"{total_base.unnamed} quotes name"
        are = "is" if total_base.unnamed == 1 else "are"
        notes.append(f"{some} a role but no person, and {are} not counted by cases.")
    several = sum(base.cases for base in bases) - total_base.cases
    if count.tells_total and several > 0:
        notes.append("Some cases stand in several columns; each column counts them as its own.")
    return notes
