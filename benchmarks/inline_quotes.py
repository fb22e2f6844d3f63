"""Benchmark of the finding of inline quotes in three real documents: precision and recall.

Run with `python benchmarks/inline_quotes.py`. The documents are `../shared/seeds` 000, 001 and 004, the
quotes in them those of `tests/fixtures/gold`; without the documents there is nothing to measure. A
quote counts as found where both of its offsets are right.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from quotegrid.corpus.reports.block_quotes import find_block_quotes
from quotegrid.corpus.reports.inline_quotes import find_inline_quotes
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, Certainty, QuoteKind
from quotegrid.domain.text.normalise import folded_words, normalise

REPOSITORY = Path(__file__).parent.parent
SEEDS = REPOSITORY.parent / "shared" / "seeds"
GOLD = REPOSITORY / "tests" / "fixtures" / "gold"
DOCUMENTS = {
    "report": ("000_11ae1de85d71c7db.txt", "inline-report.json"),
    "article": ("001_255fb72c33d157b9.txt", "inline-article.json"),
    "paper": ("004_27267dac4c3066ba.txt", "inline-paper.json"),
}
STAKEHOLDERS = Stakeholders(
    {
        "local authority": ("LA", "council"),
        "school": (),
        "college": (),
        "health": ("DCO",),
        "parent carer forum": ("PCF",),
        "SENDIASS": (),
        "parent": ("carer",),
    }
)
"""The groups in the study of the report."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Measured:
    """The quotes found in one document, and its gold quotes."""

    text: str
    gold: dict[Span, AttributedQuote]
    found: dict[Span, AttributedQuote]
    """The quotes found, both inline and scare quotes."""
    seconds: float

    def gold_inline(self, *, sure_only: bool) -> set[Span]:
        """Return the gold inline quotes."""
        return _inline(self.gold, sure_only=sure_only)

    def precision_and_recall(
        self, *, sure_gold: bool, sure_found: bool
    ) -> tuple[float, float, int, int, int]:
        """Return precision, recall, and the numbers of right, found and gold quotes behind them.

        Args:
            sure_gold: Whether to leave debatable quotes out of both figures.
            sure_found: Whether to count only quotes that were found with certainty.
        """
        there = self.gold_inline(sure_only=sure_gold)
        found = _inline(self.found, sure_only=sure_found)
        if sure_gold:
            found -= {span for span, quote in self.gold.items() if quote.certainty is Certainty.UNSURE}
        right = len(found & there)
        return (
            right / len(found) if found else 1.0,
            right / len(there) if there else 1.0,
            right,
            len(found),
            len(there),
        )

    def role_agreement(self) -> tuple[int, int]:
        """Return how many of the inline quotes found have the right role, and how many there are.

        Articles and numbers in front ("one LA leader") do not count; the lists have them as printed.
        """
        both = self.gold_inline(sure_only=False) & _inline(self.found, sure_only=False)
        same = sum(
            _without_determiner(self.gold[span]) == _without_determiner(self.found[span]) for span in both
        )
        return same, len(both)


def _without_determiner(quote: AttributedQuote) -> tuple[str, ...]:
    said = folded_words(quote.role or "")
    return said[1:] if len(said) > 1 and said[0] in {"a", "an", "another", "one", "some", "the"} else said


def _inline(quotes: dict[Span, AttributedQuote], *, sure_only: bool) -> set[Span]:
    return {
        span
        for span, quote in quotes.items()
        if quote.kind is QuoteKind.INLINE and (quote.certainty is Certainty.SURE or not sure_only)
    }


def measure(name: str) -> Measured | None:
    """Look for quotes in one document; None where the document is absent."""
    document, list_of_quotes = DOCUMENTS[name]
    if not (SEEDS / document).exists():
        return None
    text = normalise((SEEDS / document).read_text(encoding="utf-8"))
    began = time.perf_counter()
    blocks = find_block_quotes(text, 0, STAKEHOLDERS)
    found = find_inline_quotes(text, 0, STAKEHOLDERS, blocks)
    seconds = time.perf_counter() - began
    gold = [
        AttributedQuote(
            quote["start"],
            quote["end"],
            quote["role"],
            None,
            QuoteKind(quote["kind"]),
            Certainty(quote["certainty"]),
        )
        for quote in json.loads((GOLD / list_of_quotes).read_text(encoding="utf-8"))
    ]
    return Measured(
        text,
        {(quote.start, quote.end): quote for quote in gold},
        {(quote.start, quote.end): quote for quote in found},
        seconds,
    )


def main() -> None:
    """Print the figures of each document."""
    for name in DOCUMENTS:
        measured = measure(name)
        if measured is None:
            print(f"{name}: the document is not there.")
            continue
        print(f"{name}: {len(measured.text):,} characters in {measured.seconds:.2f} s")
        for title, sure_gold, sure_found in (
            ("sure ones, all found", True, False),
            ("sure ones, found for sure", True, True),
            ("sure and unsure, all found", False, False),
        ):
            precision, recall, right, found, there = measured.precision_and_recall(
                sure_gold=sure_gold, sure_found=sure_found
            )
            print(
                f"  {title:<28} precision {precision:.3f} ({right} of {found})"
                f"  recall {recall:.3f} ({right} of {there})"
            )
        same, count = measured.role_agreement()
        print(f"  roles: {same} of {count} the same")
        kinds = Counter(
            (str(quote.kind), str(measured.found[span].kind) if span in measured.found else "not found")
            for span, quote in measured.gold.items()
        )
        for (there_as, found_as), number in sorted(kinds.items()):
            print(f"  {there_as} quotes found as {found_as}: {number}")
        print(f"  marks paired that the list does not have: {len(set(measured.found) - set(measured.gold))}")


if __name__ == "__main__":
    main()
