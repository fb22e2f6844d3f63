"""Memos as a journal in Markdown: by day, with links to a list of what they are on and speak of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from quotegrid.domain.text.normalise import visible
from quotegrid.exports.inert import markdown_paragraph, markdown_text

_HEADING = re.compile(r"^(#{1,6})(?=\s)", re.MULTILINE)
_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_UNDER = 3
"""The level of a memo's own heading, below which the headings in its text are put."""


def memos_journal(records: Sequence[Mapping[str, Any]]) -> str:
    """Return memos as a journal, a heading a day, oldest first."""
    ordered = sorted(records, key=lambda record: (record["day"], record["at"], record["id"]))
    things = _things(ordered)
    places = {name: number for number, name in enumerate(things, 1)}
    parts = ["# Memos\n"]
    for day, written in groupby(ordered, key=lambda record: record["day"]):
        parts.append(f"## {day}\n")
        parts += [_memo(record, places) for record in written]
    if things:
        parts.append("## What the memos are about\n")
        parts.append(
            "\n".join(_thing(name, places[name], *numbers) for name, numbers in things.items()) + "\n"
        )
    return "\n".join(parts)


def _things(records: Sequence[Mapping[str, Any]]) -> dict[str, tuple[list[int], list[int]]]:
    """Return each thing with the memos on it and the memos that link to it, by name."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for record in records:
        if record["on"] != "study":
            found.setdefault(_name(record), ([], []))[0].append(record["id"])
        for name in record["links"]:
            found.setdefault(name, ([], []))[1].append(record["id"])
    return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))


def _name(record: Mapping[str, Any]) -> str:
    """Return the name of what a memo is on, as links write it."""
    if record["segment"] is None:
        return str(record["about"])
    return f"passage {record['segment']}" + (f"/{record['code']}" if record["on"] == "coding" else "")


def _memo(record: Mapping[str, Any], places: Mapping[str, int]) -> str:
    on = "Diary"
    if record["on"] != "study":
        kind = f"the {record['on']} " if record["on"] in _NAMED else ""
        on = f"On {kind}[{markdown_text(record['about'])}](#thing-{places[_name(record)]})"
    gone = ", which is no longer there" if record["gone"] else ""
    changed = f", changed {record['changed'][:10]}" if record["changed"] else ""
    written = record["at"][:16].replace("T", " ")
    parts = [
        f'### <a id="memo-{record["id"]}"></a>{on}{gone}',
        f"Memo {record['id']}, {markdown_text(record['author'])}, {written}{changed}",
    ]
    if record["words"]:
        parts.append(f"> {markdown_paragraph(record['words'])}")
    parts.append(markdown_paragraph(record["text"]) if record["imported"] else _own(record, places))
    return "\n\n".join(parts) + "\n"


_NAMED = ("source", "case", "code", "coding")


def _own(record: Mapping[str, Any], places: Mapping[str, int]) -> str:
    """Return a memo's Markdown without HTML, its headings below the journal's, its links leading on."""
    text = visible(record["text"]).replace("<", "\\<")
    text = _HEADING.sub(lambda found: "#" * min(len(found[1]) + _UNDER, 6), text)

    def link(found: re.Match[str]) -> str:
        name = found[1]
        if name not in record["links"]:
            return found[0]
        return f"[{markdown_text(name)}](#thing-{places[name]})"

    return _LINK.sub(link, text)


def _thing(name: str, number: int, on: Sequence[int], linking: Sequence[int]) -> str:
    said = []
    if on:
        said.append(f"memos on it: {_numbers(on)}")
    if linking:
        said.append(f"memos that speak of it: {_numbers(linking)}")
    return f'- <a id="thing-{number}"></a>**{markdown_text(name)}**: {"; ".join(said)}'


def _numbers(memos: Sequence[int]) -> str:
    return ", ".join(f"[{memo}](#memo-{memo})" for memo in dict.fromkeys(memos))
