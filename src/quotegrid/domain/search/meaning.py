"""What a query asks of a quote, once its names are those of a study.

A quote has codings: a code that stands, by a coder, at a time, with or without a stance. `code:`, `stance:`,
`coder:`, `after:` and `before:` ask about codings, everything else about the quote.

**Binding.** What is asked of a coding besides its code is bound to the codes of the same conjunction and of
the parentheses within it: `code:a stance:disputes` is one coding that has the code and disputes it, not one
of each. `code:a code:b coder:ana` is a coding of each by ana. Two coders (or stances) in one conjunction ask
for a coding by each: `code:a coder:ana coder:ben`. Without a code, any coding will do. A negated one takes
away: `code:a -stance:disputes` leaves out a quote if any coding of it with that code disputes. A negated code
is the code itself, whoever gave it. Parentheses close a conjunction outwards: `(code:a coder:ana) code:b`
says nothing of who coded b.
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
    """A coding as far as queries go."""

    code: str
    coder: str = ""
    at: str = ""
    """When it was decided, in UTC, ISO 8601."""
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Valued:
    """A quote whose group, role, area, source, case or other attribute is a value, or begins so."""

    attribute: str
    value: str
    is_open: bool = False

    def fits(self, value: str | None) -> bool:
        """Return whether a value is the one asked for, case and kind of quotation marks aside."""
        if value is None:
            return False
        asked, found = plain(self.value), plain(value)
        return found.startswith(asked) if self.is_open else found == asked


@dataclass(frozen=True, slots=True)
class OfKind:
    """A quote that comes from there."""

    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Says:
    """A quote with these words one after the other, whatever their endings; the last may go on."""

    words: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class CodeIs:
    """A coding with one of these codes."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceIs:
    """A coding that takes a stance."""

    stance: Stance


@dataclass(frozen=True, slots=True)
class CoderIs:
    """A coding by somebody."""

    coder: str


@dataclass(frozen=True, slots=True)
class Since:
    """A coding decided on a day (or at a time) or later."""

    at: str


@dataclass(frozen=True, slots=True)
class Until:
    """A coding decided before a day (or a time) begins."""

    at: str


Aside = StanceIs | CoderIs | Since | Until
"""What is asked of a coding besides its code."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; none does where there are none."""

    parts: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; so it is where there are none."""

    parts: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part does not hold."""

    part: Meaning


@dataclass(frozen=True, slots=True)
class Coded:
    """There is a coding of which the part, made of `CodeIs` and `Aside`, holds."""

    part: Meaning = AllOf(())


Meaning = Valued | OfKind | Says | CodeIs | Aside | AnyOf | AllOf | NoneOf | Coded
"""A tree over leaves; before `bound` what is asked of codings stands anywhere, afterwards only in `Coded`."""


def bound(query: Meaning) -> Meaning:
    """Return the query with what is asked of codings brought together, as this module's beginning says."""
    return _bound(query, (), frozenset())


def matches(
    query: Meaning,
    quote: Quote,
    codings: Sequence[StandingCoding],
    says: Callable[[Says, str], bool],
) -> bool:
    """Return whether a quote is asked for by a query that is `bound`: the rule that storage must agree with.

    Args:
        query: The query.
        quote: A quote.
        codings: The codings that stand on it.
        says: Whether a text has words.
    """
    if isinstance(query, Valued):
        return query.fits(quote.value(query.attribute))
    if isinstance(query, OfKind):
        return quote.kind is query.kind
    if isinstance(query, Says):
        return says(query, quote.text)
    if isinstance(query, Coded):
        return any(_holds(query.part, coding) for coding in codings)
    if isinstance(query, AllOf):
        return all(matches(part, quote, codings, says) for part in query.parts)
    if isinstance(query, AnyOf):
        return any(matches(part, quote, codings, says) for part in query.parts)
    if isinstance(query, NoneOf):
        return not matches(query.part, quote, codings, says)
    raise TypeError(f"{query!r} is asked of a coding")


def words_asked(query: Meaning) -> list[Says]:
    """Return the words that a quote is asked to have, for showing where it has them."""
    if isinstance(query, Says):
        return [query]
    if isinstance(query, AllOf | AnyOf):
        return [word for part in query.parts for word in words_asked(part)]
    return []


def _holds(query: Meaning, coding: StandingCoding) -> bool:
    if isinstance(query, CodeIs):
        return coding.code in query.codes
    if isinstance(query, StanceIs):
        return coding.stance is query.stance
    if isinstance(query, CoderIs):
        return coding.coder == query.coder
    if isinstance(query, Since):
        return coding.at >= query.at
    if isinstance(query, Until):
        return coding.at < query.at
    if isinstance(query, AllOf):
        return all(_holds(part, coding) for part in query.parts)
    if isinstance(query, AnyOf):
        return any(_holds(part, coding) for part in query.parts)
    if isinstance(query, NoneOf):
        return not _holds(query.part, coding)
    raise TypeError(f"{query!r} is asked of a quote")


Demands = Collection[tuple[Meaning, ...]]
"""For each coding that is asked for, what it must be besides its code."""
Codes = frozenset[str]


def _bound(query: Meaning, demands: Demands, subject: Codes) -> Meaning:
    """Return the query, and a coding for each of the demands.

    Args:
        query: A part of what is asked.
        demands: What is asked of codings around it.
        subject: The codes that are asked for around it.
    """
    if isinstance(query, CodeIs):
        return _all([Coded(_all([query, *asked])) for asked in demands or ((),)])
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
    for one in taken:
        found += [NoneOf(coded) for coded in _codings([(*asked, one) for asked in demands or ((),)], about)]
    return _all(found)


def _spliced(parts: Iterable[Meaning]) -> list[Meaning]:
    """Return the parts, with those of parentheses that ask for nothing but asides among them."""
    found: list[Meaning] = []
    for part in parts:
        within = _spliced(part.parts) if isinstance(part, AllOf) else []
        if within and all(_is_aside(one.part if isinstance(one, NoneOf) else one) for one in within):
            found += within
        else:
            found.append(part)
    return found


def _demands(asides: Sequence[Meaning], outer: Demands) -> Demands:
    """One demand for each coder and each stance that is named, with what is asked of all codings in each."""
    if not asides:
        return outer
    coders: list[tuple[Meaning, ...]] = [(aside,) for aside in asides if isinstance(aside, CoderIs)]
    stances: list[tuple[Meaning, ...]] = [(aside,) for aside in asides if isinstance(aside, StanceIs)]
    common = tuple(aside for aside in asides if not isinstance(aside, CoderIs | StanceIs))
    made = (
        tuple(dict.fromkeys((*before, *coder, *stance, *common)))
        for before in outer or ((),)
        for coder, stance in product(coders or [()], stances or [()])
    )
    return list(dict.fromkeys(_NEVER if _is_contradiction(demand) else demand for demand in made))


_NEVER: tuple[Meaning, ...] = (AnyOf(()),)


def _is_contradiction(demand: tuple[Meaning, ...]) -> bool:
    """Return whether no one coding can be all this; told so that demands cannot multiply without end."""
    of_kind = [sum(isinstance(one, kind) for one in demand) for kind in (CoderIs, StanceIs)]
    return max(of_kind) > 1 or _NEVER[0] in demand


def _codings(demands: Demands, subject: Codes) -> list[Meaning]:
    of_codes = [CodeIs(subject)] if subject else []
    return [Coded(_all([*of_codes, *asked])) for asked in demands]


def _is_aside(query: Meaning) -> bool:
    """Return whether a query is nothing but what is asked of a coding besides its code, without negation."""
    if isinstance(query, AllOf | AnyOf):
        return bool(query.parts) and all(map(_is_aside, query.parts))
    return isinstance(query, StanceIs | CoderIs | Since | Until)


def _has_aside(query: Meaning) -> bool:
    if isinstance(query, AllOf | AnyOf):
        return any(map(_has_aside, query.parts))
    return _is_aside(query.part if isinstance(query, NoneOf) else query)


def _codes(query: Meaning) -> Codes:
    """Return the codes that a query asks for, those in negations left aside."""
    if isinstance(query, CodeIs):
        return query.codes
    if isinstance(query, AllOf | AnyOf):
        return frozenset(code for part in query.parts for code in _codes(part))
    return frozenset()


def _all(parts: Sequence[Meaning]) -> Meaning:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
