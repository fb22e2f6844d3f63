"""A file on its way to a source: what is known of it before its turns or quotes are, and what it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotegrid.corpus.people.attributes import AttributeRow, source_attributes
from quotegrid.corpus.sources.reading_options import ReadingOptions
from quotegrid.corpus.transcripts.conventions import ConventionMatch
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import (
    HeaderValue,
    QuoteKind,
    ReadText,
    ReadWarning,
    Segment,
    Source,
    SourceKind,
    Speaker,
    Turn,
)
from quotegrid.domain.text.normalise import one_line

_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source and what is unsure about it."""

    source: Source
    warnings: tuple[ReadWarning, ...]
    quotes_by_kind: Mapping[QuoteKind, int] = field(default_factory=dict)
    """How many quotes of each kind a report has; terms that nobody said are counted and never segments."""
    convention: ConventionMatch | None = None
    """How its speakers are told; None where it has no turns by speakers."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file with everything that is said about it: by itself, by the user and by attributes files."""

    path: Path
    name: str
    """What the source is called in the study."""
    file_hash: str
    read: ReadText
    fields: Mapping[str, HeaderValue]
    """The fields of its header by their standard names."""
    own: Mapping[str, HeaderValue]
    """The study's own attributes in its header."""
    options: ReadingOptions
    stakeholders: Stakeholders
    rows: Sequence[AttributeRow]
    """The rows of all attributes files."""

    def header_value(self, field: str) -> str | None:
        """What the header says in a standard field, None if it has none."""
        value = self.fields.get(field)
        return None if value is None else value.value

    def line_of(self, offset: int) -> int:
        """Return the line of the text, counted from 1, that an offset into it stands on."""
        return self.read.text.count("\n", 0, offset) + 1

    def area(self) -> str | None:
        """The area of the whole source: by the flags, the attributes files or the header, in this order."""
        area = self.options.area or source_attributes(self.rows, self.name)[0] or self.header_value("area")
        return None if area is None else self.options.areas.standard(area)

    def attributes(self) -> dict[str, str]:
        """Return what the header and the attributes files say of the source as a whole."""
        said = source_attributes(self.rows, self.name)[1]
        return {**{name: value.value for name, value in self.own.items()}, **said}

    def source(
        self,
        kind: SourceKind,
        segments: Sequence[Segment],
        speakers: Mapping[str, Speaker],
        turns: tuple[Turn, ...] = (),
    ) -> Source:
        """Return the source that the file becomes; a report or document without a title bears its first line."""
        area = self.area()
        return Source(
            name=self.name,
            kind=kind,
            text=self.read.text,
            file_hash=self.file_hash,
            title=self.header_value("title")
            or (None if kind is SourceKind.TRANSCRIPT else _first_line(self.read)),
            date=self.header_value("date"),
            turns=turns,
            speakers=speakers,
            segments=tuple(segments),
            area=area,
            attributes=self.attributes(),
            pages=self.read.pages,
            comments=self.read.comments,
            repairs=self.read.repairs,
        )


def _first_line(read: ReadText) -> str | None:
    line = next((written for written in read.text[read.body_start :].split("\n") if written.strip()), None)
    return one_line(line)[:_LONGEST_TITLE] if line else None
