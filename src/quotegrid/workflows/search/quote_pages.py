"""A page of quotes at a time, with how many there are under each heading."""

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
    """What is shown at once."""

    found: FoundQuotes
    page: int
    """Counted from 1."""
    cases: int
    """How many different cases say the quotes on all pages."""
    heading: str | None
    """The attribute whose values stand above the quotes; None where the order has none."""
    under: Mapping[str | None, int] = field(default_factory=dict)
    """How many quotes on all pages have each value of it."""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.found.total // PAGE), 1)


def quote_page(study: StudyFolder, query: str, *, sort: Sort | None = None, page: int = 1) -> QuotePage:
    """A page of the quotes that fit a query.

    Raises:
        QueryError: If the query cannot be read.
        UnknownNameError: If it names what the study does not have.
        UsageError: If there is nothing that quotes could be near to.
    """
    found = find_quotes(study, query, sort=sort, page=page, limit=PAGE)
    heading = None if sort is None else _HEADINGS.get(sort)
    heard = study.heard()
    matching = segments_matching(study, query)
    speakers = [heard.speakers[place] for number, place in heard.speaker_of.items() if number in matching]
    return QuotePage(
        found=found,
        page=page,
        cases=len({one.case for one in speakers} - {None}),
        heading=heading,
        under={} if heading is None else Counter(one.value(heading) for one in speakers),
    )
