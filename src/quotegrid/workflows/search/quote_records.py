"""Records of quotes, as listed and as published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.sources.model import Certainty, SegmentKind, Voice


@dataclass(frozen=True, slots=True)
class ListedQuote:
    """A quote."""

    id: int = column("the passage's number in this study")
    text: str = column("exactly the source's text from `start` to `end`")
    kind: SegmentKind = column(
        "`turn` (a speaker's words), `block` (a report's quote set apart), `inline` (a quote in running text)"
    )
    source: str = column("the source in which it stands")
    start: int = column("where it begins there")
    end: int = column("where it ends")
    case: str | None = column(
        "who said it; null where a report names only a role and no participant's number"
    )
    group: str | None = column("the stakeholder group; null where not known")
    role: str | None = column("the role (as printed, in reports); null where not known")
    area: str | None = column("the area; null where not known")
    heading: str | None = column("the nearest heading above a report's quote; null in transcripts")
    codes: Sequence[str] = column("confirmed codes, in the codebook's order")
    certainty: Certainty | None = column(
        "`sure` or `unsure`: whether a report's attribution can be relied on; null in transcripts"
    )
    voice: Voice | None = column(
        "`person` or `group`: whether a report quotes one or several; null in transcripts"
    )
    headings: Sequence[str] = column(
        "the headings above a report's quote, from the widest to the nearest; empty in transcripts"
    )
    box: str | None = column(
        "the title of the case study or box that a report's quote stands in; null elsewhere"
    )
    stances: Mapping[str, Sequence[Stance]] = column(
        "for each code that somebody marked: `supports`, `disputes`, `mixed`, several where coders differ"
    )
    exemplar_of: Sequence[str] = column("those of its codes for which somebody marked it as an exemplar")
    made_by: str | None = column(
        "the coder who cut the passage out by hand; null for one that the import made"
    )
    attributes: Mapping[str, str] = column(
        "further attributes of the case or source, by name", is_in_csv=False
    )
    attribution: str = column('who said it, without the name: "School leader, Northmoor"')
    page: int | None = column(
        "the page of a PDF on which it begins, counted from 1; null for other formats", is_in_csv=False
    )
    memos: Sequence[Record] = column(
        "notes on it, each with `author`, `at`, `text`, `start`, `end` (offsets into the source's text)",
        is_in_csv=False,
    )


@dataclass(frozen=True, slots=True)
class PublishedQuote:
    """An anonymous quote, without fields that reveal its place."""

    text: str = column("the words, without names and withheld words")
    attribution: str = column('who said it, as far as it may be told: "School leader, Northmoor"')
    group: str | None = column("the stakeholder group; null where not known or withheld")
    role: str | None = column("the role; null where not known or withheld")
    area: str | None = column("the area; null where not known or withheld")
    codes: Sequence[str] = column("confirmed codes, in the codebook's order")
    stances: Mapping[str, Sequence[Stance]] = column("the stances that it takes, by the code")


def quote_records(quotes: Sequence[Quote]) -> list[Record]:
    """Return quotes with all listed fields."""
    return [
        record_of(
            ListedQuote,
            quote,
            memos=[
                {
                    "author": memo.author,
                    "at": memo.at,
                    "text": memo.text,
                    "start": memo.start,
                    "end": memo.end,
                }
                for memo in quote.memos
            ],
        )
        for quote in quotes
    ]


def published_quote_records(quotes: Sequence[Quote]) -> list[Record]:
    """Return anonymous quotes, without fields that reveal their places."""
    return [record_of(PublishedQuote, quote) for quote in quotes]
