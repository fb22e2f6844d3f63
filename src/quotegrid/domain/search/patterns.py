"""Patterns of text: regular expressions, and words with a star for any letters."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quotegrid.domain.search.conditions import PatternCondition, WildcardCondition
from quotegrid.domain.text.search_form import typed_form
from quotegrid.errors import UsageError

LONGEST_PATTERN = 200
SECONDS = 10.0
"""The time that the patterns of a query may take together, over all texts."""
_LETTER = r"[\p{L}\p{N}\p{M}_]"
_BETWEEN_WORDS = re.compile(r"[^\w*]+")


class SlowPatternError(UsageError):
    """A pattern that takes too long."""


@dataclass(frozen=True, slots=True)
class TextPattern:
    """A pattern that texts are searched for."""

    compiled: Any
    """The expression, of the module `regex`."""
    is_folded: bool
    """Whether it is searched for without accents and ligatures."""

    def is_in(self, text: str, until: float) -> bool:
        """Return whether the pattern is found in a text.

        Args:
            text: The text.
            until: The time of `time.monotonic` at which the search is given up.

        Raises:
            SlowPatternError: If it takes too long.
        """
        searched = typed_form(text).text if self.is_folded and not text.isascii() else text
        try:
            found = self.compiled.search(searched, timeout=max(until - time.monotonic(), 0.001))
        except TimeoutError as error:
            raise SlowPatternError(
                f"the patterns of this query take more than {SECONDS:g} seconds.",
                todo="Ask for simpler ones, without one repetition inside another, or for fewer passages.",
            ) from error
        return found is not None

    def places(self, text: str, until: float) -> Iterator[tuple[int, int]]:
        """Yield where the pattern is found, in code points of the text; nothing more if it takes too long."""
        form = typed_form(text) if self.is_folded else None
        searched = text if form is None else form.text
        try:
            for found in self.compiled.finditer(searched, timeout=max(until - time.monotonic(), 0.001)):
                if found.end() > found.start():
                    yield found.span() if form is None else form.original(*found.span())
        except TimeoutError:
            return


def text_pattern(condition: PatternCondition | WildcardCondition) -> TextPattern:
    """Return the pattern of a condition, compiled; case is ignored.

    Raises:
        UsageError: If it is no regular expression, or too long.
    """
    import regex

    if isinstance(condition, WildcardCondition):
        return TextPattern(regex.compile(_written(condition.words), regex.IGNORECASE), is_folded=True)
    if len(condition.pattern) > LONGEST_PATTERN:
        raise UsageError(f"a pattern has at most {LONGEST_PATTERN} characters.")
    try:
        return TextPattern(regex.compile(condition.pattern, regex.IGNORECASE), is_folded=False)
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        raise UsageError(
            f"this is no regular expression ({error}).",
            todo='Write a backslash before a sign that is meant as it stands, or look for "words".',
        ) from error


def _written(words: str) -> str:
    """Return the expression for words one after the other, whatever stands between them."""
    parts = [part for part in _BETWEEN_WORDS.split(typed_form(words).text) if part]
    expressions = [f"{_LETTER}*".join(map(re.escape, part.split("*"))) for part in parts]
    return rf"(?<!{_LETTER})" + rf"(?!{_LETTER}).[^\p{{L}}\p{{N}}]*".join(expressions) + rf"(?!{_LETTER})"
