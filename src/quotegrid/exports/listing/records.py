"""Lists (quotes, suggestions, sources, ...) as CSV, JSON or Markdown, with the same field names in each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from quotegrid.domain.coding.quotes import told_codes
from quotegrid.exports.inert import csv_text, markdown_paragraph, markdown_text

Record = Mapping[str, Any]


def listing_json(records: Sequence[Record]) -> str:
    """A JSON array of objects."""
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"


def listing_csv(records: Sequence[Record], fields: Sequence[str]) -> str:
    """A header line and a line a record; several values of a field are separated by a bar."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for record in records:
        writer.writerow([csv_text(flat(record.get(field))) for field in fields])
    return out.getvalue()


def listing_markdown(records: Sequence[Record], fields: Sequence[str]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(fields)} |", f"|{'---|' * len(fields)}"]
    lines += [
        f"| {' | '.join(markdown_text(flat(record.get(field))) for field in fields)} |" for record in records
    ]
    return "\n".join(lines) + "\n"


def quotes_markdown(records: Sequence[Record]) -> str:
    """Quotes as block quotes, each with its attribution, codes, stances and place, and the memos on it."""
    parts = []
    for record in records:
        told = ", ".join(told_codes(record["codes"], record.get("stances", {})))
        codes = markdown_text(f"[{told}]") + " " if told else ""
        place = ""
        if "source" in record:
            where = f"{record['source']}:{record['start']}-{record['end']}"
            place = f"({markdown_text(where)})"
        said_by = f"{markdown_text(record['attribution'])} {codes}{place}".rstrip()
        memos = "".join(
            f">\n> Memo ({markdown_text(one['author'])}): {markdown_text(one['text'])}\n"
            for one in record.get("memos", ())
        )
        parts.append(f"> {markdown_paragraph(record['text'])}\n>\n> — {said_by}\n{memos}")
    return "\n".join(parts)


def flat(value: Any) -> Any:
    """A field's value as one text or number."""
    if isinstance(value, list | tuple):
        return "|".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False)
    return value
