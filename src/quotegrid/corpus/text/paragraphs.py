"""Splits a report's text into paragraphs, ignoring the marks of quoted lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENS = r"[*_]{0,3}[\"'\u201c\u2018]"
_MARKER = r"(?:[-*\u2022]|\d{1,3}[.)])[ \t]+"
_WHO = r"(?:[*_]{0,3}[^\W\d_][^\n:\"\u201c]{0,60}(?:[*_]{1,3}:|:[*_]{0,3})[ \t]*)?"
_PARAGRAPH = re.compile(rf"\S(?:.|\n(?![ \t>]*(?:\n|\Z))(?![ \t>]*{_MARKER}{_WHO}{_OPENS}))*")
"""Matches up to a blank line (which may carry a quote mark), or up to a list item in quotation marks."""
_HEADING = re.compile(r"[ \t>]*#{1,6}[ \t]")
_QUOTED_ITEM = re.compile(rf"[ \t>]*{_MARKER}{_WHO}{_OPENS}")
_QUOTATION = re.compile(rf"[ \t>]*(?:{_MARKER})?{_OPENS}")
_ITEM = re.compile(rf"(?P<indent>[ \t>]*){_MARKER}(?P<words>.*)")
_ATTRIBUTED = re.compile(
    r"""["'\u201d\u2019][.,]?[*_]{0,3}\s*
        (?:[(\[][^()\[\]\n]+[)\]] | [-\u2013\u2014][^\n.?!]{1,70})[*_.]{0,4}[ \t]*\Z""",
    re.VERBOSE,
)
"""Matches the end of a quotation and its attribution."""
_LONGEST_ATTRIBUTION_WORDS = 6
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


def _stretches(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph; headings and quotations with attributions apart."""
    for match in _PARAGRAPH.finditer(text, start):
        begin = position = match.start()
        opening = text.rfind("\n", 0, begin) + 1
        for line in match.group().splitlines(keepends=True):
            if position > begin and _begins_anew(text[opening:position], line):
                yield begin, position
                begin = opening = position
            position += len(line)
        yield begin, position


def _begins_anew(before: str, line: str) -> bool:
    """Return whether a line belongs neither to the heading nor to the quotation in the lines before it."""
    if _HEADING.match(before):
        return True
    is_attributed = _QUOTATION.match(before) is not None and _ATTRIBUTED.search(before.rstrip()) is not None
    first, item = _ITEM.match(before), _ITEM.match(line)
    if first is None or not _QUOTED_ITEM.match(before):
        return is_attributed and _QUOTATION.match(line) is not None
    if item is None:
        return is_attributed and len(line) - len(line.lstrip(" \t>")) <= len(first["indent"])
    is_deeper = len(item["indent"]) > len(first["indent"])
    may_attribute = len(item["words"].split()) <= _LONGEST_ATTRIBUTION_WORDS and ":" not in item["words"]
    return not (is_deeper and may_attribute)


def paragraphs_of(text: str, start: int) -> list[Paragraph]:
    """Return the paragraphs of a text from an offset on, in order."""
    found: list[Paragraph] = []
    for begin, end in _stretches(text, start):
        body = text[begin:end].rstrip()
        is_quoted = body.startswith(">")
        if is_quoted:
            body = _QUOTED_LINE.sub(lambda marks: " " * len(marks.group()), body)
        first = len(body) - len(body.lstrip())
        if first == len(body):
            continue
        begin += first
        goes_on = (
            is_quoted
            and bool(found)
            and found[-1].is_quoted
            and re.search(r"\n[ \t]*\n", text[found[-1].end : begin]) is None
        )
        found.append(Paragraph(begin, body[first:], is_quoted, goes_on))
    return found
