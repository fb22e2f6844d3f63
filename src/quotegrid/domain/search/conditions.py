"""The conditions that a query is made of, once its names are those of a study."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import plain
from quotegrid.domain.search.comparison import Comparison
from quotegrid.domain.search.relations import Relation, Scope
from quotegrid.domain.sources.model import SegmentKind


@dataclass(frozen=True, slots=True)
class AttributeCondition:
    """A quote whose group, role, area, source, case or other attribute has a value, or begins with it.

    An open condition on the empty text asks for any value.
    """

    attribute: str
    value: str
    is_open: bool = False

    def fits(self, value: str | None) -> bool:
        """Return whether a value is the one asked for, ignoring case and the kind of quotation marks."""
        if value is None:
            return False
        asked, found = plain(self.value), plain(value)
        if self.is_open and not asked:
            return bool(found)
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
class ComparedCondition:
    """A quote whose attribute is a number or a date in an interval."""

    attribute: str
    comparison: Comparison

    def fits(self, value: str | None) -> bool:
        """Return whether a value lies in the interval."""
        return self.comparison.fits(value)


@dataclass(frozen=True, slots=True)
class NearWordsCondition:
    """A quote with all of some words, in any order, with at most so many others among them."""

    words: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class PatternCondition:
    """A quote in whose text a regular expression is found, ignoring case."""

    pattern: str


@dataclass(frozen=True, slots=True)
class WildcardCondition:
    """A quote with words as they are written, where a star stands for any letters."""

    words: str


@dataclass(frozen=True, slots=True)
class LengthCondition:
    """A quote with a number of words in an interval."""

    comparison: Comparison


@dataclass(frozen=True, slots=True)
class MemoCondition:
    """A quote with a memo that has words as they are written, a star for any letters; None for any memo."""

    words: str | None


@dataclass(frozen=True, slots=True)
class ReadCondition:
    """A quote of a source that is read to the end."""


@dataclass(frozen=True, slots=True)
class RelatedCondition:
    """A quote for which one part holds, and which stands near or before one for which another part holds."""

    part: Meaning
    other: Meaning
    relation: Relation
    scope: Scope


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
    | ComparedCondition
    | KindCondition
    | LengthCondition
    | MemoCondition
    | NearWordsCondition
    | PatternCondition
    | ReadCondition
    | RelatedCondition
    | WildcardCondition
    | WordsCondition
    | CodeCondition
    | Aside
    | AnyOf
    | AllOf
    | NoneOf
    | CodingCondition
)
"""A tree of conditions; after `meaning.bind_codings`, those on codings occur only in a `CodingCondition`."""
