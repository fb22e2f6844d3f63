"""The listing of a draft's checked claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.exchange.listing import Record, column, record_of

if TYPE_CHECKING:
    from quotegrid.workflows.report.check_claims import CheckedClaim, Verdict


def _numbers(quotes: Sequence[Mapping[str, Any]]) -> list[int]:
    return [quote["id"] for quote in quotes]


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A sentence of a draft that was checked."""

    line: int = column("where the sentence begins in the draft; in a Word document the paragraph")
    verdict: Verdict = column(
        "`borne out`, `not borne out`, `cannot be told`, `unread` (its number is not read) or `no amount`"
    )
    why: str = column("the counts, or why it cannot be told, in words")
    sentence: str = column("the sentence")
    code: str = column("the code as the codebook spells it, or as the draft does where there is none")
    said: str = column('the amount in a standard form: "most", "7 of 9", "at least 3", "over 1/2", "75%"')
    who: str = column("whom it is said of")
    areas: Sequence[str] = column("of which areas; empty for everywhere")
    stance: Stance | None = column("the stance that is claimed; null where none is")
    negated: bool = column("whether it is said of those who did not")
    cases: int | None = column("how many cases it is true of; null where that cannot be told")
    base: int | None = column(
        "of how many read to the end, with `--of heard` of how many heard; null where that cannot be told"
    )
    not_coded: int | None = column("how many of the base have no code yet")
    fitting: str | None = column("the amount that would be right")
    quotes_for: Sequence[Record] = column(
        "the quotes that bear it out, each with `id`, `attribution` and `text`; in CSV their numbers",
        flat=_numbers,
    )
    quotes_against: Sequence[Record] = column("the quotes that speak against it, likewise", flat=_numbers)


def claim_records(claims: Sequence[CheckedClaim]) -> list[Record]:
    """Return checked claims in the order of the draft, with the quotes for and against each."""
    return [
        record_of(
            ListedClaim,
            claim,
            negated=claim.is_negated,
            quotes_for=_short(claim.quotes_for),
            quotes_against=_short(claim.quotes_against),
        )
        for claim in claims
    ]


def _short(quotes: Sequence[Quote]) -> list[Record]:
    return [{"id": quote.id, "attribution": quote.attribution, "text": quote.text} for quote in quotes]
