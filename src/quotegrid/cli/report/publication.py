"""What the commands with --publish share."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.cli.context import Destination, say, study_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.domain.report.publication import WithheldItem

_MANY = {
    "cell": "cells",
    "total": "totals",
    "column": "columns",
    "attribution": "attributions",
    "quote": "quotes",
    "words": "quotes with words",
}


def log_beside(output: Path) -> Path:
    """Return the path of the log of what is withheld from a file."""
    return output.with_name(f"{output.name}.withheld.csv")


def refuse_foreign_log(to: Destination) -> None:
    """Refuse before anything is written where the log would replace a file that is not quotegrid's.

    Raises:
        UsageError: If it would.
    """
    if to.output is None:
        return
    from quotegrid.workflows.exchange.keep_export import refuse_foreign

    with study_of(to.context) as study:
        refuse_foreign(log_beside(to.output), study, force=to.force)


def say_withheld(withheld: Sequence[WithheldItem], to: Destination) -> None:
    """Say how much is withheld, and write the log beside the file that is published."""
    counts = Counter(each.kind for each in withheld)
    amounts = ", ".join(
        f"{number} {kind if number == 1 and kind != 'words' else _MANY[kind]}"
        for kind, number in counts.items()
    )
    if to.output is None:
        say(
            f"Withheld or coarsened: {amounts or 'nothing'}. This is a preview: what is written with -o is "
            "kept among the publications, and later ones are checked beside it.",
            err=True,
        )
        return
    from quotegrid.domain.report.publication import WithheldItem
    from quotegrid.exports.listing.records import listing_as
    from quotegrid.workflows.exchange.keep_export import Export, keep_export

    log = log_beside(to.output)
    content = listing_as(WithheldItem, withheld, "csv").encode("utf-8")
    with study_of(to.context) as study:
        keep_export(log, content, Export("log of what is withheld"), study, force=to.force)
    say(f"Withheld or coarsened: {amounts or 'nothing'}. {log} says what and why; it is not for publication.")
