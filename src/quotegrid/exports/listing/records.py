"""Listings (quotes, suggestions, sources, ...) as table, CSV, JSON or Markdown, with the same fields in each.

What a list's fields are and how they are printed is declared by its dataclass: `domain.exchange.listing`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quotegrid.domain.coding.quotes import codes_with_stances
from quotegrid.domain.exchange.listing import Column, Record, as_record, columns_of, csv_fields
from quotegrid.domain.text.normalise import shortened, visible
from quotegrid.exports.inert import csv_text, markdown_paragraph, markdown_text

if TYPE_CHECKING:
    from rich.table import Table

_DOCUMENTED = re.compile(r"\| field \| meaning \|\n(?:\|.*\n)*")


def listing_as(listing: type[Any], rows: Sequence[Any], form: str) -> str:
    """Return a listing as text.

    Args:
        listing: The dataclass that declares its columns.
        rows: Instances of the dataclass, or records with its fields.
        form: "csv", "json" or "markdown".
    """
    records = [as_record(row) for row in rows]
    if form == "json":
        return listing_json(records)
    flattened = {column.name: column.flat for column in columns_of(listing) if column.flat is not None}
    if flattened:
        records = [
            record | {name: told(record[name]) for name, told in flattened.items()} for record in records
        ]
    write = {"csv": listing_csv, "markdown": listing_markdown}[form]
    return write(records, csv_fields(listing))


def listing_table(listing: type[Any], rows: Sequence[Any]) -> Table:
    """Return the terminal's table of a listing, with the columns that are meant for it."""
    from rich.text import Text

    placed = ((column.place, column) for column in columns_of(listing) if column.place is not None)
    columns = [each for _, each in sorted(placed, key=lambda pair: pair[0])]
    table = plain_table()
    for column in columns:
        table.add_column(column.heading or column.name, **column.layout)
    for row in rows:
        record = as_record(row)
        table.add_row(*(Text(visible(_cell(column, record))) for column in columns))
    return table


def plain_table(*headings: str, left: int = 1) -> Table:
    """Return an empty table without lines.

    Args:
        headings: The columns' headings.
        left: How many columns, from the first, hold words; numbers stand at the right in the others.
    """
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place < left else "right")
    return table


def _cell(column: Column, record: Record) -> str:
    if column.cell is not None:
        return column.cell(record)
    value = record[column.name]
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return shortened(text, column.longest) if column.longest else text


def with_documented_fields(page: str, sections: Mapping[str, type[Any]]) -> str:
    """Return a page of documentation with the table of fields that each section has brought up to date.

    Args:
        page: The page, in Markdown; what else stands in it is kept.
        sections: The listing that is documented below each heading.

    Raises:
        ValueError: If the page lacks a section, or a section has no table of fields.
    """
    for heading, listing in sections.items():
        before, found, after = page.partition(f"\n## {heading}\n")
        section, begins, rest = after.partition("\n## ")
        parts = _DOCUMENTED.split(section)
        if not found or len(parts) != 2:
            raise ValueError(f"one table of fields is wanted below “{heading}”")
        page = f"{before}{found}{documented_fields(listing).join(parts)}{begins}{rest}"
    return page


def documented_fields(listing: type[Any]) -> str:
    """Return a Markdown table of a listing's fields and what they mean."""
    lines = [f"| `{column.name}` | {column.help} |" for column in columns_of(listing)]
    return "\n".join(["| field | meaning |", "|---|---|", *lines]) + "\n"


def listing_json(records: Sequence[Mapping[str, Any]]) -> str:
    """Return a JSON array of objects."""
    return json_text(list(records))


def json_text(content: Any) -> str:
    """Return JSON with a line for each value."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def listing_csv(records: Sequence[Mapping[str, Any]], fields: Sequence[str]) -> str:
    """Return a header line and a line a record; several values of a field are separated by a bar."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for record in records:
        writer.writerow([csv_text(flat(record.get(field))) for field in fields])
    return out.getvalue()


def listing_markdown(records: Sequence[Mapping[str, Any]], fields: Sequence[str]) -> str:
    """Return a Markdown table."""
    lines = [f"| {' | '.join(fields)} |", f"|{'---|' * len(fields)}"]
    lines += [
        f"| {' | '.join(markdown_text(flat(record.get(field))) for field in fields)} |" for record in records
    ]
    return "\n".join(lines) + "\n"


def quotes_markdown(records: Sequence[Mapping[str, Any]]) -> str:
    """Return quotes as block quotes, each with its attribution, codes, stances, place and memos."""
    parts = []
    for record in records:
        told = ", ".join(codes_with_stances(record["codes"], record.get("stances", {})))
        codes = markdown_text(f"[{told}]") + " " if told else ""
        place = ""
        if "source" in record:
            where = f"{record['source']}:{record['start']}-{record['end']}"
            place = f"({markdown_text(where)})"
        speaker_and_place = f"{markdown_text(record['attribution'])} {codes}{place}".rstrip()
        memos = "".join(
            f">\n> Memo ({markdown_text(memo['author'])}): {markdown_text(memo['text'])}\n"
            for memo in record.get("memos", ())
        )
        parts.append(f"> {markdown_paragraph(record['text'])}\n>\n> — {speaker_and_place}\n{memos}")
    return "\n".join(parts)


def flat(value: Any) -> Any:
    """Return a field's value as one text or number."""
    if isinstance(value, list | tuple):
        return "|".join(str(part) for part in value)
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False)
    return value
