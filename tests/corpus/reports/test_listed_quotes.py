"""Quotes in lists and tables, as reports of user research and thematic analyses set them."""

from __future__ import annotations

import pytest

from quotegrid.corpus.reports.quotes import find_quotes
from quotegrid.corpus.reports.table_quotes import find_table_quotes
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Certainty, QuoteKind

STAKEHOLDERS = Stakeholders({"parent": ("carer",)})
SURE, UNSURE = Certainty.SURE, Certainty.UNSURE


def _blocks(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (text[quote.start : quote.end], quote.role, quote.heading)
        for quote in find_quotes(text, 0, STAKEHOLDERS)
        if quote.kind is QuoteKind.BLOCK
    ]


def test_quotes_of_a_nested_list_are_found_and_its_other_items_are_none() -> None:
    text = (
        "#### Theme: the wait\n- **Theme:** the wait\n- Described by most (Participant 2)\n"
        '- Representative quotes:\n  - *"It rained in."* (Participant 2)\n'
        '  - *"We moved (twice), then left."* (Participant 12) \u2013 said of the second year.  \n'
        '  - _"Nobody came"_ [P7]\n- Confidence: high\n'
    )
    heading = "Theme: the wait"
    assert _blocks(text) == [
        ('"It rained in."', "Participant 2", heading),
        ('"We moved (twice), then left."', "Participant 12", heading),
        ('"Nobody came"', "P7", heading),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('- "It rained in." (P2)\n- "We left." (P3)\n', [('"It rained in."', "P2"), ('"We left."', "P3")]),
        (
            '1. "It rained\n   in." \u2014 P2\n2. "We left." \u2014 P3\n',
            [('"It rained\n   in."', "P2"), ('"We left."', "P3")],
        ),
        ('> "It rained in." (P2)\n> "We left." (P3)\n', [('"It rained in."', "P2"), ('"We left."', "P3")]),
        (
            '- "It rained in."\n  - Participant 2\n- "We left."\n  - Participant 3\n',
            [('"It rained in."', "Participant 2"), ('"We left."', "Participant 3")],
        ),
        ('- P2: "It rained in."\n- P3: "We left."\n', [('"It rained in."', "P2"), ('"We left."', "P3")]),
        ('> **P2 (Ann, carer):** *"It rained in."*\n', [('"It rained in."', "P2, Ann, carer")]),
        ('**Carer:** "It rained in."\n', [('"It rained in."', "Carer")]),
        ('- Typical quote: "It rained in." (P2)\n', [('"It rained in."', "P2")]),
        ('- "It rained in." (P2)\nWe mended it.\n', [('"It rained in."', "P2")]),
        ('"It rained in.": P2\n', [('"It rained in."', "P2")]),
        ('- Theme: "the wait" (3 of 9)\n- Note: "It rained in."\n- Summary: "a leak" is the word.\n', []),
        ("- Said by all: it rained in (P2)\n", []),
    ],
)
def test_a_quote_in_a_list_has_its_attribution_behind_or_in_front(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(words, role) for words, role, _ in _blocks(text)] == found


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ('| "It rained in." | P2 |\n| "We left." | P3 |', [("P2", SURE), ("P3", SURE)]),
        ("| Code | Quote | Participant |\n|---|:--|---|\n| wait | It rained in. | P2 |", [("P2", SURE)]),
        ('| Quote | Who |\n|---|---|\n| *"It rained in."* | Keeper A |', [("Keeper A", SURE)]),
        (
            '| Theme | Who | Notes |\n|---|---|---|\n| "It rained in." | Keeper A | long |',
            [("Keeper A", UNSURE)],
        ),
        ('| Carer | "It rained in." | high |', [("Carer", SURE)]),
        ('"It rained in."\tP2', [("P2", SURE)]),
        ('| "It rained in." | high |', []),
        ('| "It rained in." | "We left." | P2 |', []),
        ("| Quote | Participant |\n|---|---|\n|  | P2 |\n| It rained in. |  |", []),
        ("| P2 | P3 |\n|---|---|\n| 4 | 5 |", []),
    ],
)
def test_a_row_of_a_table_has_a_quote_and_who_said_it(table: str, found: list[tuple[str, Certainty]]) -> None:
    text = f"Before it.\n\n{table}\n\nAfter it.\n"
    quotes = find_table_quotes(text, 0, STAKEHOLDERS)
    assert [(quote.role, quote.certainty) for quote in quotes] == found
    assert {text[quote.start : quote.end].strip('"') for quote in quotes} <= {"It rained in.", "We left."}
