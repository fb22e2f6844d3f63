"""Queries as SQL conditions on segments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, true
from sqlmodel import Session, col, select

from quotegrid.domain.search.meaning import (
    AllOf,
    AnyOf,
    AttributeCondition,
    CodeCondition,
    CoderCondition,
    CodingCondition,
    KindCondition,
    Meaning,
    NoneOf,
    SinceCondition,
    StanceCondition,
    UntilCondition,
    WordsCondition,
)
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.search.values import QueryValues
from quotegrid.storage.sources.full_text import says
from quotegrid.storage.sources.languages import stemmed_languages
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
        self._values = values or QueryValues(session)
        self._codes = code_ids(session)
        self._languages = stemmed_languages(session)
        self._coders = dict(session.exec(select(CoderRow.name, CoderRow.id)).all())

    def __call__(self, query: Meaning) -> Condition:
        """Return the condition."""
        if isinstance(query, AttributeCondition):
            return self._values.condition(query)
        if isinstance(query, KindCondition):
            return col(SegmentRow.kind) == query.kind.value
        if isinstance(query, WordsCondition):
            return says(query, self._languages)
        if isinstance(query, CodingCondition):
            return self._coded(query.part)
        if isinstance(query, AllOf):
            return and_(true(), *map(self, query.parts))
        if isinstance(query, AnyOf):
            # One look at the codings does for all parts that ask about them.
            coded = [part.part for part in query.parts if isinstance(part, CodingCondition)]
            others = [part for part in query.parts if not isinstance(part, CodingCondition)]
            return or_(false(), *map(self, others), *([self._coded(AnyOf(tuple(coded)))] if coded else []))
        if isinstance(query, NoneOf):
            return _is_false(self(query.part))
        raise TypeError(f"{query!r} is asked of a coding")

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
