"""Sources and what they are made of: turns, the cases who speak, and the segments that are coded.

All offsets are code points into the source's normalised text, end exclusive.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from quotegrid.domain.people.cases import Origin, Said, agree
from quotegrid.domain.text.non_speech import non_speech

NAMESPACE = uuid.UUID("7d2a3c3e-5f0b-4f57-9d0e-6f6c1b1c0c11")


class SourceKind(StrEnum):
    """What a source is, and so how it is read."""

    TRANSCRIPT = "transcript"
    REPORT = "report"
    DOCUMENT = "document"


class SegmentKind(StrEnum):
    """Where a segment comes from: a speaker's turn, or a quote in a report."""

    TURN = "turn"
    BLOCK = "block"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as a file or a flag tells; None where nothing is known."""

    name: str
    group: str | None = None
    role: str | None = None
    area: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    line: int | None = field(default=None, compare=False)
    """The line of the file that says so, counted from 1."""
    said: tuple[Said, ...] = field(default=(), compare=False)
    """Every value with where it comes from, also those that do not stand; empty if nobody has noted it."""

    def values(self) -> tuple[Said, ...]:
        """Return every value with where it comes from; as from a header where nobody has noted it."""
        if self.said:
            return self.said
        known = {"group": self.group, "role": self.role, "area": self.area, **self.attributes}
        return tuple(
            Said(field, value, Origin.HEADER, line=self.line) for field, value in known.items() if value
        )

    def filled_by(self, other: Speaker) -> Speaker:
        """This speaker, with what only `other` knows."""
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
        """What both know and know differently: the field, this one's value and the other's."""
        mine = {"group": self.group, "role": self.role, "area": self.area, **self.attributes}
        theirs = {"group": other.group, "role": other.role, "area": other.area, **other.attributes}
        return [
            (field, one, another)
            for field, one in mine.items()
            if one and (another := theirs.get(field)) and not agree(field, one, another)
        ]


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech."""

    start: int
    end: int
    label: str | None
    """The speaker's label as printed, None where the text has none."""
    is_interviewer: bool = False
    time: str | None = None
    """When the turn begins in the recording, as HH:MM:SS."""
    heading: str | None = None
    """The question that it answers, where a table has several."""
    aside: str | None = None
    """What stands in parentheses behind the label: "Ray Moss (parent)"."""


class QuoteKind(StrEnum):
    """How a report shows a quote."""

    BLOCK = "block"
    """A paragraph of its own that ends in an attribution."""
    INLINE = "inline"
    """Words between quotation marks in running text, with who said them."""
    SCARE = "scare"
    """A term between quotation marks that nobody is said to have said; never data."""


class Certainty(StrEnum):
    """Whether an attribution can be relied on."""

    SURE = "sure"
    UNSURE = "unsure"


class Voice(StrEnum):
    """Whether one person is quoted, or the view of several is summed up."""

    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class AttributedQuote:
    """A quote in a report, with the attribution that the report gives it."""

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
    """The headings above it from the widest to the nearest, as far as the text tells their levels."""
    box: str | None = None
    """The title of the case study or box that it stands in."""
    area: str | None = None
    """The area that its attribution, case study or heading names."""
    case: str | None = None
    """The participant's number in the attribution, as printed ("P7", "Participant 12")."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The unit that is coded."""

    start: int
    end: int
    kind: SegmentKind
    turn: int | None = None
    """The index of the turn it is part of."""
    heading: str | None = None
    role: str | None = None
    group: str | None = None
    certainty: Certainty | None = None
    """Whether a report's attribution can be relied on; None where a turn tells who speaks."""
    voice: Voice | None = None
    """Whether one person is quoted or several; None where a turn tells who speaks."""
    headings: tuple[str, ...] = ()
    """The headings above a report's quote from the widest to the nearest."""
    box: str | None = None
    """The title of the case study or box that it stands in."""
    area: str | None = None
    """The area that a report names for this quote, before that of the whole source."""
    case: str | None = None
    """The label in the source's `speakers` of the participant whom a report quotes."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Where the quote has an area of its own, what stands in place of the source's attributes."""


class WarningKind(StrEnum):
    """What an import can be unsure about; the values are how a summary counts them."""

    SPEAKER = "speaker"
    """Who speaks, or whether somebody asks or answers."""
    GROUP = "group"
    """A speaker or a role without a group of the study."""
    AREA = "area"
    """An area that is not one of the study."""
    CONFLICT = "conflict"
    """Two places that say different things about one case."""
    TEXT = "text"
    """A part of the file that could not be read, or was read as something else."""


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something that an import is unsure about."""

    kind: WarningKind
    what: str
    """A whole sentence, without the place."""
    line: int | None = None
    """The line of the file, counted from 1."""

    def __str__(self) -> str:
        return self.what if self.line is None else f"line {self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beside a text, in the program that the file comes from; offsets into the text."""

    start: int
    end: int
    """The same as `start` where the comment stands at a point."""
    author: str | None
    date: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a reader makes of a file: the text, and what the file says about it."""

    text: str
    turns: tuple[Turn, ...] | None = None
    """Turns that the format itself marks (voice tags of captions); None where the text must tell."""
    convention: str | None = None
    """How the format marks them, by the name of a convention; None where it has no such name."""
    header: Mapping[str, HeaderValue] = field(default_factory=dict)
    body_start: int = 0
    """Where the text proper begins, behind front matter or a header block."""
    speakers: tuple[Speaker, ...] = ()
    """Speakers that the header or a table describes one by one."""
    warnings: tuple[ReadWarning, ...] = ()
    """What the reader was unsure about."""
    pages: tuple[int, ...] = ()
    """The offsets in `text` at which the pages begin, in order; empty for formats without pages."""
    comments: tuple[Comment, ...] = ()
    """What was written beside the text, in its order."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """How often what was changed in the file's characters, by `domain.repairs.Repair`."""


@dataclass(frozen=True, slots=True)
class HeaderValue:
    """One field of a file's header and the line it stands on (counted from 1)."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document ready to be stored: text, turns, who speaks, segments."""

    name: str
    kind: SourceKind
    text: str
    file_hash: str
    title: str | None
    date: str | None
    turns: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]
    """The speaker of each turn label or quoted participant; interviewers are not among them."""
    segments: tuple[Segment, ...]
    area: str | None = None
    """The area of the whole source, for quotes without a case."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the whole source, for quotes without a case."""
    pages: tuple[int, ...] = ()
    """The offsets at which its pages begin, in order; empty for formats without pages."""
    comments: tuple[Comment, ...] = ()
    """What was written beside the text: kept as memos."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """How often what was changed in the file's characters, by `domain.repairs.Repair`."""

    def non_speech(self) -> int:
        """Return how many marks of its segments are not speech, and so are kept and not compared with codes."""
        return sum(len(non_speech(self.text[segment.start : segment.end])) for segment in self.segments)


def segment_guid(source_guid: str, start: int, end: int) -> str:
    """Return the same segment of the same source has the same GUID on every machine."""
    return str(uuid.uuid5(NAMESPACE, f"{source_guid}:{start}-{end}"))


def source_guid(name: str, text_digest: str) -> str:
    """Return a source's GUID, from its name and its normalised text's hash."""
    return str(uuid.uuid5(NAMESPACE, f"{name}\n{text_digest}"))
