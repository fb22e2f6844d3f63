"""A file while it is being read: what is known before its turns or quotes, and the source it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from quotegrid.corpus.people.attributes import AttributeRow, source_attributes
from quotegrid.corpus.sources.reading_options import ReadingOptions
from quotegrid.corpus.transcripts.conventions import ConventionMatch
from quotegrid.domain.people.case_values import attribute_name
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
from quotegrid.domain.text.guess_language import guess_language
from quotegrid.domain.text.languages import parse_language
from quotegrid.domain.text.normalise import one_line

_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source as read from its file, with the warnings about it."""

    source: Source
    warnings: tuple[ReadWarning, ...]
    quotes_by_kind: Mapping[QuoteKind, int] = field(default_factory=dict)
    """The number of quotes of each kind in a report; quoted terms that nobody said are counted but not
    segments.
    """
    convention: ConventionMatch | None = None
    """The convention that marks its speakers; None if it has no turns by speakers."""
    confidence: float | None = None
    """The mean of the probabilities that its turns are read rightly; None if nobody is told from others."""


@dataclass(frozen=True)
class SourceFile:
    """A file with everything known about it: from the file itself, the user and the attributes files."""

    path: Path
    name: str
    """The source's name in the study."""
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

    @property
    def holds_answers(self) -> bool:
        """Return whether it is a table of answers, in which nobody asks whatever people are called."""
        return self.read.turns is not None and self.read.convention is None

    def header_value(self, field: str) -> str | None:
        """Return the header's value of a standard field, or None if it has none."""
        value = self.fields.get(field)
        return None if value is None else value.value

    def line_of(self, offset: int) -> int:
        """Return the line of the text, counted from 1, that contains an offset."""
        return self.read.text.count("\n", 0, offset) + 1

    @cached_property
    def language(self) -> str | None:
        """Return the code of the text's language, which the user or the header says or the text shows."""
        return self._said_language or guess_language(self.read.text[self.read.body_start :])

    @property
    def _said_language(self) -> str | None:
        return self.options.language or parse_language(self.header_value("language") or "")

    def area(self) -> str | None:
        """Return the area of the whole source: the flags', else the attributes files', else the header's."""
        area = self.options.area or source_attributes(self.rows, self.name)[0] or self.header_value("area")
        return None if area is None else self.options.areas.standard(area)

    def attributes(self) -> dict[str, str]:
        """Return the attributes that the header and the attributes files give to the whole source."""
        said = source_attributes(self.rows, self.name)[1]
        own = {attribute_name(name): value.value for name, value in self.own.items()}
        return {**own, **said}

    def source(
        self,
        kind: SourceKind,
        segments: Sequence[Segment],
        speakers: Mapping[str, Speaker],
        turns: tuple[Turn, ...] = (),
    ) -> Source:
        """Build the source; a report or document without a title gets its first line as one.

        Args:
            kind: The source's kind.
            segments: Its segments, with offsets into its text.
            speakers: Its speakers, by the labels of their turns.
            turns: Its turns, with offsets into its text.
        """
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
            language=self.language,
            language_is_set=self._said_language is not None,
        )


def _first_line(read: ReadText) -> str | None:
    line = next((written for written in read.text[read.body_start :].split("\n") if written.strip()), None)
    return one_line(line)[:_LONGEST_TITLE] if line else None
