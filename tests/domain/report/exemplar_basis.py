"""What exemplars are chosen by, worked out from quotes."""

from __future__ import annotations

from collections.abc import Iterable

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.report.exemplars import ExemplarBasis
from quotegrid.domain.sources.model import Certainty
from quotegrid.domain.text.words import word_count


def basis_of(quotes: Iterable[Quote]) -> ExemplarBasis:
    """Return what these quotes are chosen by."""
    lengths: dict[int, frozenset[int]] = {}
    marked: dict[str, frozenset[int]] = {}
    unsure = set()
    for quote in quotes:
        words = word_count(quote.text)
        lengths[words] = lengths.get(words, frozenset()) | {quote.id}
        for code in quote.exemplar_of:
            marked[code.casefold()] = marked.get(code.casefold(), frozenset()) | {quote.id}
        if quote.certainty is Certainty.UNSURE:
            unsure.add(quote.id)
    return ExemplarBasis(lengths, frozenset(unsure), marked)
