"""The segments of a review: their order, the one under review, and the progress.

Only numbers are held of all segments; the words of one are read when it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.coding.review import Waiting, Walk, WalkScope
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.review.items import (
    Item,
    read_candidates,
    read_context,
    read_quote,
    redrawn,
    with_cuts,
)
from quotegrid.workflows.coding.review.progress import ReviewProgress
from quotegrid.workflows.coding.review.repeats import Repeats
from quotegrid.workflows.coding.review.walk import walk_order
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session

Range = tuple[int, int]


class ReviewedSegments:
    """The segments of a walk; they are read at the first use, or by `load`.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        self.study = study
        self.walk = Walk()
        self._is_loaded = False
        self._repeats = Repeats({})
        self._at = 0
        self._item: Item | None = None
        """The segment under review, unless something has changed on it."""
        self.chosen: tuple[int, Range] | None = None
        """A segment without codings of the coder's, and the range that will be coded instead."""
        self._decided = 0
        """The number of decisions made or seen."""
        self.deciding = Lock()
        """A lock that is held while a decision is made and counted."""
        self.progress: ReviewProgress | None = None
        """The progress; None until it is counted again."""

    def count_progress(self) -> None:
        """Count the progress, which takes a moment in a large study."""
        while True:
            before, progress = self._decided, ReviewProgress(self.study)
            with self.deciding:
                # A decision that fell while it was counted may be in it or not.
                if before == self._decided:
                    self.progress = progress
                    return

    def load(self) -> None:
        """Read the segments, unless that has been done."""
        if not self._is_loaded:
            self.reload()

    def reload(self) -> None:
        """Read everything again, and go to the first segment with an undecided suggestion."""
        self._read()
        waiting = next((segment for segment in self._order if self._waits(segment)), None)
        if waiting is None:
            waiting = next((segment for segment in self._order if segment in self._waiting), None)
        self._at = self._place[waiting] if waiting is not None else 0

    def read_again(self) -> None:
        """Read everything again if it was read before; go to an undecided segment if none is under review."""
        if self._is_loaded:
            if self.current() is None:
                self.reload()
            else:
                self.refresh()

    def refresh(self) -> None:
        """Read everything again, and stay at the segment under review."""
        self.load()
        here = self._segment if self._order else None
        self._read()
        self._stay_at(here)

    def _read(self) -> None:
        from quotegrid.storage.coding.review import (
            marked_segments,
            repeated_segments,
            segments_in_order,
            skipped_segments,
            waiting_suggestions,
        )
        from quotegrid.storage.coding.stopping import latest_draw, looked_at

        self._codebook = current_codebook(self.study)
        with self.study.reading_session() as session:
            self._segments = segments_in_order(session)
            self._marked = marked_segments(session)
            self._waiting = waiting_suggestions(session)
            self._skipped = skipped_segments(session)
            self._repeats = self._repeats.renewed(repeated_segments(session))
            draw = latest_draw(session)
            self._drawn = () if draw is None else tuple(draw.segments)
            self._looked_at = looked_at(session, self._drawn)
        self._there = set(self._segments)
        self._is_loaded = True
        self._arrange(self.walk)

    def _arrange(self, walk: Walk) -> None:
        self._order: Sequence[int] = walk_order(
            self.study, walk, self._segments, self._waiting, marked=self._marked, drawn=self._drawn
        )
        self._place = {segment: place for place, segment in enumerate(self._order)}
        self._waiting_here = sum(
            waiting.count for segment, waiting in self._waiting.items() if segment in self._place
        )
        self.walk = walk
        self._item = None

    def _stay_at(self, segment: int | None) -> None:
        at = self._place.get(segment or 0, self._at)
        self._at = min(at, max(len(self._order) - 1, 0))

    @property
    def codebook(self) -> Codebook:
        """Return the codebook as of when the review was read."""
        self.load()
        return self._codebook

    @property
    def has_suggestions(self) -> bool:
        """Return whether anything has been suggested yet, or coded."""
        self.load()
        return bool(self._marked)

    @property
    def waiting(self) -> int:
        """Return the number of undecided suggestions on the segments of the walk."""
        self.load()
        return self._waiting_here

    def quote(self, segment: int | None) -> Quote | None:
        """Return the quote of a segment, None if there is no such segment."""
        if segment is None:
            return None
        with self.study.reading_session() as session:
            return read_quote(session, segment)

    def current(self) -> Item | None:
        """Return the segment under review, None if there are none."""
        self.load()
        if not self._order:
            return None
        # A worker that takes in what others did may let go of the item at any time.
        item = self._item
        if item is None or item.quote.id != self._segment:
            item = self._item = self._read_item(self._segment)
        return item

    def _read_item(self, segment: int) -> Item | None:
        with self.study.reading_session() as session:
            quote = read_quote(session, segment)
            if quote is None:
                return None
            chosen = self.chosen_for(segment)
            if chosen is not None:
                quote = redrawn(session, quote, *chosen)
            return Item(
                quote=quote,
                candidates=read_candidates(session, quote),
                context=read_context(session, quote),
                is_skipped=segment in self._skipped,
                position=self._at + 1,
                total=len(self._order),
                is_draft=chosen is not None,
                repeats=self._repeats.others(segment),
            )

    def _take_in_cuts(self, session: Session, new: set[int], gone: set[int]) -> None:
        """Add segments that were cut out by hand, and drop those that fell out of use."""
        here = self._segment if self._order else None
        self._segments = with_cuts(session, self._segments, new | gone)
        self._there = (self._there | new) - gone
        self._marked = (self._marked | new) - gone
        self._arrange(self.walk)
        self._stay_at(here)

    def _waits(self, segment: int) -> bool:
        if self.walk.which is WalkScope.DRAWN:
            return segment not in self._looked_at
        return segment in self._waiting and segment not in self._skipped

    @property
    def drawn(self) -> tuple[int, int]:
        """Return how many segments of the random sample have been read, and how many there are."""
        self.load()
        return len(self._looked_at), len(self._drawn)

    def move(self, steps: int) -> bool:
        """Go forward or back; return False at either end."""
        self.load()
        target = self._at + steps
        if not 0 <= target < len(self._order):
            return False
        self._at = target
        return True

    def go_to(self, segment: int) -> bool:
        """Go to a segment, even one outside the walk; return False if there is no such segment."""
        self.load()
        if segment not in self._place:
            if segment not in self._segments:
                return False
            self._arrange(Walk(which=WalkScope.ALL, order=self.walk.order))
        self._at = self._place[segment]
        return True

    def go_to_next_waiting(self) -> bool:
        """Go to the next segment with an undecided suggestion, wrapping around; return False if none is left.

        Repeats of a passage that was decided on here come after all others.
        """
        self.load()
        emptied: set[int] = set()
        with self.deciding:
            while (at := self._next_waiting()) is not None:
                self._at = at
                if self.walk.which is WalkScope.DRAWN or at in emptied or self._has_waiting_candidate():
                    return True
                # What was learned a moment ago has taken its suggestions away.
                emptied.add(at)
                self.look_again({self._order[at]})
        return False

    def _next_waiting(self) -> int | None:
        count = len(self._order)
        later: int | None = None
        in_order = self.walk.which is WalkScope.DRAWN
        for step in range(1, count + 1):
            at = (self._at + step) % count
            if self._waits(self._order[at]):
                if in_order or not self._repeats.can_wait(self._order[at]):
                    return at
                later = at if later is None else later
        return later

    def _has_waiting_candidate(self) -> bool:
        item = self.current()
        return item is not None and any(candidate.waits for candidate in item.candidates)

    @contextmanager
    def held(self) -> Iterator[int | None]:
        """Hold still while suggestions are stored, and give the segment under review."""
        with self.deciding:
            yield self._segment if self._order else None

    def choose(self, walk: Walk) -> None:
        """Walk through other segments, or in another order.

        It stays at the segment under review if that is among them, and starts over with another order; in
        a random sample it starts with the first segment that nobody has read.

        Raises:
            QueryError: If the walk's query cannot be read; the walk then stays as it was.
            UnknownNameError: If it names what the study does not have; likewise.
        """
        self.load()
        here = self._segment if self._order else None
        before = self.walk
        with self.deciding:
            self._arrange(walk)
        if walk.which is WalkScope.DRAWN:
            # Who begins elsewhere than at the first chooses, and what is chosen is no random sample.
            self._at = next((at for at, segment in enumerate(self._order) if self._waits(segment)), 0)
        elif walk.order is before.order:
            self._stay_at(here)
        else:
            self._at = 0

    def draw_again(self) -> None:
        """Read the segment under review again at its next use."""
        self._item = None

    @property
    def _segment(self) -> int:
        return self._order[self._at]

    def show_cut(self, before: int, now: int, *others: int) -> None:
        """Go to a segment to which codings of another were moved; the caller holds `deciding`."""
        self.look_again({before, now, *others})
        self.progress = None
        self.go_to(now)

    def ahead(self, most: int) -> list[int]:
        """Return the next segments of the walk with an undecided suggestion, without the one under review."""
        self.load()
        count = len(self._order)
        following = (self._order[(self._at + step) % count] for step in range(1, count))
        return list(islice((segment for segment in following if segment in self._waiting), most))

    def waits_at(self, segment: int) -> bool:
        """Return whether a segment has an undecided suggestion."""
        return segment in self._waiting

    def look_again(self, segments: Collection[int]) -> None:
        """Read the undecided suggestions of segments again."""
        from quotegrid.storage.coding.review import waiting_suggestions
        from quotegrid.storage.coding.stopping import looked_at
        from quotegrid.storage.sources.hand_made import in_use
        from quotegrid.storage.suggestions.suggestions import skipped

        self.load()
        with self.study.reading_session() as session:
            there = in_use(session, segments)
            waiting = waiting_suggestions(session, segments=segments)
            is_skipped = skipped(session, segments=segments)
            of_draw = set(self._drawn).intersection(segments)
            self._looked_at = self._looked_at - of_draw | looked_at(session, of_draw)
            known = self._there.intersection(segments)
            if there != known:
                self._take_in_cuts(session, there - known, known - there)
        self._decided += 1
        for segment in segments:
            before, now = self._waiting.pop(segment, None), waiting.get(segment)
            if now is not None:
                self._waiting[segment] = now
            if segment in self._place:
                self._waiting_here += _count(now) - _count(before)
        self._skipped = self._skipped.difference(segments) | is_skipped
        self._item = None

    def chosen_for(self, segment: int) -> Range | None:
        """Return the range that was chosen for a segment and is not yet coded."""
        return None if self.chosen is None or self.chosen[0] != segment else self.chosen[1]


def _count(waiting: Waiting | None) -> int:
    return 0 if waiting is None else waiting.count
