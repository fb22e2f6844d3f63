"""Quotes as plain records with stable field names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotegrid.domain.coding.quotes import Quote

Record = dict[str, Any]

QUOTE_FIELDS = (
    "id", "text", "kind", "source", "start", "end", "case", "group", "role", "area", "heading", "codes",
    "certainty", "voice", "headings", "box", "stances", "exemplar_of", "made_by",
)  # fmt: skip
PUBLISHED_QUOTE_FIELDS = ("text", "attribution", "group", "role", "area", "codes", "stances")


def quote_records(quotes: Sequence[Quote]) -> list[Record]:
    """Quotes with the documented fields, and the attribution beside them."""
    return [
        {
            "id": quote.id,
            "text": quote.text,
            "kind": quote.kind.value,
            "source": quote.source,
            "start": quote.start,
            "end": quote.end,
            "case": quote.case,
            "group": quote.group,
            "role": quote.role,
            "area": quote.area,
            "heading": quote.heading,
            "codes": list(quote.codes),
            "certainty": None if quote.certainty is None else quote.certainty.value,
            "voice": None if quote.voice is None else quote.voice.value,
            "headings": list(quote.headings),
            "box": quote.box,
            "stances": {code: [one.value for one in said] for code, said in quote.stances.items()},
            "exemplar_of": list(quote.exemplar_of),
            "made_by": quote.made_by,
            "attributes": dict(quote.attributes),
            "attribution": quote.attribution,
            "page": quote.page,
            "memos": [
                {"author": one.author, "at": one.at, "text": one.text, "start": one.start, "end": one.end}
                for one in quote.memos
            ],
        }
        for quote in quotes
    ]


def published_quote_records(quotes: Sequence[Quote]) -> list[Record]:
    """Quotes made anonymous, with the fields that tell nothing of where they stood."""
    return [{name: record[name] for name in PUBLISHED_QUOTE_FIELDS} for record in quote_records(quotes)]
