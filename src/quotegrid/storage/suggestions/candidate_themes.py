"""The rows of candidate themes, and the decisions on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, delete, select

from quotegrid.domain.suggestions.candidate_themes import FoundTheme, ThemeQuote, ThemeState, is_same
from quotegrid.storage.codebook.versions import versions_taken_back
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.tables import CodeRow, SegmentRow, ThemeRow, now


@dataclass(frozen=True, slots=True)
class StoredTheme:
    """A stored candidate theme."""

    number: int
    rank: int
    found: FoundTheme
    """The theme, without quotes that are no longer in the study."""
    state: ThemeState
    code: str | None
    """The code that it became or was merged into; None where that has left the codebook."""
    by: str
    at: str


def replace_themes(session: Session, found: Sequence[FoundTheme], model: str) -> int:
    """Replace the open candidate themes; decided ones stay and are not added again.

    Args:
        session: A writing session.
        found: The candidate themes, the best first.
        model: The fingerprint of the model that made them.

    Returns:
        How many of them were decided on before.
    """
    decided = [theme.found for theme in list_themes(session) if theme.state is not ThemeState.OPEN]
    fresh = [theme for theme in found if not any(is_same(theme, other) for other in decided)]
    session.exec(delete(ThemeRow).where(col(ThemeRow.state) == ThemeState.OPEN.value))
    for rank, theme in enumerate(fresh, start=1):
        session.add(
            ThemeRow(
                rank=rank,
                name=theme.name,
                variants=list(theme.variants),
                quotes=[_packed(quote) for quote in theme.quotes],
                model=model,
            )
        )
    session.flush()
    return len(found) - len(fresh)


def list_themes(session: Session) -> list[StoredTheme]:
    """Return all candidate themes, open ones first, the best first.

    A theme is open again when its code has left the codebook, or its change of the codebook was undone.
    """
    undone = versions_taken_back(session)
    there = set(session.exec(select(SegmentRow.id)))
    active = dict(session.exec(select(CodeRow.id, CodeRow.name).where(col(CodeRow.is_active))).all())
    themes = [
        _stored(row, there, active, undone)
        for row in session.exec(select(ThemeRow).order_by(col(ThemeRow.id)))
    ]
    return sorted(themes, key=lambda theme: (theme.state is not ThemeState.OPEN, theme.rank, theme.number))


def decide_theme(
    session: Session,
    number: int,
    state: ThemeState,
    *,
    by: str,
    code: int | None = None,
    version: int | None = None,
) -> None:
    """Record a decision on a candidate theme.

    Args:
        session: A writing session.
        number: The theme's number.
        state: Its new state.
        by: The name of whoever decides.
        code: The number of the code that it became or was merged into.
        version: The change of the codebook that did so; None where none was needed.
    """
    row = session.get_one(ThemeRow, number)
    row.state, row.code_id, row.version_id = state.value, code, version
    row.by, row.at = by, now()
    session.add(row)


def rename_theme(session: Session, number: int, name: str) -> None:
    """Rename a candidate theme."""
    row = session.get_one(ThemeRow, number)
    row.name = name
    session.add(row)


def _packed(quote: ThemeQuote) -> dict[str, Any]:
    return {
        "segment": quote.segment,
        "start": quote.start,
        "end": quote.end,
        "says": quote.says,
        "flags": list(quote.flags),
    }


def _stored(
    row: ThemeRow, there: set[int | None], active: dict[int | None, str], undone: set[int]
) -> StoredTheme:
    state = ThemeState(row.state)
    code = None if row.code_id is None or row.version_id in undone else active.get(row.code_id)
    if state in (ThemeState.ACCEPTED, ThemeState.MERGED) and code is None:
        state = ThemeState.OPEN
    quotes = tuple(
        ThemeQuote(quote["segment"], quote["start"], quote["end"], quote["says"], tuple(quote["flags"]))
        for quote in row.quotes
        if quote["segment"] in there
    )
    return StoredTheme(
        number=stored_id(row.id),
        rank=row.rank,
        found=FoundTheme(row.name, tuple(row.variants), quotes),
        state=state,
        code=code,
        by=row.by,
        at=row.at,
    )
