"""The Framework matrix: a chart a theme, a row a case, a column a code, in each cell what is written."""

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
    """What one case says of one code."""

    summaries: tuple[ShownSummary, ...] = ()
    """Several where cases were merged, in the order of writing."""
    quotes: tuple[int, ...] = ()
    """The numbers of the quotes that are coded so."""

    @property
    def is_waiting(self) -> bool:
        """Return whether there are quotes and nothing is written of them yet."""
        return bool(self.quotes) and not self.summaries

    @property
    def named_only(self) -> tuple[int, ...]:
        """Return the quotes that a summary names and that are not coded so."""
        named = [number for summary in self.summaries for number in summary.quotes]
        return tuple(dict.fromkeys(number for number in named if number not in self.quotes))


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One case in one chart."""

    case: str
    about: str
    """Role and area; empty where neither is known."""
    group: str
    cells: tuple[ChartCell, ...]


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One code of a theme."""

    label: str
    code: str
    definition: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One theme."""

    theme: str
    definition: str
    columns: tuple[ChartColumn, ...]
    rows: tuple[ChartRow, ...]
    """Of all cases that were heard, group by group."""

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
    """Those that are coded or named in a summary, in the order of their sources."""
    provenance: Provenance
    notes: tuple[str, ...] = ()


def framework_numbers(framework: Framework) -> dict[str, Any]:
    """What the charts hold by numbers, as an object of JSON: of each cell its quotes and its summaries."""
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
    """Where two results of `framework_numbers` differ, in the order of the earlier one's cells."""
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
    ("Empty cells", "The case was heard, and none of its quotes is coded so."),
    ("As a whole", "What is written of a code that has sub-codes, and the quotes coded with it alone."),
)
"""What a reader of the charts has to know: label and sentence."""
