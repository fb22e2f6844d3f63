"""The things that imports were unsure about, as a list to put right."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.exchange.listing import column
from quotegrid.domain.sources.model import WarningKind
from quotegrid.workflows.sources.list_turns import sources_asked
from quotegrid.workflows.study.folder import StudyFolder

_RIGHT = {"justify": "right"}


@dataclass(frozen=True, slots=True)
class UnsureThing:
    """Something that the import of a source was unsure about."""

    source: str = column("the source", place=1)
    number: int = column("its number among those of the source, counted from 1", place=2, layout=_RIGHT)
    line: int | None = column(
        "the line of the source's file; null where it is about the whole file", place=3, layout=_RIGHT
    )
    start: int | None = column("where that line begins in the source's text")
    kind: WarningKind = column(
        "`words` that may be somebody else's, a `speaker`, or the `text` of the file", place=4
    )
    what: str = column("what is unsure", place=5, longest=0, layout={"ratio": 1})
    done: bool = column(
        "whether somebody has ticked it off", place=6, cell=lambda row: "yes" if row["done"] else ""
    )


def unsure_things(
    study: StudyFolder, source: str | None = None, *, everything: bool = False
) -> list[UnsureThing]:
    """Return what imports were unsure about, in the order of the sources' names and texts.

    Args:
        study: The study.
        source: The name of a source or part of it; None for all sources.
        everything: Whether what has been ticked off is among them.

    Raises:
        UnknownNameError: If no source has that name or contains that part in its name.
    """
    from quotegrid.storage.sources.turns.turn_changes import unsure_lines

    with study.reading_session() as session:
        names = sources_asked(session, source)
        return [
            UnsureThing(
                line.source, line.place + 1, line.line, line.start, line.kind, line.what, line.is_done
            )
            for line in unsure_lines(session)
            if line.source in names and (everything or not line.is_done)
        ]
