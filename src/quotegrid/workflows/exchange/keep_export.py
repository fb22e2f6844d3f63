"""The writing of exports: never over a foreign file, and never without a record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from quotegrid import __version__
from quotegrid.domain.matrix.published import PublishedTable
from quotegrid.domain.report.manifest import Manifest, digest, pack_manifest, unpack_manifest
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Export:
    """The description of an export: the command and options that make it."""

    what: str
    """The command: matrix, quotes, ..."""
    arguments: Sequence[str] = ()
    """The command-line arguments that make it again, without the file's name."""
    is_published: bool = False
    options: Mapping[str, Any] | None = None
    """For a matrix, the fields of `MatrixChoice`."""
    numbers: Mapping[str, Any] | None = None
    """For a matrix, its numbers, as `domain.report.manifest.numbers_of` gives them."""
    tables: Sequence[PublishedTable] = ()
    """The tables that a publication tells."""


def refuse_foreign(path: Path, study: StudyFolder | None, *, force: bool = False) -> None:
    """Refuse to write over a file that quotegrid did not make, or that was changed since.

    Args:
        path: The file to write.
        study: The study with the record of exports; without one only manifests are checked.
        force: Whether to write in any case.

    Raises:
        UsageError: If the file may not be replaced.
    """
    from quotegrid.exports.carrying import bare, manifest_text

    if force or not path.is_file():
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"this file cannot be read ({error.strerror}).", file=path) from error
    if not content:
        return
    manifest = unpack_manifest(manifest_text(content, path.suffix))
    if manifest is not None and manifest.content == digest(bare(content, path.suffix)):
        return
    if study is not None:
        from quotegrid.storage.exchange.exports import find_export

        with study.reading_session() as session:
            if find_export(session, name=None, file_hash=digest(content)) is not None:
                return
    why = (
        "this file was not made by quotegrid, or was changed since"
        if manifest is None
        else f"this file was made by quotegrid on {manifest.made_at[:10]} and changed by hand since"
    )
    raise UsageError(
        f"{why}, so it is not replaced.", file=path, todo="Choose another name, or replace it with --force."
    )


def keep_export(
    path: Path, content: bytes, export: Export, study: StudyFolder | None, *, force: bool = False
) -> None:
    """Write a file with its manifest inside, whole or not at all, and record it in the study.

    Args:
        path: The file to write.
        content: Its content.
        export: Its description.
        study: The study; None where there is none, as for an evaluation.
        force: Whether to replace a file that is not quotegrid's.

    Raises:
        UsageError: If there is a file that may not be replaced, or the place cannot be written to.
        StudyBusyError: If the database stays locked.
        DiskError: If a disk is full, or the study's is read-only.
    """
    from quotegrid.exports.carrying import bare, carrying
    from quotegrid.exports.files import interrupts_held, staged, write_whole

    refuse_foreign(path, study, force=force)
    codebook = None if study is None else current_codebook(study).hash()
    is_open = not export.is_published
    manifest = Manifest(
        export=uuid4().hex,
        what=export.what,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        content=digest(bare(content, path.suffix)),
        options=export.options if is_open else None,
        codebook=codebook if is_open else None,
        numbers=digest(export.numbers) if is_open and export.numbers is not None else None,
    )
    whole = carrying(content, path.suffix, pack_manifest(manifest))
    if study is None:
        write_whole(path, whole)
        return
    from quotegrid.storage.exchange.exports import add_export
    from quotegrid.storage.matrix.publications import add_published_tables

    # The file gets its name once its record is kept, so that a full disk leaves neither without the other.
    # An interruption before the hold leaves neither; after it, both are written.
    with staged(path, whole) as put, interrupts_held() as hold:
        # One row is added in an instant, so the study's one writer, as an open workbench, is not waited for.
        with study.database.session(write=True) as session:
            hold()
            number = add_export(
                session,
                study.settings.coder_name(),
                guid=manifest.export,
                at=manifest.made_at,
                file=path.name,
                path=place_of(study, path),
                what=export.what,
                arguments=list(export.arguments),
                options=None if export.options is None else dict(export.options),
                version=__version__,
                codebook=codebook or "",
                is_published=export.is_published,
                file_hash=digest(whole),
                content=manifest.content,
                numbers=None if export.numbers is None else dict(export.numbers),
                state=state_of(study, session),
            )
            add_published_tables(session, number, export.tables)
        put()


def place_of(study: StudyFolder, path: Path) -> str:
    """Return a file's path, relative to the study's folder where it is inside it."""
    whole, root = path.resolve(), study.root.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(whole)


def state_of(study: StudyFolder, session: Session) -> dict[str, Any]:
    """Return fingerprints of the study's data, codebook and settings, part by part."""
    from quotegrid.settings_values import CONFIG_NAME
    from quotegrid.storage.exchange.exports import data_state

    settings = (study.root / CONFIG_NAME).read_bytes()
    return {**data_state(session), "settings": hashlib.sha256(settings).hexdigest()}
