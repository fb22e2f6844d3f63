"""Pages of the segments that match a query.

Sorting many segments takes longer than finding them. They are therefore counted by source, case and own
value, of which there are few, these are sorted, and only those that reach into the page are looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from quotegrid.domain.search.query import Sort
from quotegrid.storage.engines.portable import joined
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.search.values import QueryValues
from quotegrid.storage.tables import CodingRow, SegmentRow

_OWN: dict[Sort, Any] = {Sort.GROUP: SegmentRow.group, Sort.AREA: SegmentRow.area}
Key = tuple[Any, ...]


def page(
    session: Session,
    condition: ColumnElement[bool],
    values: QueryValues,
    *,
    sort: Sort = Sort.SOURCE,
    first_values: Sequence[str] = (),
    offset: int = 0,
    limit: int | None = None,
) -> tuple[int, list[int]]:
    """Return how many segments match, and the numbers of those on a page.

    Args:
        session: A session.
        condition: The condition that segments must match.
        values: The speakers' values.
        sort: The order, which is not `Sort.NEAREST`.
        first_values: For groups and areas the values that come first, in order; others follow by name.
        offset: The number of segments before the page.
        limit: The number of segments on it; None for all the rest.
    """
    if sort is Sort.NEWEST:
        return _newest(session, condition, offset, limit)
    columns = _columns(sort)
    key = _sorting(sort, values, first_values)
    blocks: dict[Key, int] = {}
    sources: dict[Key, set[int]] = {}
    counted = select(*columns, func.count()).where(condition).group_by(*columns)
    for row in session.connection().execute(counted):
        of_row = key(*row[:-1])
        blocks[of_row] = blocks.get(of_row, 0) + row[-1]
        sources.setdefault(of_row, set()).add(row[0])
    total = sum(blocks.values())
    last = total if limit is None else min(offset + limit, total)
    before = passed = 0
    needed: set[Key] = set()
    for of_block in sorted(blocks):
        if passed + blocks[of_block] <= offset:
            before += blocks[of_block]
        elif passed < last:
            needed.add(of_block)
        passed += blocks[of_block]
    if not needed:
        return total, []
    wanted = {source for of_block in needed for source in sources[of_block]}
    rows = session.connection().execute(
        select(col(SegmentRow.id), col(SegmentRow.start), *columns).where(
            among(SegmentRow.source_id, sorted(wanted)), condition
        )
    )
    found = sorted(
        (of_row, start, number)
        for number, start, *of_segment in rows
        if (of_row := key(*of_segment)) in needed
    )
    return total, [number for _, _, number in found[offset - before : last - before]]


def _columns(sort: Sort) -> list[Any]:
    if sort is Sort.SOURCE:
        return [SegmentRow.source_id]
    if sort is Sort.CASE:
        return [SegmentRow.source_id, SegmentRow.case_id]
    return [SegmentRow.source_id, SegmentRow.case_id, _OWN[sort]]


def _sorting(sort: Sort, values: QueryValues, first_values: Sequence[str]) -> Callable[..., Key]:
    """Return a function from a segment's columns to its sort key; missing values come last."""
    sources = {number: (name.casefold(), name) for number, name, _ in values.sources}
    if sort is Sort.SOURCE:
        return lambda source: sources[source]
    cases = {case.id: case for case in values.cases}
    areas = {number: area for number, _, area in values.sources}
    places = {value: place for place, value in enumerate(first_values)}

    def key(source: int, case_id: int | None, own: str | None = None) -> Key:
        case = None if case_id is None else cases[case_id]
        if sort is Sort.CASE:
            value = None if case is None else case.name
        else:
            value = own or (None if case is None else case.own(sort.value))
        if sort is Sort.AREA:
            value = value or areas[source]
        place = places.get(value, len(places)) if value else len(places) + 1
        return (place, (value or "").casefold(), value or "", *sources[source])

    return key


def _newest(
    session: Session, condition: ColumnElement[bool], offset: int, limit: int | None
) -> tuple[int, list[int]]:
    """Walk back through the codings until the page is full; uncoded segments follow in their order."""
    by_source = select(joined(SegmentRow.id)).where(condition).group_by(col(SegmentRow.source_id))
    gathered = ",".join(numbers for (numbers,) in session.connection().execute(by_source))
    fitting = dict.fromkeys(json.loads(f"[{gathered}]"))
    last = len(fitting) if limit is None else min(offset + limit, len(fitting))
    newest: dict[int, None] = {}
    walked = session.connection().execute(
        select(col(CodingRow.segment_id))
        .order_by(col(CodingRow.decision_id).desc())
        .execution_options(yield_per=1000)
    )
    for (segment,) in walked:
        if segment in fitting:
            newest[segment] = None
            if len(newest) == last:
                break
    walked.close()
    if len(newest) < last:
        rest = select(col(SegmentRow.id)).order_by(col(SegmentRow.source_id), col(SegmentRow.start))
        newest |= {
            number: None for (number,) in session.connection().execute(rest.where(condition)) if number
        }
    return len(fitting), list(newest)[offset:last]
