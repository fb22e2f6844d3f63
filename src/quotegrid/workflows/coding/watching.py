"""What others change in a study while it is open here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.workflows.codebook.codebook_file import FileState, file_state
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.coding.decisions import LoggedDecision


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed since somebody looked last, by anybody, here or elsewhere."""

    decisions: tuple[LoggedDecision, ...]
    """The decisions made since, oldest first."""
    is_rebuilt: bool
    """Whether sources, suggestions or codes have changed too, so that segments may have come and gone."""
    has_hand_edits: bool = False
    """Whether a hand has changed the codebook file, and nobody has taken that in yet."""


class StudyWatch:
    """Looks again and again whether the study has changed.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        self._study = study
        self._version = study.database.version()
        self._newest, self._shape = self._read()
        self._file: tuple[int, int] | None = None

    def _read(self) -> tuple[int, tuple[int | str, ...]]:
        from quotegrid.storage.coding.decisions import newest_decision
        from quotegrid.storage.coding.review import shape

        with self._study.reading_session() as session:
            return newest_decision(session), shape(session)

    def look(self) -> Change | None:
        """What has changed since this was asked before; None for nothing, which is told at once."""
        from quotegrid.storage.coding.decisions import list_decisions

        edited = self._hand_edits()
        version = self._study.database.version()
        if version == self._version:
            return Change((), is_rebuilt=False, has_hand_edits=True) if edited else None
        self._version = version
        since, before = self._newest, self._shape
        self._newest, self._shape = self._read()
        decisions: tuple[LoggedDecision, ...] = ()
        if self._newest != since:
            with self._study.reading_session() as session:
                decisions = tuple(list_decisions(session, after=since))
        if not decisions and self._shape == before and not edited:
            return None
        return Change(decisions, self._shape != before, edited)

    def _hand_edits(self) -> bool:
        """Whether the codebook file is another one than when it was looked at, by a hand's doing."""
        path = self._study.codebook_path
        found = path.stat() if path.is_file() else None
        now = None if found is None else (found.st_mtime_ns, found.st_size)
        if now is None or now == self._file:
            return False
        self._file = now
        return file_state(self._study) in (FileState.CHANGED, FileState.BOTH_CHANGED)
