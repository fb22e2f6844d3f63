"""The publications of a study: listed, compared and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.exchange.listing import column
from quotegrid.domain.report.manifest import Difference, compare_numbers
from quotegrid.errors import UsageError
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.matrix.publications import Publication


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """A file that was written for publication."""

    number: int = column("the number of the publication, as in `quotegrid exports`", place=0)
    at: str = column("when it was written (UTC)", place=1)
    by: str = column("by whom", place=2)
    what: str = column("the command")
    path: str = column("where it was written, relative to the study where it is in it", place=3)
    withdrawn: str | None = column("when it was withdrawn (UTC); null if it was not", place=4)
    checked_beside: bool = column(
        "whether new publications are checked beside it; not if it never left the house, or was written "
        "before publications were kept",
        place=5,
        heading="checked beside",
    )


def list_publications(study: StudyFolder) -> list[ListedPublication]:
    """Return all publications, oldest first."""
    return [
        ListedPublication(
            number=publication.number,
            at=publication.at,
            by=publication.by,
            what=publication.what,
            path=publication.path,
            withdrawn=publication.withdrawn_at,
            checked_beside=publication.is_counted,
        )
        for publication in _kept(study)
    ]


def compare_publications(study: StudyFolder, first: int, second: int) -> list[Difference]:
    """Return the numbers in which two publications differ, in the order of the first.

    Raises:
        UsageError: If one is no publication, or has no table of numbers.
    """
    publications = _kept(study)
    then, now = (_found(publications, number).numbers for number in (first, second))
    for number, numbers in ((first, then), (second, now)):
        if numbers is None:
            raise UsageError(
                f"publication {number} has no table to compare.",
                todo="Name two matrices or reports.",
            )
    return compare_numbers(then or {}, now or {})


def withdraw_publication(study: StudyFolder, number: int, *, never_left: bool = False) -> ListedPublication:
    """Withdraw a publication, which the journal keeps, and return it as it is listed now.

    What it told counts as known outside all the same, unless the file never left the house.

    Args:
        study: The study.
        number: The publication's number.
        never_left: Whether nobody outside the team ever had the file.

    Raises:
        UsageError: If there is no such publication, or it was withdrawn so already.
    """
    from quotegrid.storage.matrix.publications import withdraw

    publication = _found(_kept(study), number)
    if publication.withdrawn_at is not None and (publication.never_left or not never_left):
        raise UsageError(f"publication {number} was withdrawn already.")
    with study.database.session(write=True) as session:
        withdraw(session, number, study.settings.coder_name(), never_left=never_left)
    return next(listed for listed in list_publications(study) if listed.number == number)


def withdraw_in_words(study: StudyFolder, number: int, *, never_left: bool = False) -> str:
    """Withdraw a publication as `withdraw_publication` does, and return what that means."""
    withdrawn = withdraw_publication(study, number, never_left=never_left)
    if never_left:
        return f"Withdrew {withdrawn.path}: new publications are no longer checked beside it."
    return (
        f"Withdrew {withdrawn.path}. Whoever has the file knows what it told, so new publications are "
        "still checked beside it. If nobody outside ever had it, say so (--never-left)."
    )


def _kept(study: StudyFolder) -> list[Publication]:
    from quotegrid.storage.matrix.publications import list_publications

    with study.reading_session() as session:
        return list_publications(session)


def _found(publications: Sequence[Publication], number: int) -> Publication:
    for publication in publications:
        if publication.number == number:
            return publication
    known = ", ".join(str(publication.number) for publication in publications)
    raise UsageError(
        f"there is no publication {number}.", todo=f"The numbers of those that there are: {known or 'none'}."
    )
