"""The segments of a walk in its order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from quotegrid.domain.coding.review import Order, Waiting, Walk, arranged
from quotegrid.workflows.study.folder import StudyFolder


def walk_order(
    study: StudyFolder,
    walk: Walk,
    segments: Sequence[int],
    waiting: Mapping[int, Waiting],
    *,
    marked: Collection[int],
    drawn: Sequence[int],
) -> list[int]:
    """Return the segments of a walk in its order.

    Args:
        study: The study.
        walk: The choice and the order.
        segments: All segments in the order of the sources.
        waiting: The undecided suggestions, by segment.
        marked: The segments that have a suggestion, decided or not, or a code.
        drawn: The segments that were drawn at random, in their order.

    Raises:
        QueryError: If the walk's query cannot be read.
        UnknownNameError: If it names what the study does not have.
    """
    from quotegrid.storage.coding.review import expected_gains, sources_of_segments

    fitting = source_of = gains = None
    if walk.query:
        from quotegrid.workflows.search.find_quotes import segments_matching

        fitting = segments_matching(study, walk.query)
    if walk.order in (Order.SPREAD, Order.MATRIX):
        with study.reading_session() as session:
            if walk.order is Order.SPREAD:
                source_of = sources_of_segments(session)
            else:
                gains = expected_gains(session)
    return arranged(
        segments,
        walk,
        waiting,
        marked=marked,
        fitting=fitting,
        drawn=drawn,
        source_of=source_of,
        gains=gains,
    )
