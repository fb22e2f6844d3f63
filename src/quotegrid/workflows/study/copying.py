"""A whole copy of a study, made while others may work in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.disk import study_refusal
from quotegrid.errors import RepairError, UsageError
from quotegrid.settings_values import BACKUPS

if TYPE_CHECKING:
    from quotegrid.workflows.study.folder import StudyFolder


def copy_study(study: StudyFolder, target: Path) -> int:
    """Copy a study into a new folder: its database as of one moment, and all other files but the backups.

    Args:
        study: The study.
        target: The folder, which must not be there.

    Returns:
        The number of files.

    Raises:
        UsageError: If the folder is there or in the study, or the database is not in the study's folder.
        RepairError: If the database is damaged.
        DiskError: If the copy cannot be written; nothing of it is left then.
    """
    from quotegrid.storage.engines.sqlite_backup import copy_database, faults_of

    source, to = study.root.resolve(), target.expanduser().resolve()
    if to.exists():
        raise UsageError("this is there already.", file=target, todo="Name a folder that is not.")
    if to.is_relative_to(source):
        raise UsageError("a study cannot be copied into itself.", file=target, todo="Name another folder.")
    if study.settings.is_on_server or not study.database_path.resolve().is_relative_to(source):
        raise UsageError(
            "the database of this study is not in its folder, so that the copy would be no study of its own.",
            todo="Copy the folder yourself, and the database as its server or owner does.",
        )
    _ = study.database
    inside = study.database_path.resolve().relative_to(source)
    try:
        shutil.copytree(source, to, ignore=_left_out(study.database_path.resolve()), symlinks=True)
        copy_database(study.database_path, to / inside)
        if faults := faults_of(to / inside):
            raise RepairError(f"this study's database is damaged ({faults[0]}).", file=study.database_path)
    except BaseException as error:
        shutil.rmtree(to, ignore_errors=True)
        if isinstance(error, shutil.Error):
            file, _, said = error.args[0][0]
            raise study_refusal(Path(file), None, said) from error
        if isinstance(error, OSError):
            raise study_refusal(to, error.errno, str(error.strerror)) from error
        raise
    return sum(len(files) for _, _, files in os.walk(to))


def _left_out(database: Path) -> Callable[[str, list[str]], set[str]]:
    """Return what `copytree` leaves out: the database, which is copied by itself, locks and backups."""

    def names(folder: str, found: list[str]) -> set[str]:
        if Path(folder) != database.parent:
            return set()
        return {name for name in found if name == BACKUPS or name.startswith(database.name)}

    return names
