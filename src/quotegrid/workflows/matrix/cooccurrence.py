"""Which codes of a study stand together."""

from __future__ import annotations

from typing import Any

from quotegrid.domain.matrix.cooccurrence import CoOccurrence, Unit, count_together, publishable_pairs
from quotegrid.domain.matrix.rows import Rows
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.matrix.publish import refuse_few
from quotegrid.workflows.study.folder import StudyFolder

PAIR_FIELDS = ("code", "other", "together", "either", "jaccard")


def make_cooccurrence(
    study: StudyFolder,
    unit: Unit = Unit.SEGMENT,
    *,
    rows: Rows = Rows.CODE,
    publish: bool = False,
    with_segments: bool = False,
) -> CoOccurrence:
    """Count how often two codes stand in one segment, turn or case.

    Args:
        study: The study.
        unit: Within what they must stand.
        rows: Codes, or themes with everything below them.
        publish: Whether counts that could tell of too few cases are withheld.
        with_segments: Whether the quotes of each pair are wanted.
    """
    from quotegrid.storage.search.quotes import turns_of_segments

    codebook = current_codebook(study)
    heard = study.heard()
    if publish:
        refuse_few(study, heard)
    turn_of: dict[int, int] = {}
    if unit is Unit.TURN:
        with study.reading_session() as session:
            turn_of = turns_of_segments(session)
    counted = count_together(
        heard, codebook, unit, rows=rows, turn_of=turn_of, with_segments=with_segments and not publish
    )
    if not publish:
        return counted
    cases = count_together(heard, codebook, Unit.CASE, rows=rows)
    return publishable_pairs(counted, cases, study.settings.minimum_cases)


def pair_records(counted: CoOccurrence) -> list[dict[str, Any]]:
    """Return the pairs that stand together somewhere, with the documented fields, the most frequent first."""
    return [
        {
            "code": pair.first,
            "other": pair.second,
            "together": pair.together,
            "either": pair.either,
            "jaccard": None if pair.jaccard is None else round(pair.jaccard, 4),
        }
        for pair in counted.pairs
        if pair.together != 0
    ]
