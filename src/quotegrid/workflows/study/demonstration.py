"""The demonstration study: fictional interviews with their codebook."""

from __future__ import annotations

import shutil
from pathlib import Path

import quotegrid
from quotegrid.errors import DataError, UsageError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.study.folder import StudyFolder, open_study

FOLDER = "quotegrid-demonstration"
_PARTS = ("corpus", "codebook", CONFIG_NAME)


def demonstration_files() -> Path:
    """Return the folder with the demonstration, in the package or the repository that it is run from.

    Raises:
        DataError: If it is in neither.
    """
    package = Path(quotegrid.__file__).parent
    for place in (package / "demonstration", package.parent.parent):
        if all((place / part).exists() for part in _PARTS):
            return place
    raise DataError("the demonstration has not been installed.", todo="Install quotegrid again.")


def make_demonstration(folder: Path) -> StudyFolder:
    """Create a study with the demonstration's transcripts, codebook and settings; nothing is imported yet.

    Args:
        folder: The new study's folder, which must not exist or be empty.

    Raises:
        UsageError: If something is there already, or nothing can be written there.
        DataError: If the demonstration has not been installed.
    """
    files = demonstration_files()
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("there is something here already.", file=folder, todo="Choose another folder.")
    try:
        for part in _PARTS:
            target = folder / part
            if (files / part).is_dir():
                shutil.copytree(files / part, target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(files / part, target)
        (folder / "exports").mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"no study can be made here ({error.strerror}).", file=folder, todo="Choose another folder."
        ) from error
    return open_study(folder)
