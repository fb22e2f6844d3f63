"""The co-occurrence command."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import Destination, console, print_listing, say_uncounted, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.matrix.cooccurrence import Unit
from quotegrid.domain.matrix.rows import Rows
from quotegrid.domain.text.normalise import counted, visible
from quotegrid.domain.text.shares import index_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotegrid.domain.matrix.cooccurrence import CoOccurrence

_MANY = {Unit.SEGMENT: "segments", Unit.TURN: "turns", Unit.CASE: "cases"}


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("cooccurrence")(cooccurrence)


def cooccurrence(
    context: typer.Context,
    unit: Annotated[
        Unit, typer.Option("--within", help="Within what two codes must both stand.")
    ] = Unit.SEGMENT,
    rows: Annotated[Rows, typer.Option("--rows", help="Codes, or themes with all below them.")] = Rows.CODE,
    publish: Annotated[
        bool, typer.Option("--publish", help="Withhold counts that could tell of too few cases.")
    ] = False,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List which codes stand together, how often, and how closely by Jaccard's index."""
    from quotegrid.workflows.matrix.cooccurrence import ListedPair, make_cooccurrence, pair_records

    with study_of(context) as study:
        found = make_cooccurrence(study, unit, rows=rows, publish=publish)
        say_uncounted(study)
    print_listing(
        ListedPair,
        pair_records(found),
        Destination(context, form, output, force, publish=publish, tables=found.tables),
        shown=lambda records: _print_pairs(records, found, publish=publish),
    )


def _print_pairs(records: Sequence[Mapping[str, Any]], found: CoOccurrence, *, publish: bool) -> None:
    from rich.text import Text

    from quotegrid.exports.listing.records import plain_table
    from quotegrid.exports.matrix.text import WITHHELD

    many = _MANY[found.unit]
    table = plain_table("code", "with it", "other code", "with it", "with both", "Jaccard")
    table.columns[2].justify = "left"

    def shown(number: int | None) -> str:
        return WITHHELD if number is None else f"{number:,}"

    for record in records:
        is_told = record["jaccard"] is not None
        table.add_row(
            Text(visible(record["code"])),
            shown(found.alone[record["code"]]),
            Text(visible(record["other"])),
            shown(found.alone[record["other"]]),
            shown(record["together"]),
            index_text(Fraction(record["together"], record["either"])) if is_told else WITHHELD,
        )
    out = console()
    out.print(table)
    never = len(found.pairs) - len(records)
    out.print(
        f"\n{counted(len(records), 'pair')} of codes in the same {found.unit.value}, {never:,} in none. "
        f"Numbers are {many}; Jaccard is the share of the {many} with either code that have both."
    )
    if found.left_out:
        name = "names" if found.left_out == 1 else "name"
        out.print(f"Left out: {counted(found.left_out, 'quote')} that {name} nobody.")
    if not publish:
        from quotegrid.domain.report.provenance import NOT_FOR_PUBLICATION

        out.print(NOT_FOR_PUBLICATION, style="dim")
