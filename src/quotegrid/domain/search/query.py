"""Queries as trees of terms, and how they are written.

A tree does not depend on a study's names; `domain.search.meaning` gives it a meaning.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """The fields of the query language; any other name is an attribute of the study."""

    GROUP = "group"
    ROLE = "role"
    AREA = "area"
    SOURCE = "source"
    CASE = "case"
    KIND = "kind"
    CODED = "coded"
    CODE = "code"
    STANCE = "stance"
    CODER = "coder"
    AFTER = "after"
    BEFORE = "before"
    TEXT = "text"
    NEAR = "near"
    SAVED = "saved"


class Sort(StrEnum):
    """The order of quotes; equal ones are ordered by source and place."""

    SOURCE = "source"
    GROUP = "group"
    AREA = "area"
    CASE = "case"
    NEAREST = "nearest"
    """By meaning, for queries with `near:`."""
    NEWEST = "newest"
    """The most recently coded first, then quotes without a coding."""


@dataclass(frozen=True, slots=True)
class Term:
    """A `field:value` pair."""

    field: str
    """A `Field`, or the name of an attribute as typed."""
    value: str
    is_open: bool = False
    """Written with a star: words with this beginning (`text:wait*`), or the codes below one (`code:theme/*`).
    """
    column: int = dataclasses.field(default=1, compare=False)
    """The column at which it begins in the query, counted from 1."""


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query."""


@dataclass(frozen=True, slots=True)
class Not:
    """A part that a quote must not fit."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of at least two parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of at least two parts."""

    parts: tuple[Node, ...]


Node = Term | Everything | Not | And | Or

_BARE = re.compile(r'[^\s()"\u201c\u201d*\\@-][^\s()"\u201c\u201d*\\]*')
_NAME = re.compile(r"[^\W\d][\w-]*")


def all_of(parts: list[Node]) -> Node:
    """Return a conjunction of the parts, a single part by itself, or everything if there is none."""
    return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else Everything()


def terms(query: Node) -> Iterator[Term]:
    """Return the terms of a query in the order in which they are written."""
    return (part for part, _ in _walk(query) if isinstance(part, Term))


def depth(query: Node) -> int:
    """Return how deeply the parts of a query are nested."""
    return max(level for _, level in _walk(query))


def _walk(query: Node) -> Iterator[tuple[Node, int]]:
    """Yield all parts with their depth, without recursion, because the depth has not been checked yet."""
    waiting = [(query, 1)]
    while waiting:
        part, level = waiting.pop()
        yield part, level
        within = (part.part,) if isinstance(part, Not) else part.parts if isinstance(part, And | Or) else ()
        waiting += [(inner, level + 1) for inner in reversed(within)]


def replace_terms(query: Node, of_term: Callable[[Term], Node]) -> Node:
    """Return the query with each term replaced.

    Args:
        query: The query.
        of_term: Returns the replacement of a term.
    """
    if isinstance(query, Term):
        return of_term(query)
    if isinstance(query, Not):
        return Not(replace_terms(query.part, of_term))
    if isinstance(query, And | Or):
        return type(query)(tuple(replace_terms(part, of_term) for part in query.parts))
    return query


def write_query(query: Node) -> str:
    """Return the query as it could be typed; parsing the result gives the same tree."""
    if isinstance(query, Everything):
        return ""
    if isinstance(query, Term):
        return _term(query)
    if isinstance(query, Not):
        return f"NOT {_within(query.part, And, Or)}"
    if isinstance(query, And):
        return " ".join(_within(part, And, Or) for part in query.parts)
    return " OR ".join(_within(part, Or) for part in query.parts)


def quote_value(value: str) -> str:
    """Return a value in quotation marks."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _term(term: Term) -> str:
    name = term.field if _NAME.fullmatch(term.field) else quote_value(term.field)
    value = term.value if _BARE.fullmatch(term.value) else quote_value(term.value)
    star = ("/*" if term.field == Field.CODE else "*") if term.is_open else ""
    return f"{name}:{value}{star}"


def _within(part: Node, *needing: type) -> str:
    text = write_query(part)
    return f"({text})" if isinstance(part, needing) else text
