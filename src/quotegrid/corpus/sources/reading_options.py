"""What the user says about the files of an import."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.text.sentences import BLANK
from quotegrid.corpus.transcripts.layouts import Convention
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.sources.model import SourceKind


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says about the files, before anything the files say."""

    kind: SourceKind | None = None
    group: str | None = None
    role: str | None = None
    area: str | None = None
    case: str | None = None
    interviewer: str | None = None
    attributes: tuple[str, ...] = ()
    """Header fields of the study's own."""
    pipeline: str = BLANK
    speakers: Convention | None = None
    """How speakers are marked; None to recognise it."""
    columns: Columns | None = None
    """Which columns of a table mean what; None to go by their names."""
    areas: Areas = field(default_factory=Areas)
    """The study's areas by their standard names."""
