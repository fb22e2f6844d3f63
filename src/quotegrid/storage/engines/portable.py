"""SQL expressions that SQLite and PostgreSQL spell differently, each with one meaning on both."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

__all__ = [
    "as_text",
    "is_among",
    "joined",
    "numbers_in",
    "segments_beginning",
    "segments_saying",
    "segments_with_forms",
]


class joined(FunctionElement[str]):
    """The numbers of a group as one text, "1,2,3"; two of one group are in the same order."""

    type = String()
    inherit_cache = True


class as_text(FunctionElement[str]):
    """A JSON column as text."""

    type = String()
    inherit_cache = True


class numbers_in(FunctionElement[int]):
    """A query for the numbers of one text, "[1, 2, 3]"."""

    type = Integer()
    inherit_cache = True


class segments_saying(FunctionElement[int]):
    """A query for the segments with the stems of some words.

    The words are given as an FTS5 query and as they were typed, with the codes of the languages whose stems
    are meant, separated by commas.
    """

    type = Integer()
    inherit_cache = True


class segments_with_forms(FunctionElement[int]):
    """A query for the segments with some words as they stand, given as an FTS5 phrase and as typed."""

    type = Integer()
    inherit_cache = True


class segments_beginning(FunctionElement[int]):
    """A query for the segments with some words, the last of which is a prefix."""

    type = Integer()
    inherit_cache = True


def is_among(number: Any, query: FunctionElement[int]) -> Any:
    """Return the condition that a number is among the results of a query of this module."""
    return number.op("IN", is_comparison=True, return_type=Boolean())(query)


def _argument(element: Any, compiler: Any, **options: Any) -> str:
    (argument,) = element.clauses
    return str(compiler.process(argument, **options))


@compiles(joined, "sqlite")
def _joined_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"group_concat({_argument(element, compiler, **options)})"


@compiles(joined, "postgresql")
def _joined_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"string_agg(CAST({_argument(element, compiler, **options)} AS TEXT), ',')"


@compiles(as_text, "sqlite")
def _as_text_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return _argument(element, compiler, **options)


@compiles(as_text, "postgresql")
def _as_text_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST({_argument(element, compiler, **options)} AS TEXT)"


@compiles(numbers_in, "sqlite")
def _numbers_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"(SELECT value FROM json_each({_argument(element, compiler, **options)}))"  # noqa: S608 - made of compiled parts


@compiles(numbers_in, "postgresql")
def _numbers_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    numbers = _argument(element, compiler, **options)
    return f"(SELECT unnest(CAST(translate({numbers}, '[]', '{{}}') AS BIGINT[])))"


@compiles(segments_saying, "sqlite")
def _saying_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    phrase = compiler.process(next(iter(element.clauses)), **options)
    return f"(SELECT rowid FROM segment_words WHERE segment_words MATCH {phrase})"  # noqa: S608 - made of compiled parts


@compiles(segments_saying, "postgresql")
def _saying_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    _, words, languages = (compiler.process(part, **options) for part in element.clauses)
    return f"(SELECT segment_id FROM segment_words WHERE stems @@ quotegrid_said({words}, {languages}))"  # noqa: S608 - made of compiled parts


@compiles(segments_with_forms, "postgresql")
def _forms_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    words = compiler.process(list(element.clauses)[1], **options)
    return f"(SELECT segment_id FROM segment_words WHERE forms @@ quotegrid_exact({words}))"  # noqa: S608 - made of compiled parts


@compiles(segments_with_forms, "sqlite")
@compiles(segments_beginning, "sqlite")
def _forms_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    phrase = compiler.process(next(iter(element.clauses)), **options)
    return f"(SELECT rowid FROM segment_forms WHERE segment_forms MATCH {phrase})"  # noqa: S608 - made of compiled parts


@compiles(segments_beginning, "postgresql")
def _beginning_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    words = compiler.process(list(element.clauses)[1], **options)
    return f"(SELECT segment_id FROM segment_words WHERE forms @@ quotegrid_begun({words}))"  # noqa: S608 - made of compiled parts
