"""Offers of names to join: spellings that are near each other, and names that may be areas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from quotegrid.domain.text.normalise import counted, folded_words
from quotegrid.workflows.people.joins.joining import people_counted

Written = TypeVar("Written")
_IS_NEAR = 0.85
"""The similarity of two spellings from which they are offered together: a letter or two differ."""


@dataclass(frozen=True, slots=True)
class OfferedJoin:
    """Spellings that look like one group or area, and are joined to none."""

    spellings: tuple[str, ...]
    """The most frequent first."""
    people: int
    line: str
    """The line of the settings that joins them."""
    quotes: int = 0
    """The number of a report's quotes that would have the area."""
    heading: str = ""
    """The heading that names the area, where no file gives it to anybody."""

    @property
    def told(self) -> str:
        """Return the offer in words, without the question."""
        counts = [people_counted(self.people)] if self.people else []
        counts += [counted(self.quotes, "quote")] if self.quotes else []
        heading = f' from the heading "{self.heading}"' if self.heading else ""
        amount = f" ({', '.join(counts)})" if counts else ""
        return f"{', '.join(self.spellings)}{amount}{heading}"


def line_of(name: str, spellings: Sequence[str]) -> str:
    """Return the line of the settings that joins spellings to a name."""
    return f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(list(spellings), ensure_ascii=False)}"


def put_alike_together(
    found: Iterable[Written], spelling: Callable[[Written], str], kind: Callable[[Written], str]
) -> list[list[Written]]:
    """Return what is written, with what is spelt nearly the same and of one kind in one list.

    Args:
        found: What is written, the most frequent first.
        spelling: Returns the spelling of one.
        kind: Returns what only those can share that are put together.
    """
    together: list[list[Written]] = []
    for written in found:
        near = next(
            (
                others
                for others in together
                if kind(others[0]) == kind(written) and _are_near(spelling(others[0]), spelling(written))
            ),
            None,
        )
        if near is None:
            together.append([written])
        else:
            near.append(written)
    return together


def _are_near(spelling: str, other: str) -> bool:
    words, others = " ".join(folded_words(spelling)), " ".join(folded_words(other))
    return SequenceMatcher(None, words, others).ratio() >= _IS_NEAR
