"""The parser of queries, whose messages point at the place that cannot be read."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from quotegrid.domain.search.query import And, Everything, Field, Node, Not, Or, Term, depth, terms
from quotegrid.errors import QueryError

MOST_CHARACTERS = 4_000
MOST_TERMS = 200
MOST_DEPTH = 40
"""The greatest depth of a query; a database could refuse a deeper one."""

GRAMMAR = r"""
start: [either]
?either: both (OR both)*
?both: one (AND? one)*
?one: (NOT | MINUS) one -> negated
    | "(" either ")"
    | FIELD VALUE -> field
    | FREE -> free

AND.3: /AND(?![^\s()])/
OR.3: /OR(?![^\s()])/
NOT.3: /NOT(?![^\s()])/
MINUS.3: /-(?=\S)/
FIELD.2: /("(\\.|[^"\\])*"|[^\W\d][\w-]*):/s
VALUE: /("(\\.|[^"\\])*"|\u201c[^\u201d]*\u201d)(\/?\*)?|[^\s()"\u201c\u201d]+/s
FREE.1: /("(\\.|[^"\\])*"|\u201c[^\u201d]*\u201d)\*?|(?!-|(AND|OR|NOT)(?![^\s()]))[^\s()"\u201c\u201d]+/s
%ignore /\s+/
"""
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"|\u201c([^\u201d]*)\u201d', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_FIELDS = frozenset(Field)
_WITHOUT_STAR = frozenset(
    {Field.KIND, Field.CODED, Field.STANCE, Field.CODER, Field.AFTER, Field.BEFORE, Field.NEAR, Field.SAVED}
)


def parse(text: str) -> Node:
    """Parse a query into a tree.

    Raises:
        QueryError: If it cannot be read, with the column, counted from 1.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryError(
            f"the query is longer than {MOST_CHARACTERS:,} characters.",
            query=text,
            column=MOST_CHARACTERS + 1,
            todo="Save parts of it by name, and use saved:NAME.",
        )
    try:
        tree: Any = _parser().parse(text)
    except _Trouble as error:
        raise QueryError(error.what, query=text, column=error.column, todo=error.todo) from error
    except UnexpectedCharacters as error:
        raise _unreadable(text, error.pos_in_stream or 0) from error
    except UnexpectedEOF as error:
        raise _unfinished(text) from error
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise _unfinished(text) from error
        raise _misplaced(text, error.token) from error
    node: Node = tree
    count = sum(1 for _ in terms(node))
    if count > MOST_TERMS or depth(node) > MOST_DEPTH:
        raise QueryError(
            "the query has too many parts.",
            query=text,
            column=1,
            todo=f"At most {MOST_TERMS} terms and {MOST_DEPTH} levels of parentheses can be asked at once.",
        )
    return node


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Trees(), maybe_placeholders=False)


class _Trees(Transformer[Token, Node]):
    """The builder of the tree while parsing, so that no depth of a query can exhaust the stack."""

    def start(self, parts: list[Node]) -> Node:
        return parts[0] if parts else Everything()

    def either(self, parts: list[Any]) -> Node:
        return Or(tuple(part for part in parts if not isinstance(part, Token)))

    def both(self, parts: list[Any]) -> Node:
        return And(tuple(part for part in parts if not isinstance(part, Token)))

    def negated(self, parts: list[Any]) -> Node:
        return Not(parts[1])

    def field(self, parts: list[Token]) -> Node:
        name, value = parts
        if value.start_pos != name.end_pos:
            raise _Trouble(
                f'nothing stands behind "{name}".',
                name,
                "Write the value without a space, as in group:parent.",
            )
        field = name[:-1]
        field = _unquoted(field) if field.startswith('"') else field
        return _term(Field(field.casefold()) if field.casefold() in _FIELDS else field, value, name)

    def free(self, parts: list[Token]) -> Node:
        (word,) = parts
        if word.startswith("@") and len(word) > 1:
            return Term(Field.SAVED, str(word[1:]), column=_column(word))
        return _term(Field.TEXT, word, word)


class _Trouble(Exception):
    """A term that can be parsed but not used."""

    def __init__(self, what: str, at: Token, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.column = _column(at)
        self.todo = todo


def _column(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _unquoted(text: str) -> str:
    found = _QUOTED.fullmatch(text)
    if found is None:
        return text
    return found[2] if found[1] is None else _ESCAPED.sub(r"\1", found[1])


def _term(field: str, value: Token, at: Token) -> Term:
    star = "/*" if field == Field.CODE else "*"
    text = str(value)
    is_open = text.endswith(star) and field not in _WITHOUT_STAR
    text = _unquoted(text[: -len(star)] if is_open else text)
    if not text.strip():
        raise _Trouble("there is nothing to look for here.", at, "Write a value between the quotation marks.")
    return Term(field, text, is_open, _column(at))


def _unreadable(text: str, position: int) -> QueryError:
    if text[position] in '"\u201c\u201d':
        return QueryError(
            "the quotation mark is not closed.",
            query=text,
            column=position + 1,
            todo='Quote a quotation mark within quotation marks as \\".',
        )
    return QueryError(f'"{text[position]}" cannot stand here.', query=text, column=position + 1)


def _unfinished(text: str) -> QueryError:
    """Return what is missing at the end: a parenthesis, or something after an operator or a field."""
    opened = []
    last: Token | None = None
    for token in _parser().lex(text):
        if token.type == "LPAR":
            opened.append(token)
        elif token.type == "RPAR" and opened:
            opened.pop()
        last = token
    if last is not None and last.type not in ("RPAR", "VALUE", "FREE"):
        return QueryError(f'something is missing behind "{last}".', query=text, column=len(text.rstrip()) + 1)
    at = opened[-1] if opened else last
    return QueryError("the parenthesis is not closed.", query=text, column=1 if at is None else _column(at))


def _misplaced(text: str, token: Token) -> QueryError:
    what = f'"{token}" cannot stand here.'
    todo = ""
    if token.type == "RPAR":
        what = "this parenthesis was not opened, or there is nothing in it."
    elif token.type in ("AND", "OR"):
        todo = f'Something must stand on both sides of it; to look for the word write text:"{token}".'
    elif token.startswith("-"):
        todo = (
            "A minus stands right before what it takes away; to look for one, put quotation marks around it."
        )
    elif token.type == "LPAR":
        todo = "A field has one value; write (group:parent OR group:school)."
    return QueryError(what, query=text, column=_column(token), todo=todo)
