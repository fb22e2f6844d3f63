"""Pages of quotes, with counts by heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from quotegrid.domain.search.query import Sort
from quotegrid.workflows.search.find_quotes import FoundQuotes, find_quotes, segments_matching
from quotegrid.workflows.study.folder import StudyFolder

PAGE = 30
_HEADINGS = {Sort.SOURCE: "source", Sort.GROUP: "group", Sort.AREA: "area", Sort.CASE: "case"}


@dataclass(frozen=True, slots=True)
class QuotePage:
    """A page of quotes."""

    found: FoundQuotes
    page: int
    """The number of the page, counted from 1."""
    quotes: int
    """The number of quotes on all pages; passages that overlap are one."""
    cases: int
    """The number of different cases behind the quotes on all pages."""
    heading: str | None
    """The attribute whose values are the headings; None where the order has none."""
    under: Mapping[str | None, int] = field(default_factory=dict)
    """The number of quotes on all pages under each heading."""

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return max(-(-self.found.total // PAGE), 1)


def quote_page(study: StudyFolder, query: str, *, sort: Sort | None = None, page: int = 1) -> QuotePage:
    """Return a page of the quotes that match a query.

    Raises:
        QueryError: If the query cannot be read.
        UnknownNameError: If it names what the study does not have.
        UsageError: If `near:` has no words to compare with.
    """
    found = find_quotes(study, query, sort=sort, page=page, limit=PAGE)
    heading = None if sort is None else _HEADINGS.get(sort)
    heard = study.heard()
    matching = segments_matching(study, query)
    quotes = heard.apart(heard.speaker_of.keys() & matching)
    speakers = [heard.speakers[heard.speaker_of[number]] for number in quotes]
    return QuotePage(
        found=found,
        page=page,
        quotes=len(quotes),
        cases=len({speaker.case for speaker in speakers} - {None}),
        heading=heading,
        under={} if heading is None else Counter(speaker.value(heading) for speaker in speakers),
    )
