"""The content of a report on a study, whatever format it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.coverage import Coverage
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.report.checklists import Checklist
from quotegrid.domain.report.manifest import numbers_of
from quotegrid.domain.report.provenance import Provenance


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code below a theme, and how many cases spoke of it."""

    name: str
    """The name, after that of the code it is below if that is not the theme: "money / debt"."""
    definition: str
    cases: str
    """The number of cases that spoke of it, as printed: a number, the sign for a withheld count, or a dash if
    no case can be counted.
    """


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """The section of a report about one theme."""

    name: str
    definition: str
    codes: tuple[CodeLine, ...]
    """The codes below it, in the codebook's order."""
    overall: str
    """A sentence about everybody heard."""
    amounts: tuple[str, ...]
    """A sentence for each group."""
    exemplars: tuple[Quote, ...]
    """Quotes that represent the theme, from different groups and cases."""
    dissent: tuple[Quote, ...]
    """Quotes that dispute it."""
    mixed: tuple[Quote, ...]
    """Quotes that both dispute and support it."""
    on_dissent: str
    """A sentence on how many dispute it, that nobody does, or that no stance has been recorded."""


@dataclass(frozen=True)
class Report:
    """The content of a report, ready to be laid out."""

    title: str
    provenance: Provenance
    matrix: Matrix
    """Themes by group, counting cases."""
    themes: Sequence[ThemeSection]
    checklists: Sequence[Checklist]
    notes: Sequence[str]
    """Remarks needed to read the amounts."""
    codebook: Sequence[Code] = ()
    """Every code as used, parents before children, as far as it may be published."""
    coverage: Coverage | None = None
    """The plan of interviews and who was heard; None in publications, whose cells would be single people."""


def report_numbers(report: Report) -> dict[str, Any]:
    """Return all numbers of a report, in the form of `domain.report.manifest.numbers_of`.

    The rows of its matrix are followed by one for each code and one for each theme's dissent, which is a
    sentence; both are in the column of all.
    """
    numbers = numbers_of(report.matrix)
    empty = [None] * (len(numbers["columns"]) - 1)
    for theme in report.themes:
        for code in theme.codes:
            numbers["rows"].append(f"{theme.name}: {code.name}")
            numbers["cells"].append([*empty, code.cases])
        numbers["rows"].append(f"{theme.name}: dissent")
        numbers["cells"].append([*empty, theme.on_dissent])
    return numbers
