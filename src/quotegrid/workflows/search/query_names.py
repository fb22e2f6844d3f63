"""The binding of a query to a study, with names as the study spells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import BUILT_IN_ATTRIBUTES, plain
from quotegrid.domain.search.meaning import (
    AllOf,
    AnyOf,
    AttributeCondition,
    CodeCondition,
    CoderCondition,
    CodingCondition,
    KindCondition,
    Meaning,
    NoneOf,
    SinceCondition,
    StanceCondition,
    UntilCondition,
    WordsCondition,
    bind_codings,
)
from quotegrid.domain.search.query import And, Everything, Field, Node, Not, Or, Term
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.errors import QueryError, UnknownNameError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest, resolve

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
        return self._of_term(query)

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
                answer = _YES[resolve(value, list(_YES), "answer", "answers")]
                return CodingCondition() if answer else NoneOf(CodingCondition())
            case Field.NEAR:
                raise QueryError(
                    "near: ranks what the rest of a query finds, and so cannot stand in OR or NOT.",
                    query=self._text,
                    column=term.column,
                    todo="Put it beside the rest, outside all parentheses.",
                )
        return self._valued(term)

    def _says(self, term: Term) -> Meaning:
        if not any(char.isalnum() for char in term.value):
            raise QueryError(
                "there is no letter or digit to look for.",
                query=self._text,
                column=term.column,
                todo="Only words are searched, not punctuation.",
            )
        return WordsCondition(term.value, term.is_open)

    def _codes(self, term: Term) -> frozenset[str]:
        names = [code.name for code in self._codebook.codes]
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
        raise QueryError(
            f'"{term.value}" is not a day.',
            query=self._text,
            column=term.column,
            todo="Write it as 2026-01-31, 2026-01 or 2026.",
        )

    def _valued(self, term: Term) -> AttributeCondition:
        attribute = self._attribute(term)
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
        return AttributeCondition(attribute, _known(value, known, attribute))

    def _attribute(self, term: Term) -> str:
        if term.field in BUILT_IN_ATTRIBUTES:
            return str(term.field)
        names = self._values.attributes()
        for name in names:
            if _key(name) == _key(term.field):
                return name
        raise UnknownNameError(
            f'there is no attribute "{term.field}" here.',
            todo=closest(term.field, [*Field, *names], "fields")
            + f' To look for the words, write "{term.field}:{term.value}" in quotation marks.',
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


def _many(attribute: str) -> str:
    return f"{attribute}s" if attribute in BUILT_IN_ATTRIBUTES else f"values of {attribute}"


def _key(name: str) -> str:
    """Return an attribute's name for comparison: "on track", "on-track" and "on_track" are the same."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")
