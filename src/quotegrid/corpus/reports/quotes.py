"""Finds the attributed quotes of a report, each with the headings, box and area that it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from quotegrid.corpus.reports.block_quotes import find_block_quotes
from quotegrid.corpus.reports.inline_quotes import find_inline_quotes
from quotegrid.corpus.reports.outline import find_outline, place_of
from quotegrid.corpus.reports.table_quotes import find_table_quotes
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, QuoteKind

_LONGEST_GAP = 40
"""The most characters between a quote and its attribution: marks, a dash or bracket, blank lines."""


def find_quotes(
    text: str, start: int, stakeholders: Stakeholders, areas: Collection[str] = ()
) -> tuple[AttributedQuote, ...]:
    """Return the quotes of a report, in order.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        stakeholders: The study's groups and roles.
        areas: The study's areas.
    """
    apart = find_block_quotes(text, start, stakeholders, areas)
    in_tables = [
        quote
        for quote in find_table_quotes(text, start, stakeholders, areas)
        if not any(other.start < quote.end and quote.start < other.end for other in apart)
    ]
    blocks = (*apart, *in_tables)
    inline = find_inline_quotes(text, start, stakeholders, blocks)
    return place_quotes((*blocks, *inline), text, start, stakeholders, areas)


def place_quotes(
    quotes: Sequence[AttributedQuote],
    text: str,
    start: int,
    stakeholders: Stakeholders,
    areas: Collection[str] = (),
) -> tuple[AttributedQuote, ...]:
    """Return quotes of any kind, in order, with the headings, box and area that they belong to.

    An area named by an attribution takes precedence over that of a box or heading.

    Args:
        quotes: The quotes, block quotes among them.
        text: The normalised text.
        start: The offset at which the body begins.
        stakeholders: The study's groups and roles.
        areas: The study's areas.
    """
    if not quotes:
        return ()
    apart = [
        (quote.start, _end_of_attribution(text, quote)) for quote in quotes if quote.kind is QuoteKind.BLOCK
    ]
    outline = find_outline(text, start, stakeholders, areas, apart)
    found = []
    for quote in sorted(quotes, key=lambda candidate: (candidate.start, candidate.end)):
        place = place_of(outline, quote.start)
        found.append(
            replace(
                quote,
                heading=place.headings[-1] if place.headings else None,
                headings=place.headings,
                box=place.box,
                area=quote.area or place.area,
            )
        )
    return tuple(found)


def _end_of_attribution(text: str, quote: AttributedQuote) -> int:
    if not quote.role:
        return quote.end
    first = quote.role.split()[0]
    begin = text.find(first, quote.end, quote.end + _LONGEST_GAP + len(first))
    return quote.end if begin == -1 else begin + len(first)
