"""Says where the passages of a source go when a corrected version takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotegrid.domain.sources.model import Source
from quotegrid.domain.sources.reanchoring import Outcome, Placement, Reanchoring, fitted
from quotegrid.domain.text.words import word_count

LEAST_ALIKE = 0.5
"""The share of the old words that a corrected version has in long runs; below it is another text."""


@dataclass(frozen=True, slots=True)
class OldPassage:
    """A passage of the version that is replaced."""

    id: int
    start: int
    end: int
    is_referenced: bool
    """Whether a decision, memo or mark stands on it, so that it must be placed or listed."""
    label: str | None = None
    """The label of who speaks."""
    is_aside: bool = False
    """Whether no participant's turn holds it: it is kept for its decisions, and counts nowhere."""


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage, and its place in the corrected version."""

    passage: OldPassage
    placement: Placement
    is_whole: bool = False
    """Whether it is exactly one of the passages into which the corrected version is cut."""
    label: str | None = None
    """The label of who speaks there."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """The places of an old version's passages and memos in a corrected version."""

    likeness: float
    """The share of the old words that stand in long runs of the new text, from 0 to 1."""
    passages: Sequence[PlacedPassage]
    """The passages that stay: those that a new passage is the same as, and those that something stands on."""
    ranges: Sequence[Placement]
    """The places of the ranges that were given besides."""
    new_passages: int
    """The number of new passages that no old one is."""
    new_words: int
    """The number of their words."""


def plan_replacement(
    reanchoring: Reanchoring,
    new: Source,
    passages: Sequence[OldPassage],
    ranges: Sequence[tuple[int, int]] = (),
) -> Replacement:
    """Return where the passages of a source go.

    A passage that a turn or quote of the new version does not contain is cut to the one that has most of it;
    one that lies in what an interviewer says, or in no turn, cannot be placed, unless it was so before.

    Args:
        reanchoring: The places of the old version's words in the new one.
        new: The corrected version.
        passages: The old version's passages, those that an import cut before those that were cut by hand.
        ranges: Further ranges of the old text: of memos.
    """
    cuts = {(segment.start, segment.end) for segment in new.segments}
    utterances = list(_utterances(new))
    free = set(cuts)
    found = []
    for passage in passages:
        placement = reanchoring.place(passage.start, passage.end)
        if placement.outcome is not Outcome.LOST:
            near = [cut for cut in cuts if cut[0] < placement.end and placement.start < cut[1]]
            placement = fitted(new.text, placement, near)
            within = _within(new.text, placement, utterances)
            placement = placement if passage.is_aside else within
        place = (placement.start, placement.end)
        is_whole = placement.outcome is not Outcome.LOST and place in free
        if is_whole:
            free.discard(place)
        if is_whole or passage.is_referenced:
            label = _label(new, placement) if placement.outcome is not Outcome.LOST else None
            found.append(PlacedPassage(passage, placement, is_whole, label))
    return Replacement(
        likeness=reanchoring.likeness(),
        passages=found,
        ranges=[reanchoring.place(start, end) for start, end in ranges],
        new_passages=len(free),
        new_words=sum(word_count(new.text[start:end]) for start, end in free),
    )


def _label(source: Source, placement: Placement) -> str | None:
    """Return the label of the turn or quote that contains a placement."""
    turns = [turn for turn in source.turns if turn.start <= placement.start and placement.end <= turn.end]
    quotes = (
        segment.case
        for segment in source.segments
        if segment.start <= placement.start and placement.end <= segment.end
    )
    return turns[0].label if turns else next(quotes, None)


def _utterances(source: Source) -> Iterator[tuple[int, int]]:
    """Yield the turns that have passages, and the quotes of a report."""
    speaking = {segment.turn for segment in source.segments}
    for number, turn in enumerate(source.turns):
        if number in speaking:
            yield turn.start, turn.end
    for segment in source.segments:
        if segment.turn is None:
            yield segment.start, segment.end


def _within(text: str, placement: Placement, utterances: Sequence[tuple[int, int]]) -> Placement:
    """Return a placement within one turn or quote: the one that has most of it."""
    shares = [
        (min(end, placement.end) - max(start, placement.start), -start, max(start, placement.start),
         min(end, placement.end))
        for start, end in utterances
    ]  # fmt: skip
    length, _, start, end = max(shares, default=(0, 0, 0, 0))
    if length == placement.end - placement.start:
        return placement
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if 2 * length < placement.end - placement.start or not word_count(text[start:end]):
        return Placement(Outcome.LOST)
    return Placement(Outcome.CHANGED, start, end, has_same_words=False)
