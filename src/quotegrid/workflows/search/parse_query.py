"""The parser of queries, whose messages point at the place that cannot be read."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from quotegrid.domain.coding.quotes import BUILT_IN_ATTRIBUTES
from quotegrid.domain.search.comparison import is_comparison
from quotegrid.domain.search.query import (
    ATTRIBUTE,
    MISSING,
    And,
    Everything,
    Field,
    Node,
    Not,
    Or,
    Related,
    Term,
    ValueForm,
    attribute_field,
    count_searches,
    depth,
    terms,
)
from quotegrid.domain.search.relations import Relation, Scope
from quotegrid.errors import QueryError

MOST_CHARACTERS = 4_000
MOST_TERMS = 200
MOST_DEPTH = 40
"""The greatest depth of a query; a database could refuse a deeper one."""
MOST_SEARCHES = 20
"""The most parts of a query that may search texts or compare places, each of which looks at all passages."""
MOST_AT_ONCE = (
    f"At most {MOST_TERMS} terms and {MOST_DEPTH} levels of parentheses can be asked at once, and "
    f"{MOST_SEARCHES} patterns, near words and codes near or before others."
)

_QUOTES = r'("(\\.|[^"\\])*"|\u201c[^\u201d]*\u201d)'
_EXPRESSION = r"\/(\\.|[^\/\\])+\/(?![^\s()])"
_BARE = r"[^\s()\"\u201c\u201d]+"
_END = r"(?![^\s()])"
GRAMMAR = rf"""
start: [either]
?either: both (OR both)*
?both: side (AND? side)*
?side: one
    | one RELATION one -> related
    | one RELATION one WITHIN -> related
?one: (NOT | MINUS) one -> negated
    | "(" either ")"
    | FIELD VALUE -> field
    | FREE -> free

AND.3: /(AND|and){_END}/
OR.3: /(OR|or){_END}/
NOT.3: /NOT{_END}|not(?=\s+(\(|(?i:attribute\.)?("(\\.|[^"\\])*"|[^\W\d][\w-]*):))/
MINUS.3: /-(?=\S)/
RELATION.3: /(NEAR|BEFORE){_END}|(near|before)(?=\s+("?code"?:|\())/
WITHIN.3: /(WITHIN|within)\s+(passage|turn|source|case){_END}/
FIELD.2: /(?i:attribute\.)?("(\\.|[^"\\])*"|[^\W\d][\w-]*):/s
VALUE: /{_QUOTES}(\/?\*|~\d+)?|{_EXPRESSION}|{_BARE}/s
FREE.1: /{_QUOTES}(\*|~\d+)?|{_EXPRESSION}|(?!-|(AND|and|OR|or|NOT|NEAR|BEFORE|WITHIN){_END}){_BARE}/s
%ignore /\s+/
"""
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"|\u201c([^\u201d]*)\u201d', re.DOTALL)
_NEAR_WORDS = re.compile(rf"(?P<words>{_QUOTES})~(?P<distance>\d+)", re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_FIELDS = frozenset(Field)
_WITHOUT_STAR = frozenset(
    {
        Field.KIND,
        Field.CODED,
        Field.STANCE,
        Field.CODER,
        Field.AFTER,
        Field.BEFORE,
        Field.NEAR,
        Field.READ,
        Field.WORDS,
        Field.SAVED,
    }
)
_FARTHEST = 1_000


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
    if is_too_large(node):
        raise QueryError("the query has too many parts.", query=text, column=1, todo=MOST_AT_ONCE)
    return node


def is_too_large(query: Node) -> bool:
    """Return whether a query has more parts than can be asked at once."""
    return (
        sum(1 for _ in terms(query)) > MOST_TERMS
        or depth(query) > MOST_DEPTH
        or count_searches(query) > MOST_SEARCHES
    )


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

    def related(self, parts: list[Any]) -> Node:
        part, relation, other, *rest = parts
        kind = Relation(relation.casefold())
        usual = Scope.TURN if kind is Relation.NEAR else Scope.SOURCE
        scope = Scope(rest[0].split()[1].casefold()) if rest else usual
        if kind is Relation.BEFORE and scope is Scope.PASSAGE:
            raise _Trouble("no passage stands before itself.", rest[0], "Write within turn, source or case.")
        return Related(part, other, kind, scope)

    def field(self, parts: list[Token]) -> Node:
        name, value = parts
        if value.start_pos != name.end_pos:
            raise _Trouble(
                f'nothing stands behind "{name}".',
                name,
                "Write the value without a space, as in group:parent.",
            )
        field = name[:-1]
        prefix = ATTRIBUTE if field.casefold().startswith(ATTRIBUTE) else ""
        return _term(_field(prefix + _unquoted(field[len(prefix) :])), value, name)

    def free(self, parts: list[Token]) -> Node:
        (word,) = parts
        if word.startswith("@") and len(word) > 1:
            return Term(Field.SAVED, str(word[1:]), column=_column(word))
        if word == "not":
            raise _Trouble(
                'a small "not" can be a word or take something away.',
                word,
                'Write NOT or a minus to take away, or "not" in quotation marks to look for the word.',
            )
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


def _field(name: str) -> str:
    if name.casefold().startswith(ATTRIBUTE):
        return attribute_field(name[len(ATTRIBUTE) :])
    return Field(name.casefold()) if name.casefold() in _FIELDS else name


def _unquoted(text: str) -> str:
    found = _QUOTED.fullmatch(text)
    if found is None:
        return text
    return found[2] if found[1] is None else _ESCAPED.sub(r"\1", found[1])


def _term(field: str, value: Token, at: Token) -> Term:
    columns = _column(at), _column(value)
    text = str(value)
    near = _NEAR_WORDS.fullmatch(text)
    if near is not None:
        return _near_words(field, _unquoted(near["words"]), int(near["distance"]), value, columns)
    form = ValueForm.PLAIN if text[0] in '"\u201c' else _form(field, text)
    if form is ValueForm.PATTERN:
        text = text[1:-1]
    if form is ValueForm.MISSING:
        text = MISSING
    if form is not ValueForm.PLAIN:
        return Term(field, text, form=form, column=columns[0], value_column=columns[1])
    if text == "*" and _takes_any(field):
        return Term(field, "", is_open=True, column=columns[0], value_column=columns[1])
    star = "/*" if field == Field.CODE else "*"
    is_open = text.endswith(star) and field not in _WITHOUT_STAR
    text = _unquoted(text[: -len(star)] if is_open else text)
    if not text.strip():
        raise _Trouble("there is nothing to look for here.", at, "Write a value between the quotation marks.")
    return Term(field, text, is_open, column=columns[0], value_column=columns[1])


def _form(field: str, text: str) -> ValueForm:
    """Return how a value without quotation marks is meant."""
    if field == Field.TEXT and len(text) > 2 and text[0] == text[-1] == "/":
        return ValueForm.PATTERN
    if field in (Field.TEXT, Field.MEMO):
        return ValueForm.WILDCARD if "*" in text[:-1] and text.strip("*") else ValueForm.PLAIN
    is_attribute = field not in _FIELDS
    if (is_attribute or field == Field.WORDS) and is_comparison(text):
        return ValueForm.COMPARISON
    if (is_attribute or _takes_any(field)) and field not in _NEVER_MISSING and text.casefold() == MISSING:
        return ValueForm.MISSING
    return ValueForm.PLAIN


_NEVER_MISSING = frozenset({Field.SOURCE, Field.CODE, Field.MEMO})


def _takes_any(field: str) -> bool:
    """Return whether a star alone asks for any value of a field."""
    return field not in _FIELDS or field in BUILT_IN_ATTRIBUTES or field in (Field.CODE, Field.MEMO)


def _near_words(field: str, words: str, distance: int, value: Token, columns: tuple[int, int]) -> Term:
    if field != Field.TEXT:
        raise _Trouble("only words of text: are looked for near each other.", value, "Leave out the ~.")
    if len(words.split()) < 2:
        raise _Trouble("words near each other are at least two.", value, 'Write them as in "who pays"~5.')
    if distance > _FARTHEST:
        raise _Trouble(f"words near each other are at most {_FARTHEST:,} words apart.", value)
    return Term(Field.TEXT, words, distance=distance, column=columns[0], value_column=columns[1])


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
    elif token.type in ("AND", "OR", "RELATION"):
        todo = f'Something must stand on both sides of it; to look for the word write "{token}".'
        if token.type == "RELATION":
            todo += " Put parentheses around what already stands near or before something."
    elif token.type == "WITHIN":
        todo = (
            "It says how near, behind near or before; to look for the words put quotation marks around them."
        )
    elif token.startswith("-"):
        todo = (
            "A minus stands right before what it takes away; to look for one, put quotation marks around it."
        )
    elif token.type == "LPAR":
        todo = "A field has one value; write (group:parent OR group:school)."
    return QueryError(what, query=text, column=_column(token), todo=todo)
