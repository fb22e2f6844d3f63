"""The query of the quotes screen, its order and the page that it found last."""

from __future__ import annotations

from quotegrid.domain.coding.quotes import counted_quotes
from quotegrid.domain.search.query import Sort
from quotegrid.domain.text.normalise import counted
from quotegrid.workflows.search.find_quotes import asks_for_nearness
from quotegrid.workflows.search.quote_pages import QuotePage, quote_page
from quotegrid.workflows.study.folder import StudyFolder

ORDERS = {
    Sort.SOURCE: "by source",
    Sort.GROUP: "by group",
    Sort.AREA: "by area",
    Sort.CASE: "by case",
    Sort.NEWEST: "last coded first",
    Sort.NEAREST: "nearest first",
}
"""The orders that quotes can be shown in, and their names."""


class QuoteSearch:
    """A search for quotes.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        self._study = study
        self.query = ""
        self.sort: Sort | None = None
        self.page: QuotePage | None = None
        """The page that was found last; None before anything was found."""

    @property
    def number(self) -> int:
        """The number of the page, from 1."""
        return 1 if self.page is None else self.page.page

    def has_page(self, number: int) -> bool:
        """Return whether there is a page with a number."""
        return self.page is not None and 1 <= number <= self.page.pages

    def find(self, query: str, number: int) -> QuotePage:
        """Return a page of the quotes that fit a query, in the chosen order if the query allows it."""
        sort = self.sort
        if sort is Sort.NEAREST and not asks_for_nearness(self._study, query):
            sort = None
        return quote_page(self._study, query, sort=sort, page=number)

    def headings(self) -> dict[int, str]:
        """Return the headings of the page, by the place of the quote below each."""
        page = self.page
        if page is None or page.heading is None:
            return {}
        headings: dict[int, str] = {}
        before: object = object()
        for place, quote in enumerate(page.found.quotes):
            value = quote.value(page.heading)
            if value != before:
                headings[place] = f"{value or 'not known'}: {counted(page.under.get(value, 0), 'quote')}"
            before = value
        return headings

    def summary(self) -> str:
        """Return how many quotes fit, and which of them are on the page."""
        if self.page is None:
            return "Searching"
        found = self.page.found
        parts = [f"{counted_quotes(self.page.quotes, found.total)} by {counted(self.page.cases, 'case')}"]
        if found.total:
            parts.append(f"{found.first:,} to {found.first + len(found.quotes) - 1:,}")
        if self.sort is not None:
            parts.append(f"by {self.sort.value}" if self.sort is not Sort.NEAREST else "nearest first")
        return "   ".join(parts)
