"""The binding of a query to a study, with names as the study spells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import BUILT_IN_ATTRIBUTES, plain
from quotegrid.domain.search.comparison import Comparison, as_bound, read_comparison
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
from quotegrid.domain.search.meaning import bind_codings
from quotegrid.domain.search.patterns import text_pattern
from quotegrid.domain.search.query import (
    ATTRIBUTE,
    And,
    Everything,
    Field,
    Node,
    Not,
    Or,
    Related,
    Term,
    ValueForm,
    quote_value,
)
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.errors import QueryError, UnknownNameError, UnknownTermError, UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest, resolve, sources_called

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.search.values import QueryValues

_YES = {"yes": True, "true": True, "no": False, "false": False}
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class QueryNames:
    """The binding of queries to a study's names.

    Args:
        study: The study.
        session: A session.
        values: The speakers' values.
        text: The whole query, for messages that point into it.
    """

    def __init__(self, study: StudyFolder, session: Session, values: QueryValues, text: str) -> None:
        self._study = study
        self._session = session
        self._values = values
        self._text = text
        self._codebook = current_codebook(study)

    def meaning(self, query: Node) -> Meaning:
        """Return the query, bound to the study's names.

        Raises:
            UnknownNameError: If the study has no such group, area, code, attribute, ...
            QueryError: If a value cannot be one of its field.
        """
        return bind_codings(self._meaning(query))

    def _meaning(self, query: Node) -> Meaning:
        if isinstance(query, Everything):
            return AllOf(())
        if isinstance(query, Not):
            return NoneOf(self._meaning(query.part))
        if isinstance(query, And):
            return AllOf(tuple(map(self._meaning, query.parts)))
        if isinstance(query, Or):
            return AnyOf(tuple(map(self._meaning, query.parts)))
        if isinstance(query, Related):
            part, other = self._meaning(query.part), self._meaning(query.other)
            return RelatedCondition(part, other, query.relation, query.scope)
        with self._pointing_at(query):
            return self._of_term(query)

    @contextmanager
    def _pointing_at(self, term: Term) -> Iterator[None]:
        """Make errors point at the value of a term."""
        try:
            yield
        except UsageError as error:
            todo = " ".join(filter(None, (error.todo, self._hint_at_attribute(term))))
            if isinstance(error, QueryError):
                error.todo = todo
                raise
            kind = UnknownTermError if isinstance(error, UnknownNameError) else QueryError
            raise kind(error.what, query=self._text, column=term.value_column, todo=todo) from error

    def _hint_at_attribute(self, term: Term) -> str:
        """Return how the attribute is asked for that has the same name as a field; empty if there is none."""
        if term.field not in frozenset(Field) or term.field in BUILT_IN_ATTRIBUTES:
            return ""
        if _key(term.field) not in map(_key, self._values.attributes()):
            return ""
        return f"For the attribute of that name write {ATTRIBUTE}{term.field}:{quote_value(term.value)}."

    def _of_term(self, term: Term) -> Meaning:
        value = term.value
        match term.field:
            case Field.TEXT:
                return self._says(term)
            case Field.CODE:
                return CodeCondition(self._codes(term))
            case Field.STANCE:
                return StanceCondition(Stance(resolve(value, list(Stance), "stance", "stances")))
            case Field.CODER:
                return CoderCondition(self._coder(value))
            case Field.AFTER:
                return SinceCondition(self._day(term))
            case Field.BEFORE:
                return UntilCondition(self._day(term))
            case Field.KIND:
                return KindCondition(
                    SegmentKind(resolve(value, list(SegmentKind), "kind of quote", "kinds of quotes"))
                )
            case Field.CODED:
                return _if(self._is_yes(term), CodingCondition())
            case Field.READ:
                return _if(self._is_yes(term), ReadCondition())
            case Field.MEMO:
                return self._noted(term)
            case Field.WORDS:
                return LengthCondition(self._comparison(term))
            case Field.NEAR:
                raise QueryError(
                    "near: ranks what the rest of a query finds, and so cannot stand in OR or NOT.",
                    query=self._text,
                    column=term.column,
                    todo="Put it beside the rest, outside all parentheses.",
                )
        return self._valued(term)

    def _is_yes(self, term: Term) -> bool:
        return _YES[resolve(term.value, list(_YES), "answer", "answers")]

    def _says(self, term: Term) -> Meaning:
        if term.form is ValueForm.PATTERN:
            pattern = PatternCondition(term.value)
            text_pattern(pattern)
            return pattern
        if term.distance is not None:
            words = tuple(term.value.split())
            for word in words:
                _refuse_no_word(word)
            return NearWordsCondition(words, term.distance)
        _refuse_no_word(term.value)
        if term.form is ValueForm.WILDCARD:
            return WildcardCondition(term.value)
        return WordsCondition(term.value, term.is_open)

    def _noted(self, term: Term) -> Meaning:
        if term.is_open and not term.value:
            return MemoCondition(None)
        _refuse_no_word(term.value)
        words = term.value if term.form is ValueForm.WILDCARD else term.value.replace("*", " ")
        return MemoCondition(f"{words}*" if term.is_open else words)

    def _comparison(self, term: Term) -> Comparison:
        """Return the comparison that a value is; one number stands for itself."""
        found = read_comparison(term.value)
        if found is None and term.form is ValueForm.PLAIN:
            bound = as_bound(term.value)
            found = None if bound is None else Comparison(bound, bound)
        if found is None or (term.field == Field.WORDS and not found.is_of_numbers):
            raise UsageError(
                f'"{term.value}" compares with nothing that is a number or a date.',
                todo="Write it as >40, <=40, 40..50, >=2025-03 or 2025-01..2025-03.",
            )
        return found

    def _codes(self, term: Term) -> frozenset[str]:
        names = [code.name for code in self._codebook.codes]
        if term.is_open and not term.value:
            return frozenset(names)
        name = resolve(term.value, names, "code", "codes")
        family = self._codebook.family(name)
        if term.is_open and len(family) == 1:
            raise UnknownNameError(f'there is no code below "{name}".', todo="Leave out the star.")
        return frozenset(family[1:] if term.is_open else family)

    def _coder(self, name: str) -> str:
        from quotegrid.storage.coding.decision_log import coder_names

        return resolve(name, coder_names(self._session), "coder", "coders")

    def _day(self, term: Term) -> str:
        found = _DAY.fullmatch(term.value.strip())
        try:
            if found is not None:
                return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).isoformat()
        except ValueError:
            pass
        raise UsageError(
            f'"{term.value}" is not a day.',
            todo="Write it as 2026-01-31, 2026-01 or 2026.",
        )

    def _valued(self, term: Term) -> Meaning:
        attribute = self._attribute(term)
        if term.form is ValueForm.COMPARISON:
            return ComparedCondition(attribute, self._comparison(term))
        any_value = AttributeCondition(attribute, "", is_open=True)
        if term.form is ValueForm.MISSING:
            return NoneOf(any_value)
        if term.is_open and not term.value:
            return any_value
        known = self._values.known(attribute)
        value = term.value
        if term.is_open:
            asked = AttributeCondition(attribute, value, is_open=True)
            if not any(map(asked.fits, known)):
                raise UnknownNameError(
                    f'no {attribute} here begins with "{value}".',
                    todo=closest(value, known, _many(attribute)),
                )
            return asked
        if attribute == "group":
            value = self._study.stakeholders.group_named(value) or value
            known = list(dict.fromkeys([*self._study.stakeholders.names, *known]))
        elif attribute == "area":
            value = self._study.areas.standard(value)
        elif attribute == "case":
            value = self._present_name(value)
        elif attribute == "source" and len(called := sources_called(value, known)) == 1:
            value = called[0]
        if plain(value) not in map(plain, known) and (bound := as_bound(value)) is not None:
            # A month or a year stands for its days.
            period = ComparedCondition(attribute, Comparison(bound, bound))
            if any(map(period.fits, known)):
                return period
        return AttributeCondition(attribute, _known(value, known, attribute))

    def _attribute(self, term: Term) -> str:
        if term.field in BUILT_IN_ATTRIBUTES:
            return str(term.field)
        asked = term.field.removeprefix(ATTRIBUTE)
        names = self._values.attributes()
        for name in names:
            if _key(name) == _key(asked):
                return name
        raise UnknownTermError(
            f'there is no attribute "{asked}" here.',
            query=self._text,
            column=term.column,
            todo=closest(asked, [*Field, *names], "fields")
            + f' To look for the words, write "{asked}:{term.value}" in quotation marks.',
        )

    def _present_name(self, name: str) -> str:
        from quotegrid.storage.people.cases import find_case

        row = find_case(self._session, name)
        return name if row is None else row.name


def _known(value: str, known: Sequence[str], attribute: str) -> str:
    """Return the value as the study spells it, ignoring case and the kind of quotation marks."""
    asked = plain(value)
    found = next((name for name in known if plain(name) == asked), None)
    return resolve(value, known, attribute, _many(attribute)) if found is None else found


def _refuse_no_word(text: str) -> None:
    if not any(char.isalnum() for char in text):
        raise UsageError(
            "there is no letter or digit to look for.",
            todo="Only words are searched, not punctuation; text:/[?]/ finds a sign.",
        )


def _if(is_asked: bool, condition: Meaning) -> Meaning:
    return condition if is_asked else NoneOf(condition)


def _many(attribute: str) -> str:
    return f"{attribute}s" if attribute in BUILT_IN_ATTRIBUTES else f"values of {attribute}"


def _key(name: str) -> str:
    """Return an attribute's name for comparison: "on track", "on-track" and "on_track" are the same."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")
