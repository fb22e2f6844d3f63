"""Quotes by who said them, what stands on them and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotegrid.domain.codes import Codebook
from quotegrid.domain.quotes import Quote, QuoteFilter
from quotegrid.domain.sources import SegmentKind
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.names import resolve


def list_quotes(
    study: StudyFolder,
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
    """The quotes that fit: values of one field are alternatives, fields combine.

    A code stands for itself and everything below it; only codings that somebody confirmed count.

    Raises:
        UnknownNameError: If the study has no such group, role, area, source, case, code or attribute.
    """
    codebook = study.codebook()
    quotes = all_quotes(study)
    wanted = QuoteFilter(
        groups=tuple(_group(study, name, quotes) for name in groups),
        roles=_resolved(roles, quotes, "role", "roles"),
        areas=_resolved([study.areas.standard(area) for area in areas], quotes, "area", "areas"),
        sources=_resolved(sources, quotes, "source", "sources"),
        cases=_resolved(_present_names(study, cases), quotes, "case", "cases"),
        codes=_families(codes, codebook),
        kinds=tuple(kinds),
        text=text,
        coded=coded,
        attributes=_attributes(attributes or {}, quotes),
    )
    return [quote for quote in quotes if wanted.matches(quote)]


def all_quotes(study: StudyFolder, *, with_suggestions: bool = False) -> list[Quote]:
    """All quotes, with undecided suggestions if wanted."""
    from quotegrid.storage.quotes import load_quotes
    from quotegrid.storage.suggestions import pending_codes

    with study.reading_session() as session:
        pending = pending_codes(session) if with_suggestions else None
        return load_quotes(session, suggested=pending)


def _group(study: StudyFolder, name: str, quotes: Sequence[Quote]) -> str:
    named = study.stakeholders.group_named(name)
    if named is not None:
        return named
    known = list(dict.fromkeys([*study.stakeholders.names, *_values(quotes, "group")]))
    return resolve(name, known, "group", "groups")


def _present_names(study: StudyFolder, names: Sequence[str]) -> list[str]:
    """The present names of cases that may be asked for by an older one."""
    from quotegrid.storage.cases import find_case

    with study.reading_session() as session:
        found = {name: find_case(session, name) for name in names}
    return [name if row is None else row.name for name, row in found.items()]


def _resolved(names: Sequence[str], quotes: Sequence[Quote], attribute: str, many: str) -> tuple[str, ...]:
    if not names:
        return ()
    known = _values(quotes, attribute)
    return tuple(resolve(name, known, attribute, many) for name in names)


def _values(quotes: Sequence[Quote], attribute: str) -> list[str]:
    return sorted({value for quote in quotes if (value := quote.value(attribute))})


def _families(codes: Sequence[str], codebook: Codebook) -> tuple[str, ...]:
    names = [code.name for code in codebook.codes]
    return tuple(one for code in codes for one in codebook.family(resolve(code, names, "code", "codes")))


def _attributes(attributes: Mapping[str, str], quotes: Sequence[Quote]) -> dict[str, str]:
    if not attributes:
        return {}
    known = sorted({name for quote in quotes for name in quote.attributes})
    return {resolve(name, known, "attribute", "attributes"): value for name, value in attributes.items()}
