"""The stopping rule: an estimate, from a random sample, of the passages of each code still to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from quotegrid.domain.coding.stopping import RemainingEstimate, estimate_remaining
from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder

SIZE = 60
"""The default size of the sample."""


@dataclass(frozen=True, slots=True)
class ListedCodeEstimate:
    """The estimate for one code, in a listing."""

    code: str = column("the code", place=1, longest=0, layout={"min_width": 30})
    found: int = column("how many passages have it by now", place=2, layout={"justify": "right"})
    left: int | None = column(
        "how many more there are, about; null before anything of the sample has been looked at",
        place=3,
        heading="left, about",
        layout={"justify": "right"},
    )
    low: int | None = column(
        "the interval that holds in 95 of 100 draws, from here",
        place=4,
        heading="95 %",
        cell=lambda record: "" if record["left"] is None else f"{record['low']} to {record['high']}",
        layout={"justify": "right"},
    )
    high: int | None = column("to here")
    looked_at: int = column("how many of the sample have been looked at in its order")
    drawn: int = column("how many were drawn")
    population: int = column("from how many passages on which nobody had decided")


@dataclass(frozen=True, slots=True)
class CodeEstimate:
    """The estimate for one code."""

    code: str
    found: int
    """The number of passages that have it."""
    left: RemainingEstimate | None
    """The estimate of further passages; None before anything of the sample has been read."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The latest sample with its estimates."""

    drawn: int
    looked_at: int
    """The number of sampled passages that have been read in the order of drawing, without a gap."""
    population: int
    """The number of passages without decisions from which the sample was drawn."""
    by: str
    at: str
    codes: Sequence[CodeEstimate]


def draw_audit(study: StudyFolder, size: int = SIZE) -> int:
    """Draw passages at random among those without decisions, in place of an earlier sample.

    Args:
        study: The study.
        size: How many; all where there are fewer.

    Returns:
        How many were drawn.

    Raises:
        UsageError: If somebody has decided on every passage.
    """
    from quotegrid.storage.coding.decision_log import newest_decision
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
    """Return the estimates from the latest sample; None where none was drawn."""
    from quotegrid.storage.coding.stopping import codes_on, found_since, latest_draw, looked_at

    codes = [code.name for code in current_codebook(study).assignable()]
    with study.reading_session() as session:
        draw = latest_draw(session)
        if draw is None:
            return None
        looked = looked_at(session, draw.segments)
        # Only what was looked at in the order of the draw is a random sample: who skips about chooses.
        in_order = next(
            (place for place, segment in enumerate(draw.segments) if segment not in looked),
            len(draw.segments),
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
            CodeEstimate(
                name,
                everywhere.get(name, 0),
                estimate_remaining(draw.population, in_order, carrying.get(name, 0), since.get(name, 0)),
            )
            for name in codes
        ),
    )


def audit_records(found: Audit) -> list[Record]:
    """Return the estimate for each code."""
    return [
        record_of(
            ListedCodeEstimate,
            found,
            code=code.code,
            found=code.found,
            left=None if code.left is None else code.left.about,
            low=None if code.left is None else code.left.low,
            high=None if code.left is None else code.left.high,
        )
        for code in found.codes
    ]
