"""The storing of a changed codebook, with the codings that it moves, and its undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.codebook.merging import MergeConflictError, merge_codebooks
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.errors import CodebookError
from quotegrid.workflows.codebook.codebook_file import (
    FileState,
    file_state,
    text_digest,
)
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.codebook.versions import CodebookVersion
    from quotegrid.storage.engines.database import Session


@dataclass(frozen=True, slots=True)
class Recoding:
    """The move of codings from one code to another."""

    source: str
    target: str
    segments: frozenset[int] | None = None
    """The segments of the codings; None for all."""


def refuse_hand_changed(study: StudyFolder) -> None:
    """Refuse any change while edits of the file by hand have not been read in.

    Raises:
        CodebookError: If the file has been changed by hand.
    """
    if file_state(study) is not FileState.IN_STEP:
        raise CodebookError(
            "the codebook file has been changed by hand.",
            file=study.codebook_path,
            todo="Read in the edited file first; nothing was changed.",
        )


def store_codebook(
    session: Session,
    study: StudyFolder,
    target: Codebook,
    what: str,
    renamed: dict[str, str],
    recodings: Sequence[Recoding] = (),
    undoes: int | None = None,
    text: str | None = None,
    group: int | None = None,
    merged: Mapping[str, str] | None = None,
) -> tuple[str, int]:
    """Store a changed codebook.

    Args:
        session: A transaction that writes.
        study: The study.
        target: The new codebook.
        what: The change, as a sentence.
        renamed: The new names of codes by their old ones.
        recodings: The codings to move.
        undoes: The entry of the journal that is taken back.
        text: The file's new content; None to edit its present content.
        group: The first entry of those that are undone and redone with this one.
        merged: For each code that was merged, the code that it was merged into.

    Returns:
        The file's new content, and how many codings were moved.
    """
    from quotegrid.codebook.yaml_editing import edit_text
    from quotegrid.codebook.yaml_file import codebook_text
    from quotegrid.storage.codebook.codes import code_ids, save_codebook
    from quotegrid.storage.codebook.versions import add_version
    from quotegrid.storage.coding.decision_log import entry_of_decision
    from quotegrid.storage.coding.decisions import coder_id

    path = study.codebook_path
    if text is None:
        text = edit_text(codebook_text(path), target, path, renamed)
    digest = text_digest(path, text)
    coder = study.settings.coder_name()
    before = code_ids(session)
    save_codebook(session, target, digest, renamed)
    numbers = {**before, **code_ids(session)}
    moved = 0
    if recodings:
        decisions = _recode(session, coder_id(session, coder), numbers, recodings)
        moved = len(decisions) // 2
        group = entry_of_decision(session, decisions[0]) if decisions else None
    add_version(
        session,
        coder=coder,
        what=what,
        text=text,
        digest=digest,
        group=group,
        undoes=undoes,
        merged=[(numbers[old], numbers[new]) for old, new in (merged or {}).items()],
    )
    return text, moved


def moves_any(session: Session, recoding: Recoding) -> bool:
    """Return whether there are any codings to move."""
    from quotegrid.storage.codebook.codes import code_ids, codings_on

    segments = {segment for segment, _, _ in codings_on(session, code_ids(session)[recoding.source])}
    return bool(segments if recoding.segments is None else segments & recoding.segments)


def _recode(
    session: Session, coder: int, numbers: Mapping[str, int], recodings: Sequence[Recoding]
) -> list[int]:
    """Move codings to other codes; each remains its coder's.

    Returns:
        The numbers of the decisions, two a coding.
    """
    from quotegrid.storage.codebook.codes import codings_on
    from quotegrid.storage.coding.decisions import NewDecision, add_decisions

    made: list[NewDecision] = []
    for recoding in recodings:
        source, target = numbers[recoding.source], numbers[recoding.target]
        for segment, whose, stance in codings_on(session, source):
            if recoding.segments is not None and segment not in recoding.segments:
                continue
            kept = None if stance is None else Stance(stance)
            made.append(NewDecision(Action.MOVE, segment, source, coder=whose))
            made.append(NewDecision(Action.APPLY, segment, target, stance=kept, coder=whose))
    return add_decisions(session, coder, made) if made else []


def revert_version(
    session: Session, study: StudyFolder, version: CodebookVersion, group: int | None = None
) -> str:
    """Undo a change of the codebook, or an undo of one, in a transaction of the caller's.

    Later changes by others stay.

    Args:
        session: A transaction that writes.
        study: The study.
        version: The change.
        group: The first entry of those that are undone and redone with this one.

    Returns:
        The file's new content, to be written once the transaction has ended.

    Raises:
        CodebookError: If the file has been changed by hand, or somebody has changed the same thing since.
    """
    from quotegrid.storage.codebook.versions import newest_version, numbered_codebook, version_before

    refuse_hand_changed(study)
    before = version_before(session, version.number)
    newest = newest_version(session)
    if before is None or newest is None:
        raise CodebookError("the first codebook cannot be undone.")
    ours = numbered_codebook(session)
    try:
        target = merge_codebooks(version.codes, ours, before.codes)
    except MergeConflictError as error:
        raise CodebookError(
            f"this has been changed since: {error}.", todo="Nothing was undone; change it by hand."
        ) from error
    now = target.codes()
    renamed = {
        code.name: now[number].name
        for number, code in ours.codes().items()
        if number in now and now[number].name != code.name
    }
    text = before.text if newest.text == version.text else None
    text, _ = store_codebook(
        session,
        study,
        target.codebook,
        f"Took back: {version.what}"
        if version.undoes is None
        else version.what.replace("Took back", "Restored", 1),
        renamed,
        undoes=version.entry,
        text=text,
        group=group,
    )
    return text
