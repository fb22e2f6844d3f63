"""Reviewing segment by segment: what is shown, what is decided, how far one has come.

Everything is loaded once, so that going on never waits; each decision is in the database before the
method that makes it returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.codes import Codebook
from quotegrid.domain.decisions import STANDS, Action, Stance
from quotegrid.domain.quotes import Quote
from quotegrid.domain.stakeholders import in_order
from quotegrid.workflows.decide import decide_segment
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.status import Progress
from quotegrid.workflows.undo import Turned
from quotegrid.workflows.undo import redo as redo_last
from quotegrid.workflows.undo import undo as undo_last

if TYPE_CHECKING:
    from quotegrid.storage.sources import TurnView
    from quotegrid.storage.suggestions import StoredSuggestion

_TEXT_AROUND = 600


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code of the segment on the screen: suggested, or applied by hand."""

    code: str
    suggestion: StoredSuggestion | None
    decision: Action | None
    """The last decision on it, None while it waits."""
    stances: tuple[Stance, ...] = ()
    """What coders say of its stance here, where it stands."""

    @property
    def stands(self) -> bool:
        """Whether the code is confirmed."""
        return self.decision in STANDS

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
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


class Review:
    """A walk through the segments.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        self.study = study
        self.only_suggested = True
        """Whether segments without a suggestion or code are passed over."""
        self.reload()

    def reload(self) -> None:
        """Read everything again, and go to the first segment that waits."""
        from quotegrid.storage.quotes import load_quotes
        from quotegrid.storage.suggestions import decided, list_suggestions, skipped

        self.codebook: Codebook = self.study.codebook()
        with self.study.reading_session() as session:
            self._quotes = {quote.id: quote for quote in load_quotes(session)}
            self._suggestions: dict[int, list[StoredSuggestion]] = {}
            for suggestion in list_suggestions(session):
                self._suggestions.setdefault(suggestion.segment, []).append(suggestion)
            names = {
                one.code_id: one.code for many in self._suggestions.values() for one in many
            } | self._code_names()
            self._decisions = {
                (segment, names[code]): action
                for (segment, code), action in decided(session).items()
                if code in names
            }
            self._skipped = skipped(session)
        self._arrange()
        waiting = next((segment for segment in self._order if self._waits(segment)), None)
        if waiting is None:
            waiting = next((segment for segment in self._order if self._waiting(segment)), None)
        self._at = self._order.index(waiting) if waiting is not None else 0

    def _code_names(self) -> dict[int, str]:
        from quotegrid.storage.codes import code_ids

        with self.study.reading_session() as session:
            return {number: name for name, number in code_ids(session).items()}

    def _arrange(self) -> None:
        self._order = [
            segment
            for segment in self._quotes
            if not self.only_suggested or segment in self._suggestions or self._quotes[segment].codes
        ]

    @property
    def has_suggestions(self) -> bool:
        """Whether anything has been suggested yet."""
        return bool(self._suggestions)

    @property
    def waiting(self) -> int:
        """How many suggestions wait for a decision."""
        return sum(len(self._waiting(segment)) for segment in self._order)

    def quote(self, segment: int | None) -> Quote | None:
        """The quote of a segment, None if there is no such segment."""
        return None if segment is None else self._quotes.get(segment)

    def current(self) -> Item | None:
        """The segment under review, None if there are none."""
        if not self._order:
            return None
        segment = self._order[self._at]
        quote = self._quotes[segment]
        return Item(
            quote=quote,
            candidates=self._candidates(segment),
            context=self._context(quote),
            is_skipped=segment in self._skipped,
            position=self._at + 1,
            total=len(self._order),
        )

    def _candidates(self, segment: int) -> list[Candidate]:
        stances = self._quotes[segment].stances
        found = [
            Candidate(one.code, one, self._decisions.get((segment, one.code)), stances.get(one.code, ()))
            for one in self._suggestions.get(segment, [])
        ]
        named = {candidate.code for candidate in found}
        found += [
            Candidate(code, None, self._decisions.get((segment, code), Action.APPLY), stances.get(code, ()))
            for code in self._quotes[segment].codes
            if code not in named
        ]
        return found

    def _context(self, quote: Quote) -> Context:
        from quotegrid.storage.sources import text_around, turns_around

        with self.study.reading_session() as session:
            turns = turns_around(session, quote.id, before=1, after=1)
            if not turns:
                text, first = text_around(session, quote.id, _TEXT_AROUND)
                return Context((), None, (), text[: quote.start - first], text[quote.end - first :])
        at = next(
            number for number, turn in enumerate(turns) if turn.start <= quote.start and quote.end <= turn.end
        )
        return Context(turns[:at], turns[at], turns[at + 1 :])

    def _waiting(self, segment: int) -> list[str]:
        return [
            one.code
            for one in self._suggestions.get(segment, [])
            if (segment, one.code) not in self._decisions
        ]

    def _waits(self, segment: int) -> bool:
        return segment not in self._skipped and bool(self._waiting(segment))

    def move(self, steps: int) -> bool:
        """Go on or back; False at either end."""
        target = self._at + steps
        if not 0 <= target < len(self._order):
            return False
        self._at = target
        return True

    def go_to(self, segment: int) -> bool:
        """Go to a segment, also to one that is passed over; False if there is no such segment."""
        if segment not in self._quotes:
            return False
        if segment not in self._order:
            self.only_suggested = False
            self._arrange()
        self._at = self._order.index(segment)
        return True

    def go_to_next_waiting(self) -> bool:
        """Go to the next segment with an undecided suggestion, round the end; False if none is left."""
        count = len(self._order)
        for step in range(1, count + 1):
            at = (self._at + step) % count
            if self._waits(self._order[at]):
                self._at = at
                return True
        return False

    def show_all(self, everything: bool) -> None:
        """Walk through all segments, or only through those with a suggestion or code."""
        here = self._order[self._at] if self._order else None
        self.only_suggested = not everything
        self._arrange()
        if here in self._order:
            self._at = self._order.index(here)
        else:
            self._at = min(self._at, max(len(self._order) - 1, 0))

    def accept(self, code: str) -> bool:
        """Confirm a code on the segment; False if it stood already."""
        return self._decide(Action.ACCEPT, code)

    def reject(self, code: str) -> bool:
        """Say that a code does not fit, or take off one that was applied by hand."""
        candidate = next((one for one in self._candidates(self._segment) if one.code == code), None)
        by_hand = candidate is not None and candidate.suggestion is None
        return self._decide(Action.REMOVE if by_hand else Action.REJECT, code)

    def apply(self, code: str) -> bool:
        """Apply any code of the codebook to the segment."""
        return self._decide(Action.ACCEPT, code)

    def turn_stance(self, code: str) -> Stance | None:
        """Give a code that stands on the segment the next stance: supports, disputes, mixed, then none again.

        Raises:
            UsageError: If it does not stand by the coder's own decision.
        """
        from quotegrid.storage.decisions import own_stance

        with self.study.reading_session() as session:
            now = own_stance(session, self._segment, code, self.study.settings.coder_name())
        turns: list[Stance | None] = [None, *Stance]
        following = turns[(turns.index(now) + 1) % len(turns)]
        self._decide(Action.MARK, code, following)
        return following

    def skip(self) -> bool:
        """Leave the segment for later."""
        return self._decide(Action.SKIP, None)

    def undo(self) -> Turned | None:
        """Take back the latest decision, and go to its segment, or summary; None if there is none."""
        return self._turned(undo_last(self.study))

    def redo(self) -> Turned | None:
        """Bring again what the latest undo took back, and go to its segment; None if there is nothing."""
        return self._turned(redo_last(self.study))

    def _turned(self, turned: Turned | None) -> Turned | None:
        if turned is not None and turned.segment is not None:
            self._refresh({one.segment for one in turned.decisions})
            self.go_to(turned.segment)
        return turned

    @property
    def _segment(self) -> int:
        return self._order[self._at]

    def _decide(self, action: Action, code: str | None, stance: Stance | None = None) -> bool:
        done = decide_segment(self.study, self._segment, action, code, stance=stance)
        if done.number is not None:
            self._refresh({done.segment})
        return done.number is not None

    def _refresh(self, segments: set[int]) -> None:
        from quotegrid.storage.quotes import load_quotes
        from quotegrid.storage.suggestions import decided, skipped

        names = self._code_names()
        with self.study.reading_session() as session:
            self._quotes |= {quote.id: quote for quote in load_quotes(session, only=segments)}
            actions = decided(session, segments=segments)
            self._skipped = (self._skipped - segments) | skipped(session, segments=segments)
        self._decisions = {key: action for key, action in self._decisions.items() if key[0] not in segments}
        self._decisions |= {(segment, names[code]): action for (segment, code), action in actions.items()}

    def progress_by_group(self) -> list[Progress]:
        """Suggestions decided and made, and quotes coded, for each group."""
        totals: dict[str, list[int]] = {}
        for segment, quote in self._quotes.items():
            row = totals.setdefault(quote.group or "not known", [0, 0, 0])
            made = len(self._suggestions.get(segment, []))
            row[0] += made - len(self._waiting(segment))
            row[1] += made
            row[2] += bool(quote.codes)
        order = in_order(totals, self.study.stakeholders.names)
        return [Progress(name, *totals[name]) for name in order]

    def progress_by_code(self) -> list[Progress]:
        """Suggestions decided and made, and quotes coded, for each code."""
        totals = {code.name: [0, 0, 0] for code in self.codebook.assignable()}
        for segment, many in self._suggestions.items():
            for one in many:
                if one.code in totals:
                    totals[one.code][0] += (segment, one.code) in self._decisions
                    totals[one.code][1] += 1
        for quote in self._quotes.values():
            for name in quote.codes:
                if name in totals:
                    totals[name][2] += 1
        return [Progress(name, *row) for name, row in totals.items()]
