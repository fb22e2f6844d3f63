"""The detection of changes that others make to an open study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.workflows.codebook.codebook_file import FileState, file_state
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.coding.decision_log import LoggedDecision


@dataclass(frozen=True, slots=True)
class Change:
    """The changes since the last look, by anybody, here or elsewhere."""

    decisions: tuple[LoggedDecision, ...]
    """The new decisions, oldest first."""
    is_rebuilt: bool
    """Whether sources, suggestions or codes have changed too, so that segments may have come or gone."""
    has_hand_edits: bool = False
    """Whether the codebook file has edits by hand that have not been read in."""
    has_changed_people: bool = False
    """Whether another coder has changed cases."""


class StudyWatch:
    """A watch on a study, asked regularly whether it has changed.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        self._study = study
        self._version = study.database.version()
        self._newest, self._shape, self._people = self._read()
        self._file: tuple[int, int] | None = None

    def _read(self) -> tuple[int, tuple[int | str, ...], int]:
        from quotegrid.storage.coding.decision_log import newest_decision
        from quotegrid.storage.coding.review import shape
        from quotegrid.storage.people.case_log import newest_change_of_others

        coder = self._study.settings.coder_name()
        with self._study.reading_session() as session:
            return newest_decision(session), shape(session), newest_change_of_others(session, coder)

    def look(self) -> Change | None:
        """Return the changes since the last call; None, quickly, where there are none."""
        from quotegrid.storage.coding.decision_log import list_decisions

        edited = self._hand_edits()
        version = self._study.database.version()
        if version == self._version:
            return Change((), is_rebuilt=False, has_hand_edits=True) if edited else None
        self._version = version
        since, before, people = self._newest, self._shape, self._people
        self._newest, self._shape, self._people = self._read()
        decisions: tuple[LoggedDecision, ...] = ()
        if self._newest != since:
            with self._study.reading_session() as session:
                decisions = tuple(list_decisions(session, after=since))
        if not decisions and self._shape == before and not edited and self._people == people:
            return None
        return Change(decisions, self._shape != before, edited, self._people != people)

    def _hand_edits(self) -> bool:
        """Return whether the codebook file was edited by hand since the last look."""
        path = self._study.codebook_path
        found = path.stat() if path.is_file() else None
        now = None if found is None else (found.st_mtime_ns, found.st_size)
        if now is None or now == self._file:
            return False
        self._file = now
        return file_state(self._study) in (FileState.CHANGED, FileState.BOTH_CHANGED)
