"""Reads a column of times: clock times, or numbers of seconds or milliseconds, as HH:MM:SS."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLOCK = re.compile(
    r"[\W_]{0,2}(?P<date>(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}),?[T ]\s*)?"
    r"(?P<first>\d{1,3}):(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d))?(?:[.,:;]\d{1,9})?(?!\d)"
    r"(?P<half>\s?[ap]\.?m\b)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>ms|msec|s|secs?|seconds)?", re.IGNORECASE)
_IN_MILLISECONDS = re.compile(r"\b(?:ms|msec|milli\w*)\b", re.IGNORECASE)
_IN_SECONDS = re.compile(r"\b(?:s|secs?|seconds)\b", re.IGNORECASE)
_SLOWEST = 10
"""Seconds a word: nobody speaks so slowly over a whole table, so its numbers are milliseconds then."""


def clock_time(written: str) -> str | None:
    """Return the clock time with which a text begins as HH:MM:SS, or None if it does not begin with one.

    Two numbers are minutes and seconds, unless a date stands before them.
    """
    found = _CLOCK.match(written.strip())
    if found is None:
        return None
    first, second, third = int(found["first"]), int(found["second"]), found["third"]
    if third is not None or found["date"] or found["half"]:
        hours, minutes, seconds = first, second, int(third or 0)
    else:
        hours, minutes, seconds = first // 60, first % 60, second
    if found["half"]:
        hours = hours % 12 + (12 if found["half"].strip()[0] in "pP" else 0)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"


def is_dated(written: str) -> bool:
    """Return whether a time stands behind a date, as surveys note when somebody answered."""
    found = _CLOCK.match(written.strip())
    return found is not None and found["date"] is not None


def number_of(written: str) -> float | None:
    """Return the number of seconds or milliseconds that a cell holds, or None if it holds anything else."""
    found = _NUMBER.fullmatch(written.strip())
    return None if found is None else float(found["number"].replace(",", "."))


def times_of(cells: Sequence[str], heading: str, words: int) -> list[str | None]:
    """Return the times of a column as HH:MM:SS, or None where a cell holds none.

    Numbers are milliseconds if the heading or a cell says so, or if as seconds they would leave more of them
    for each word than anybody takes to say it.

    Args:
        cells: The column's cells, in order.
        heading: Its name.
        words: The number of words said in the rows.
    """
    numbers = [number for cell in cells if (number := number_of(cell)) is not None]
    divisor = 1000 if numbers and _are_milliseconds(cells, numbers, heading, words) else 1
    found = []
    for cell in cells:
        time = clock_time(cell)
        number = number_of(cell) if time is None else None
        if number is not None:
            seconds = int(number / divisor)
            time = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        found.append(time)
    return found


def _are_milliseconds(cells: Sequence[str], numbers: Sequence[float], heading: str, words: int) -> bool:
    units = {found["unit"] for cell in cells if (found := _NUMBER.fullmatch(cell.strip())) is not None}
    spelled = " ".join([heading, *(unit for unit in units if unit)])
    if _IN_MILLISECONDS.search(spelled):
        return True
    if _IN_SECONDS.search(spelled) or any(not number.is_integer() for number in numbers):
        return False
    return max(numbers) - min(numbers) > _SLOWEST * max(words, 1)
