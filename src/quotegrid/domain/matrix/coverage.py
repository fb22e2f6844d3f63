"""The coverage of a sampling frame: cases planned, heard, read, coded and still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quotegrid.domain.matrix.disclosure import gathered, is_tellable, together_named
from quotegrid.domain.matrix.labels import NOT_KNOWN, told_apart, value_of
from quotegrid.domain.people.stakeholders import in_order


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of a plan: how many cases with these values were to be interviewed."""

    attributes: Mapping[str, str]
    planned: int
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class HeardCase:
    """A case who speaks."""

    attributes: Mapping[str, str]
    """Its known attributes: group, area, role, and the study's own."""
    is_coded: bool
    """Whether a code stands on anything that it says."""
    elsewhere: tuple[Mapping[str, str], ...] = ()
    """Its attributes in sources with other values, such as the second wave of repeat interviews."""
    uncoded: tuple[Mapping[str, str], ...] = ()
    """The attributes with which nothing is coded that it says, although something is elsewhere."""
    is_read: bool = True
    """Whether every source in which it speaks is read to the end."""

    def has(self, wanted: Mapping[str, str]) -> bool:
        """Return whether it has values, compared without case, in one and the same source."""
        return any(_has(attributes, wanted) for attributes in (self.attributes, *self.elsewhere))

    def is_coded_with(self, wanted: Mapping[str, str]) -> bool:
        """Return whether a code stands on what it says in sources in which it has the values."""
        coded = [known for known in (self.attributes, *self.elsewhere) if known not in self.uncoded]
        return self.is_coded and any(_has(attributes, wanted) for attributes in coded)


@dataclass(frozen=True, slots=True)
class CoverageFigures:
    """The cases of one row and column, or of a total."""

    heard: int
    coded: int | None
    """None where a publication may not tell it."""
    planned: int | None = None
    """None where the plan does not go by these attributes, or there is no plan."""
    missing: int | None = None
    """The number that is missing, line by line of the plan: a surplus in one line does not fill another."""
    read: int | None = None
    """The number that is read to the end; None in a publication."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Cases by two attributes; `cells[i][j]` is row i, column j."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[CoverageFigures, ...], ...]
    row_totals: tuple[CoverageFigures, ...]
    column_totals: tuple[CoverageFigures, ...]
    total: CoverageFigures
    rows_are: str
    columns_are: str
    has_plan: bool
    not_heard: tuple[str, ...] = ()
    """Columns' values that the study knows of and that nobody heard has."""
    unnamed: int = 0
    """The number of quotes that name a role but no person, and so have no case."""
    minimum: int | None = None
    """The fewest cases that a published figure stands for; None where it is not for publication."""
    heard_in: tuple[frozenset[int], ...] = ()
    """The cases that each column counts, by their places; empty in a publication."""
    coded_in: tuple[frozenset[int], ...] = ()
    """The cases among them that are coded there; empty in a publication."""


def publishable_coverage(coverage: Coverage, minimum: int) -> tuple[Coverage, list[str]]:
    """Return what may be published of a coverage: its columns alone, those with too few cases as one.

    Who was heard by two attributes at once, or line by line of the plan, would single people out. How many
    are coded is told where neither they nor the others are too few.

    Returns:
        The coverage, and the columns that are told as one.
    """
    together = gathered(
        dict(zip(coverage.columns, coverage.heard_in, strict=True)),
        minimum,
    )
    columns: list[str] = []
    cells: list[CoverageFigures] = []
    for name, total in zip(coverage.columns, coverage.column_totals, strict=True):
        if name not in together:
            columns.append(name)
            cells.append(_publishable(total, minimum))
        elif name == together[0]:
            columns.append(together_named(together, coverage.columns))
            cells.append(_publishable(_sum(coverage, together), minimum))
    whole = _publishable(coverage.total, minimum)
    # What columns withhold could be worked out, or narrowed down, from the total and the others.
    if any(cell.coded is None for cell in cells):
        whole = replace(whole, coded=None)
    return (
        replace(
            coverage,
            rows=(),
            cells=(),
            row_totals=(),
            columns=tuple(columns),
            column_totals=tuple(cells),
            total=whole,
            minimum=minimum,
            heard_in=(),
            coded_in=(),
        ),
        together,
    )


def _sum(coverage: Coverage, names: Sequence[str]) -> CoverageFigures:
    """Return the figures of several columns together."""
    some = [
        total for name, total in zip(coverage.columns, coverage.column_totals, strict=True) if name in names
    ]
    planned = [cell.planned for cell in some if cell.planned is not None]
    places = [place for place, name in enumerate(coverage.columns) if name in names]
    return CoverageFigures(
        heard=len(frozenset[int]().union(*(coverage.heard_in[place] for place in places))),
        coded=len(frozenset[int]().union(*(coverage.coded_in[place] for place in places))),
        planned=sum(planned) if planned else None,
    )


def _publishable(covered: CoverageFigures, minimum: int) -> CoverageFigures:
    coded = covered.coded
    if coded is not None and not is_tellable(coded, covered.heard, minimum):
        coded = None
    return replace(covered, coded=coded, missing=None, read=None)


def build_coverage(
    cases: Sequence[HeardCase],
    plan: Sequence[Planned],
    *,
    rows: str,
    columns: str,
    row_order: Iterable[str] = (),
    column_order: Iterable[str] = (),
    expected: Sequence[str] = (),
    unnamed: int = 0,
) -> Coverage:
    """Count cases, and compare each line of the plan with the cases that have its values.

    Values are compared without case. A case is counted once in every total that it belongs to.

    Args:
        cases: Everybody heard.
        plan: The lines of the plan, all by the same attributes; empty where there is none.
        rows: The attribute in the rows.
        columns: The attribute in the columns.
        row_order: The order of known values; others follow by name, not known values last.
        column_order: The same for the columns.
        expected: Values of the columns that somebody should have.
        unnamed: How many quotes have no case that could be counted.
    """
    row_names = _names(cases, plan, rows, row_order)
    column_names = _names(cases, plan, columns, column_order)
    counted = _Counted(cases, plan, rows, columns)
    heard = {
        _folded(attributes.get(columns))
        for case in cases
        for attributes in (case.attributes, *case.elsewhere)
    }
    return Coverage(
        rows=tuple(row_names),
        columns=tuple(column_names),
        cells=tuple(tuple(counted.of(row, column) for column in column_names) for row in row_names),
        row_totals=tuple(counted.of(row, None) for row in row_names),
        column_totals=tuple(counted.of(None, column) for column in column_names),
        total=counted.of(None, None),
        rows_are=rows,
        columns_are=columns,
        has_plan=bool(plan),
        not_heard=tuple(name for name in expected if _folded(name) not in heard),
        unnamed=unnamed,
        heard_in=tuple(counted.places(column) for column in column_names),
        coded_in=tuple(counted.places(column, coded=True) for column in column_names),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    cases: Sequence[HeardCase]
    plan: Sequence[Planned]
    rows: str
    columns: str

    def of(self, row: str | None, column: str | None) -> CoverageFigures:
        """Return the figures of a row and a column; None stands for all of them."""
        wanted = {
            name: _folded(None if value == NOT_KNOWN else value_of(value))
            for name, value in ((self.rows, row), (self.columns, column))
            if value is not None
        }
        here = [case for case in self.cases if case.has(wanted)]
        heard, coded = len(here), sum(case.is_coded_with(wanted) for case in here)
        read = sum(case.is_read for case in here)
        if not self.plan or any(name not in line.attributes for line in self.plan for name in wanted):
            return CoverageFigures(heard, coded, read=read)
        lines = [line for line in self.plan if _has(line.attributes, wanted)]
        return CoverageFigures(
            heard, coded, sum(line.planned for line in lines), sum(map(self._missing, lines)), read
        )

    def places(self, column: str, *, coded: bool = False) -> frozenset[int]:
        """Return the cases that a column counts as heard, or as coded."""
        wanted = {self.columns: _folded(None if column == NOT_KNOWN else value_of(column))}
        return frozenset(
            place
            for place, case in enumerate(self.cases)
            if (case.is_coded_with(wanted) if coded else case.has(wanted))
        )

    def _missing(self, line: Planned) -> int:
        wanted = {name: _folded(value) for name, value in line.attributes.items()}
        return max(line.planned - sum(case.has(wanted) for case in self.cases), 0)


def _has(attributes: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(_folded(attributes.get(name)) == value for name, value in wanted.items())


def _names(
    cases: Sequence[HeardCase], plan: Sequence[Planned], attribute: str, order: Iterable[str]
) -> list[str]:
    said = [attributes.get(attribute) for case in cases for attributes in (case.attributes, *case.elsewhere)]
    known = list(order)
    spelt: dict[str, str] = {}
    for value in (*known, *said, *(line.attributes.get(attribute) for line in plan)):
        if value:
            spelt.setdefault(_folded(value), value)
    present = [value for value in (*said, *(line.attributes.get(attribute) for line in plan)) if value]
    names = [told_apart(name) for name in in_order([spelt[_folded(value)] for value in present], known)]
    return [*names, NOT_KNOWN] if not all(said) else names


def _folded(value: str | None) -> str:
    return "" if value is None else value.casefold()
