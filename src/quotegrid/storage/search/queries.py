"""Queries as SQL conditions on segments."""

from __future__ import annotations

import time
from functools import cached_property
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, and_, false, func, not_, or_, true
from sqlmodel import Session, col, select

from quotegrid.domain.search.comparison import Comparison
from quotegrid.domain.search.conditions import (
    AllOf,
    AnyOf,
    AttributeCondition,
    CodeCondition,
    CoderCondition,
    CodingCondition,
    ComparedCondition,
    KindCondition,
    LengthCondition,
    Meaning,
    MemoCondition,
    NearWordsCondition,
    NoneOf,
    PatternCondition,
    ReadCondition,
    RelatedCondition,
    SinceCondition,
    StanceCondition,
    UntilCondition,
    WildcardCondition,
    WordsCondition,
)
from quotegrid.domain.search.patterns import SECONDS
from quotegrid.domain.search.relations import PassagePlace, related
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.search.searched_texts import (
    segments_with_memo,
    segments_with_near_words,
    segments_with_pattern,
)
from quotegrid.storage.search.values import QueryValues
from quotegrid.storage.sources.full_text import says
from quotegrid.storage.sources.languages import stemmed_languages
from quotegrid.storage.sources.read_marks import sources_read
from quotegrid.storage.tables import CodeRow, CoderRow, CodingRow, SegmentRow

Condition = ColumnElement[bool]
_FEW_CODES = 3
"""Up to this many codes are looked up by code; with more, each segment's codings are."""


class QueryCondition:
    """The translation of a bound query into a condition on segments.

    Args:
        session: A session.
        values: The speakers' values, if they have been read already.
    """

    def __init__(self, session: Session, values: QueryValues | None = None) -> None:
        self._session = session
        self._values = values or QueryValues(session)
        self._codes = code_ids(session)
        self._languages = stemmed_languages(session)
        self._coders = dict(session.exec(select(CoderRow.name, CoderRow.id)).all())

    def __call__(self, query: Meaning, candidates: Condition | None = None) -> Condition:
        """Return the condition.

        Args:
            query: The query.
            candidates: The condition of the segments for which it will be asked; None for all.

        Raises:
            SlowPatternError: If a pattern takes too long.
        """
        candidates = true() if candidates is None else candidates
        if isinstance(query, AllOf):
            quick = [self(part, candidates) for part in query.parts if not _is_slow(part)]
            fewer = and_(candidates, *quick)
            slow = [self(part, fewer) for part in query.parts if _is_slow(part)]
            return and_(true(), *quick, *slow)
        if isinstance(query, AnyOf):
            # One look at the codings does for all parts that ask about them.
            coded = [part.part for part in query.parts if isinstance(part, CodingCondition)]
            others = [self(part, candidates) for part in query.parts if not isinstance(part, CodingCondition)]
            return or_(false(), *others, *([self._coded(AnyOf(tuple(coded)))] if coded else []))
        if isinstance(query, NoneOf):
            return _is_false(self(query.part, candidates))
        if isinstance(query, RelatedCondition):
            return self._related(query, candidates)
        return self._of_segment(query, candidates)

    @cached_property
    def _until(self) -> float:
        """The time at which all patterns of a query together are given up."""
        return time.monotonic() + SECONDS

    def _of_segment(self, query: Meaning, candidates: Condition) -> Condition:
        """Return a condition that has no parts."""
        match query:
            case AttributeCondition() | ComparedCondition():
                return self._values.condition(query)
            case KindCondition():
                return col(SegmentRow.kind) == query.kind.value
            case LengthCondition():
                return _between(SegmentRow.words, query.comparison)
            case WordsCondition():
                return says(query, self._languages)
            case PatternCondition() | WildcardCondition():
                return among(
                    SegmentRow.id, segments_with_pattern(self._session, query, candidates, self._until)
                )
            case NearWordsCondition():
                return among(SegmentRow.id, segments_with_near_words(self._session, query, candidates))
            case MemoCondition():
                return among(SegmentRow.id, segments_with_memo(self._session, query, self._until))
            case ReadCondition():
                return among(SegmentRow.source_id, sources_read(self._session))
            case CodingCondition():
                return self._coded(query.part)
        raise TypeError(f"{query!r} is asked of a coding")

    def _related(self, query: RelatedCondition, candidates: Condition) -> Condition:
        passages = self._places(and_(candidates, self(query.part, candidates)))
        others = self._places(self(query.other)) if passages else []
        return among(SegmentRow.id, related(passages, others, query.relation, query.scope))

    def _places(self, condition: Condition) -> list[PassagePlace]:
        columns: list[Any] = [
            SegmentRow.id,
            SegmentRow.source_id,
            SegmentRow.turn_id,
            SegmentRow.case_id,
            SegmentRow.start,
            SegmentRow.end,
        ]
        found = self._session.connection().execute(sqlalchemy.select(*columns).where(condition))
        return [PassagePlace(*row) for row in found]

    def _coded(self, part: Meaning) -> Condition:
        codes = _codes(part)
        if codes is not None and len(codes) <= _FEW_CODES:
            coded = select(CodingRow.segment_id).where(self._of_coding(part, of_code=True))
            return col(SegmentRow.id).in_(coded)
        of_segment = col(CodingRow.segment_id) == SegmentRow.id
        counts = col(CodingRow.code_id).in_(select(CodeRow.id).where(col(CodeRow.is_active)))
        return select(CodingRow.id).where(of_segment, counts, self._of_coding(part, of_code=False)).exists()

    def _of_coding(self, query: Meaning, *, of_code: bool) -> Condition:
        """Return the condition on a coding.

        Args:
            query: The query.
            of_code: Whether the database may use its index of codes; adding 0 to the column prevents it.
        """
        if isinstance(query, CodeCondition):
            number: Any = col(CodingRow.code_id) if of_code else col(CodingRow.code_id) + 0
            of_codes: Condition = number.in_([self._codes[name] for name in sorted(query.codes)])
            return of_codes
        if isinstance(query, StanceCondition):
            return col(CodingRow.stance) == query.stance.value
        if isinstance(query, CoderCondition):
            return col(CodingRow.coder_id) == self._coders[query.coder]
        if isinstance(query, SinceCondition):
            return col(CodingRow.at) >= query.at
        if isinstance(query, UntilCondition):
            return col(CodingRow.at) < query.at
        parts = query.parts if isinstance(query, AllOf | AnyOf) else ()
        if isinstance(query, AllOf):
            return and_(true(), *(self._of_coding(part, of_code=of_code) for part in parts))
        if isinstance(query, AnyOf):
            return or_(false(), *(self._of_coding(part, of_code=of_code) for part in parts))
        if isinstance(query, NoneOf):
            return _is_false(self._of_coding(query.part, of_code=of_code))
        raise TypeError(f"{query!r} is asked of a quote")


def matching_segments(session: Session, condition: Condition) -> list[int]:
    """Return the numbers of the segments that match, in their order."""
    rows = session.exec(select(SegmentRow.id).where(condition).order_by(col(SegmentRow.id)))
    return [number for number in rows if number is not None]


def _between(number: Any, comparison: Comparison) -> Condition:
    """Return the condition that a number lies in an interval."""
    parts: list[Condition] = []
    if comparison.lower is not None:
        least = comparison.lower.number
        parts.append(number > least if comparison.is_strict else number >= least)
    if comparison.upper is not None:
        most = comparison.upper.number
        parts.append(number < most if comparison.is_strict else number <= most)
    return and_(true(), *parts)


def _is_slow(query: Meaning) -> bool:
    """Return whether a query looks at texts or places, which is done last and for few segments."""
    if isinstance(query, AllOf | AnyOf):
        return any(map(_is_slow, query.parts))
    if isinstance(query, NoneOf):
        return _is_slow(query.part)
    return isinstance(query, PatternCondition | WildcardCondition | NearWordsCondition | RelatedCondition)


def _is_false(condition: Condition) -> Condition:
    """Negate a condition; where SQL yields null, as for an unknown case, the negation is true."""
    return not_(func.coalesce(condition, false()))


def _codes(part: Meaning) -> frozenset[str] | None:
    """Return the codes one of which a coding must have; None where it may have any."""
    if isinstance(part, CodeCondition):
        return part.codes
    if isinstance(part, AllOf):
        return next((codes for asked in part.parts if (codes := _codes(asked)) is not None), None)
    if isinstance(part, AnyOf) and part.parts:
        found = [_codes(asked) for asked in part.parts]
        known = [codes for codes in found if codes is not None]
        return frozenset().union(*known) if len(known) == len(found) else None
    return None
