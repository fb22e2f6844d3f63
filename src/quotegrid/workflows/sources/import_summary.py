"""The result of an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotegrid.corpus.sources.read_source import ReadSource
from quotegrid.domain.sources.model import QuoteKind, ReadWarning
from quotegrid.domain.text.words import word_count
from quotegrid.errors import DataError
from quotegrid.workflows.sources.attribute_updates import Contradiction


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """An imported source."""

    name: str
    kind: str
    turns: int
    segments: int
    cases: int
    words: int
    quotes_by_kind: Mapping[QuoteKind, int] = field(default_factory=dict)
    """The number of a report's quotes of each kind; terms that nobody said are counted but not stored."""
    non_speech: int = 0
    """The number of non-speech marks in its segments."""
    comments: int = 0
    """The number of its file's comments that became memos."""
    language: str | None = None
    """The code of its language; None if it is not known."""


@dataclass(slots=True)
class ImportSummary:
    """The result of an import."""

    files: int = 0
    """The number of files looked at, including tables and unusable files."""
    imported: list[ImportedSource] = field(default_factory=list)
    cases: int = 0
    """The number of cases in the imported sources, each counted once."""
    unchanged: list[str] = field(default_factory=list)
    read_otherwise: list[str] = field(default_factory=list)
    """Sources with an unchanged file but other speakers, because of new options or tables."""
    replaced: list[str] = field(default_factory=list)
    """Sources without decisions whose file had changed."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """Sources whose file was renamed: the old name and the new one."""
    same_text: list[tuple[str, str]] = field(default_factory=list)
    """Files whose text is already in the study, with its name there."""
    same_words: list[tuple[str, str]] = field(default_factory=list)
    """Files with a source's words but other white space or punctuation, with its name."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Files of folders that are not read, each with the reason."""
    problems: list[DataError] = field(default_factory=list)
    """The errors of files that could not be used; nothing of them was imported."""
    attributes_files: list[str] = field(default_factory=list)
    values_changed: int = 0
    differences: Sequence[str] = ()
    """The changes to cases and sources that were in the study before, in words."""
    contradictions: Sequence[Contradiction] = ()
    """The values of people in which the tables contradict other tables or files."""
    unmatched: Sequence[tuple[str, int, str]] = ()
    """The tables' rows that are about nothing in the study: table, line, and what is not there."""
    plan_files: list[str] = field(default_factory=list)
    planned: int = 0
    """The number of cases in the imported plan."""
    warnings: list[tuple[str, ReadWarning]] = field(default_factory=list)
    """The warnings, each with the name of its source."""
    places: dict[str, str] = field(default_factory=dict)
    """The path of each file by name, relative to the study where it is inside it."""


def described(read: ReadSource) -> ImportedSource:
    """Return what is told of a file that was imported."""
    source = read.source
    return ImportedSource(
        name=source.name,
        kind=source.kind.value,
        turns=len(source.turns),
        segments=len(source.segments),
        cases=len({speaker.name for speaker in source.speakers.values() if speaker.name}),
        quotes_by_kind=read.quotes_by_kind,
        words=word_count(source.text),
        non_speech=source.non_speech(),
        comments=len(source.comments),
        language=source.language,
    )
