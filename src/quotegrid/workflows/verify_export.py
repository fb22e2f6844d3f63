"""Whether a study still gives the numbers that a file tells, and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.domain.figures import Difference, differences
from quotegrid.errors import QuotegridError, UsageError
from quotegrid.workflows.figures import figures_of
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.write_export import digest, place_of, settings_digest

if TYPE_CHECKING:
    from quotegrid.storage.export_log import LoggedExport


class FoundBy(StrEnum):
    """How a file was recognised."""

    CONTENT = "content"
    """Its content is what was written."""
    ID = "id"
    """It has been changed since, and holds the id of the export."""
    PLACE = "place"
    """It has been changed since, and stands where the export was written."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a study says of a file that was written from it."""

    file: Path
    found_by: FoundBy
    export: LoggedExport
    is_recomputed: bool
    """Whether the numbers were worked out again; some kinds of files have none that can be."""
    differences: Sequence[Difference]
    """The numbers that the study gives otherwise today."""
    problem: str | None
    """Why the study cannot give the numbers any more; None where it can."""
    decisions_since: int
    case_changes_since: int
    sources_since: Sequence[str]
    """The sources that were imported since, for the first time or again."""
    codebook_now: str
    has_settings_changed: bool

    @property
    def is_changed(self) -> bool:
        """Whether the file itself is another one than was written."""
        return self.found_by is not FoundBy.CONTENT

    @property
    def gives_the_same(self) -> bool | None:
        """Whether the study gives the same numbers today; None where that cannot be told."""
        if self.problem is not None:
            return False
        return not self.differences if self.is_recomputed else None

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the file: it is as it was written, and no number differs."""
        return not self.is_changed and self.gives_the_same is not False


def verify_export(study: StudyFolder, path: Path) -> Verification:
    """Compare a file with the study that it was written from.

    Raises:
        UsageError: If there is no such file, or it was not written from this study.
    """
    from quotegrid.storage.export_log import case_changes_since, decisions_since, sources_since

    if not path.is_file():
        raise UsageError("there is no such file.", file=path)
    export, found_by = _recognised(study, path)
    now, problem = None, None
    if export.figures is not None:
        try:
            now = figures_of(study, export.what, export.options)
        except QuotegridError as error:
            problem = str(error)
    codebook = study.codebook().hash()
    with study.reading_session() as session:
        return Verification(
            file=path,
            found_by=found_by,
            export=export,
            is_recomputed=now is not None,
            differences=differences(export.figures or (), now) if now is not None else (),
            problem=problem,
            decisions_since=decisions_since(session, export),
            case_changes_since=case_changes_since(session, export),
            sources_since=sources_since(session, export),
            codebook_now=codebook,
            has_settings_changed=settings_digest(study) != export.settings_digest,
        )


def exports_of(study: StudyFolder) -> list[LoggedExport]:
    """All files that were written from a study, oldest first."""
    from quotegrid.storage.export_log import list_exports

    with study.reading_session() as session:
        return list_exports(session)


def _recognised(study: StudyFolder, path: Path) -> tuple[LoggedExport, FoundBy]:
    from quotegrid.exports.export_id import id_in
    from quotegrid.storage.export_log import list_exports

    content = path.read_bytes()
    guid = id_in(content)
    with study.reading_session() as session:
        found = list_exports(session, sha256=digest(content))
        if found:
            return found[-1], FoundBy.CONTENT
        found = [] if guid is None else list_exports(session, guid=guid)
        if found:
            return found[-1], FoundBy.ID
        found = list_exports(session, path=place_of(study, path))
        if found:
            return found[-1], FoundBy.PLACE
    raise UsageError(
        "this file was not written from this study.",
        file=path,
        todo='"quotegrid exports" lists what was.',
    )
