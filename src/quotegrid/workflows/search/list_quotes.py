"""The listing of quotes by speakers, codes and words: options are made into a query."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.search.query import And, Everything, Field, Node, Or, Term, all_of, attribute_field
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.study.folder import StudyFolder


def list_quotes(
    study: StudyFolder,
    query: str = "",
    *,
    groups: Sequence[str] = (),
    roles: Sequence[str] = (),
    areas: Sequence[str] = (),
    sources: Sequence[str] = (),
    cases: Sequence[str] = (),
    codes: Sequence[str] = (),
    kinds: Sequence[SegmentKind] = (),
    text: str = "",
    coded: bool | None = None,
    attributes: Mapping[str, str] | None = None,
) -> list[Quote]:
    """Return the quotes that match a query and all options; several values of one option are alternatives.

    A code stands for itself and everything below it; only codings that somebody confirmed count.

    Raises:
        QueryError: If the query cannot be read.
        UnknownNameError: If the study has no such group, role, area, source, case, code or attribute.
    """
    asked = narrowed(
        query,
        groups=groups,
        roles=roles,
        areas=areas,
        sources=sources,
        cases=cases,
        codes=codes,
        kinds=kinds,
        text=text,
        coded=coded,
        attributes=attributes,
    )
    return find_quotes(study, asked).quotes


def narrowed(
    query: str,
    *,
    groups: Sequence[str] = (),
    roles: Sequence[str] = (),
    areas: Sequence[str] = (),
    sources: Sequence[str] = (),
    cases: Sequence[str] = (),
    codes: Sequence[str] = (),
    kinds: Sequence[SegmentKind] = (),
    text: str = "",
    coded: bool | None = None,
    attributes: Mapping[str, str] | None = None,
) -> str | Node:
    """Return a query combined with options; the query itself where no option is given.

    Raises:
        QueryError: If the query cannot be read.
    """
    wanted = [
        *_alternatives(Field.GROUP, groups),
        *_alternatives(Field.ROLE, roles),
        *_alternatives(Field.AREA, areas),
        *_alternatives(Field.SOURCE, sources),
        *_alternatives(Field.CASE, cases),
        *_alternatives(Field.CODE, codes),
        *_alternatives(Field.KIND, kinds),
        *(Term(attribute_field(name), value) for name, value in (attributes or {}).items()),
    ]
    if coded is not None:
        wanted.append(Term(Field.CODED, "yes" if coded else "no"))
    if text.strip():
        wanted.append(Term(Field.TEXT, text.removesuffix("*") or text, text.endswith("*")))
    if not wanted:
        return query
    from quotegrid.workflows.search.parse_query import parse

    asked = parse(query)
    parts = asked.parts if isinstance(asked, And) else () if asked == Everything() else (asked,)
    return all_of([*parts, *wanted])


def all_quotes(
    study: StudyFolder, *, only: Collection[int] | None = None, with_suggestions: bool = False
) -> list[Quote]:
    """Return all quotes or those with some numbers, with undecided suggestions on request."""
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.suggestions.suggestions import pending_codes

    with study.reading_session() as session:
        pending = pending_codes(session) if with_suggestions else None
        return load_quotes(session, only=only, suggested=pending)


def _alternatives(name: Field, values: Sequence[str]) -> list[Node]:
    terms = tuple(Term(name, value) for value in values)
    return [Or(terms)] if len(terms) > 1 else list(terms)
