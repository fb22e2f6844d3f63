"""Expressions that SQLite and PostgreSQL spell differently, each with one meaning on both."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

__all__ = ["as_text", "gathered", "numbers_in", "segments_saying"]


class gathered(FunctionElement[str]):  # noqa: N801 - named as functions of SQL are
    """The numbers of a group as one text, "1,2,3"; two of one group are in the same order."""

    type = String()
    inherit_cache = True


class as_text(FunctionElement[str]):  # noqa: N801
    """A JSON column as the text that the database has for it."""

    type = String()
    inherit_cache = True


class numbers_in(FunctionElement[int]):  # noqa: N801
    """A query for the numbers of one text, "[1, 2, 3]"."""

    type = Integer()
    inherit_cache = True


class segments_saying(FunctionElement[int]):  # noqa: N801
    """A query for the segments with words: FTS5's phrase, the words, and whether the last one is only begun."""

    type = Integer()
    inherit_cache = True


def is_among(number: Any, query: FunctionElement[int]) -> Any:
    """Whether a number is one of those that a query of this module finds."""
    return number.op("IN", is_comparison=True, return_type=Boolean())(query)


def _arguments(element: Any, compiler: Any, **options: Any) -> list[str]:
    return [compiler.process(one, **options) for one in element.clauses]


@compiles(gathered, "sqlite")
def _gathered_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"group_concat({_arguments(element, compiler, **options)[0]})"


@compiles(gathered, "postgresql")
def _gathered_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"string_agg(CAST({_arguments(element, compiler, **options)[0]} AS TEXT), ',')"


@compiles(as_text, "sqlite")
def _as_text_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return _arguments(element, compiler, **options)[0]


@compiles(as_text, "postgresql")
def _as_text_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST({_arguments(element, compiler, **options)[0]} AS TEXT)"


@compiles(numbers_in, "sqlite")
def _numbers_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"(SELECT value FROM json_each({_arguments(element, compiler, **options)[0]}))"


@compiles(numbers_in, "postgresql")
def _numbers_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    numbers = _arguments(element, compiler, **options)[0]
    return f"(SELECT unnest(CAST(translate({numbers}, '[]', '{{}}') AS INTEGER[])))"


@compiles(segments_saying, "sqlite")
def _saying_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    phrase, _, is_open = element.clauses
    index = "segment_forms" if is_open.value else "segment_words"
    return f"(SELECT rowid FROM {index} WHERE {index} MATCH {compiler.process(phrase, **options)})"


@compiles(segments_saying, "postgresql")
def _saying_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    _, words, is_open = element.clauses
    asked = compiler.process(words, **options)
    query, index = ("begun", "forms") if is_open.value else ("said", "stems")
    return f"(SELECT segment_id FROM segment_words WHERE {index} @@ quotegrid_{query}({asked}))"
