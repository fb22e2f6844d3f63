"""The meaning of a query for a quote, once its names are those of a study.

A quote has codings: a code that stands, by a coder, at a time, with or without a stance. `code:`, `stance:`,
`coder:`, `after:` and `before:` ask about codings, everything else about the quote.

**Binding.** Conditions on a coding other than its code are bound to the codes of the same conjunction and of
the parentheses within it: `code:a stance:disputes` is one coding that has the code and disputes it, not one
of each. `code:a code:b coder:ana` is a coding of each by ana. Two coders (or stances) in one conjunction ask
for a coding by each: `code:a coder:ana coder:ben`. Without a code, any coding will do. A negated condition
excludes: `code:a -stance:disputes` excludes a quote if any coding of it with that code disputes. A negated
code is the code itself, whoever gave it. Parentheses close a conjunction outwards: `(code:a coder:ana)
code:b` does not restrict who coded b.

`near` and `before` close what stands on either side of them in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import product

from quotegrid.domain.search.conditions import (
    AllOf,
    AnyOf,
    CodeCondition,
    CoderCondition,
    CodingCondition,
    Meaning,
    NearWordsCondition,
    NoneOf,
    PatternCondition,
    RelatedCondition,
    SinceCondition,
    StanceCondition,
    UntilCondition,
    WildcardCondition,
    WordsCondition,
)
from quotegrid.domain.search.patterns import TextPattern, text_pattern


def bind_codings(query: Meaning) -> Meaning:
    """Return the query with its conditions on codings combined, as the module's docstring describes."""
    return _bound(query, (), frozenset())


def find_searched_words(query: Meaning) -> list[WordsCondition]:
    """Return the words that a query searches for, so that they can be highlighted."""
    if isinstance(query, WordsCondition):
        return [query]
    if isinstance(query, NearWordsCondition):
        return [WordsCondition(word) for word in query.words]
    return [word for part in _found_parts(query) for word in find_searched_words(part)]


def find_searched_patterns(query: Meaning) -> list[TextPattern]:
    """Return the patterns that a query searches for, so that what they find can be highlighted."""
    if isinstance(query, PatternCondition | WildcardCondition):
        return [text_pattern(query)]
    return [pattern for part in _found_parts(query) for pattern in find_searched_patterns(part)]


def _found_parts(query: Meaning) -> tuple[Meaning, ...]:
    """Return the parts of a query that can hold for a quote that is found."""
    if isinstance(query, RelatedCondition):
        return (query.part,)
    return query.parts if isinstance(query, AllOf | AnyOf) else ()


Demands = Collection[tuple[Meaning, ...]]
"""The conditions, other than its code, on each coding that is asked for."""
Codes = frozenset[str]


def _bound(query: Meaning, demands: Demands, subject: Codes) -> Meaning:
    """Return the query with a coding required for each of the demands.

    Args:
        query: A part of the query.
        demands: The conditions on codings in the surrounding conjunction.
        subject: The codes in the surrounding conjunction.
    """
    if isinstance(query, CodeCondition):
        return _all([CodingCondition(_all([query, *asked])) for asked in demands or ((),)])
    if _is_aside(query):
        return _conjunction([query], demands, subject)
    if isinstance(query, AllOf):
        return _conjunction(query.parts, demands, subject)
    if isinstance(query, AnyOf):
        return AnyOf(tuple(_bound(part, demands, subject) for part in query.parts))
    if isinstance(query, NoneOf):
        return _all([NoneOf(_bound(query.part, (), subject)), *_codings(demands, subject)])
    if isinstance(query, RelatedCondition):
        query = replace(query, part=bind_codings(query.part), other=bind_codings(query.other))
    return _all([query, *_codings(demands, subject)])


def _conjunction(parts: Iterable[Meaning], outer: Demands, subject: Codes) -> Meaning:
    asides: list[Meaning] = []
    taken: list[Meaning] = []
    others: list[Meaning] = []
    for part in _spliced(parts):
        if _is_aside(part):
            asides.append(part)
        elif isinstance(part, NoneOf) and _is_aside(part.part):
            taken.append(part.part)
        else:
            others.append(part)
    demands = _demands(asides, outer)
    codes = frozenset(code for part in others for code in _codes(part))
    about = codes or subject
    found: list[Meaning] = [
        _bound(part, demands if _codes(part) or _has_aside(part) else (), about) for part in others
    ]
    if not codes:
        found += _codings(demands, subject)
    for part in taken:
        found += [NoneOf(coded) for coded in _codings([(*asked, part) for asked in demands or ((),)], about)]
    return _all(found)


def _spliced(parts: Iterable[Meaning]) -> list[Meaning]:
    """Return the parts, replacing parentheses that contain only asides by their content."""
    found: list[Meaning] = []
    for part in parts:
        within = _spliced(part.parts) if isinstance(part, AllOf) else []
        if within and all(_is_aside(inner.part if isinstance(inner, NoneOf) else inner) for inner in within):
            found += within
        else:
            found.append(part)
    return found


def _demands(asides: Sequence[Meaning], outer: Demands) -> Demands:
    """Return a demand for each coder and each stance named, each with the conditions common to all."""
    if not asides:
        return outer
    coders: list[tuple[Meaning, ...]] = [(aside,) for aside in asides if isinstance(aside, CoderCondition)]
    stances: list[tuple[Meaning, ...]] = [(aside,) for aside in asides if isinstance(aside, StanceCondition)]
    common = tuple(aside for aside in asides if not isinstance(aside, CoderCondition | StanceCondition))
    made = (
        tuple(dict.fromkeys((*before, *coder, *stance, *common)))
        for before in outer or ((),)
        for coder, stance in product(coders or [()], stances or [()])
    )
    return list(dict.fromkeys(_NEVER if _is_contradiction(demand) else demand for demand in made))


_NEVER: tuple[Meaning, ...] = (AnyOf(()),)


def _is_contradiction(demand: tuple[Meaning, ...]) -> bool:
    """Return whether no coding can meet a demand, so that demands do not multiply without end."""
    of_kind = [sum(isinstance(aside, kind) for aside in demand) for kind in (CoderCondition, StanceCondition)]
    return max(of_kind) > 1 or _NEVER[0] in demand


def _codings(demands: Demands, subject: Codes) -> list[Meaning]:
    of_codes = [CodeCondition(subject)] if subject else []
    return [CodingCondition(_all([*of_codes, *asked])) for asked in demands]


def _is_aside(query: Meaning) -> bool:
    """Return whether a query consists only of asides, without negation."""
    if isinstance(query, AllOf | AnyOf):
        return bool(query.parts) and all(map(_is_aside, query.parts))
    return isinstance(query, StanceCondition | CoderCondition | SinceCondition | UntilCondition)


def _has_aside(query: Meaning) -> bool:
    if isinstance(query, AllOf | AnyOf):
        return any(map(_has_aside, query.parts))
    return _is_aside(query.part if isinstance(query, NoneOf) else query)


def _codes(query: Meaning) -> Codes:
    """Return the codes that a query asks for, except those in negations."""
    if isinstance(query, CodeCondition):
        return query.codes
    if isinstance(query, AllOf | AnyOf):
        return frozenset(code for part in query.parts for code in _codes(part))
    return frozenset()


def _all(parts: Sequence[Meaning]) -> Meaning:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
