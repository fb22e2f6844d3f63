"""The Framework matrix: a chart for each theme, a row for each case, a column for each code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.coding.summaries import ShownSummary
from quotegrid.domain.report.manifest import Difference
from quotegrid.domain.report.provenance import Provenance


@dataclass(frozen=True, slots=True)
class ChartCell:
    """The summaries and quotes of one case on one code."""

    summaries: tuple[ShownSummary, ...] = ()
    """The summaries, several if cases were merged, in the order of writing."""
    quotes: tuple[int, ...] = ()
    """The numbers of the quotes coded with it."""

    @property
    def is_waiting(self) -> bool:
        """Return whether there are quotes without a summary."""
        return bool(self.quotes) and not self.summaries

    @property
    def named_only(self) -> tuple[int, ...]:
        """Return the numbers of quotes that a summary names but that are not coded with it."""
        named = [number for summary in self.summaries for number in summary.quotes]
        return tuple(dict.fromkeys(number for number in named if number not in self.quotes))


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A case in a chart."""

    case: str
    about: str
    """The role and area as far as they are known, and whether the case is not read to the end."""
    group: str
    cells: tuple[ChartCell, ...]


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A code of a theme."""

    label: str
    code: str
    definition: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart of a theme."""

    theme: str
    definition: str
    columns: tuple[ChartColumn, ...]
    rows: tuple[ChartRow, ...]
    """The rows of all cases heard, group by group."""

    def groups(self) -> list[tuple[str, list[ChartRow]]]:
        """Return the rows of each group, in order."""
        found: dict[str, list[ChartRow]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append(row)
        return list(found.items())


@dataclass(frozen=True, slots=True)
class Framework:
    """The charts of a study and the quotes behind them."""

    charts: tuple[Chart, ...]
    quotes: Sequence[Quote]
    """The quotes that are coded or named in a summary, in the order of their sources."""
    provenance: Provenance
    notes: tuple[str, ...] = ()


def framework_numbers(framework: Framework) -> dict[str, Any]:
    """Return the numbers of each cell's quotes and summaries, as a JSON object."""
    return {
        "themes": [chart.theme for chart in framework.charts],
        "cells": [
            [chart.theme, column.code, row.case, _told(cell)]
            for chart in framework.charts
            for row in chart.rows
            for column, cell in zip(chart.columns, row.cells, strict=True)
            if cell != ChartCell()
        ],
    }


def _told(cell: ChartCell) -> str:
    summaries = ", ".join(str(summary.number) for summary in cell.summaries) or "none"
    return f"quotes {', '.join(map(str, cell.quotes)) or 'none'}; summaries {summaries}"


def framework_differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Return the differences between two results of `framework_numbers`, in the order of the earlier one."""
    before, after = ({tuple(cell[:3]): cell[3] for cell in version["cells"]} for version in (then, now))
    places = [*before, *(place for place in after if place not in before)]
    return [
        Difference(f"{theme}: {code}", case, before.get((theme, code, case)), after.get((theme, code, case)))
        for theme, code, case in places
        if before.get((theme, code, case)) != after.get((theme, code, case))
    ]


NOT_FOR_PUBLICATION = "Not for publication: each row is one person, and the text may tell who they are."
HOW_TO_READ = (
    ("Charts", "One for each theme: a row for each case that was heard, a column for each code."),
    (
        "Cells",
        "First what a researcher wrote of the case and the code, then the numbers of the quotes coded so.",
    ),
    ("References", "[q:12] in a summary names the quote with the number 12."),
    ("No summary yet", "There are quotes, and nobody has written of them yet."),
    (
        "Empty cells",
        "None of the case's quotes is coded so. Of a case that is not read to the end, which stands beside "
        "its name, that is no finding.",
    ),
    ("As a whole", "What is written of a code that has sub-codes, and the quotes coded with it alone."),
)
"""The label and sentence of each thing that a reader of the charts must know."""
