"""The parts that the commands with --publish share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotegrid.cli.context import Destination, say, study_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.domain.report.publication import WithheldItem


def refuse_foreign_log(to: Destination) -> None:
    """Refuse before anything is written where the log would replace a file that is not quotegrid's.

    Raises:
        UsageError: If it would.
    """
    if to.output is None:
        return
    from quotegrid.workflows.exchange import withheld_log

    with study_of(to.context) as study:
        withheld_log.refuse_foreign_log(study, to.output, force=to.force)


def say_withheld(withheld: Sequence[WithheldItem], to: Destination) -> None:
    """Say how much is withheld, and write the log beside the file that is published."""
    from quotegrid.workflows.exchange.withheld_log import keep_withheld_log, withheld_in_words

    if to.output is None:
        say(
            f"{withheld_in_words(withheld)} This is a preview: what is written with -o is kept among the "
            "publications, and later ones are checked beside it.",
            err=True,
        )
        return
    with study_of(to.context) as study:
        told = keep_withheld_log(study, to.output, withheld, force=to.force)
    say(told)
