"""The coverage of a study's sampling frame as CSV, JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from quotegrid.domain.matrix.coverage import Coverage, CoverageFigures
from quotegrid.domain.report.provenance import NOT_FOR_PUBLICATION
from quotegrid.exports.inert import markdown_text
from quotegrid.exports.listing.records import listing_csv

ALL = "all"
NOT_KNOWN = "\u2013"


def measures(coverage: Coverage) -> tuple[str, ...]:
    """Return the measures of each cell, in order; without a plan only cases heard, read and coded."""
    if coverage.minimum:
        return ("planned", "heard", "coded") if coverage.has_plan else ("heard", "coded")
    heard = ("heard", "read", "coded")
    return ("planned", *heard, "missing") if coverage.has_plan else heard


def lines_of(coverage: Coverage) -> Iterator[tuple[str, str, list[int | None]]]:
    """Return a line for each row and measure, the totals last: the row, the measure, and the figures."""
    rows = [*zip(coverage.rows, coverage.cells, coverage.row_totals, strict=True)]
    for name, cells, total in (*rows, (ALL, coverage.column_totals, coverage.total)):
        for measure in measures(coverage):
            yield name, measure, [getattr(cell, measure) for cell in (*cells, total)]


def notes(coverage: Coverage) -> list[str]:
    """Return the notes that belong under the table."""
    read = "" if coverage.minimum else ", those of them read to the end"
    said = [f"Counted: cases who speak{read}, and those of them with a confirmed code."]
    if coverage.minimum is not None:
        said.append(
            f"Values of fewer than {coverage.minimum} cases are told as one, and how many are coded only "
            f"where neither they nor the others are fewer; {NOT_KNOWN} is withheld or not planned."
        )
    elif coverage.has_plan:
        said.append("Missing goes line by line of the plan: too many of one kind are no help to another.")
    else:
        said.append("There is no plan; import a table with the columns group, area and planned.")
    if coverage.not_heard:
        said.append(f"Not heard: {', '.join(coverage.not_heard)}.")
    if coverage.unnamed:
        some = "1 quote names" if coverage.unnamed == 1 else f"{coverage.unnamed} quotes name"
        said.append(f"{some} a role but no person, and nobody is counted for that.")
    return said if coverage.minimum is not None else [*said, NOT_FOR_PUBLICATION]


def figure(value: int | None) -> str:
    """Return a figure as text; a dash where the plan does not give it."""
    return NOT_KNOWN if value is None else str(value)


def coverage_csv(coverage: Coverage) -> str:
    """Return a line for each cell and total, with its row, its column and each measure."""
    fields = (coverage.rows_are, coverage.columns_are, *measures(coverage))
    records = []
    rows = [*zip(coverage.rows, coverage.cells, coverage.row_totals, strict=True)]
    for row, cells, total in (*rows, (ALL, coverage.column_totals, coverage.total)):
        for column, cell in zip((*coverage.columns, ALL), (*cells, total), strict=True):
            said = {measure: getattr(cell, measure) for measure in measures(coverage)}
            records.append({coverage.rows_are: row, coverage.columns_are: column, **said})
    return listing_csv(records, fields)


def coverage_json(coverage: Coverage) -> str:
    """Return an object with rows, columns, cells (a list a row) and totals; null where nothing is planned."""
    content = {
        "rows": list(coverage.rows),
        "columns": list(coverage.columns),
        "cells": [_objects(row) for row in coverage.cells],
        "row_totals": _objects(coverage.row_totals),
        "column_totals": _objects(coverage.column_totals),
        "total": asdict(coverage.total),
        "rows_are": coverage.rows_are,
        "columns_are": coverage.columns_are,
        "has_plan": coverage.has_plan,
        "not_heard": list(coverage.not_heard),
        "notes": notes(coverage),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _objects(cells: Sequence[CoverageFigures]) -> list[dict[str, int | None]]:
    return [asdict(cell) for cell in cells]


def coverage_markdown(coverage: Coverage) -> str:
    """Return a Markdown table and, under it, how to read it."""
    header = [coverage.rows_are, "cases", *coverage.columns, ALL]
    lines = [_line(header), "|---|---|" + "---:|" * (len(header) - 2)]
    lines += [_line([name, measure, *map(figure, row)]) for name, measure, row in lines_of(coverage)]
    return "\n".join([*lines, "", *(f"{markdown_text(note)}  " for note in notes(coverage))]) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(markdown_text(cell) for cell in cells)} |"
