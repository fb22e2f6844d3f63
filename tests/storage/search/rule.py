"""The meaning of a query for a passage, said once more without a database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import translate
from itertools import product

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.search.comparison import Bound, Comparison
from quotegrid.domain.search.conditions import (
    AllOf,
    AnyOf,
    AttributeCondition,
    CodeCondition,
    CoderCondition,
    CodingCondition,
    ComparedCondition,
    KindCondition,
    LengthCondition,
    Meaning,
    MemoCondition,
    NearWordsCondition,
    NoneOf,
    PatternCondition,
    ReadCondition,
    RelatedCondition,
    SinceCondition,
    StanceCondition,
    UntilCondition,
    WildcardCondition,
    WordsCondition,
)
from quotegrid.domain.search.relations import Relation, Scope


@dataclass(frozen=True, slots=True)
class StandingCoding:
    """The facts of a coding that queries ask about."""

    code: str
    coder: str = ""
    at: str = ""
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The facts of a passage that queries ask about."""

    quote: Quote
    codings: Sequence[StandingCoding]
    words: int
    turn: int | None
    is_read: bool
    attributes: Mapping[str, str]
    """All its attributes, the date of its source among them."""


def matches(query: Meaning, passage: Passage, all_passages: Sequence[Passage]) -> bool:
    """Return whether a passage fits a query that is bound."""
    quote = passage.quote
    match query:
        case AllOf():
            return all(matches(part, passage, all_passages) for part in query.parts)
        case AnyOf():
            return any(matches(part, passage, all_passages) for part in query.parts)
        case NoneOf():
            return not matches(query.part, passage, all_passages)
        case AttributeCondition():
            value = quote.value(query.attribute) or passage.attributes.get(query.attribute)
            found, asked = (value or "").casefold(), query.value.casefold()
            if query.is_open:
                return bool(found) and found.startswith(asked)
            return found == asked
        case ComparedCondition():
            value = quote.value(query.attribute) or passage.attributes.get(query.attribute)
            return _compares(value or "", query.comparison)
        case KindCondition():
            return quote.kind is query.kind
        case WordsCondition():
            return says(query, quote.text)
        case NearWordsCondition():
            return _stand_near(query, quote.text)
        case PatternCondition():
            return re.search(query.pattern, quote.text, re.IGNORECASE) is not None
        case WildcardCondition():
            return _has_words(query.words, quote.text)
        case LengthCondition():
            return _compares(str(passage.words), query.comparison)
        case MemoCondition():
            return any(query.words is None or _has_words(query.words, memo.text) for memo in quote.memos)
        case ReadCondition():
            return passage.is_read
        case CodingCondition():
            return any(_holds(query.part, coding) for coding in passage.codings)
        case RelatedCondition():
            return matches(query.part, passage, all_passages) and any(
                _are_related(passage, other, query.relation, query.scope)
                and matches(query.other, other, all_passages)
                for other in all_passages
            )
    raise TypeError(query)


def says(asked: WordsCondition, text: str) -> bool:
    """The words one after the other; none of those asked for here has an ending that a stem drops."""
    words, said = _words(asked.words), _words(text)
    for first in range(len(said) - len(words) + 1):
        found = said[first : first + len(words)]
        if found == words or (asked.is_open and found[:-1] == words[:-1] and found[-1].startswith(words[-1])):
            return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _has_words(wanted: str, text: str) -> bool:
    patterns = [re.compile(translate(word)) for word in wanted.casefold().split()]
    said = _words(text)
    return any(
        all(pattern.match(word) for pattern, word in zip(patterns, said[first:], strict=False))
        for first in range(len(said) - len(patterns) + 1)
    )


def _stand_near(asked: NearWordsCondition, text: str) -> bool:
    said = _words(text)
    places = [[at for at, word in enumerate(said) if word == wanted.casefold()] for wanted in asked.words]
    return any(
        len(set(chosen)) == len(chosen) and max(chosen) - min(chosen) + 1 - len(chosen) <= asked.distance
        for chosen in product(*places)
    )


def _are_related(passage: Passage, other: Passage, relation: Relation, scope: Scope) -> bool:
    first, second = passage.quote, other.quote
    in_source = first.source == second.source
    overlap = in_source and first.start < second.end and second.start < first.end
    in_scope = {
        Scope.PASSAGE: overlap,
        Scope.TURN: passage.turn is not None and passage.turn == other.turn,
        Scope.SOURCE: in_source,
        Scope.CASE: first.case is not None and first.case == second.case,
    }[scope]
    if relation is Relation.BEFORE:
        return in_scope and in_source and first.end <= second.start
    return in_scope or (scope is Scope.TURN and overlap)


def _compares(value: str, comparison: Comparison) -> bool:
    """Compare a whole number, or a date, with bounds of its own kind."""
    if re.fullmatch(r"\d+", value):
        if len(value) != 4 or all(
            bound is None or bound.number is not None for bound in (comparison.lower, comparison.upper)
        ):
            return _lies_between(
                float(value), float(value), comparison, lambda bound: (bound.number, bound.number)
            )
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        return False
    days = [
        day
        for day in (date(2020, 1, 1) + timedelta(days=number) for number in range(4000))
        if day.isoformat().startswith(value)
    ]
    return _lies_between(
        days[0].toordinal(),
        days[-1].toordinal(),
        comparison,
        lambda bound: (
            None if bound.first is None else bound.first.toordinal(),
            None if bound.after is None else bound.after.toordinal() - 1,
        ),
    )


def _lies_between(low: float, high: float, comparison: Comparison, of_bound: object) -> bool:
    for bound, is_lower in ((comparison.lower, True), (comparison.upper, False)):
        if bound is None:
            continue
        assert isinstance(bound, Bound)
        first, last = of_bound(bound)  # type: ignore[operator]  # a function of a bound
        if first is None:
            return False
        if is_lower and not (low > last if comparison.is_strict else low >= first):
            return False
        if not is_lower and not (high < first if comparison.is_strict else high <= last):
            return False
    return True


def _holds(query: Meaning, coding: StandingCoding) -> bool:
    match query:
        case CodeCondition():
            return coding.code in query.codes
        case StanceCondition():
            return coding.stance is query.stance
        case CoderCondition():
            return coding.coder == query.coder
        case SinceCondition():
            return coding.at >= query.at
        case UntilCondition():
            return coding.at < query.at
        case AllOf():
            return all(_holds(part, coding) for part in query.parts)
        case AnyOf():
            return any(_holds(part, coding) for part in query.parts)
        case NoneOf():
            return not _holds(query.part, coding)
    raise TypeError(query)
