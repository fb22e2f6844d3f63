"""The removal of a source from a study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.text.normalise import counted
from quotegrid.errors import UsageError
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import named_source

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.versions.standing import Standing


@dataclass(frozen=True, slots=True)
class Removal:
    """A source, and what a removal takes out of every count with it."""

    name: str
    standing: Standing

    def sentence(self) -> str:
        """Return what stands on the source, in words."""
        stands = self.standing
        if not stands.decisions and not stands.memos:
            return f'Nothing stands on "{self.name}".'
        parts = []
        if stands.codings:
            by = " and ".join(stands.coders) if len(stands.coders) < 3 else f"{len(stands.coders)} coders"
            parts.append(f"{counted(stands.codings, 'coding')} of {counted(stands.codes, 'code')} by {by}")
        if stands.decisions:
            parts.append(counted(stands.decisions, "decision"))
        if stands.memos:
            parts.append(counted(stands.memos, "memo"))
        return f'On "{self.name}" stand {", ".join(parts)}: they are kept, and no longer counted.'


def plan_removal(study: StudyFolder, name: str) -> Removal:
    """Return what would be taken out of every count with a source.

    Raises:
        UnknownNameError: If there is no such source.
    """
    with study.reading_session() as session:
        return _planned(session, study, name)[1]


def remove_source(study: StudyFolder, name: str, *, agreed: Removal | None = None) -> Removal:
    """Take a source out of the study; one undo brings all of it back. Its file stays where it is.

    Args:
        study: The study.
        name: The source.
        agreed: The removal that somebody agreed to; None to remove whatever stands on it.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If something else stands on it than what was agreed to.
    """
    from quotegrid.storage.sources.versions.changing import remove
    from quotegrid.storage.suggestions.kept_scores import forget_scores

    with study.writing_session("removing a source") as session:
        number, removal = _planned(session, study, name)
        if agreed is not None and agreed != removal:
            raise UsageError(
                f"this has changed since you were asked. {removal.sentence()}",
                todo="Nothing was removed: ask for it again.",
            )
        study.back_up_before("removing a source")
        remove(session, study.settings.coder_name(), number)
        forget_scores(study.root)
    return removal


def _planned(session: Session, study: StudyFolder, name: str) -> tuple[int, Removal]:
    from quotegrid.storage.sources.sources import source_numbers
    from quotegrid.storage.sources.versions.standing import standing_on_source

    numbers = source_numbers(session)
    name = named_source(session, study.root, name)
    return numbers[name], Removal(name, standing_on_source(session, numbers[name]))
