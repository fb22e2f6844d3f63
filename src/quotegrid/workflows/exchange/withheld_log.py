"""The log of what a publication withholds, which stands beside its file and stays in the team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from quotegrid.domain.report.publication import ALL, NONE, WithheldItem
from quotegrid.workflows.exchange.keep_export import Export, keep_export, refuse_foreign
from quotegrid.workflows.study.folder import StudyFolder

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


def refuse_foreign_log(study: StudyFolder, output: Path, *, force: bool = False) -> None:
    """Refuse before anything is written where the log would replace a file that is not quotegrid's.

    Raises:
        UsageError: If it would.
    """
    refuse_foreign(log_beside(output), study, force=force)


def keep_withheld_log(
    study: StudyFolder, output: Path, withheld: Sequence[WithheldItem], *, force: bool = False
) -> str:
    """Write the log beside a file that is published, and return what is withheld, in words."""
    from quotegrid.exports.listing.records import listing_as

    content = listing_as(WithheldItem, withheld, "csv").encode("utf-8")
    log = log_beside(output)
    keep_export(log, content, Export("log of what is withheld"), study, force=force)
    return f"{withheld_in_words(withheld)} {log} says what and why; it is not for publication."


def withheld_in_words(withheld: Sequence[WithheldItem]) -> str:
    """Return how much is withheld, and told of each person in a column, as sentences."""
    counts = Counter(item.kind for item in withheld)
    of_each = [f"{counts.pop(kind)} count {kind}" for kind in (ALL, NONE) if kind in counts]
    amounts = ", ".join(
        f"{number} {kind if number == 1 and kind != 'words' else _MANY[kind]}"
        for kind, number in counts.items()
    )
    said = f"Withheld or coarsened: {amounts or 'nothing'}."
    if of_each:
        said += f" Cells that are told and say something of each person in a column: {', '.join(of_each)}."
    return said
