"""A segment as the review shows it: its words in context, and its suggested and applied codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotegrid.domain.coding.decisions import STANDS, Action, Stance
from quotegrid.domain.coding.quotes import Quote

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.sources import TurnView
    from quotegrid.storage.suggestions.suggestions import StoredSuggestion

_TEXT_AROUND = 600


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code of the segment on the screen: suggested, or applied by hand."""

    code: str
    suggestion: StoredSuggestion | None
    decision: Action | None
    """The last decision on it, None while it is undecided."""
    stances: tuple[Stance, ...] = ()
    """The stances that coders gave it, where it stands."""

    @property
    def stands(self) -> bool:
        """Return whether the code is confirmed."""
        return self.decision in STANDS

    @property
    def waits(self) -> bool:
        """Return whether it is undecided."""
        return self.decision is None


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a segment, in reading order; offsets count in the source."""

    before: Sequence[TurnView]
    turn: TurnView | None
    """The turn that the segment is part of, None for a report's quote."""
    after: Sequence[TurnView]
    text_before: str = ""
    """For a report's quote, the text in front of it."""
    text_after: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One segment to be reviewed."""

    quote: Quote
    candidates: Sequence[Candidate]
    context: Context
    is_skipped: bool
    position: int
    """Counted from 1 among the segments under review."""
    total: int
    is_draft: bool = False
    """Whether the quote is a chosen range without codings yet."""
    repeats: int = 0
    """The number of other segments with exactly the same words."""


def with_cuts(session: Session, segments: Sequence[int], changed: Collection[int]) -> list[int]:
    """Return the segments in the order of the sources, after some have come into use or fallen out of it.

    Args:
        session: A session.
        segments: The earlier segments, in the order of the sources.
        changed: The segments that have come or gone.
    """
    from quotegrid.storage.coding.review import segments_beside

    found = list(segments)
    for of_source, of_changed in segments_beside(session, changed):
        block = of_changed.union(of_source)
        places = [place for place, segment in enumerate(found) if segment in block]
        found[places[0] : places[-1] + 1] = of_source
    return found


def redrawn(session: Session, quote: Quote, start: int, end: int) -> Quote:
    """Return the quote as it would be with another range of its turn."""
    from quotegrid.storage.sources.sources import source_words

    return replace(quote, start=start, end=end, text=source_words(session, quote.source, start, end))


def read_quote(session: Session, segment: int) -> Quote | None:
    """Return the quote of a segment; None where there is no such segment."""
    from quotegrid.storage.search.quotes import load_quotes

    return next(iter(load_quotes(session, only=[segment])), None)


def read_candidates(session: Session, quote: Quote) -> list[Candidate]:
    """Return the codes suggested for a segment in their order, then those applied to it by hand."""
    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.storage.suggestions.suggestions import decided, list_suggestions

    names = {number: name for name, number in code_ids(session).items()}
    decisions = {names[code]: action for (_, code), action in decided(session, segments=[quote.id]).items()}
    found = [
        Candidate(
            suggestion.code,
            suggestion,
            decisions.get(suggestion.code),
            quote.stances.get(suggestion.code, ()),
        )
        for suggestion in list_suggestions(session, segments=[quote.id])
    ]
    named = {candidate.code for candidate in found}
    found += [
        Candidate(code, None, decisions.get(code, Action.APPLY), quote.stances.get(code, ()))
        for code in quote.codes
        if code not in named
    ]
    return found


def read_context(session: Session, quote: Quote) -> Context:
    """Return the turn of a segment and its neighbours; for a report's quote, the text around it."""
    from quotegrid.storage.sources.sources import text_around, turns_around

    turns = turns_around(session, quote.id, before=1, after=1)
    if not turns:
        text, first = text_around(session, quote.id, _TEXT_AROUND)
        return Context((), None, (), text[: quote.start - first], text[quote.end - first :])
    at = next(
        number for number, turn in enumerate(turns) if turn.start <= quote.start and quote.end <= turn.end
    )
    return Context(turns[:at], turns[at], turns[at + 1 :])
