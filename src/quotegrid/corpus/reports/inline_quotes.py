"""Finds the quotes in a report's running text and attributes each to its speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from quotegrid.corpus.reports.paragraph_quotes import ParagraphQuotes
from quotegrid.corpus.reports.phrase_finder import PhraseFinder
from quotegrid.corpus.reports.quotation_marks import paragraph_bounds, quoted_spans
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote

_LOWER_WORD = re.compile(r"(?<![^\W_])[a-z][a-z'\u2019-]*")


def find_inline_quotes(
    text: str, start: int, stakeholders: Stakeholders, blocks: Sequence[AttributedQuote] = ()
) -> tuple[AttributedQuote, ...]:
    """Return the words between quotation marks in running text, in order, attributed to their speakers.

    A quote is inline if a reporting verb or construction in its sentence names a speaker, and scare if nobody
    is said to have said it. It is unsure if the construction leaves open whether the words are the speaker's,
    or whom a pronoun refers to.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        stakeholders: The study's groups and roles.
        blocks: The report's block quotes, in which no inline quotes are searched for.

    Returns:
        Quotes without headings, with offsets into `text` of the words between the marks.
    """
    finder = PhraseFinder(stakeholders, frozenset(_LOWER_WORD.findall(text)))
    taken = sorted((block.start, block.end) for block in blocks)
    quotes: list[AttributedQuote] = []
    before: tuple[int, int] | None = None
    for first, last in paragraph_bounds(text, start):
        for begin, end in _outside(first, last, taken):
            spans = quoted_spans(text, begin, end)
            if spans:
                quotes.extend(ParagraphQuotes(text, begin, end, spans, finder, before).quotes())
            before = (begin, end) if (begin, end) == (first, last) else None
    return tuple(quotes)


def _outside(first: int, last: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts of a paragraph that lie outside block quotes."""
    parts = []
    number = max(bisect_right(taken, (first, first)) - 1, 0)
    for begin, end in taken[number:]:
        if begin >= last:
            break
        if end <= first:
            continue
        if begin > first:
            parts.append((first, begin))
        first = end
    return [*parts, (first, last)] if first < last else parts
