"""Themes that nobody has named yet: what is found in the participants' words, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.text.normalise import counted, folded_words

_SHARED = 0.5
"""The share of the smaller theme's quotes that two must have in common to be one."""


class ThemeState(StrEnum):
    """What a person has said of a theme."""

    OPEN = "open"
    ACCEPTED = "accepted"
    """It has become a code."""
    MERGED = "merged"
    """It has gone into a code that was there."""
    SET_ASIDE = "set aside"
    REFUSED = "not a theme"


@dataclass(frozen=True, slots=True)
class ThemeQuote:
    """A passage that belongs to a theme, as far as a machine can tell."""

    segment: int
    start: int
    """Where the words that tell it begin in the source's text."""
    end: int
    says: bool
    """Whether the theme's own words stand in it; otherwise it is near in meaning."""
    flags: tuple[str, ...] = ()
    """Whether it is negated or reported there."""


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """A theme as it is found."""

    name: str
    """Words that somebody said."""
    variants: tuple[str, ...]
    """Other words for it, nearest first."""
    quotes: tuple[ThemeQuote, ...]
    """Its core first, then what else says it, then what is near to it, nearest first."""

    @property
    def segments(self) -> frozenset[int]:
        """Return the segments of its quotes."""
        return frozenset(quote.segment for quote in self.quotes)


def is_same(theme: FoundTheme, other: FoundTheme) -> bool:
    """Return whether two findings are one theme: of one name, or half of the smaller one's quotes in common."""
    if folded_words(theme.name) == folded_words(other.name):
        return True
    smaller = min(len(theme.segments), len(other.segments))
    return smaller > 0 and len(theme.segments & other.segments) >= _SHARED * smaller


def draft_definition(name: str, variants: tuple[str, ...], voices: int, groups: int) -> str:
    """Return a first definition for a researcher to rewrite: who says it, in which words."""
    words = [f"“{word}”" for word in (name, *variants)]
    told = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    who = f"{counted(voices, 'speaker')} in {counted(groups, 'group')}" if groups else "the sources"
    return f"Draft, to be rewritten: what {who} say as {told}."
