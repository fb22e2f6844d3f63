"""The checking of what is to be published beside all that was published before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.joint.disclosure import (
    Place,
    jointly_withheld,
    singled_out,
    without_numbers,
)
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.matrix.published import EVERYBODY, PublishedNumber, PublishedTable, RowKey
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import UsageError
from quotegrid.workflows.matrix.solving import solve
from quotegrid.workflows.study.folder import StudyFolder

_LEAST_LEFT = 0.5
"""The least share of its numbers that a publication keeps beside earlier ones; with fewer it is refused."""


def row_key(codes: Sequence[str], part: str = "") -> RowKey:
    """Return the identity of a row that counts some codes."""
    return RowKey(tuple(sorted({code.casefold() for code in codes})), part)


def cases_of(heard: HeardQuotes) -> dict[int, str | None]:
    """Return the case of each passage."""
    return {passage: heard.speakers[place].case for passage, place in heard.speaker_of.items()}


def table_of(
    matrix: Matrix, everybody: HeardQuotes, heard: HeardQuotes, counting: HeardQuotes
) -> PublishedTable:
    """Return what a matrix tells once its small cells are withheld.

    Args:
        matrix: The matrix.
        everybody: All that was heard.
        heard: What the matrix is about.
        counting: All that was heard, with only the codings that the matrix counts.
    """
    numbers = []
    parts: dict[RowKey, frozenset[int]] = {}
    is_split = bool(matrix.row_paths) and any(len(path) > 1 for path in matrix.row_paths)
    for row, codes in enumerate(matrix.row_codes):
        key = row_key(codes, matrix.row_paths[row][-1] if is_split else "")
        if is_split:
            columns = range(len(matrix.columns))
            parts[key] = frozenset(
                passage for column in columns for passage in matrix.members.get((row, column), ())
            )
        for column, name in enumerate(matrix.columns):
            if matrix.bases[name].quotes:
                numbers.append(PublishedNumber(key, column, (row, column) not in matrix.withheld))
        numbers.append(PublishedNumber(key, EVERYBODY, row not in matrix.withheld_totals))
    return PublishedTable(
        cases=cases_of(everybody),
        columns={passage: matrix.column_of[place] for passage, place in heard.speaker_of.items()},
        coded=counting.coded,
        numbers=numbers,
        parts=parts,
    )


def checked(
    study: StudyFolder,
    table: PublishedTable,
    key: str,
    beside: Sequence[PublishedTable] = (),
    *,
    least_left: float = _LEAST_LEFT,
) -> tuple[PublishedTable, set[Place]]:
    """Return a table with what must be withheld beside earlier publications, and those numbers.

    Args:
        study: The study.
        table: The table, with what it must withhold alone.
        key: The key for choosing what to withhold.
        beside: Further tables of the same publication.
        least_left: The least share of its numbers that must be left.

    Raises:
        UsageError: If too little would be left.
    """
    from quotegrid.storage.matrix.publications import known_outside

    with study.reading_session() as session:
        earlier = known_outside(session)
    minimum = study.settings.minimum_cases
    told = sum(number.is_told for number in table.numbers)
    most = int(told * (1 - least_left)) if earlier else None
    withheld = jointly_withheld(table, [*earlier, *beside], minimum, key, solve, most)
    if most is not None and len(withheld) > most:
        of_each = {
            number: len(
                jointly_withheld(
                    table,
                    [*(known for known in earlier if known.publication == number), *beside],
                    minimum,
                    key,
                    solve,
                    most,
                )
            )
            for number in dict.fromkeys(known.publication for known in earlier)
        }
        worst = max(of_each.values())
        _refuse(study, [number for number, lost in of_each.items() if number and lost == worst], told)
    return without_numbers(table, withheld), withheld


def _refuse(study: StudyFolder, numbers: Sequence[int], told: int) -> None:
    from quotegrid.storage.matrix.publications import list_publications

    with study.reading_session() as session:
        known = {publication.number: publication for publication in list_publications(session)}
    named = "; ".join(
        f"number {number} of {known[number].at[:10]}, {known[number].path}"
        for number in numbers or sorted(known)
    )
    raise UsageError(
        f"beside what was published before, more than half of the {counted(told, 'number')} that this could "
        f"tell would have to be withheld, so that nobody is singled out by all of it together. In the way: "
        f"{named}.",
        todo="Publish the same columns and people as before. If such a file never left the house: "
        '"quotegrid publications withdraw NUMBER --never-left".',
    )


def told_apart(
    study: StudyFolder, shown: Mapping[int, frozenset[str]], beside: Sequence[PublishedTable] = ()
) -> set[int]:
    """Return the quotes to leave out: with what was shown of them before, too few could have said them.

    Args:
        study: The study.
        shown: The quotes to be shown, each with the cases that its attribution leaves.
        beside: Further tables of the same publication.
    """
    from quotegrid.storage.matrix.publications import known_outside

    with study.reading_session() as session:
        earlier = known_outside(session)
    return singled_out(shown, [*earlier, *beside], study.settings.minimum_cases)
