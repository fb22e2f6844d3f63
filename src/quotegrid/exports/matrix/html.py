"""The matrix as one HTML file: every number leads to its quotes, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote, counted_quotes, number_of_quotes, taking
from quotegrid.domain.matrix.model import Matrix, Tally
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.report.voices import NO_STANCE_SAID, NOBODY_DISPUTES
from quotegrid.domain.text.normalise import counted
from quotegrid.exports.matrix import layout
from quotegrid.exports.matrix.layout import ALL, Header
from quotegrid.exports.matrix.shading import heat_styles, shade, shading_note
from quotegrid.exports.matrix.text import base_rows
from quotegrid.exports.pages import page


def matrix_html(
    matrix: Matrix, provenance: Provenance, quotes: Sequence[Quote], definitions: Mapping[str, str]
) -> str:
    """Return a page with the matrix, and under it a section for each theme or code with its quotes by column.

    Args:
        matrix: The matrix.
        provenance: Where its numbers come from.
        quotes: The quotes behind its cells, as they may be told.
        definitions: What the codes mean, by their names.
    """
    is_published = provenance.minimum_cases is not None
    by_number = {quote.id: quote for quote in quotes}
    place_of = {quote.id: place for place, quote in enumerate(quotes)}.__getitem__
    told = [
        [
            [by_number[number] for number in sorted(matrix.members.get((row, column), ()), key=place_of)]
            for column in range(len(matrix.columns))
        ]
        for row in range(len(matrix.rows))
    ]
    kind = matrix.rows_are.value
    return page(
        "matrix.html.j2",
        styles=("matrix.css",),
        further_style=heat_styles(),
        scripts=("matrix.js",),
        title=provenance.study,
        provenance=provenance,
        caption=layout.matrix_title(matrix),
        measure=layout.measure_sentence(matrix),
        use=dict(provenance.lines())["Use"],
        corner=layout.corner_names(matrix),
        header=layout.column_headers(matrix),
        rows=_rows(matrix),
        bases=base_rows(matrix),
        notes=layout.further_notes(matrix),
        shading=shading_note(matrix),
        rows_are=kind.capitalize(),
        rows_are_one=kind,
        groups=_values(quotes, "group"),
        areas=_values(quotes, "area"),
        themes=[
            _theme(matrix, row, told[row], definitions, is_published=is_published)
            for row in range(len(matrix.rows))
        ],
    )


def _values(quotes: Sequence[Quote], attribute: str) -> list[str]:
    """Return the values that quotes have, where there is anything to choose from."""
    found = sorted({value for quote in quotes if (value := quote.value(attribute))}, key=str.casefold)
    return found if len(found) > 1 else []


def _rows(matrix: Matrix) -> list[dict[str, Any]]:
    columns = [layout.column_texts(matrix, column) for column in range(len(matrix.columns) + 1)]
    heads = _row_heads(layout.row_headers(matrix), len(matrix.rows))
    rows = []
    for row, name in enumerate(matrix.rows):
        cells = []
        for column, texts in enumerate(columns):
            is_total = column == len(matrix.columns)
            has_quotes = bool(matrix.members.get((row, column))) and not is_total
            where = ALL if is_total else matrix.columns[column]
            cells.append(
                {
                    "text": texts[row],
                    "title": "" if is_total else _count(matrix, row, column),
                    "label": f"{texts[row]}: {name}, {where}",
                    "link": f"cell-{row}-{column}" if has_quotes else "",
                    "shade": "" if is_total else shade(matrix, row, column),
                    "is_uncertain": (row, column) in matrix.uncertain,
                }
            )
        rows.append({"heads": heads[row], "cells": cells})
    return rows


def _row_heads(levels: Sequence[Sequence[Header]], rows: int) -> list[list[dict[str, Any]]]:
    """Return the headers that begin in each row; the innermost leads to the row's section."""
    heads: list[list[dict[str, Any]]] = [[] for _ in range(rows)]
    for level, headers in enumerate(levels):
        row = 0
        for header in headers:
            link = f"row-{row}" if level == len(levels) - 1 else ""
            heads[row].append({"text": header.text, "span": header.span, "link": link})
            row += header.span
    return heads


def _theme(
    matrix: Matrix,
    row: int,
    told: Sequence[Sequence[Quote]],
    definitions: Mapping[str, str],
    *,
    is_published: bool,
) -> dict[str, Any]:
    codes = matrix.row_codes[row]
    is_split = len(matrix.row_paths[row]) > 1
    here = [quote for quotes in told for quote in quotes]
    disputing = [] if is_split else taking(here, codes, Stance.DISPUTES)
    return {
        "anchor": f"row-{row}",
        "name": matrix.rows[row],
        "definition": definitions.get(codes[0], "") if codes else "",
        "counts": [_count(matrix, row, column) for column in range(len(matrix.columns))],
        "on_dissent": "" if is_split else _on_dissent(here, codes, disputing, is_published=is_published),
        "dissent": [_quote(quote, codes, is_published=is_published) for quote in disputing],
        "cells": [
            {
                "anchor": f"cell-{row}-{column}",
                "name": f"{matrix.columns[column]} ({_listed(matrix.tallies[row][column], quotes)})",
                "quotes": [_quote(quote, codes, is_published=is_published) for quote in quotes],
            }
            for column, quotes in enumerate(told)
            if quotes
        ],
    }


def _listed(tally: Tally | None, passages: Sequence[Quote]) -> str:
    """Say how many quotes a cell's passages are."""
    return counted_quotes(len(passages) if tally is None else tally.quotes, len(passages))


def _count(matrix: Matrix, row: int, column: int) -> str:
    name = matrix.columns[column]
    tally, base = matrix.tallies[row][column], matrix.bases[name]
    if not base.quotes:
        return f"{name}: not heard"
    if tally is None:
        return f"{name}: withheld"
    if not base.cases:
        return f"{name}: {counted(tally.quotes, 'quote')}"
    if matrix.is_not_read(base):
        return f"{name}: not read yet, {counted(tally.quotes, 'quote')}"
    cases = f"{matrix.counting(tally).cases} of {counted(matrix.counting(base).cases, 'case')}"
    return f"{name}: {cases}{' read' * matrix.is_of_read}, {counted(tally.quotes, 'quote')}"


def _on_dissent(
    here: Sequence[Quote], codes: Sequence[str], disputing: Sequence[Quote], *, is_published: bool
) -> str:
    if is_published:
        return f"Of the {counted(len(here), 'passage')} that can be published, {len(disputing)} dispute it."
    if disputing:
        cases = len({quote.case for quote in disputing if quote.case is not None})
        by = f" by {counted(cases, 'case')}" if cases else ""
        return f"Disputed in {counted_quotes(number_of_quotes(disputing), len(disputing))}{by}."
    is_known = any(taking(here, codes, stance) for stance in Stance)
    return NOBODY_DISPUTES if is_known else NO_STANCE_SAID


def _quote(quote: Quote, codes: Sequence[str], *, is_published: bool) -> dict[str, str]:
    wanted = {code.casefold() for code in codes}
    stances = {
        stance.value for code, taken in quote.stances.items() if code.casefold() in wanted for stance in taken
    }
    return {
        "text": quote.text,
        "attribution": quote.attribution,
        "reference": "" if is_published else f"q:{quote.id}",
        "stance": ", ".join(sorted(stances)),
        "group": quote.group or "",
        "area": quote.area or "",
    }
