"""Separates the parts of a query about speakers from those about words and codings, for a matrix."""

from __future__ import annotations

from quotegrid.domain.search.query import And, Everything, Field, Node, all_of, has_relation, terms

_OF_WORDS = frozenset(
    {
        Field.CODED,
        Field.CODE,
        Field.STANCE,
        Field.CODER,
        Field.AFTER,
        Field.BEFORE,
        Field.TEXT,
        Field.NEAR,
        Field.MEMO,
        Field.WORDS,
    }
)
_OF_ONE = frozenset({Field.CASE, Field.SOURCE})


def split_query(query: Node) -> tuple[Node, Node]:
    """Split a query into a part about who speaks, and a part about what is said or coded.

    A quote that fits the first part belongs to the bases; one that fits the second as well is counted. Parts
    that ask about both belong to the second.
    """
    parts = query.parts if isinstance(query, And) else (query,)
    who = [part for part in parts if part != Everything() and not _asks_of_words(part)]
    return all_of(who), all_of([part for part in parts if part != Everything() and _asks_of_words(part)])


def asks_of_both(query: Node) -> bool:
    """Return whether a part asks about who speaks and what is said at once: "group:parent OR text:cost"."""
    _, what = split_query(query)
    parts = what.parts if isinstance(what, And) else (what,)
    return any(
        has_relation(part) or any(term.field not in _OF_WORDS for term in terms(part)) for part in parts
    )


def names_somebody(query: Node) -> bool:
    """Return whether a query, printed under a table, would name a case or a source."""
    return any(term.field in _OF_ONE for term in terms(query))


def _asks_of_words(part: Node) -> bool:
    return has_relation(part) or any(term.field in _OF_WORDS for term in terms(part))


def ranks(query: Node) -> bool:
    """Return whether a query orders by nearness in meaning, which excludes nothing."""
    return any(term.field == Field.NEAR for term in terms(query))
