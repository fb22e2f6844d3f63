"""Works out anew which areas the reports of a study name for their quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotegrid.corpus.reports.quotes import find_quotes
from quotegrid.corpus.text.headers import canonical, header_block
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.stakeholders import Stakeholders

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session


def follow_joins(session: Session, stakeholders: Stakeholders, areas: Areas) -> None:
    """Work out groups and areas anew, of people and of reports' quotes, after their spellings were joined."""
    from quotegrid.storage.people.case_values import areas_followed, follow_changed_settings

    before = areas_followed(session)
    follow_changed_settings(session, stakeholders, areas)
    if before != areas:
        follow_areas_of_reports(session, stakeholders, areas, before)


def follow_areas_of_reports(session: Session, stakeholders: Stakeholders, areas: Areas, before: Areas) -> int:
    """Give the quotes of reports the areas that attributions, case studies and headings name for them.

    A report whose own area is joined to none any more has the area of its header again.

    Args:
        session: A transaction that writes.
        stakeholders: The study's groups and roles.
        areas: The study's areas.
        before: Its areas before. What else quotes have is from attributes tables, and is looked for as well.

    Returns:
        How many passages have another area now.
    """
    from quotegrid.storage.sources.quoted_areas import (
        report_texts,
        set_quoted_areas,
        set_source_area,
        source_area,
    )
    from quotegrid.storage.sources.source_attributes import quoted_areas

    others = [area for area in quoted_areas(session) if before.named(area) is None]
    known = tuple(dict.fromkeys((*areas.spellings, *others)))
    changed = 0
    for number, (_, text) in report_texts(session).items():
        header, start = header_block(text)
        written = next((said.value for name, said in header.items() if canonical(name) == "area"), None)
        stands = source_area(session, number)
        if written is not None and stands is not None and areas.named(stands) is None:
            set_source_area(session, number, areas.standard(written))
        quotes = find_quotes(text, start, stakeholders, known)
        found = [
            (quote.start, quote.end, None if quote.area is None else areas.standard(quote.area))
            for quote in quotes
        ]
        changed += set_quoted_areas(session, number, found)
    return changed
