"""Checked claims in words, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quotegrid.domain.report.provenance import NOT_FOR_PUBLICATION
from quotegrid.domain.text.normalise import one_line, shortened
from quotegrid.exports.inert import markdown_paragraph, markdown_text

SHOWN = 3
"""The most quotes for and against a claim that are shown beside it."""
_LONGEST_QUOTE = 150
QUOTES = (("quotes_against", "Against"), ("quotes_for", "For"))
"""The dissent comes first."""


def claim_read(record: Mapping[str, Any]) -> str:
    """Return the claim as read: "most, school leaders, in Northmoor, disputes"; empty without an amount."""
    if not record["said"]:
        return ""
    parts = [record["said"], record["who"]]
    parts += [f"in {' or '.join(record['areas'])}"] if record["areas"] else []
    parts += ["did not"] if record["negated"] else []
    parts += [record["stance"]] if record["stance"] else []
    return ", ".join(part for part in parts if part)


def claim_statements(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was found of a claim, and how it was read."""
    fitting = f" Fitting: {record['fitting']}." if record["fitting"] else ""
    yield f"{record['why'][:1].upper()}{record['why'][1:]}{fitting}"
    read = claim_read(record)
    if read:
        yield f"Read as: {read}."


def claim_quotes(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the first quotes against a claim and for it, a line each, and how many more there are."""
    for name, label in QUOTES:
        quotes = record[name]
        for quote in quotes[:SHOWN]:
            words = shortened(one_line(quote["text"]), _LONGEST_QUOTE)
            yield f"{label.lower()} {quote['id']}, {quote['attribution']}: {words}"
        if len(quotes) > SHOWN:
            yield f"{label.lower()}: {len(quotes) - SHOWN} more"


def claims_markdown(records: Sequence[Mapping[str, Any]]) -> str:
    """Return a paragraph for each claim, with its verdict and the quotes, the dissent first."""
    parts = []
    for record in records:
        fitting = f" Fitting: {markdown_text(record['fitting'])}." if record["fitting"] else ""
        read = f" Read as: {markdown_text(claim_read(record))}." if record["said"] else ""
        why = markdown_text(record["why"])
        parts.append(
            f"**{record['verdict'].capitalize()}** (line {record['line']}, {markdown_text(record['code'])}): "
            f"{why}{fitting}{read}\n\n> {markdown_paragraph(record['sentence'])}\n"
        )
        for name, label in QUOTES:
            if record[name]:
                lines = "\n".join(
                    f"- {quote['id']}: {markdown_text(quote['text'])} — {markdown_text(quote['attribution'])}"
                    for quote in record[name]
                )
                parts.append(f"{label}:\n\n{lines}\n")
    parts.append(f"{NOT_FOR_PUBLICATION}\n")
    return "\n".join(parts)
