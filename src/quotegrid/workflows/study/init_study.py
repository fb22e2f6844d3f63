"""The creation of a study's folder."""

from __future__ import annotations

from pathlib import Path

from quotegrid.codebook.yaml_file import EMPTY_CODEBOOK
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import QuotegridError, UsageError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.study.describe_settings import config_text
from quotegrid.workflows.study.folder import StudyFolder, open_study


def init_study(folder: Path, name: str = "", database: str = "") -> StudyFolder:
    """Create a study in a folder: settings, an empty codebook, places for transcripts and exports.

    Args:
        folder: The folder.
        name: The study's name; empty for the folder's name.
        database: The address of its PostgreSQL database; empty for a file in the folder.

    Raises:
        UsageError: If there is a study already, or the folder cannot be written to.
        DataError: If a codebook is there already and cannot be used.
    """
    folder = folder.resolve()
    config = folder / CONFIG_NAME
    if config.exists():
        raise UsageError("there is a study here already.", file=config, todo="Nothing was changed.")
    if folder.exists() and not folder.is_dir():
        raise UsageError("this is a file, not a folder.", file=folder)
    codebook = folder / "codebook" / "codebook.yaml"
    try:
        for part in ("corpus", "codebook", "exports"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        if not codebook.exists():
            codebook.write_text(EMPTY_CODEBOOK, encoding="utf-8")
        config.write_text(config_text(one_line(name) or folder.name, database), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"no study can be made here ({error.strerror}).", file=folder, todo="Choose another folder."
        ) from error
    from quotegrid.codebook.yaml_file import read_codebook

    try:
        read_codebook(codebook)
        study = open_study(folder)
        # A server that does not answer, or lets nobody in, is told of before anything is put into the study.
        with study.reading_session():
            pass
    except QuotegridError:
        config.unlink()
        raise
    return study
