"""Splits a report's text into paragraphs, ignoring the marks of quoted lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t>]*(?:\n|\Z))(?![ \t>]*[-*\u2022][ \t]+[\"'\u201c\u2018]))*")
"""Matches up to a blank line (which may carry a quote mark), or up to a list item in quotation marks."""
_QUOTED_LINE = re.compile(r"^[ \t]*>[ \t>]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive lines without a blank line between them."""

    start: int
    body: str
    """The text with the marks of quoted lines (">") replaced by spaces, so that offsets stay valid."""
    is_quoted: bool
    """Whether its lines are marked as quoted."""
    goes_on: bool
    """Whether it belongs to the same quoted lines as the paragraph before."""

    @property
    def end(self) -> int:
        """Return the offset at which it ends, without trailing white space."""
        return self.start + len(self.body)


def paragraphs_of(text: str, start: int) -> list[Paragraph]:
    """Return the paragraphs of a text from an offset on, in order."""
    found: list[Paragraph] = []
    for match in _PARAGRAPH.finditer(text, start):
        body = match.group().rstrip()
        is_quoted = body.startswith(">")
        if is_quoted:
            body = _QUOTED_LINE.sub(lambda marks: " " * len(marks.group()), body)
        first = len(body) - len(body.lstrip())
        if first == len(body):
            continue
        begin = match.start() + first
        goes_on = (
            is_quoted
            and bool(found)
            and found[-1].is_quoted
            and re.search(r"\n[ \t]*\n", text[found[-1].end : begin]) is None
        )
        found.append(Paragraph(begin, body[first:], is_quoted, goes_on))
    return found
