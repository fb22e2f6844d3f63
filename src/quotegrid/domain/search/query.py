"""Queries as trees of terms, and how they are written.

A tree does not depend on a study's names; `domain.search.meaning` gives it a meaning.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.coding.quotes import BUILT_IN_ATTRIBUTES
from quotegrid.domain.search.relations import Relation, Scope


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
    MEMO = "memo"
    READ = "read"
    WORDS = "words"
    SAVED = "saved"


ATTRIBUTE = "attribute."
"""Written before the name of an attribute that is also the name of a field: "attribute.code:A1"."""
MISSING = "none"


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


class ValueForm(StrEnum):
    """The ways in which the value of a term is meant."""

    PLAIN = "plain"
    MISSING = "missing"
    """`none`: nothing is known."""
    COMPARISON = "comparison"
    """`>40`, `<=3`, `40..50`, `2025-01..2025-03`."""
    PATTERN = "pattern"
    """`/expression/`."""
    WILDCARD = "wildcard"
    """`wa*t`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A `field:value` pair."""

    field: str
    """A `Field`, or the name of an attribute as typed, after `ATTRIBUTE` if it is also that of a field."""
    value: str
    is_open: bool = False
    """Written with a star: words with this beginning (`text:wait*`), or the codes below one (`code:theme/*`);
    with no value any value at all (`wave:*`).
    """
    form: ValueForm = ValueForm.PLAIN
    distance: int | None = None
    """The most other words among those of the value, 5 in `"a b"~5`; None where they are a phrase."""
    column: int = dataclasses.field(default=1, compare=False)
    """The column at which it begins in the query, counted from 1."""
    value_column: int = dataclasses.field(default=1, compare=False)
    """The column at which its value begins."""

    def at(self, column: int) -> Term:
        """Return the term as if it stood at a column of another query."""
        return dataclasses.replace(self, column=column, value_column=column)


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


@dataclass(frozen=True, slots=True)
class Related:
    """A part that a quote must fit, near or before a quote that fits another part."""

    part: Node
    other: Node
    relation: Relation
    scope: Scope


Node = Term | Everything | Not | And | Or | Related

_BARE = re.compile(
    r'(?!none$|[<>/])(?!.*\.\.)[^\s()"\u201c\u201d*\\@-][^\s()"\u201c\u201d*\\]*', re.IGNORECASE
)
_NAME = re.compile(r"(attribute\.)?[^\W\d][\w-]*")


def attribute_field(name: str) -> str:
    """Return the field that asks for an attribute, told apart from a field of the language of that name."""
    if name.casefold() in BUILT_IN_ATTRIBUTES:
        return Field(name.casefold())
    return ATTRIBUTE + name if name.casefold() in frozenset(Field) else name


def all_of(parts: list[Node]) -> Node:
    """Return a conjunction of the parts, a single part by itself, or everything if there is none."""
    return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else Everything()


def terms(query: Node) -> Iterator[Term]:
    """Return the terms of a query in the order in which they are written."""
    return (part for part, _ in _walk(query) if isinstance(part, Term))


def has_relation(query: Node) -> bool:
    """Return whether a part of a query stands near or before another."""
    return any(isinstance(part, Related) for part, _ in _walk(query))


def count_searches(query: Node) -> int:
    """Return how many parts of a query search texts or compare places, which no index helps with."""
    searching = (ValueForm.PATTERN, ValueForm.WILDCARD)
    return sum(
        isinstance(part, Related)
        or (isinstance(part, Term) and (part.form in searching or part.distance is not None))
        for part, _ in _walk(query)
    )


def depth(query: Node) -> int:
    """Return how deeply the parts of a query are nested."""
    return max(level for _, level in _walk(query))


def _walk(query: Node) -> Iterator[tuple[Node, int]]:
    """Yield all parts with their depth, without recursion, because the depth has not been checked yet."""
    waiting = [(query, 1)]
    while waiting:
        part, level = waiting.pop()
        yield part, level
        waiting += [(inner, level + 1) for inner in reversed(_within(part))]


def _within(part: Node) -> tuple[Node, ...]:
    if isinstance(part, Not):
        return (part.part,)
    if isinstance(part, Related):
        return part.part, part.other
    return part.parts if isinstance(part, And | Or) else ()


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
    if isinstance(query, Related):
        part, other = (replace_terms(side, of_term) for side in (query.part, query.other))
        return Related(part, other, query.relation, query.scope)
    return query


def write_query(query: Node) -> str:
    """Return the query as it could be typed; parsing the result gives the same tree."""
    if isinstance(query, Everything):
        return ""
    if isinstance(query, Term):
        return _term(query)
    if isinstance(query, Not):
        return f"NOT {_enclosed(query.part, And, Or, Related)}"
    if isinstance(query, Related):
        part, other = (_enclosed(side, And, Or, Related) for side in (query.part, query.other))
        return f"{part} {query.relation.upper()} {other} WITHIN {query.scope}"
    if isinstance(query, And):
        return " ".join(_enclosed(part, And, Or) for part in query.parts)
    return " OR ".join(_enclosed(part, Or) for part in query.parts)


def quote_value(value: str) -> str:
    """Return a value in quotation marks."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _term(term: Term) -> str:
    name = term.field if _NAME.fullmatch(term.field) else quote_value(term.field)
    return f"{name}:{_value(term)}"


def _value(term: Term) -> str:
    if term.form is ValueForm.PATTERN:
        return f"/{term.value}/"
    if term.form is not ValueForm.PLAIN:
        return term.value
    if term.is_open and not term.value:
        return "*"
    if term.distance is not None:
        return f"{quote_value(term.value)}~{term.distance}"
    value = term.value if _BARE.fullmatch(term.value) else quote_value(term.value)
    return value + ("/*" if term.field == Field.CODE else "*") * term.is_open


def _enclosed(part: Node, *needing: type) -> str:
    text = write_query(part)
    return f"({text})" if isinstance(part, needing) else text
