"""Holds what the user says about the files of an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.text.sentences import BLANK
from quotegrid.corpus.transcripts.shapes.layouts import Convention
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.sources.model import SourceKind

_KEPT = ("group", "role", "area", "case", "interviewer", "participant", "language")
"""The options that are kept as they were given, beside the kind and the convention."""


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
    """Words that look like speakers' labels and belong to the text."""
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
    usual_interviewers: Mapping[str, int] = field(default_factory=dict)
    """The names of those who interview in other files, folded, each with the number of these files."""

    def given(self) -> dict[str, str]:
        """Return what the user gave, by the options' names, in the form in which a study keeps it."""
        said = {name: getattr(self, name) for name in _KEPT}
        said["kind"] = None if self.kind is None else self.kind.value
        said["speakers"] = None if self.speakers is None else self.speakers.name
        return {name: value for name, value in said.items() if value is not None}


def completed(
    options: ReadingOptions, kept: Mapping[str, str], convention: Callable[[str], Convention]
) -> ReadingOptions:
    """Return options completed by those with which a source was read before.

    Args:
        options: The user's options.
        kept: What `ReadingOptions.given` returned before.
        convention: Returns the convention that somebody wrote.
    """
    before: dict[str, Any] = dict(kept)
    if "kind" in before:
        before["kind"] = SourceKind(before["kind"])
    if "speakers" in before:
        before["speakers"] = convention(before["speakers"])
    missing = {name: value for name, value in before.items() if getattr(options, name) is None}
    return replace(options, **missing)
