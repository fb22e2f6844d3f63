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
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote, plain
from quotegrid.domain.sources.model import SegmentKind


@dataclass(frozen=True, slots=True)
class StandingCoding:
    """The facts of a coding that queries ask about."""

    code: str
    coder: str = ""
    at: str = ""
    """The time of the decision, in UTC, ISO 8601."""
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class AttributeCondition:
    """A quote whose group, role, area, source, case or other attribute has a value, or begins with it."""

    attribute: str
    value: str
    is_open: bool = False

    def fits(self, value: str | None) -> bool:
        """Return whether a value is the one asked for, ignoring case and the kind of quotation marks."""
        if value is None:
            return False
        asked, found = plain(self.value), plain(value)
        return found.startswith(asked) if self.is_open else found == asked


@dataclass(frozen=True, slots=True)
class KindCondition:
    """A quote of a kind."""

    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class WordsCondition:
    """A quote with these words in this order, whatever their endings; the last may be longer if open."""

    words: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class CodeCondition:
    """A coding with one of these codes."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceCondition:
    """A coding that takes a stance."""

    stance: Stance


@dataclass(frozen=True, slots=True)
class CoderCondition:
    """A coding by a coder."""

    coder: str


@dataclass(frozen=True, slots=True)
class SinceCondition:
    """A coding decided on a day (or at a time) or later."""

    at: str


@dataclass(frozen=True, slots=True)
class UntilCondition:
    """A coding decided before a day (or a time) begins."""

    at: str


Aside = StanceCondition | CoderCondition | SinceCondition | UntilCondition
"""A condition on a coding other than its code."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; false without parts."""

    parts: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; true without parts."""

    parts: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part does not hold."""

    part: Meaning


@dataclass(frozen=True, slots=True)
class CodingCondition:
    """A quote with a coding for which the part, made of `CodeCondition` and `Aside`, holds."""

    part: Meaning = AllOf(())


Meaning = (
    AttributeCondition
    | KindCondition
    | WordsCondition
    | CodeCondition
    | Aside
    | AnyOf
    | AllOf
    | NoneOf
    | CodingCondition
)
"""A tree of conditions; after `bind_codings`, conditions on codings occur only in a `CodingCondition`."""


def bind_codings(query: Meaning) -> Meaning:
    """Return the query with its conditions on codings combined, as the module's docstring describes."""
    return _bound(query, (), frozenset())


def matches(
    query: Meaning,
    quote: Quote,
    codings: Sequence[StandingCoding],
    says: Callable[[WordsCondition, str], bool],
) -> bool:
    """Return whether a quote fits a query that is `bind_codings`: the rule that storage must agree with.

    Args:
        query: The query.
        quote: A quote.
        codings: The codings that stand on it.
        says: Returns whether a text contains words.

    Raises:
        TypeError: If a condition on codings is outside `CodingCondition`.
    """
    if isinstance(query, AttributeCondition):
        return query.fits(quote.value(query.attribute))
    if isinstance(query, KindCondition):
        return quote.kind is query.kind
    if isinstance(query, WordsCondition):
        return says(query, quote.text)
    if isinstance(query, CodingCondition):
        return any(_holds(query.part, coding) for coding in codings)
    if isinstance(query, AllOf):
        return all(matches(part, quote, codings, says) for part in query.parts)
    if isinstance(query, AnyOf):
        return any(matches(part, quote, codings, says) for part in query.parts)
    if isinstance(query, NoneOf):
        return not matches(query.part, quote, codings, says)
    raise TypeError(f"{query!r} is asked of a coding")


def find_searched_words(query: Meaning) -> list[WordsCondition]:
    """Return the words that a query searches for, so that they can be highlighted."""
    if isinstance(query, WordsCondition):
        return [query]
    if isinstance(query, AllOf | AnyOf):
        return [word for part in query.parts for word in find_searched_words(part)]
    return []


def _holds(query: Meaning, coding: StandingCoding) -> bool:
    if isinstance(query, CodeCondition):
        return coding.code in query.codes
    if isinstance(query, StanceCondition):
        return coding.stance is query.stance
    if isinstance(query, CoderCondition):
        return coding.coder == query.coder
    if isinstance(query, SinceCondition):
        return coding.at >= query.at
    if isinstance(query, UntilCondition):
        return coding.at < query.at
    if isinstance(query, AllOf):
        return all(_holds(part, coding) for part in query.parts)
    if isinstance(query, AnyOf):
        return any(_holds(part, coding) for part in query.parts)
    if isinstance(query, NoneOf):
        return not _holds(query.part, coding)
    raise TypeError(f"{query!r} is asked of a quote")


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
