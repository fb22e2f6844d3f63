"""The listings of cases and of what was changed about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.people.case_values import CaseAction
from quotegrid.workflows.people.change_words import described
from quotegrid.workflows.study.folder import StudyFolder

_RIGHT = {"justify": "right"}


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case."""

    id: int = column("its number in this study")
    guid: str = column("its GUID, the same in every copy of the study", is_in_csv=False)
    name: str = column("its name", place=1)
    group: str | None = column("the stakeholder group", place=2)
    role: str | None = column("the role", place=3)
    area: str | None = column("the area", place=4)
    attributes: Mapping[str, str] = column("further attributes, by name")
    sources: Sequence[str] = column("the sources in which it speaks", place=6)
    segments: int = column("how many passages are its words", place=5, layout=_RIGHT)


@dataclass(frozen=True, slots=True)
class ListedCaseChange:
    """A change of cases."""

    id: int = column("its number", place=1)
    guid: str = column("its GUID", is_in_csv=False)
    at: str = column("when (UTC)", place=2)
    coder: str = column("who made it", place=3)
    action: CaseAction = column(
        "`merge`, `split`, `rename`, `set`, `set several`, `import`, `apart` (they are two people), "
        "`spellings` (of groups or areas), `undo` or `redo`"
    )
    case: str = column("the case, or the table that was taken in; empty for spellings")
    what: str = column("what was done, in words", place=4)
    undoes: int | None = column("the number of the change taken back; else null")


def case_records(study: StudyFolder) -> list[Record]:
    """Return the cases by name."""
    from quotegrid.storage.people.cases import list_cases

    with study.reading_session() as session:
        return [record_of(ListedCase, case) for case in list_cases(session)]


def case_change_records(study: StudyFolder) -> list[Record]:
    """Return the log of changes to cases, oldest first."""
    from quotegrid.storage.people.case_log import list_changes

    with study.reading_session() as session:
        return [
            record_of(ListedCaseChange, change, case=change.payload["name"], what=described(change))
            for change in list_changes(session)
        ]
