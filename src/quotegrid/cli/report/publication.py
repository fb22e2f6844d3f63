"""What the commands with --publish share."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import say, study_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.domain.report.publication import WithheldItem

PublishOption = Annotated[
    bool,
    typer.Option(
        "--publish", help="Withhold small counts and what could tell who spoke; a log says what and why."
    ),
]
_MANY = {
    "cell": "cells",
    "total": "totals",
    "column": "columns",
    "attribution": "attributions",
    "words": "quotes with words",
}


def log_beside(output: Path) -> Path:
    """Where the log of what is withheld stands."""
    return output.with_name(f"{output.stem}.withheld.csv")


def refuse_foreign_log(output: Path | None, context: typer.Context) -> None:
    """Refuse before anything is written where the log would replace a file that is not quotegrid's.

    Raises:
        UsageError: If it would.
    """
    if output is None:
        return
    from quotegrid.workflows.exchange.keep_export import refuse_foreign

    with study_of(context) as study:
        refuse_foreign(log_beside(output), study, force=bool(context.params.get("force")))


def say_withheld(withheld: Sequence[WithheldItem], output: Path | None, context: typer.Context) -> None:
    """Say how much is withheld, and write the log beside the file that is published."""
    counts = Counter(one.kind for one in withheld)
    told = ", ".join(
        f"{number} {kind if number == 1 and kind != 'words' else _MANY[kind]}"
        for kind, number in counts.items()
    )
    if output is None:
        say(f"Withheld or coarsened: {told or 'nothing'}.", err=True)
        return
    from quotegrid.exports.listing.records import listing_csv
    from quotegrid.workflows.exchange.keep_export import Export, keep_export

    fields = ("kind", "place", "was", "became", "reason")
    log = log_beside(output)
    content = listing_csv([asdict(one) for one in withheld], fields).encode("utf-8")
    with study_of(context) as study:
        keep_export(
            log, content, Export("log of what is withheld"), study, force=bool(context.params.get("force"))
        )
    say(f"Withheld or coarsened: {told or 'nothing'}. {log} says what and why; it is not for publication.")
