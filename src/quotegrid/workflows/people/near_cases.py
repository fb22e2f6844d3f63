"""Cases whose names may be two spellings of one person's, but for those that somebody says are two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quotegrid.domain.people.case_values import CaseAction
from quotegrid.domain.people.near_names import near_names
from quotegrid.workflows.people.change_cases import CaseChanged, two_cases
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session


def near_cases(session: Session, names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the GUIDs of each two cases whose names are near, and of whom nobody has said that they are two.

    Args:
        session: A session.
        names: The GUIDs and names of the cases.
    """
    from quotegrid.storage.people.case_log import kept_apart

    apart = kept_apart(session)
    return [pair for pair in _near(tuple(names)) if frozenset(pair) not in apart]


@lru_cache(maxsize=1)
def _near(names: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    # All names are compared only where one of them has changed since the last look.
    return tuple(near_names(dict(names)))


def keep_apart(study: StudyFolder, name: str, other: str) -> CaseChanged:
    """Remember that two cases are two people, so that they are not offered as one any more.

    Raises:
        UnknownNameError: If there is no such case.
        UsageError: If both are one case.
    """
    from quotegrid.storage.people.case_log import add_change, kept_apart

    with study.writing_session("keeping cases apart") as session:
        first, second = two_cases(session, name, other)
        guids = [first.guid, second.guid]
        if frozenset(guids) not in kept_apart(session):
            payload = {"name": first.name, "into": second.name, "cases": guids}
            add_change(session, study.settings.coder_name(), CaseAction.APART, payload)
        return CaseChanged(f'"{first.name}" and "{second.name}" are two people: not offered as one any more.')
