"""Decides what a file is to a study: new, known, changed, renamed, or a copy of another source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """The relation of a file to the sources of a study."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """The file of a source, with other content than when it was imported."""
    RENAMED = "renamed"
    """The text of a source whose own file is no longer there."""
    SAME_TEXT = "same text"
    """The text of another source, whose file is still there."""
    SAME_WORDS = "same words"
    """The words of another source, with other white space, punctuation or capitals."""


@dataclass(frozen=True, slots=True)
class KnownSource:
    """The facts by which a source's file is recognised."""

    id: int | None
    """None for a source that a preview has read and not stored."""
    name: str
    path: str
    """The path of its file, relative to the study if it was inside it; empty if unknown."""
    file_hash: str
    text_hash: str
    word_hash: str
    """Empty for a text without a letter or digit."""
    decisions: int = 0
    """The number of decisions on it and of edits of its turns, also of those that were taken back."""
    standing: int = 0
    """The number of decisions on it that count."""
    edits: int = 0
    """The number of edits of its turns that count."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """A file's standing, and the source that it corresponds to."""

    standing: Standing
    known: KnownSource | None = None


class Catalogue:
    """The sources of a study, kept up to date while an import goes through its files.

    Args:
        sources: The study's sources.
        is_there: Returns whether a source's own file is still in its place.
        again: Whether files whose text or words are known under another name count as new all the same.
    """

    def __init__(
        self,
        sources: Iterable[KnownSource],
        is_there: Callable[[KnownSource], bool],
        *,
        again: bool = False,
    ) -> None:
        self._sources = {source.name: source for source in sources}
        self._is_there = is_there
        self._again = again

    def by_file(self, name: str, file_hash: str) -> Recognition | None:
        """Return what a file's bytes show without reading its text, or None if it must be read."""
        known = self._sources.get(name)
        if known is not None:
            return Recognition(Standing.UNCHANGED, known) if known.file_hash == file_hash else None
        return self._like(name, lambda source: source.file_hash == file_hash)

    def by_text(self, name: str, text_hash: str, word_hash: str) -> Recognition:
        """Return what the text of a file shows."""
        known = self._sources.get(name)
        if known is not None and known.text_hash == text_hash:
            return Recognition(Standing.UNCHANGED, known)
        like = self._like(name, lambda source: source.text_hash == text_hash)
        if like is None and word_hash:
            like = self._like(name, lambda source: source.word_hash == word_hash, Standing.SAME_WORDS)
        if like is not None:
            return like
        return Recognition(Standing.NEW) if known is None else Recognition(Standing.CHANGED, known)

    def knows(self, name: str) -> bool:
        """Return whether there is a source with a name."""
        return name in self._sources

    def remember(self, source: KnownSource, *, instead_of: str | None = None) -> None:
        """Add a source that has been imported, read again or renamed."""
        if instead_of is not None:
            self._sources.pop(instead_of, None)
        self._sources[source.name] = source

    def _like(
        self,
        name: str,
        fits: Callable[[KnownSource], bool],
        standing: Standing = Standing.SAME_TEXT,
    ) -> Recognition | None:
        """Return another source that fits, preferring one whose file is gone."""
        if self._again:
            return None
        like = [source for source in self._sources.values() if source.name != name and fits(source)]
        if not like:
            return None
        if standing is Standing.SAME_TEXT and name not in self._sources:
            gone = next((source for source in like if not self._is_there(source)), None)
            if gone is not None:
                return Recognition(Standing.RENAMED, gone)
        return Recognition(standing, like[0])
