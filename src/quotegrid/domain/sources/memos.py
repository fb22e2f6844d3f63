"""Memos: a researcher's notes on the study, its sources, people and codes, on codings and passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class MemoSubject(StrEnum):
    """The kind of thing that a memo is on, or that its text links to."""

    STUDY = "study"
    """The study: an entry of the research diary."""
    SOURCE = "source"
    CASE = "case"
    CODE = "code"
    CODING = "coding"
    """A code on a passage, as one coder applied it."""
    PASSAGE = "passage"
    """A passage, or any other words of a source."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The thing that a memo is on or links to, by GUIDs, which no renaming changes."""

    subject: MemoSubject
    guid: str = ""
    """The GUID: of a coding its passage's, of words beyond a passage their source's; empty for the study."""
    code: str = ""
    """The GUID of a coding's code."""
    start: int | None = None
    """The place where the words begin in their source, up to `end`; None for a passage and a whole source."""
    end: int | None = None


STUDY = Reference(MemoSubject.STUDY)
"""The reference to the study itself."""


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a thing of the study."""

    id: int
    source: str | None
    """The source in which the thing stands; None for the study, a case and a code."""
    segment: int | None
    """The segment that it is about; None if it is about no segment, or about one no longer in use."""
    start: int | None
    """The offset at which its words begin in the source's text, up to `end`; None if it is about no words."""
    end: int | None
    author: str
    at: str
    text: str
    """Markdown, with the present names of what it links to."""
    is_imported: bool
    """Whether it is a comment that came with the source's file."""
    guid: str = ""
    reference: Reference = STUDY
    about: str = ""
    """The present name of the thing; its last one where the thing is gone."""
    code: str | None = None
    """The code that it is about, or that of the coding."""
    case: str | None = None
    coder: str | None = None
    """The coder whose coding it is about."""
    changed_at: str | None = None
    """When its text was last changed."""
    day: str | None = None
    """The day that an entry of the diary is about, if that is not the day of its writing."""
    is_gone: bool = False
    """Whether the thing is no longer there: taken off, removed, no longer in the codebook."""
    kept: str = ""
    """The text as it is stored, with the GUIDs of what it links to."""

    @property
    def subject(self) -> MemoSubject:
        """Return the kind of thing that it is on."""
        return self.reference.subject

    @property
    def date(self) -> str:
        """Return the day or time by which memos are in order in the diary."""
        return self.day or self.at


@dataclass(frozen=True, slots=True)
class MemoChange:
    """An entry of the journal on a memo."""

    entry: int
    memo: int
    text: str
    """The text from then on; empty where the memo was deleted."""
    at: str = ""


def latest_changes(log: Iterable[MemoChange], taken_back: Iterable[int]) -> dict[int, MemoChange]:
    """Return the last change that counts of each memo, by the memo's number.

    Args:
        log: The changes.
        taken_back: The entries of the journal that do not count.
    """
    gone = set(taken_back)
    changes = sorted(log, key=lambda change: change.entry)
    return {change.memo: change for change in changes if change.entry not in gone}


def followed(guid: str, standing: Mapping[str, str], merged: Mapping[str, str]) -> str:
    """Return the GUID of what a code or case has become: the one that it was merged into, or itself.

    Args:
        guid: The GUID.
        standing: The names of what stands, by GUID.
        merged: For what was merged, what stands for it.
    """
    seen: set[str] = set()
    while guid not in standing and guid in merged and guid not in seen:
        seen.add(guid)
        guid = merged[guid]
    return guid
