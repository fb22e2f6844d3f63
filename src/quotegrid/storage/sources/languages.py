"""The languages of sources: what was guessed, what somebody says, and what segments are in."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select, update

from quotegrid.domain.text.languages import stemmer_of
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.tables import AnySegmentRow, AnySourceRow, SourceRow


def set_language(session: Session, source_id: int, language: str | None) -> None:
    """Store the language of a source as somebody says it; the search follows."""
    session.exec(
        update(AnySourceRow)
        .where(col(AnySourceRow.id) == source_id)
        .values(language=language, language_is_set=language is not None)
    )


def language_said(session: Session, source_id: int) -> str | None:
    """Return the language that somebody gave a source; None if it was only guessed."""
    row = session.get_one(SourceRow, source_id)
    return row.language if row.language_is_set else None


def languages_of_sources(session: Session) -> dict[str, str | None]:
    """Return the language of each source by its name; None where it is not known."""
    return dict(session.exec(select(SourceRow.name, SourceRow.language).order_by(SourceRow.name)).all())


def known_languages(session: Session) -> dict[int, str]:
    """Return the language of each source by its number, where it is known."""
    rows = session.exec(select(SourceRow.id, SourceRow.language).where(col(SourceRow.language).is_not(None)))
    return {stored_id(number): language for number, language in rows if language}


def languages_of_segments(session: Session, segments: Collection[int]) -> dict[int, str]:
    """Return the languages of segments by their numbers, where the language is known."""
    rows = session.exec(
        select(AnySegmentRow.id, SourceRow.language)
        .join(SourceRow, col(SourceRow.id) == AnySegmentRow.source_id)
        .where(col(SourceRow.language).is_not(None), among(AnySegmentRow.id, segments))
    )
    return {stored_id(number): language for number, language in rows if language}


def stemmed_languages(session: Session) -> tuple[str, ...]:
    """Return the languages of the study's sources that have a stemmer of their own."""
    found = session.exec(select(SourceRow.language).distinct())
    return tuple(sorted(language for language in found if language and stemmer_of(language)))
