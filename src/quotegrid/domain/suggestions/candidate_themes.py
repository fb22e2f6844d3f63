"""Candidate themes: themes proposed in the participants' words, and what a researcher made of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.text.normalise import counted, folded_words

_SHARED = 0.5
"""The share of the smaller theme's quotes that two themes must have in common to be the same."""


class ThemeState(StrEnum):
    """A researcher's decision on a candidate theme."""

    OPEN = "open"
    ACCEPTED = "accepted"
    """It has become a code."""
    MERGED = "merged"
    """It has been merged into an existing code."""
    SET_ASIDE = "set aside"
    REFUSED = "not a theme"


@dataclass(frozen=True, slots=True)
class ThemeQuote:
    """A passage that the machine assigns to a candidate theme."""

    segment: int
    start: int
    """The offset, in the source's text, at which the telling words begin."""
    end: int
    says: bool
    """Whether it contains the theme's own words; otherwise it is near in meaning."""
    flags: tuple[str, ...] = ()
    """Whether the theme is negated or reported there."""


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """A candidate theme as it was found."""

    name: str
    """Words that a participant said."""
    variants: tuple[str, ...]
    """Other words for it, the nearest first."""
    quotes: tuple[ThemeQuote, ...]
    """Its core, then other passages with its words, then those near in meaning, the nearest first."""

    @property
    def segments(self) -> frozenset[int]:
        """Return the segments of its quotes."""
        return frozenset(quote.segment for quote in self.quotes)


def is_same(theme: FoundTheme, other: FoundTheme) -> bool:
    """Return whether two candidate themes are one: same name, or half of the smaller one's quotes shared."""
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
