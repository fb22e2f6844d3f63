"""Write a file from a study: never over somebody else's, and never without keeping what it says."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quotegrid import __version__
from quotegrid.config import CONFIG_NAME
from quotegrid.domain.figures import Figure
from quotegrid.errors import UsageError
from quotegrid.workflows.folder import StudyFolder


def write_export(
    study: StudyFolder,
    path: Path,
    content: bytes,
    *,
    what: str,
    options: Mapping[str, Any] | None = None,
    figures: Sequence[Figure] | None = None,
    force: bool = False,
) -> None:
    """Write the file whole or not at all, and add it to the study's log of exports.

    Args:
        study: The study that it is made from.
        path: The file.
        content: What it is to hold; an id that only the study can read is added where the format has room.
        what: The command that makes it: matrix, quotes, ...
        options: What it was asked for, as far as it differs from what is usual; plain JSON.
        figures: Its numbers, by which it can be verified; None where they cannot be worked out again.
        force: Whether a file that the study did not write may be replaced.

    Raises:
        UsageError: If the place cannot be written to, or holds a file that the study did not write.
    """
    from quotegrid.exports.export_id import with_id
    from quotegrid.exports.files import write_whole
    from quotegrid.storage.export_log import LoggedExport, add_export

    refuse_strangers(study, path, force=force)
    guid = str(uuid.uuid4())
    content = with_id(content, guid)
    export = LoggedExport(
        guid=guid,
        path=place_of(study, path),
        sha256=digest(content),
        what=what,
        options=dict(options or {}),
        version=__version__,
        codebook_hash=study.codebook().hash(),
        settings_digest=settings_digest(study),
        figures=figures,
    )
    # Exports go on while the workbench is open, so that the study's one writer is not waited for.
    with study.database.session(write=True) as session:
        add_export(session, study.settings.coder_name(), export)
        write_whole(path, content)


def refuse_strangers(study: StudyFolder | None, path: Path, *, force: bool) -> None:
    """Refuse a place at which there is a file that the study did not write, or that was changed since.

    Args:
        study: The study; None where there is none, which has written nothing.
        path: The place.
        force: Whether any file may be replaced.

    Raises:
        UsageError: If there is one.
    """
    from quotegrid.storage.export_log import is_export

    if force or not path.is_file():
        return
    if study is not None:
        content = digest(path.read_bytes())
        with study.reading_session() as session:
            if is_export(session, content):
                return
    raise UsageError(
        "this file was not written from this study, or has been changed since.",
        file=path,
        todo="Choose another name, or give --force to replace it.",
    )


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def place_of(study: StudyFolder, path: Path) -> str:
    """Where a file is: relative to the study's folder where it is in it."""
    whole = path.resolve()
    root = study.root.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(whole)


def settings_digest(study: StudyFolder) -> str:
    """The SHA-256 of the study's settings."""
    return digest((study.root / CONFIG_NAME).read_bytes())
