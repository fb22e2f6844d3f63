"""What a query asks of those who speak, and what of their words and codings: a matrix counts them apart."""

from __future__ import annotations

from quotegrid.domain.search.query import And, Everything, Field, Node, all_of, terms

_OF_WORDS = frozenset(
    {Field.CODED, Field.CODE, Field.STANCE, Field.CODER, Field.AFTER, Field.BEFORE, Field.TEXT, Field.NEAR}
)
_OF_ONE = frozenset({Field.CASE, Field.SOURCE})


def who_and_what(query: Node) -> tuple[Node, Node]:
    """Return a query in two, of which a quote must fit both: who speaks, and what is said or coded.

    A quote that fits the first is part of the bases; one that fits the second too is counted. Parts that
    ask of both at once belong to the second.
    """
    parts = query.parts if isinstance(query, And) else (query,)
    who = [part for part in parts if part != Everything() and not _asks_of_words(part)]
    return all_of(who), all_of([part for part in parts if part != Everything() and _asks_of_words(part)])


def asks_of_both(query: Node) -> bool:
    """Return whether a part asks of who speaks and of what is said at once: "group:parent OR text:cost"."""
    _, what = who_and_what(query)
    parts = what.parts if isinstance(what, And) else (what,)
    return any(any(term.field not in _OF_WORDS for term in terms(part)) for part in parts)


def names_somebody(query: Node) -> bool:
    """Return whether a query, printed under a table, would name a case or a source."""
    return any(term.field in _OF_ONE for term in terms(query))


def _asks_of_words(part: Node) -> bool:
    return any(term.field in _OF_WORDS for term in terms(part))


def ranks(query: Node) -> bool:
    """Return whether a query asks for what is near in meaning, which puts in order and leaves nothing out."""
    return any(term.field == Field.NEAR for term in terms(query))
