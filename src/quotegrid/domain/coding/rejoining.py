"""Finds which parts of a coding that edits of turns have cut are one stretch of one turn again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.recutting import Range, holder
from quotegrid.domain.sources.turns import has_words

CodedBy = tuple[int, int]
"""A coder and a code, by their numbers."""


@dataclass(frozen=True, slots=True)
class CutDecision:
    """A decision that went with an edit of turns."""

    entry: int
    """The edit's entry in the journal."""
    action: Action
    segment: int
    code: int
    coder: int


@dataclass(frozen=True, slots=True)
class CodedRange:
    """A coding that stands, with its range."""

    segment: int
    start: int
    end: int
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Rejoined:
    """Codings that are one again."""

    coder: int
    code: int
    parts: tuple[CodedRange, ...]
    whole: Range
    segment: int | None
    """A segment from which the parts were cut and that has no other words; None if there is none."""


def families(decisions: Iterable[CutDecision]) -> dict[CodedBy, list[set[int]]]:
    """Return the segments that cuts have made of one coding, with the segment on which it stood before.

    Args:
        decisions: The decisions that went with edits of turns and count, in their order. Where codings are
            cut or joined, those that fall stand before those that take their places.
    """
    found: dict[CodedBy, list[set[int]]] = defaultdict(list)
    for linked, key in _links(decisions):
        kin = [family for family in found[key] if family & linked]
        others = [family for family in found[key] if not family & linked]
        found[key] = [*others, set(linked).union(*kin)]
    return dict(found)


def rejoined(
    text: str,
    turns: Sequence[Turn],
    key: CodedBy,
    standing: Sequence[CodedRange],
    family: Sequence[tuple[int, Range]],
) -> list[Rejoined]:
    """Return which codings of a family are one again, because one participant's turn holds their words.

    Args:
        text: The source's text.
        turns: Its turns.
        key: The coder and the code.
        standing: The codings with that code and coder that stand on segments of the family.
        family: The segments that were cut from one, each with its range.
    """
    found = []
    for run in _runs(text, turns, sorted(standing, key=lambda coding: (coding.start, coding.end))):
        whole = (run[0].start, max(coding.end for coding in run))
        known = (
            segment
            for segment, (start, end) in sorted(family, key=lambda other: other[1])
            if start <= whole[0]
            and whole[1] <= end
            and not has_words(text, start, whole[0])
            and not has_words(text, whole[1], end)
            and holder(turns, start, end) is not None
        )
        segment = next(known, None)
        parts = tuple(coding for coding in run if coding.segment != segment)
        found.append(Rejoined(*key, parts, whole, segment))
    return found


def _links(decisions: Iterable[CutDecision]) -> Iterable[tuple[set[int], CodedBy]]:
    """Yield the segments of each run of decisions that replaces codings by others, and whose they are."""
    fallen: dict[CodedBy, set[int]] = {}
    entry: int | None = None
    last: tuple[CodedBy, Action] | None = None
    for decision in decisions:
        if decision.entry != entry:
            fallen, entry, last = {}, decision.entry, None
        key = (decision.coder, decision.code)
        if decision.action is Action.MOVE:
            if last != (key, Action.MOVE):
                fallen[key] = set()
            fallen[key].add(decision.segment)
        elif decision.action is Action.APPLY and fallen.get(key):
            yield {*fallen[key], decision.segment}, key
        last = (key, decision.action)


def _runs(
    text: str, turns: Sequence[Turn], standing: Sequence[CodedRange]
) -> Iterable[tuple[CodedRange, ...]]:
    """Yield the codings in order of which several follow each other in one participant's turn."""
    run: list[CodedRange] = []
    for coding in standing:
        is_next = (
            run
            and coding.stance == run[0].stance
            and not has_words(text, run[-1].end, coding.start)
            and holder(turns, run[0].start, coding.end) is not None
        )
        if not is_next:
            if len(run) > 1:
                yield tuple(run)
            run = []
        run.append(coding)
    if len(run) > 1:
        yield tuple(run)
