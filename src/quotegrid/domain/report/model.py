"""What a report on a study holds, whatever it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.coverage import Coverage
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.report.coreq import MethodItem
from quotegrid.domain.report.manifest import numbers_of
from quotegrid.domain.report.provenance import Provenance


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code below a theme, and how many spoke of it."""

    name: str
    """Below the name of the code that it is a sub-code of, where that is not the theme: "money / debt"."""
    definition: str
    cases: str
    """How many cases spoke of it, as it is printed: a number, the sign for what is withheld, or a dash where
    nobody is named whom one could count."""


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """What a report says of one theme."""

    name: str
    definition: str
    codes: tuple[CodeLine, ...]
    """The codes below it, in the codebook's order."""
    overall: str
    """A sentence on everybody heard."""
    amounts: tuple[str, ...]
    """A sentence for each group."""
    exemplars: tuple[Quote, ...]
    """Quotes that speak for the theme, from different groups and cases."""
    dissent: tuple[Quote, ...]
    """Quotes that dispute it."""
    mixed: tuple[Quote, ...]
    """Quotes that do both."""
    on_dissent: str
    """A sentence on how many dispute it, or that nobody does, or that nobody has said."""


@dataclass(frozen=True)
class Report:
    """A report, ready to be laid out."""

    title: str
    provenance: Provenance
    matrix: Matrix
    """Themes by group, counting cases."""
    themes: Sequence[ThemeSection]
    method: Sequence[MethodItem]
    notes: Sequence[str]
    """What must be said of the amounts."""
    codebook: Sequence[Code] = ()
    """Every code as it was used, parents before children, as far as it may be told."""
    coverage: Coverage | None = None
    """Who was to be heard and who was; left out of publications, whose cells would be single people."""


def report_numbers(report: Report) -> dict[str, Any]:
    """Return all that a report tells in numbers, in the form of `domain.manifest.numbers_of`.

    Below the rows of its matrix come one for each code and one for each theme's dissent, which is a
    sentence; both stand in the column of all.
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
