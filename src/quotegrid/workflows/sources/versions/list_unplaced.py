"""The listing of codings that could not be placed in a corrected version of their source."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class UnplacedCoding:
    """A coding that could not be placed when its source was replaced or read again."""

    source: str = column("its source", place=1)
    version: str = column("the name of the old version that has its words")
    passage: int = column("the number of its passage", place=2, layout={"justify": "right"})
    code: str = column("its code", place=3)
    coder: str = column("whose it is", place=4)
    words: str = column("its words in the old version", place=5)


def unplaced_records(study: StudyFolder) -> list[Record]:
    """Return the codings that could not be placed, in the order of the replacements."""
    from quotegrid.storage.sources.versions.standing import lost_codings

    with study.reading_session() as session:
        return [record_of(UnplacedCoding, coding, passage=coding.segment) for coding in lost_codings(session)]
