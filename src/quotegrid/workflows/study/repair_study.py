"""The repair of a study's database: whatever follows from its journal and texts is made again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quotegrid.domain.study.faults import Fault, can_be_made_again
from quotegrid.workflows.study.check_study import check_study
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Repair:
    """The result of a repair."""

    made_again: tuple[Fault, ...]
    """The damage that was put right."""
    left: tuple[Fault, ...]
    """The damage that cannot be put right from what the study holds."""
    copy: Path | None
    """The backup of the study as it was before; None where nothing was done, or a server holds it."""


def repair_study(study: StudyFolder) -> Repair:
    """Make again what of a damaged database follows from its journal and its texts.

    The study as it was is kept among its backups first. Decisions, texts and memos are never touched.

    Raises:
        StudyError: If it cannot be read or written at all.
    """
    from quotegrid.storage.repairing import make_again

    found = check_study(study).faults
    parts = can_be_made_again(found)
    if not parts:
        return Repair((), found, None)
    with study.writing("repairing"):
        copy = study.back_up_as_it_is("as it was before a repair")
        remaining = make_again(study.database, parts)
    # What the digests alone tell is not found again without them.
    left = [*remaining, *(fault for fault in found if fault.part not in parts and fault not in remaining)]
    made = [fault for fault in found if fault.part in parts and not any(fault.part is at.part for at in left)]
    return Repair(tuple(made), tuple(left), copy)
