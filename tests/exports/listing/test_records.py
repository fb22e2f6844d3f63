from __future__ import annotations

import csv
import html
import io
import json
from typing import Any

import pytest
from markdown_it import MarkdownIt

from quotegrid.exports.listing.records import (
    flat,
    listing_csv,
    listing_json,
    listing_markdown,
    quotes_markdown,
)

FIELDS = ("id", "text", "score", "codes", "attributes", "case")
RECORDS: list[dict[str, Any]] = [
    {
        "id": 1,
        "text": 'He said "no",\nthen left. 🙂',
        "score": 0.25,
        "codes": ["quick fix", "long wait"],
        "attributes": {"wave": "1", "area": "Île"},
        "case": None,
        "beside": "not a field",
    },
    {"id": 2, "text": '=HYPERLINK("x")|<b>', "score": -0.5, "codes": [], "attributes": {}, "case": "-Ray"},
]


def test_json_is_what_the_records_say() -> None:
    text = listing_json(RECORDS)
    assert json.loads(text) == RECORDS
    assert "🙂" in text
    assert text.endswith("]\n")
    assert listing_json([]) == "[]\n"


def test_csv_has_the_fields_in_order_and_a_row_a_record() -> None:
    rows = list(csv.reader(io.StringIO(listing_csv(RECORDS, FIELDS))))
    assert rows == [
        list(FIELDS),
        [
            "1",
            'He said "no",\nthen left. 🙂',
            "0.25",
            "quick fix|long wait",
            '{"wave": "1", "area": "Île"}',
            "",
        ],
        ["2", '\'=HYPERLINK("x")|<b>', "-0.5", "", "{}", "'-Ray"],
    ]
    assert listing_csv([], FIELDS) == "id,text,score,codes,attributes,case\n"


def test_a_record_without_a_field_has_an_empty_cell() -> None:
    assert listing_csv([{"id": 1}], ("id", "case")) == "id,case\n1,\n"
    assert listing_markdown([{"id": 1}], ("id", "case")) == "| id | case |\n|---|---|\n| 1 |  |\n"


def test_a_list_is_guarded_as_a_whole() -> None:
    assert listing_csv([{"codes": ["=1+1", "b"]}], ("codes",)) == "codes\n'=1+1|b\n"


def test_markdown_keeps_every_record_on_its_line() -> None:
    assert listing_markdown(RECORDS, ("id", "text", "codes")).splitlines() == [
        "| id | text | codes |",
        "|---|---|---|",
        '| 1 | He said "no", then left. 🙂 | quick fix\\|long wait |',
        '| 2 | =HYPERLINK("x")\\|\\<b\\> |  |',
    ]


def test_quotes_are_blocks_with_who_said_them_and_where() -> None:
    records = [
        {
            "text": "It is\na *quick* fix.",
            "attribution": "Parent, Eastlow",
            "codes": [],
            "source": "wave_1/ray.txt",
            "start": 3,
            "end": 20,
        },
        {
            "text": "<i>No</i>",
            "attribution": "[LA] leaders",
            "codes": ["quick fix", "a_b"],
            "source": "r.md",
            "start": 0,
            "end": 9,
        },
    ]
    first, second = quotes_markdown(records).split("\n\n")
    assert first == "> It is a \\*quick\\* fix.\n>\n> — Parent, Eastlow (wave\\_1/ray.txt:3-20)"
    assert second.startswith("> \\<i\\>No\\</i\\>\n>\n> — \\[LA\\] leaders")
    assert second.endswith("\\[LA\\] leaders \\[quick fix, a\\_b\\] (r.md:0-9)\n")
    assert quotes_markdown([]) == ""


@pytest.mark.parametrize(
    "text", ["- Yes.", "+ 1", "# x", "1. First", "12) Then", "---", "===", "&lt;b&gt;", "> so", "1.5 million"]
)
def test_a_quote_is_a_paragraph_whatever_it_begins_with(text: str) -> None:
    record = {"text": text, "attribution": "A", "codes": [], "source": "s", "start": 0, "end": 1}
    shown = MarkdownIt().render(quotes_markdown([record]))
    assert shown.startswith(f"<blockquote>\n<p>{html.escape(text)}</p>\n<p>")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(["a", 2], "a|2"), (("a",), "a"), ([], ""), ({"é": 1}, '{"é": 1}'), (3, 3), (None, None), ("a", "a")],
)
def test_a_value_becomes_one_text_or_number(value: object, shown: object) -> None:
    assert flat(value) == shown
