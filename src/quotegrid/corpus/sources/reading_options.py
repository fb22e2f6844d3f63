"""Holds what the user says about the files of an import."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.text.sentences import BLANK
from quotegrid.corpus.transcripts.shapes.layouts import Convention
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.sources.model import SourceKind


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """The user's choices for an import, which take precedence over what the files say."""

    kind: SourceKind | None = None
    group: str | None = None
    role: str | None = None
    area: str | None = None
    case: str | None = None
    interviewer: str | None = None
    participant: str | None = None
    """Names of speakers who are no interviewers, whatever their labels or questions suggest."""
    not_speakers: tuple[str, ...] = ()
    """What looks like speakers' labels and belongs to the words."""
    attributes: tuple[str, ...] = ()
    """Header fields that are the study's own attributes."""
    pipeline: str = BLANK
    speakers: Convention | None = None
    """The convention that marks speakers; None to recognise it."""
    columns: Columns | None = None
    """The meaning of a table's columns; None to judge by their names and cells."""
    are_columns_whole: bool = True
    """Whether `columns` says what all columns mean, so that the others are left out."""
    language: str | None = None
    """The code of the language of the files; None to let each file tell."""
    areas: Areas = field(default_factory=Areas)
    """The study's areas, by their standard names."""
    missing: MissingValues = field(default_factory=MissingValues)
    """The words that the files write where a value is not known."""
