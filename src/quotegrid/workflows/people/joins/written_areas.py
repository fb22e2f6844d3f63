"""The areas of a study as its files write them, and names in reports' headings that may be areas."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from quotegrid.corpus.reports.area_names import NamedPlace, places_in_headings
from quotegrid.corpus.reports.quotes import find_quotes
from quotegrid.corpus.text.headers import header_block
from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.people.areas import spelling_key
from quotegrid.domain.sources.model import QuoteKind
from quotegrid.workflows.people.joins.offers import OfferedJoin, line_of, put_alike_together
from quotegrid.workflows.study.folder import StudyFolder

_RIGHT = {"justify": "right"}


@dataclass(frozen=True, slots=True)
class WrittenArea:
    """An area as the files write it."""

    written: str = column("the area as your files write it", place=1)
    people: int = column("how many people it is said of", place=2, layout=_RIGHT)
    quotes: int = column("how many quotes of reports have it by themselves", place=3, layout=_RIGHT)
    sources: int = column("how many sources have it as a whole", place=4, layout=_RIGHT)
    joined: str | None = column("the area of `[areas]` that it is joined to; else null", place=5)


def written_areas(study: StudyFolder) -> list[Record]:
    """Return the areas as the files write them, the most frequent first."""
    return [record_of(WrittenArea, area) for area in _written(study)]


def offered_areas(study: StudyFolder) -> list[OfferedJoin]:
    """Return the spellings that may be one area, and the names in headings that may be areas.

    Only what `[areas]` does not have is offered. The headings' names come with the number of quotes that
    would have them.
    """
    free = [area for area in _written(study) if area.joined is None]
    offers = [
        OfferedJoin(
            tuple(area.written for area in alike),
            sum(area.people for area in alike),
            line_of(alike[0].written, [area.written for area in alike[1:]]),
            quotes=sum(area.quotes for area in alike),
        )
        for alike in put_alike_together(free, lambda area: area.written, lambda _: "")
        if len(alike) > 1
    ]
    return [*offers, *_offered_by_headings(study, [area.written for area in free])]


def _offered_by_headings(study: StudyFolder, written: list[str]) -> list[OfferedJoin]:
    from quotegrid.storage.sources.quoted_areas import report_texts

    with study.reading_session() as session:
        texts = report_texts(session)
    known = (*study.areas.spellings, *written)
    quotes: Counter[str] = Counter()
    places: dict[str, NamedPlace] = {}
    for _, text in texts.values():
        start = header_block(text)[1]
        found = places_in_headings(text, start, study.stakeholders, known)
        for place in found:
            places.setdefault(spelling_key(place.name), place)
        if found:
            names = [*known, *(place.name for place in found)]
            for quote in find_quotes(text, start, study.stakeholders, names):
                if quote.area is not None and quote.kind is not QuoteKind.SCARE:
                    quotes[spelling_key(quote.area)] += 1
    return [
        OfferedJoin((place.name,), 0, line_of(place.name, []), quotes=quotes[key], heading=place.heading)
        for key, place in places.items()
    ]


def _written(study: StudyFolder) -> list[WrittenArea]:
    from quotegrid.storage.people.written_groups import cases_as_written
    from quotegrid.storage.sources.quoted_areas import areas_of_quotes, areas_of_sources

    with study.reading_session() as session:
        cases = cases_as_written(session, ["area"])
        quotes, sources = areas_of_quotes(session), areas_of_sources(session)
    people: dict[str, set[int]] = {}
    for (_, written, _), of_cases in cases.items():
        people.setdefault(written, set()).update(of_cases)
    names = dict.fromkeys((*people, *quotes, *sources))
    found = [
        WrittenArea(
            name,
            len(people.get(name, ())),
            quotes.get(name, 0),
            sources.get(name, 0),
            study.areas.named(name),
        )
        for name in names
    ]
    return sorted(
        found, key=lambda area: (-area.people - area.quotes - area.sources, area.written.casefold())
    )
