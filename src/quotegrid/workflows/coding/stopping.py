"""When to stop: how many passages of each code are still to be found, told from some drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from quotegrid.domain.coding.stopping import Left, left_over
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder

AUDIT_FIELDS = ("code", "found", "left", "low", "high", "looked_at", "drawn", "population")
SIZE = 60
"""How many are drawn unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class CodeLeft:
    """What the audit says of one code."""

    code: str
    found: int
    """How many passages have it by now."""
    left: Left | None
    """How many more there are; None before anything of the sample has been looked at."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The latest draw, and what it tells."""

    drawn: int
    looked_at: int
    """How many of the sample have been looked at in the order in which they were drawn, none passed over."""
    population: int
    """From how many passages on which nobody had decided the sample was drawn."""
    by: str
    at: str
    codes: Sequence[CodeLeft]


def draw_audit(study: StudyFolder, size: int = SIZE) -> int:
    """Draw passages at random among those on which nobody has decided yet; an earlier draw is forgotten.

    Args:
        study: The study.
        size: How many; all where there are not so many.

    Returns:
        How many were drawn.

    Raises:
        UsageError: If somebody has decided on every passage.
    """
    from quotegrid.storage.coding.decisions import newest_decision
    from quotegrid.storage.coding.stopping import never_looked_at, replace_draw
    from quotegrid.storage.study import study_guid

    with study.writing_session("drawing a sample") as session:
        free = never_looked_at(session)
        if not free:
            raise UsageError(
                "somebody has decided on every passage: nothing is left to draw from.",
                todo='"quotegrid import" brings more, "quotegrid status" tells how far the review has come.',
            )
        since = newest_decision(session)
        # The same study draws the same sample after the same decisions: nobody can draw until it suits.
        drawn = Random(f"{study_guid(session)} {since}").sample(free, min(size, len(free)))  # noqa: S311
        replace_draw(
            session,
            drawn,
            population=len(free),
            since=since,
            by=study.settings.coder_name(),
        )
    return len(drawn)


def audit(study: StudyFolder) -> Audit | None:
    """What the latest draw tells by now; None where nothing was drawn."""
    from quotegrid.storage.coding.stopping import codes_on, found_since, latest_draw, looked_at

    codes = [code.name for code in current_codebook(study).assignable()]
    with study.reading_session() as session:
        draw = latest_draw(session)
        if draw is None:
            return None
        looked = looked_at(session, draw.segments)
        # Only what was looked at in the order of the draw is a random sample: who skips about chooses.
        in_order = next(
            (place for place, one in enumerate(draw.segments) if one not in looked), len(draw.segments)
        )
        carrying = codes_on(session, draw.segments[:in_order])
        since = found_since(session, draw.since)
        everywhere = found_since(session, 0)
    return Audit(
        drawn=len(draw.segments),
        looked_at=in_order,
        population=draw.population,
        by=draw.by,
        at=draw.at,
        codes=tuple(
            CodeLeft(
                name,
                everywhere.get(name, 0),
                left_over(draw.population, in_order, carrying.get(name, 0), since.get(name, 0)),
            )
            for name in codes
        ),
    )


def audit_records(found: Audit) -> list[dict[str, Any]]:
    """The documented fields of each code."""
    return [
        {
            "code": one.code,
            "found": one.found,
            "left": None if one.left is None else one.left.about,
            "low": None if one.left is None else one.left.low,
            "high": None if one.left is None else one.left.high,
            "looked_at": found.looked_at,
            "drawn": found.drawn,
            "population": found.population,
        }
        for one in found.codes
    ]
