"""A source for reading: its text, turns, passages and codings. Offsets count code points of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.sources.unspoken import unspoken


@dataclass(frozen=True, slots=True)
class ReadableSource:
    """A source that can be opened."""

    id: int
    name: str
    title: str | None
    groups: tuple[str, ...]
    """The groups of its speakers."""
    segments: int
    coded: int
    """The number of its segments that have a code."""
    is_read: bool = False
    """Whether it is read to the end."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech."""

    start: int
    end: int
    label: str | None
    is_interviewer: bool
    time: str | None
    is_nobodys: bool = False
    """Whether these are words of the transcript that belong to nobody's turn."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment."""

    segment: int
    start: int
    end: int
    who: str
    """The speaker, with role, group and area as far as they are known."""


@dataclass(frozen=True, slots=True)
class CodedRange:
    """A coding of a segment, with its range."""

    segment: int
    start: int
    end: int
    code: str
    coders: tuple[str, ...]
    stances: tuple[Stance, ...] = ()

    @property
    def label(self) -> str:
        """Return the code with its stances."""
        words = "/".join(stance.value for stance in self.stances)
        return f"{self.code} ({words})" if words else self.code


@dataclass(frozen=True, slots=True)
class PendingSuggestion:
    """A suggestion that is still to be decided on, with its range."""

    segment: int
    start: int
    end: int
    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Remark:
    """A memo on a range."""

    start: int
    end: int
    author: str
    text: str
    code: str | None = None
    """The code, where the memo is on a coding."""
    is_on_source: bool = False
    """Whether it is on the whole source."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that the import of a source was unsure about, and that nobody has ticked off."""

    place: int
    """Its place among those of the source, counted from 0."""
    line: int | None
    """The line of the source's file, counted from 1; None where it is about the whole file."""
    start: int | None
    """The offset at which that line begins."""
    what: str


@dataclass(frozen=True, slots=True)
class SourceAnnotations:
    """The codings, suggestions and memos on a source's text, and whether it is read: what people change."""

    codings: Sequence[CodedRange] = ()
    pencilled: Sequence[PendingSuggestion] = ()
    remarks: Sequence[Remark] = ()
    is_read: bool = False
    """Whether the source is read to the end."""
    doubts: Sequence[Doubt] = ()
    """The doubts of its import that nobody has ticked off, in the order of the text."""

    def unsure_in(self, text: str, start: int, end: int) -> list[Doubt]:
        """Return what is unsure on the lines that a range touches.

        Args:
            text: The source's text.
            start: The start of the range.
            end: Its end.
        """
        first = text.rfind("\n", 0, start) + 1
        return [doubt for doubt in self.doubts if doubt.start is not None and first <= doubt.start < end]

    @property
    def has_memo(self) -> bool:
        """Whether there is a memo on the whole source."""
        return any(memo.is_on_source for memo in self.remarks)

    def codings_in(self, start: int, end: int) -> list[CodedRange]:
        """Return the codings that share a code point with a range."""
        return [coding for coding in self.codings if coding.start < end and start < coding.end]

    def pencilled_in(self, start: int, end: int) -> list[PendingSuggestion]:
        """Return the suggestions that share a code point with a range."""
        return [
            suggestion for suggestion in self.pencilled if suggestion.start < end and start < suggestion.end
        ]

    def remarks_in(self, start: int, end: int) -> list[Remark]:
        """Return the memos on a range, or on part of it."""
        return [memo for memo in self.remarks if memo.start < end and start < max(memo.end, memo.start + 1)]


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source's text with its turns and passages: the part that decisions do not change."""

    id: int
    name: str
    text: str
    turns: Sequence[Turn]
    passages: Sequence[Passage]
    pages: Sequence[int] = ()
    """The offsets at which pages begin; empty for formats without pages."""
    body_start: int = 0
    """The offset behind the fields at the top that tell of the source, which are not shown."""

    def blocks(self) -> list[Turn]:
        """Return the turns with what is nobody's between them, or the paragraphs of a text without turns."""
        if self.turns:
            others = [
                Turn(start, end, None, is_interviewer=False, time=None, is_nobodys=True)
                for start, end in unspoken(self.text, self.turns)
                if start >= self.body_start
            ]
            return sorted([*self.turns, *others], key=lambda block: block.start)
        found = []
        at = 0
        for paragraph in self.text.split("\n\n"):
            if paragraph.strip():
                start = at + len(paragraph) - len(paragraph.lstrip())
                found.append(Turn(start, at + len(paragraph.rstrip()), None, False, None))
            at += len(paragraph) + 2
        return found

    def passages_in(self, start: int, end: int) -> list[Passage]:
        """Return the segments that share a code point with a range."""
        return [passage for passage in self.passages if passage.start < end and start < passage.end]


def found_in(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return the ranges of words in a text, ignoring case; white space matches any white space."""
    import re

    words = wanted.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]
