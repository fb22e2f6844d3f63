"""Checks whether a study's database is whole, part by part."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping

from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import coding_guid
from quotegrid.domain.study.faults import Fault, Part
from quotegrid.domain.text.normalise import counted, text_hash
from quotegrid.errors import StudyError
from quotegrid.storage.coding.decisions import codings_by_log, segment_places
from quotegrid.storage.engines.database import Database
from quotegrid.storage.log_digests import LogDigest, log_digest
from quotegrid.storage.sources.versions.archive import unpacked
from quotegrid.storage.suggestions.suggestions import decided
from quotegrid.storage.suggestions.vectors import damaged_vectors
from quotegrid.storage.tables import (
    AnySourceRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    JournalRow,
    PublishedTableRow,
    SourceArchiveRow,
    SuggestionRow,
)

_Check = Callable[[Session], Iterator[str]]
_ROWS_AT_ONCE = 20
_CodingValues = tuple[int, int, int, str | None, int, str, str]
"""Source, start, end, stance, decision, time and GUID of a coding."""


def find_faults(database: Database, known: Mapping[str, LogDigest], *, quick: bool = False) -> list[Fault]:
    """Return what is wrong with a database.

    Args:
        database: The database. Unless the check is quick it is written to, though nothing of that is kept.
        known: The digests of its logs when they were last seen whole, by table.
        quick: Whether to leave out what takes long: indexes, codings, vectors.
    """
    found: list[Fault] = []
    try:
        with database.session(write=not quick) as session:
            found += database.at.faults(session.connection(), quick=quick)
            session.rollback()
    except StudyError as error:
        found.append(Fault(Part.FILE, error.what.rstrip(".")))
    checks: dict[Part, _Check] = {
        Part.LOG: lambda session: _log_faults(session, known),
        Part.TEXTS: _text_faults,
    }
    if not quick:
        checks |= _SLOW_CHECKS
    for part, check in checks.items():
        try:
            with database.session() as session:
                found += [Fault(part, what) for what in check(session)]
        except StudyError as error:
            found.append(Fault(part, error.what.rstrip(".")))
        except (ValueError, LookupError, TypeError) as error:
            # A damaged value is no JSON, no number or no action any more.
            found.append(Fault(part, f"a value cannot be read ({type(error).__name__})"))
    return list(dict.fromkeys(found))


def _log_faults(session: Session, known: Mapping[str, LogDigest]) -> Iterator[str]:
    for table, before in known.items():
        now = log_digest(session, table, before.last)
        if now.last == before.last and now != before:
            yield f'rows of "{table}" have changed since {before.at}, where nothing ever changes them'


def _text_faults(session: Session) -> Iterator[str]:
    rows = session.exec(
        select(AnySourceRow.name, AnySourceRow.text, AnySourceRow.text_hash)
        .order_by(col(AnySourceRow.id))
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    for name, text, digest in rows:
        if text_hash(text) != digest:
            yield f'"{name}" has other words than when it was imported'


def _kept_faults(session: Session) -> Iterator[str]:
    tables: tuple[type[SourceArchiveRow] | type[PublishedTableRow], ...] = (
        SourceArchiveRow,
        PublishedTableRow,
    )
    for table in tables:
        rows = session.exec(select(table.id, table.content).execution_options(yield_per=_ROWS_AT_ONCE))
        for number, content in rows:
            try:
                unpacked(content)
            except (zlib.error, ValueError):
                yield f'row {number} of "{table.__tablename__}" cannot be unpacked'


def _coding_faults(session: Session) -> Iterator[str]:
    missing = surplus = differing = 0
    for coder in session.exec(select(CoderRow.id).order_by(col(CoderRow.id))).all():
        segments = decided_segments(session, coder or 0)
        wanted, standing = _wanted_codings(session, segments, coder or 0), _codings(session, coder or 0)
        missing += len(wanted.keys() - standing.keys())
        surplus += len(standing.keys() - wanted.keys())
        differing += sum(standing[key] != wanted[key] for key in wanted.keys() & standing.keys())
    for number, what in ((missing, "missing"), (surplus, "too many"), (differing, "wrong")):
        if number:
            yield f"by the journal {counted(number, 'coding')} {'is' if number == 1 else 'are'} {what}"


def decided_segments(session: Session, coder: int) -> set[int]:
    """Return the segments on which a coder has decided, or has codings."""
    found: set[int] = set()
    tables: tuple[type[DecisionRow] | type[CodingRow], ...] = (DecisionRow, CodingRow)
    for table in tables:
        found.update(session.exec(select(table.segment_id).where(table.coder_id == coder)).all())
    return found


def _wanted_codings(session: Session, segments: set[int], coder: int) -> dict[tuple[int, int], _CodingValues]:
    standing = codings_by_log(session, segments, coder)
    places = segment_places(session, {segment for segment, _ in standing})
    made = {
        number: (guid, at)
        for number, guid, at in session.exec(
            select(DecisionRow.id, JournalRow.guid, JournalRow.at)
            .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
            .where(DecisionRow.coder_id == coder)
        )
    }
    return {
        key: (
            *places[coding.segment],
            coding.stance,
            coding.decision,
            made[coding.decision][1],
            coding_guid(made[coding.decision][0]),
        )
        for key, coding in standing.items()
    }


def _codings(session: Session, coder: int) -> dict[tuple[int, int], _CodingValues]:
    return {
        (row.segment_id, row.code_id): (
            row.source_id,
            row.start,
            row.end,
            row.stance,
            row.decision_id,
            row.at,
            row.guid,
        )
        for row in session.exec(select(CodingRow).where(CodingRow.coder_id == coder))
    }


def _verdict_faults(session: Session) -> Iterator[str]:
    done = decided(session)
    rows = session.exec(select(SuggestionRow.segment_id, SuggestionRow.code_id, SuggestionRow.verdict))
    wrong = sum(verdict != done.get((segment, code)) for segment, code, verdict in rows)
    if wrong:
        yield f"by the journal {counted(wrong, 'verdict')} {'is' if wrong == 1 else 'are'} wrong"


def _vector_faults(session: Session) -> Iterator[str]:
    found = len(damaged_vectors(session))
    if found:
        yield f"{counted(found, 'vector')} {'is' if found == 1 else 'are'} no vector of length one"


_SLOW_CHECKS: dict[Part, _Check] = {
    Part.KEPT: _kept_faults,
    Part.CODINGS: _coding_faults,
    Part.VERDICTS: _verdict_faults,
    Part.VECTORS: _vector_faults,
}
