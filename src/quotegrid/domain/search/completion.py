"""Completes a query while it is being typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.search.query import ATTRIBUTE
from quotegrid.domain.search.relations import Relation, Scope

MOST = 50
OPERATORS = (
    "AND",
    "OR",
    "NOT",
    *(f"{relation} code:" for relation in Relation),
    *(f"within {scope}" for scope in Scope),
)
"""The words between the terms of a query."""
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*(?P<end>"|\\?\Z)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that may replace the word being typed."""

    start: int
    """The offset in the query at which the replaced text begins."""
    end: int
    """The offset at which the replaced text ends."""
    text: str
    """The text that replaces it."""
    shown: str
    """The text shown in the list of completions."""

    def taken(self, query: str) -> tuple[str, int]:
        """Return the query with the completion applied, and the cursor's new offset."""
        return query[: self.start] + self.text + query[self.end :], self.start + len(self.text)


def complete_query(query: str, cursor: int, vocabulary: Mapping[str, Sequence[str]]) -> list[Completion]:
    """Return the completions of the word at the cursor, those that begin like it first.

    Before a colon these are fields and, once a letter is typed, what stands between terms; after it, values
    of the field.

    Args:
        query: The query as far as it is typed.
        cursor: The cursor's offset in the query, in code points.
        vocabulary: The values of each field as a query writes them, quoted where necessary.
    """
    start, colon = _word_at(query, cursor)
    end = _word_end(query, cursor)
    if colon is None:
        typed = query[start:cursor].casefold()
        names = [(f"{_written(name)}:", name) for name in vocabulary]
        names += [(operator, operator) for operator in OPERATORS if typed]
        return [Completion(start, end, text, name) for text, name in _fitting(typed, names)]
    field = query[start:colon].strip('"').casefold()
    known = next((values for name, values in vocabulary.items() if name.casefold() == field), ())
    typed = query[colon + 1 : cursor].lstrip('"').casefold()
    return [
        Completion(colon + 1, end, text, shown)
        for text, shown in _fitting(typed, [(value, _plain(value)) for value in known])
    ]


def _word_at(query: str, cursor: int) -> tuple[int, int | None]:
    """Return the offset at which the word at the cursor begins, and that of its colon, or None."""
    start, colon = 0, None
    unquoted = _QUOTED.sub(lambda match: '"' * len(match.group()), query[:cursor])
    for place, char in enumerate(unquoted):
        if char.isspace() or char in "()" or (char == "-" and place == start):
            start, colon = place + 1, None
        elif char == ":" and colon is None and place > start:
            colon = place
    return start, colon


def _word_end(query: str, cursor: int) -> int:
    """Return the offset at which the word at the cursor ends: a closing mark, or before white space."""
    is_quoted = _is_within_quotes(query, cursor)
    for place in range(cursor, len(query)):
        char = query[place]
        if is_quoted and char == '"':
            return place + 1
        if not is_quoted and (char.isspace() or char in "()"):
            return place
    # An unclosed quoted value ends at the cursor, so that the rest of the query is kept.
    return cursor if is_quoted else len(query)


def _is_within_quotes(query: str, cursor: int) -> bool:
    return any(match["end"] != '"' for match in _QUOTED.finditer(query, 0, cursor))


def _fitting(typed: str, values: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the values that begin with what is typed, then those in which another word does."""
    first = [value for value in values if value[1].casefold().startswith(typed)]
    second = [
        value
        for value in values
        if value not in first and any(word.startswith(typed) for word in value[1].casefold().split())
    ]
    return [*first, *second][:MOST]


def _plain(value: str) -> str:
    return value.replace('\\"', "\N{QUOTATION MARK}").strip('"').replace('"/*', "/*")


def _written(name: str) -> str:
    is_plain = name.removeprefix(ATTRIBUTE).replace("-", "_").isidentifier()
    return name if is_plain else f'"{name}"'
