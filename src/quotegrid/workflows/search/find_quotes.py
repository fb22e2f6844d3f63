"""The search for quotes by a query: all that match, or a page of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.search.conditions import Meaning
from quotegrid.domain.search.meaning import find_searched_patterns, find_searched_words
from quotegrid.domain.search.patterns import SlowPatternError
from quotegrid.domain.search.query import (
    And,
    Everything,
    Field,
    Node,
    Sort,
    Term,
    ValueForm,
    all_of,
    terms,
)
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.errors import QueryError, UsageError
from quotegrid.workflows.codebook.codebook_file import bring_in_step
from quotegrid.workflows.search.query_names import QueryNames
from quotegrid.workflows.search.saved_queries import with_saved
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.nearness import similarities

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.search.values import Condition, QueryValues
    from quotegrid.suggestions.encoder import Encoder

PAGE = 50


@dataclass(frozen=True, slots=True)
class FoundQuotes:
    """A page of the quotes that match a query."""

    quotes: list[Quote]
    total: int
    """The number of matches on all pages."""
    first: int = 1
    """The position of the page's first quote among them, counted from 1."""
    places: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """The ranges in each quote that contain the words of `text:`, in code points of its text."""
    similarity: Mapping[int, float] = field(default_factory=dict)
    """The similarity of each quote to the words of `near:`, from -1 to 1."""


def segments_matching(study: StudyFolder, query: str | Node) -> set[int]:
    """Return the numbers of all segments that match a query; `near:` leaves none out.

    Raises:
        QueryError: If the query cannot be read.
        UnknownNameError: If it names what the study does not have.
    """
    from quotegrid.storage.search.queries import matching_segments

    with _asked(study, query) as asked:
        return set(matching_segments(asked.session, asked.condition))


def find_quotes(
    study: StudyFolder,
    query: str | Node = "",
    *,
    sort: Sort | None = None,
    page: int = 1,
    limit: int | None = None,
    encoder: Encoder | None = None,
    report: ProgressReport | None = None,
) -> FoundQuotes:
    """Return the quotes that match a query, or a page of them.

    Args:
        study: The study.
        query: The query, as text or parsed.
        sort: The order; None for the nearest first with `near:`, else by source and place.
        page: The page, counted from 1.
        limit: The quotes on a page; None for all at once.
        encoder: The encoder for `near:`; None for the study's model.
        report: Called with the progress of embedding and of reading.

    Raises:
        QueryError: If the query cannot be read.
        UnknownNameError: If it names what the study does not have.
        UsageError: If `near:` has no words to compare with.
    """
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.search.searched_texts import pattern_places
    from quotegrid.storage.sources.full_text import spoken_places

    offset = (page - 1) * limit if limit is not None else 0
    with _asked(study, query) as asked:
        near: dict[int, float] = {}
        sort = sort or (Sort.NEAREST if asked.near else Sort.SOURCE)
        if asked.near:
            near = similarities(
                study, asked.session, asked.condition, asked.near, encoder=encoder, report=report
            )
        if sort is Sort.NEAREST:
            if not asked.near:
                raise UsageError("there is nothing to be nearest to.", todo='Ask for near:"some words".')
            ranked = sorted(near, key=lambda number: (-near[number], number))
            total, numbers = len(ranked), ranked[offset : None if limit is None else offset + limit]
        else:
            total, numbers = _numbers(study, asked, sort, offset, limit)
        by_number = {quote.id: quote for quote in load_quotes(asked.session, only=numbers, report=report)}
        quotes = [by_number[number] for number in numbers]
        texts = {quote.id: quote.text for quote in quotes}
        spoken = spoken_places(asked.session, find_searched_words(asked.meaning), texts)
        matched = pattern_places(find_searched_patterns(asked.meaning), texts)
        places = {
            number: tuple(sorted({*spoken.get(number, ()), *matched.get(number, ())}))
            for number in spoken.keys() | matched.keys()
        }
    shown = {number: near[number] for number in numbers if number in near}
    return FoundQuotes(quotes, total, offset + 1, places, shown)


def asks_for_nearness(study: StudyFolder, query: str | Node) -> bool:
    """Return whether a query ranks its results by `near:`."""
    return bool(_without_near(with_saved(study, query)[1])[1])


def _numbers(
    study: StudyFolder, asked: _Asked, sort: Sort, offset: int, limit: int | None
) -> tuple[int, list[int]]:
    from quotegrid.storage.search.pages import page

    first = {Sort.GROUP: study.stakeholders.names, Sort.AREA: study.areas.names}.get(sort, ())
    return page(
        asked.session,
        asked.condition,
        asked.values,
        sort=sort,
        first_values=first,
        offset=offset,
        limit=limit,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    values: QueryValues
    meaning: Meaning
    condition: Condition
    near: tuple[str, ...]


@contextmanager
def _asked(study: StudyFolder, query: str | Node) -> Iterator[_Asked]:
    """Return a query as a condition on segments, and a session for it."""
    from quotegrid.storage.search.queries import QueryCondition
    from quotegrid.storage.search.values import QueryValues

    text, node = with_saved(study, query)
    node, near = _without_near(node)
    bring_in_step(study)
    with study.reading_session() as session:
        values = QueryValues(session)
        meaning = QueryNames(study, session, values, text).meaning(node)
        try:
            condition = QueryCondition(session, values)(meaning)
        except SlowPatternError as error:
            pattern = next(
                (term for term in terms(node) if term.form in (ValueForm.PATTERN, ValueForm.WILDCARD)), None
            )
            column = 1 if pattern is None else pattern.value_column
            raise QueryError(error.what, query=text, column=column, todo=error.todo) from error
        yield _Asked(session, values, meaning, condition, near)


def _without_near(query: Node) -> tuple[Node, tuple[str, ...]]:
    """Return the query's filter, and the words that it ranks by: `near:` outside OR and NOT."""
    if isinstance(query, Term) and query.field == Field.NEAR:
        return Everything(), (query.value,)
    if isinstance(query, And):
        parts = [_without_near(part) for part in query.parts]
        kept = [part for part, _ in parts if part != Everything()]
        return all_of(kept), tuple(words for _, near in parts for words in near)
    return query, ()
