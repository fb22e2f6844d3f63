"""Sources and their parts: turns, the cases who speak, and the segments that are coded.

All offsets are code points into the source's normalised text, end exclusive.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from quotegrid.domain.people.case_values import Origin, StatedValue, agree
from quotegrid.domain.text.non_speech import non_speech

NAMESPACE = uuid.UUID("7d2a3c3e-5f0b-4f57-9d0e-6f6c1b1c0c11")


class SourceKind(StrEnum):
    """The kind of a source, which decides how it is read."""

    TRANSCRIPT = "transcript"
    REPORT = "report"
    DOCUMENT = "document"


class SegmentKind(StrEnum):
    """The origin of a segment: a speaker's turn, or a quote in a report."""

    TURN = "turn"
    BLOCK = "block"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker, with the values that a file or a flag gives; None where nothing is known."""

    name: str
    group: str | None = None
    role: str | None = None
    area: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    line: int | None = field(default=None, compare=False)
    """The line of the file that describes the speaker, counted from 1."""
    said: tuple[StatedValue, ...] = field(default=(), compare=False)
    """Every value with its origin, including those that do not stand; empty if none has been recorded."""

    def values(self) -> tuple[StatedValue, ...]:
        """Return every value with its origin, which is the header if none has been recorded."""
        if self.said:
            return self.said
        known = {"group": self.group, "role": self.role, "area": self.area, **self.attributes}
        return tuple(
            StatedValue(field, value, Origin.HEADER, line=self.line)
            for field, value in known.items()
            if value
        )

    def filled_by(self, other: Speaker) -> Speaker:
        """Return this speaker, completed with values that only `other` has."""
        return Speaker(
            name=self.name,
            group=self.group or other.group,
            role=self.role or other.role,
            area=self.area or other.area,
            attributes={**other.attributes, **self.attributes},
            line=self.line,
            said=(*self.said, *(value for value in other.said if value not in self.said)),
        )

    def differs_from(self, other: Speaker) -> list[tuple[str, str, str]]:
        """Return the fields in which both have different values: field, own value and the other's."""
        mine = {"group": self.group, "role": self.role, "area": self.area, **self.attributes}
        theirs = {"group": other.group, "role": other.role, "area": other.area, **other.attributes}
        return [
            (field, own, another)
            for field, own in mine.items()
            if own and (another := theirs.get(field)) and not agree(field, own, another)
        ]


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech."""

    start: int
    end: int
    label: str | None
    """The speaker's label as printed; None if the text has none."""
    is_interviewer: bool = False
    time: str | None = None
    """The time in the recording at which the turn begins, as HH:MM:SS."""
    heading: str | None = None
    """The question that it answers, if a table has several."""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Its own attributes, where a table tells them row by row."""
    aside: str | None = None
    """The words in parentheses after the label: "Ray Moss (parent)"."""


class QuoteKind(StrEnum):
    """The way in which a report shows a quote."""

    BLOCK = "block"
    """A paragraph of its own that ends in an attribution."""
    INLINE = "inline"
    """Words in quotation marks in running text, attributed to a speaker."""
    SCARE = "scare"
    """A term in quotation marks that nobody is said to have said; never data."""


class Certainty(StrEnum):
    """Whether an attribution is reliable."""

    SURE = "sure"
    UNSURE = "unsure"


class Voice(StrEnum):
    """Whether one person is quoted, or the view of several is summarised."""

    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class AttributedQuote:
    """A quote in a report, with its attribution."""

    start: int
    end: int
    role: str | None
    """The attribution as printed, without emphasis marks; None for a term that nobody said."""
    heading: str | None
    """The nearest heading above it."""
    kind: QuoteKind = QuoteKind.BLOCK
    certainty: Certainty = Certainty.SURE
    voice: Voice = Voice.PERSON
    headings: tuple[str, ...] = ()
    """The headings above it from the widest to the nearest, as far as the text shows their levels."""
    box: str | None = None
    """The title of the case study or box that contains it."""
    area: str | None = None
    """The area named by its attribution, case study or heading."""
    case: str | None = None
    """The participant's number in the attribution, as printed ("P7", "Participant 12")."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The unit that is coded."""

    start: int
    end: int
    kind: SegmentKind
    turn: int | None = None
    """The index of the turn that contains it."""
    heading: str | None = None
    role: str | None = None
    group: str | None = None
    certainty: Certainty | None = None
    """Whether a report's attribution is reliable; None if a turn names the speaker."""
    voice: Voice | None = None
    """Whether one person is quoted or several; None if a turn names the speaker."""
    headings: tuple[str, ...] = ()
    """The headings above a report's quote from the widest to the nearest."""
    box: str | None = None
    """The title of the case study or box that contains it."""
    area: str | None = None
    """The area that a report names for this quote, which takes precedence over the whole source's."""
    case: str | None = None
    """The label, in the source's `speakers`, of the participant whom a report quotes."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Its own attributes, which replace the source's and the case's: those of its own area, or of its row."""


class WarningKind(StrEnum):
    """The kinds of what an import may be unsure about, the worst first."""

    WORDS = "words"
    """Words that may be counted for somebody who did not say them."""
    SPEAKER = "speaker"
    """The identity of a speaker, or the question whether a speaker is an interviewer."""
    GROUP = "group"
    """A speaker or a role without a group of the study."""
    AREA = "area"
    """An area that is not one of the study's."""
    CONFLICT = "conflict"
    """Two places with different values for one case."""
    TEXT = "text"
    """A part of the file that could not be read, or was read as something else."""


ABOUT_TURNS = frozenset({WarningKind.WORDS, WarningKind.SPEAKER, WarningKind.TEXT})
"""The kinds that are about what a file says and who says it, not about people."""


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something that an import is unsure about."""

    kind: WarningKind
    what: str
    """A complete sentence, without the place."""
    line: int | None = None
    """The line of the file, counted from 1."""
    names: tuple[str, ...] = field(default=(), compare=False)
    """The people or things that it is about, if others like it can be told together with it."""
    many: str = field(default="", compare=False)
    """The sentence for many, with "{count}" for their number: "the group of {count} people is not known"."""
    lines: tuple[int, ...] = field(default=(), compare=False)
    """Every line that it is about, if it is about several."""
    each: str = field(default="", compare=False)
    """The sentence about each of these lines."""

    def __str__(self) -> str:
        return self.what if self.line is None else f"line {self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Comment:
    """A note written beside a text in the program that made the file, with offsets into the text."""

    start: int
    end: int
    """The same as `start` if the comment is at a point."""
    author: str | None
    date: str | None
    text: str


class ParagraphStyle(StrEnum):
    """The look of a paragraph where it differs from the words around it."""

    HEADING = "heading"
    EMPHASISED = "emphasised"
    """Bold, italic or underlined from end to end."""
    NUMBERED = "numbered"
    """An item of a numbered list, whose number the file does not hold as text."""
    LEAD = "lead"
    """Not a whole paragraph but its first words, bold or in italics where the others are not."""
    QUESTION = "question"
    """Called a question by the file's format: by its column or its class."""
    ANSWER = "answer"
    """Called an answer likewise."""


@dataclass(frozen=True, slots=True)
class StyledParagraph:
    """A paragraph with a look of its own, with offsets into the text."""

    start: int
    end: int
    style: ParagraphStyle


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text of a file, and what the file says about it."""

    text: str
    turns: tuple[Turn, ...] | None = None
    """Turns that the format itself marks (voice tags of captions); None if the text must be searched for
    them.
    """
    convention: str | None = None
    """The name of the convention by which the format marks turns; None if it has no name."""
    header: Mapping[str, HeaderValue] = field(default_factory=dict)
    body_start: int = 0
    """The offset at which the body begins, after front matter, a header block and a legend."""
    legend: Mapping[str, str] = field(default_factory=dict)
    """The name or role that the file says each label stands for: {"I": "Interviewer", "RM": "Ray Moss"}."""
    speakers: tuple[Speaker, ...] = ()
    """Speakers that the header or a table describes individually."""
    warnings: tuple[ReadWarning, ...] = ()
    """Warnings of the reader."""
    pages: tuple[int, ...] = ()
    """The offsets in `text` at which the pages begin, in order; empty for formats without pages."""
    comments: tuple[Comment, ...] = ()
    """Notes written beside the text, in order."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """The number of changes to the file's characters of each `domain.text.repairs.Repair`."""
    styles: tuple[StyledParagraph, ...] = ()
    """Its paragraphs with a look of their own, in order."""


@dataclass(frozen=True, slots=True)
class HeaderValue:
    """One field of a file's header, and its line (counted from 1)."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document ready to be stored: text, turns, speakers, segments."""

    name: str
    kind: SourceKind
    text: str
    file_hash: str
    title: str | None
    date: str | None
    turns: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]
    """The speaker of each turn label or quoted participant, without interviewers."""
    segments: tuple[Segment, ...]
    area: str | None = None
    """The area of the whole source, for quotes without a case."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the whole source, for quotes without a case."""
    pages: tuple[int, ...] = ()
    """The offsets at which its pages begin, in order; empty for formats without pages."""
    comments: tuple[Comment, ...] = ()
    """Notes written beside the text, which become memos."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """The number of changes to the file's characters of each `domain.text.repairs.Repair`."""
    language: str | None = None
    """The code of its language, by `domain.text.languages`; None if it is not known."""
    language_is_set: bool = False
    """Whether the user or the file says the language; else it was guessed."""

    def non_speech(self) -> int:
        """Return the number of marks in its segments that are not speech and are not compared with codes."""
        return sum(len(non_speech(self.text[segment.start : segment.end])) for segment in self.segments)


def segment_guid(source_guid: str, start: int, end: int) -> str:
    """Return a segment's GUID, which is the same on every machine for the same range of a source."""
    return str(uuid.uuid5(NAMESPACE, f"{source_guid}:{start}-{end}"))


def source_guid(name: str, text_digest: str) -> str:
    """Return a source's GUID, made from its name and its normalised text's hash."""
    return str(uuid.uuid5(NAMESPACE, f"{name}\n{text_digest}"))
