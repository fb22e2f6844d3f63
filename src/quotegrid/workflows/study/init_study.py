"""Make a study folder."""

from __future__ import annotations

from pathlib import Path

from quotegrid.codebook.yaml_file import EMPTY_CODEBOOK
from quotegrid.config import CONFIG_NAME
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import QuotegridError, UsageError
from quotegrid.workflows.study.folder import StudyFolder, open_study

_CONFIG = """\
# Settings of this study. Everything here can be changed; lines that are commented out show the default.

[study]
name = {name}
{database}# coder = "your name"

[import]
# Header fields that your transcripts use besides the standard ones, such as the wave of an interview.
# attributes = ["wave"]
# pipeline = "blank"          # sentences by rule; or the name of an installed spaCy pipeline

[suggestions]
# model = "packaged-minilm"   # or a sentence-transformers name or folder with safetensors weights
# threshold = {threshold}            # say nothing below this chance of being accepted
# per_segment = 3

# What a published export may tell (--publish).
[disclosure]
# minimum_cases = {minimum_cases}          # the fewest people behind a published count or attribution
# withheld = ["a school's name"]
# together = [["area", "role"]]  # never told together, however many share them

# Groups are taken as your files write them. This table joins spellings and roles to one group, as far as
# you want that; case and number do not matter, and the longest match wins.
# [stakeholders]
# nursing = ["ward sister", "staff nurse"]
# porters = ["porter"]

# Standard names of areas, each with its other spellings. Without this table areas are as they are written.
# [areas]
# "Westhay" = ["Westhay council", "West Hay"]
"""


def init_study(folder: Path, name: str = "", database: str = "") -> StudyFolder:
    """Make a study in a folder: settings, an empty codebook, places for transcripts and exports.

    Args:
        folder: The folder.
        name: What the study is called; the folder's name where nothing is said.
        database: The address of a PostgreSQL database that is to hold it; empty for a file in the folder.

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


def config_text(name: str, database: str = "") -> str:
    """The `quotegrid.toml` that a new study begins with."""
    import tomlkit

    from quotegrid.config import Settings

    return _CONFIG.format(
        name=tomlkit.item(name).as_string(),
        database=f"database = {tomlkit.item(database).as_string()}\n" if database else "",
        threshold=Settings().threshold,
        minimum_cases=Settings().minimum_cases,
    )
