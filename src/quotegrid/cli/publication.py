"""What the commands with --publish share."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.domain.publication import Withheld

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


def say_withheld(withheld: Sequence[Withheld], output: Path | None) -> None:
    """Say how much is withheld, and write the log beside the file that is published."""
    counts = Counter(one.kind for one in withheld)
    told = ", ".join(
        f"{number} {kind if number == 1 and kind != 'words' else _MANY[kind]}"
        for kind, number in counts.items()
    )
    if output is None:
        say(f"Withheld or coarsened: {told or 'nothing'}.", err=True)
        return
    from quotegrid.cli.exporting import withheld_log, write_output
    from quotegrid.exports.listing import listing_csv

    fields = ("kind", "place", "was", "became", "reason")
    log = withheld_log(output)
    content = listing_csv([asdict(one) for one in withheld], fields).encode("utf-8")
    write_output(log, content, what="log of what is withheld")
    say(f"Withheld or coarsened: {told or 'nothing'}. {log} says what and why; it is not for publication.")
