"""The co-occurrence of a study's codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.matrix.cooccurrence import (
    CoOccurrence,
    Unit,
    count_together,
    publishable_pairs,
    without_pairs,
)
from quotegrid.domain.matrix.published import EVERYBODY, PublishedNumber, PublishedTable, RowKey
from quotegrid.domain.matrix.rows import Rows, row_families
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.matrix.joint_publication import cases_of, checked, row_key
from quotegrid.workflows.matrix.publish import publication_key, refuse_few
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class ListedPair:
    """A pair of codes that co-occur."""

    code: str = column("a code")
    other: str = column("another that stands together with it somewhere")
    together: int | None = column("how many passages, turns or cases hold both; null where it is withheld")
    either: int | None = column("how many hold one of them or both; null where it is withheld")
    jaccard: float | None = column("`together` divided by `either`")


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
        unit: The unit within which both must stand.
        rows: Codes, or themes with everything below them.
        publish: Whether counts that could reveal too few cases are withheld.
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
        heard,
        codebook,
        unit,
        rows=rows,
        turn_of=turn_of,
        with_cases=publish,
        with_segments=with_segments or publish,
    )
    if not publish:
        return counted
    cases = count_together(heard, codebook, Unit.CASE, rows=rows)
    published = publishable_pairs(counted, cases, study.settings.minimum_cases)
    families = row_families(heard, codebook, rows, None, (), include_suggested=False)
    keys = {family.path[0]: row_key(family.codes) for family in families}
    return _checked(study, counted, published, keys)


def _checked(
    study: StudyFolder, counted: CoOccurrence, published: CoOccurrence, keys: Mapping[str, RowKey]
) -> CoOccurrence:
    """Return pairs without what would tell too much beside earlier publications.

    Args:
        study: The study.
        counted: The pairs with the quotes behind them.
        published: Those that can be published alone.
        keys: The identity of each row.

    Raises:
        UsageError: If too little would be left.
    """
    heard = study.heard()
    of_pair = {
        (pair.first, pair.second): RowKey.of_pair(
            keys[pair.first].codes, keys[pair.second].codes, counted.unit.value
        )
        for pair in counted.pairs
    }
    numbers = [
        PublishedNumber(keys[name], EVERYBODY, number is not None) for name, number in published.alone.items()
    ]
    numbers += [
        PublishedNumber(of_pair[pair.first, pair.second], EVERYBODY, pair.together is not None)
        for pair in published.pairs
    ]
    alone = PublishedTable(
        cases=cases_of(heard),
        columns=dict.fromkeys(heard.speaker_of, 0),
        coded=heard.coded,
        numbers=numbers,
        parts={of_pair[pair.first, pair.second]: frozenset(pair.segments) for pair in counted.pairs},
    )
    table, withheld = checked(study, alone, publication_key(study))
    hidden = {row for row, _ in withheld}
    return replace(
        without_pairs(
            published,
            codes={name for name in published.alone if keys[name] in hidden},
            pairs={pair for pair, key in of_pair.items() if key in hidden},
        ),
        tables=(table,),
    )


def pair_records(counted: CoOccurrence) -> list[Record]:
    """Return the pairs that co-occur, the most frequent first."""
    return [
        record_of(
            ListedPair,
            pair,
            code=pair.first,
            other=pair.second,
            jaccard=None if pair.jaccard is None else round(pair.jaccard, 4),
        )
        for pair in counted.pairs
        if pair.together != 0
    ]
