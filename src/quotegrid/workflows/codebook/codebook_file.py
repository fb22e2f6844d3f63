"""The codebook file, kept in step with the study whether it was edited by hand or by quotegrid."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.codebook.merging import (
    MergeConflictError,
    NumberedCodebook,
    guess_renames,
    list_changes,
    merge_codebooks,
)
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import CodebookError, DiskError
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.codebook.versions import CodebookVersion
    from quotegrid.storage.engines.database import Session

_KNOWN = "quotegrid.codebook"
"""A file with the digest of the codebook file when it was last in step in this folder."""
_BOM = b"\xef\xbb\xbf"


class FileState(Enum):
    """The state of the codebook file in comparison with the study."""

    IN_STEP = auto()
    BEHIND = auto()
    """The study's codebook was changed, and the file was not: it must be written again."""
    CHANGED = auto()
    """The file was edited by hand."""
    BOTH_CHANGED = auto()
    """The file was edited by hand, and the study's codebook was changed too."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """An edit of the codebook file by hand, and the resulting codebook."""

    codebook: Codebook
    """The resulting codebook."""
    renamed: Mapping[str, str]
    """The codes that were most likely renamed: their old names and the new ones."""
    lines: tuple[str, ...]
    """The differences from the study's codebook, in words."""
    lost: Mapping[str, int]
    """The number of codings of each code that is no longer in the file."""
    text: str
    """The file's new content."""
    damage: str = ""
    """Apparent damage to the file by which codings would be lost, in words; empty for an edit."""


def current_codebook(study: StudyFolder) -> Codebook:
    """Return the file's codebook, after bringing the study and the file in step, whichever has changed.

    Where the study's `asks_first` is set, a changed file is left for the user to look at.

    Raises:
        CodebookError: If the file cannot be used; the database then stays as it was.
    """
    from quotegrid.storage.codebook.codes import load_codebook

    bring_in_step(study)
    with study.reading_session() as session:
        return load_codebook(session)


def bring_in_step(study: StudyFolder) -> None:
    """Bring the study and the codebook file in step, whichever has changed.

    Where the study's `asks_first` is set, a changed file is left for the user to look at.

    Raises:
        CodebookError: If the file cannot be used; the database then stays as it was.
    """
    from quotegrid.storage.codebook.codes import codebook_digest
    from quotegrid.storage.codebook.versions import newest_version

    digest = file_digest(study.codebook_path)
    with study.reading_session() as session:
        if codebook_digest(session) == digest:
            return
        newest = newest_version(session)
        state = _state(study, session, newest, digest)
        if newest is not None and study.asks_first and state is not FileState.BEHIND:
            return
    if state is FileState.BEHIND and newest is not None:
        write_codebook(study, newest.text)
    else:
        read_in_file(study)


def open_codebook(study: StudyFolder) -> None:
    """Read the codebook for a long session: from now on, edits by hand wait for approval.

    Earlier edits are read in, as commands do, unless codings would no longer be counted.

    Raises:
        CodebookError: If the file cannot be used, and the study has no codebook yet.
    """
    from quotegrid.storage.codebook.versions import newest_version

    with study.reading_session() as session:
        is_first = newest_version(session) is None
    try:
        if is_first or file_state(study) is not FileState.CHANGED or not file_change(study).lost:
            bring_in_step(study)
    except (CodebookError, DiskError):
        if is_first:
            raise
    study.asks_first = True


def file_state(study: StudyFolder) -> FileState:
    """Return the current state of the codebook file in comparison with the study."""
    from quotegrid.storage.codebook.versions import newest_version

    with study.reading_session() as session:
        return _state(study, session, newest_version(session), file_digest(study.codebook_path))


def _state(study: StudyFolder, session: Session, newest: CodebookVersion | None, digest: str) -> FileState:
    from quotegrid.storage.codebook.versions import version_of

    if newest is None:
        return FileState.CHANGED
    if digest == newest.digest:
        return FileState.IN_STEP
    known = _known(study)
    if digest == known or (not known and version_of(session, digest) is not None):
        return FileState.BEHIND
    return FileState.CHANGED if known in ("", newest.digest) else FileState.BOTH_CHANGED


def file_change(study: StudyFolder) -> FileChange:
    """Return the edit of the codebook file by hand.

    Raises:
        CodebookError: If the file cannot be used, or contradicts what somebody else has changed.
    """
    from quotegrid.codebook.yaml_file import codebook_text, parse_codebook

    path = study.codebook_path
    text = codebook_text(path)
    with study.reading_session() as session:
        return _file_change(study, session, text, parse_codebook(text, path))


def _file_change(study: StudyFolder, session: Session, text: str, read: Codebook) -> FileChange:
    from quotegrid.codebook.yaml_editing import edit_text
    from quotegrid.storage.codebook.codes import code_ids, codings_of
    from quotegrid.storage.codebook.versions import newest_version, numbered_codebook, version_of

    in_hand = text
    ours = numbered_codebook(session)
    known = _known(study)
    newest = newest_version(session)
    base, last = ours, "" if newest is None else newest.text
    if newest is not None and known not in ("", newest.digest):
        found = version_of(session, known)
        if found is not None:
            base, last = found.codes, found.text
    renamed = guess_renames(base.codebook, read)
    codebook, names = read, dict(renamed)
    if base is not ours:
        numbers = {name.casefold(): number for name, number in code_ids(session).items()}
        numbers |= {code.name.casefold(): number for number, code in base.codes().items()}
        theirs = _numbered(read, renamed, numbers)
        try:
            both = merge_codebooks(base, ours, theirs)
        except MergeConflictError as error:
            raise CodebookError(
                f"this file contradicts a colleague's later change: {error}.",
                file=study.codebook_path,
                todo="Make the file say the same as theirs there, or undo one of both changes. "
                '"quotegrid codebook" shows what the study holds.',
            ) from error
        now = both.codes()
        names = {
            code.name: now[number].name
            for number, code in ours.codes().items()
            if number in now and now[number].name != code.name
        }
        codebook = both.codebook
        in_file = {
            code.name: now[number].name
            for number, code in theirs.codes().items()
            if number in now and now[number].name != code.name
        }
        text = edit_text(text, codebook, study.codebook_path, in_file)
    gone = [
        code.name for code in ours.codebook.codes if codebook.get(names.get(code.name, code.name)) is None
    ]
    standing = codings_of(session, gone)
    lost = {name: count for name, count in standing.items() if count}
    return FileChange(
        codebook,
        names,
        tuple(list_changes(ours.codebook, codebook, names)),
        lost,
        text,
        _damage(read, in_hand, last) if lost else "",
    )


def _damage(codebook: Codebook, text: str, last: str) -> str:
    """Say how a file that loses codings looks damaged; "" where it was edited.

    Args:
        codebook: What the file says.
        text: Its text.
        last: The text that it had before.
    """
    if not codebook.codes:
        return "this file holds no codes any more"
    return "this file is cut short" if last.startswith(text.rstrip()) else ""


def _numbered(read: Codebook, renamed: Mapping[str, str], numbers: Mapping[str, int]) -> NumberedCodebook:
    """Number a file's codes: known ones by their present or earlier name, new ones below zero."""
    before = {new.casefold(): old.casefold() for old, new in renamed.items()}
    given: dict[str, int] = {}
    for place, code in enumerate(read.walk(), start=1):
        name = code.name.casefold()
        given[name] = numbers.get(before.get(name, name), -place)
    return NumberedCodebook.of(read, given)


def read_in_file(study: StudyFolder, *, damaged_too: bool = False) -> FileChange:
    """Bring the study in step with a codebook file that was edited by hand.

    Args:
        study: The study.
        damaged_too: Whether to take in a file that looks damaged as well, because a person has agreed.

    Raises:
        CodebookError: If the file cannot be used or looks damaged; nothing is then changed.
    """
    from quotegrid.codebook.yaml_file import codebook_text, parse_codebook
    from quotegrid.storage.codebook.codes import save_codebook
    from quotegrid.storage.codebook.versions import add_version, newest_version

    path = study.codebook_path
    text = codebook_text(path)
    read = parse_codebook(text, path)
    with study.database.session(write=True) as session:
        is_first = newest_version(session) is None
        change = _file_change(study, session, text, read)
        if change.damage and not damaged_too:
            raise _damaged(path, change)
        digest = file_digest(path) if change.text == text else text_digest(path, change.text)
        save_codebook(session, change.codebook, digest, change.renamed)
        add_version(
            session,
            coder=study.settings.coder_name(),
            what="Read the codebook." if is_first else "Changed the file by hand.",
            text=change.text,
            digest=digest,
            is_from_file=True,
        )
    if change.text == text:
        _remember(study, digest)
    else:
        write_codebook(study, change.text)
    return change


def _damaged(path: Path, change: FileChange) -> CodebookError:
    lost = " and ".join(describe_loss(change))
    return CodebookError(
        f"{change.damage}, and {lost} would not be counted.",
        file=path,
        todo='"quotegrid codebook changes" shows the differences; with --put-back the file is written again '
        "as the study holds it, with --take-in the study follows the file. Nothing was changed.",
    )


def describe_loss(change: FileChange) -> list[str]:
    """Return, in words, the codings of each code that would be lost: "3 codings of “who pays”"."""
    return [f"{counted(count, 'coding')} of “{name}”" for name, count in change.lost.items()]


def put_back(study: StudyFolder) -> None:
    """Write the codebook file again as the study holds it, in place of an edit by hand."""
    from quotegrid.storage.codebook.versions import newest_version

    with study.reading_session() as session:
        newest = newest_version(session)
    if newest is not None:
        write_codebook(study, newest.text)


def write_codebook(study: StudyFolder, text: str) -> None:
    """Write the codebook file.

    Args:
        study: The study.
        text: Its content, with line feeds.
    """
    from quotegrid.exports.files import write_whole

    content = _encoded(study.codebook_path, text)
    write_whole(study.codebook_path, content)
    _remember(study, hashlib.sha256(content).hexdigest())


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file; "none" where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "none"


def text_digest(path: Path, text: str) -> str:
    """Return the SHA-256 that the codebook file will have with a text as its content."""
    return hashlib.sha256(_encoded(path, text)).hexdigest()


def _encoded(path: Path, text: str) -> bytes:
    """Return a text with the line ends and the byte order mark of its file."""
    before = path.read_bytes() if path.is_file() else b""
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return (_BOM if before.startswith(_BOM) else b"") + text.encode()


def _known(study: StudyFolder) -> str:
    place = study.root / _KNOWN
    return place.read_text(encoding="ascii").strip() if place.is_file() else ""


def _remember(study: StudyFolder, digest: str) -> None:
    from quotegrid.exports.files import write_whole

    place = study.root / _KNOWN
    if not place.is_file() or _known(study) != digest:
        write_whole(place, f"{digest}\n".encode("ascii"))
