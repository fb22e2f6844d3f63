"""Quotes that a report sets apart and attributes: a paragraph that ends in a dash and a role."""

from __future__ import annotations

import re

from quotegrid.domain.sources import AttributedQuote
from quotegrid.domain.stakeholders import Stakeholders
from quotegrid.domain.text import one_line

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")
_ATTRIBUTION = re.compile(
    r"""(?P<said>[.?!…][\"'”\u2019)\]]*|[.?!…]?[\"”\u2019)\]])  # ends as a sentence or quotation does
        \s+[-\u2013\u2014]\s*
        (?P<mark>[*_]{0,2})(?P<role>[^\W\d_][^.?!\n*_]{1,70}?)(?P=mark)\s*\Z""",
    re.VERBOSE,
)
_FURNITURE = re.compile(r"^(?:\W|[\u00b9\u00b2\u00b3\u2070-\u2079]|\*\s)*$")
_CAPTION = re.compile(r"(?:figure|table|box|chart|source|note|reference|isbn)\b[^:]{0,12}:", re.IGNORECASE)
_UNFINISHED = frozenset(
    "a an and are as at because between but by for from in is of on or than that the their to was "
    "which with".split()
)
_LONGEST_HEADING = 200
_LONGEST_ROLE_WORDS = 9


def find_block_quotes(text: str, start: int, stakeholders: Stakeholders) -> tuple[AttributedQuote, ...]:
    """The attributed block quotes of a report, in order.

    A quote is a whole paragraph that ends in sentence punctuation or a closing quotation mark, a dash
    (hyphen, en or em) and an attribution. The attribution is in emphasis, or names a role that the
    stakeholders table knows.

    Args:
        text: The normalised text.
        start: Where the text proper begins.
        stakeholders: The study's groups and roles.
    """
    quotes = []
    heading: str | None = None
    paragraphs = list(_PARAGRAPH.finditer(text, start))
    for number, paragraph in enumerate(paragraphs):
        body = paragraph.group()
        match = _ATTRIBUTION.search(body)
        if match is None or not _is_attribution(match, stakeholders):
            following = paragraphs[number + 1].group() if number + 1 < len(paragraphs) else ""
            if _is_heading(body) and not following[:1].islower():
                heading = one_line(body.strip("#* "))
            continue
        quotes.append(
            AttributedQuote(
                start=paragraph.start(),
                end=paragraph.start() + match.end("said"),
                role=one_line(match["role"]),
                heading=heading,
            )
        )
    return tuple(quotes)


def _is_attribution(match: re.Match[str], stakeholders: Stakeholders) -> bool:
    if len(match["role"].split()) > _LONGEST_ROLE_WORDS:
        return False
    return bool(match["mark"]) or stakeholders.group_of_role(match["role"]) is not None


def _is_heading(paragraph: str) -> bool:
    """One short finished line without a full stop, not a list item, note, table row or caption."""
    line = paragraph.strip()
    if line.startswith("#"):
        return True
    return (
        "\n" not in line
        and len(line) <= _LONGEST_HEADING
        and "\t" not in line
        and line[0].isalnum()
        and (line[0].isupper() or line[0].isdigit())
        and not _FURNITURE.match(line)
        and not _CAPTION.match(line)
        and line.split()[-1] not in _UNFINISHED
        and not re.match(r"\d+[.)]\s|[\u00b9\u00b2\u00b3\u2070-\u2079]", line)
        and line[-1] not in ".;:,”\"'"
        and not re.search(r"[.?!]\s", re.sub(r"\b\d+\.\s", "", line))
    )
