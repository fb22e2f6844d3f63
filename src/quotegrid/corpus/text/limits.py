"""The limits of what is read: by them a file that would take all memory, or never end, is refused instead.

They are far above what interviews, reports and surveys have. The environment variable `QUOTEGRID_LIMITS`
raises them all: 4 for four times as much of everything but nesting, at the price of as much more memory and
time.
"""

from __future__ import annotations

import os
import re
from enum import Enum
from typing import Any

from quotegrid.errors import ReadError

_NESTING_TAGS = re.compile(
    r"<(/?)(?:div|section|article|main|table|ul|ol|dl|blockquote|center|form|fieldset)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
VARIABLE = "QUOTEGRID_LIMITS"
"""The environment variable with the whole number by which all limits are multiplied."""
_MOST_FACTOR = 1000


class Limit(Enum):
    """A limit: its name, its usual value and the unit."""

    FILE = ("file size", 200_000_000, "bytes")
    TEXT_FILE = ("text file size", 30_000_000, "bytes")
    EXPANDED = ("expanded size", 300_000_000, "bytes")
    XML = ("XML size", 60_000_000, "bytes")
    RATIO = ("ratio", 250, "bytes for each byte of the file")
    TAGS = ("tags", 600_000, "tags of XML")
    ROWS = ("rows", 200_000, "rows")
    CELLS = ("cells", 1_000_000, "cells")
    COLUMNS = ("columns", 5_000, "columns")
    NESTING = ("nesting", 200, "levels")
    PAGE_NESTING = ("nesting of a web page", 5_000, "levels")
    PARAGRAPH = ("paragraph", 500_000, "characters")
    TEXT = ("text", 4_000_000, "characters")
    HEADER_VALUES = ("header values", 10_000, "values")
    PAGES = ("pages", 3_000, "pages")
    SECONDS = ("time a file", 600, "seconds")

    @property
    def most(self) -> int:
        """Return its value, raised by the environment variable; nesting stays as parsers can bear it."""
        usual: int = self.value[1]
        return usual if self in _FIXED else usual * _factor()

    def error(self, found: int | None = None, *, line: int | None = None) -> ReadError:
        """Return the error for a file that goes beyond it; the guard of the readers adds the file.

        Args:
            found: How much the file has, where that is known.
            line: The line of the file on which it is.
        """
        name, _, unit = self.value
        much = f"{found:,}" if found is not None else "more"
        most = f"at most {self.most:,} {unit}"
        todo = (
            "Save it anew from the program that made it, or leave it out."
            if self in _FIXED
            else "Split it, or raise all limits if it is as it should be: "
            f'"{VARIABLE}=4 quotegrid import ..." takes four times as much, and as much more memory.'
        )
        what = f"this file goes beyond a limit of what is read ({name}: {much}, {most})."
        return ReadError(what, line=line, todo=todo)

    def hold(self, found: int, *, line: int | None = None) -> None:
        """Check a number.

        Raises:
            ReadError: If it is beyond the limit.
        """
        if found > self.most:
            raise self.error(found, line=line)


_FIXED = frozenset({Limit.NESTING, Limit.PAGE_NESTING})


def _factor() -> int:
    said = os.environ.get(VARIABLE, "")
    return min(max(int(said), 1), _MOST_FACTOR) if said.isdecimal() else 1


def check_text(text: str) -> None:
    """Check the length of a text and of its paragraphs.

    Raises:
        ReadError: If one is beyond its limit.
    """
    Limit.TEXT.hold(len(text))
    most = Limit.PARAGRAPH.most
    if len(text) <= most:
        return
    for number, paragraph in enumerate(text.split("\n"), start=1):
        if len(paragraph) > most:
            raise Limit.PARAGRAPH.error(len(paragraph), line=number)


def check_tags(page: str) -> None:
    """Check how deep the blocks of a web page are nested.

    Raises:
        ReadError: If that is beyond the limit.
    """
    depth = 0
    for tag in _NESTING_TAGS.finditer(page):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        Limit.PAGE_NESTING.hold(depth)


def check_brackets(yaml: str) -> None:
    """Check how deep the brackets of a header in YAML are nested, before it is parsed.

    Raises:
        ReadError: If that is beyond the limit.
    """
    depth = 0
    for char in yaml:
        if char in "[{":
            depth += 1
            Limit.NESTING.hold(depth)
        elif char in "]}":
            depth -= 1


def check_values(content: Any) -> None:
    """Check how many values a header has where each reference to another value is written out.

    Raises:
        ReadError: If there are more than the limit, as where references multiply.
    """
    Limit.HEADER_VALUES.hold(_values(content, {}))


def _values(content: Any, known: dict[int, int]) -> int:
    if not isinstance(content, dict | list):
        return 1
    number = id(content)
    if number not in known:
        # One that holds itself is counted without end, if its own count is not there yet.
        known[number] = Limit.HEADER_VALUES.most + 1
        parts = content.values() if isinstance(content, dict) else content
        known[number] = 1 + sum(_values(part, known) for part in parts)
    return known[number]
