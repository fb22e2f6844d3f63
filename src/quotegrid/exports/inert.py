"""Text that no spreadsheet or Markdown reader takes for an instruction."""

from __future__ import annotations

import re

from quotegrid.domain.text.normalise import one_line, visible

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~&])")
_OPENS_BLOCK = re.compile(r"^((?:\d+(?=[.)]))?)([#+=.)-])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(value: object) -> str:
    """Return the value for a CSV cell, with an apostrophe before text that could be taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = visible(value)
        return f"'{text}" if text.startswith(_FORMULA) else text
    return str(value)


def markdown_text(value: object) -> str:
    """Return the value on one line, with Markdown's and HTML's own characters escaped."""
    if value is None:
        return ""
    return _MARKDOWN.sub(r"\\\1", visible(one_line(str(value))))


def markdown_paragraph(value: str) -> str:
    """Escape text that begins a line of its own, where it could open a list, a heading or a rule."""
    return _OPENS_BLOCK.sub(r"\1\\\2", markdown_text(value))


def markdown_heading(value: str) -> str:
    """Escape the text of a heading, which hash signs at its end would otherwise close."""
    return markdown_text(value).replace("#", "\\#")
