"""Make a study folder."""

from __future__ import annotations

from pathlib import Path

from quotegrid.codebook.yaml_file import EMPTY_CODEBOOK
from quotegrid.config import CONFIG_NAME
from quotegrid.domain.text import one_line
from quotegrid.errors import QuotegridError, UsageError
from quotegrid.workflows.folder import StudyFolder, open_study

STAKEHOLDERS: dict[str, tuple[str, ...]] = {
    "local authority": (
        "LA", "council", "director of children's services", "assistant director", "section 151 officer",
        "councillor", "cabinet member", "commissioner", "inclusion service", "caseworker",
    ),
    "school": (
        "headteacher", "head teacher", "principal", "teacher", "SENCO", "special needs coordinator",
        "academy", "trust chief executive", "trust leader", "governor", "nursery",
    ),
    "college": ("college principal", "FE", "further education", "vice principal", "assistant principal"),
    "health": (
        "DCO", "designated clinical officer", "designated clinical lead", "ICB", "NHS", "clinician",
        "therapist", "clinical lead", "health visitor", "nurse", "paediatrician",
    ),
    "parent carer forum": ("PCF", "forum chair", "forum co-chair", "parent forum"),
    "SENDIASS": ("information, advice and support service",),
    "parent": ("carer", "mother", "father", "mum", "dad", "guardian", "family"),
}  # fmt: skip
"""The groups that a new study begins with, each with role patterns; for the user to change."""

_CONFIG = """\
# Settings of this study. Everything here can be changed; lines that are commented out show the default.

[study]
name = {name}
{database}# coder = "your name"

[import]
# Header fields that your transcripts use besides the standard ones.
attributes = ["wave", "region", "on_track"]
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

# Stakeholder groups, and the roles that belong to them. Case and number do not matter; the longest match
# wins. Without this table every group is taken as it is written.
[stakeholders]
{stakeholders}

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
    try:
        study = open_study(folder)
        study.codebook()
    except QuotegridError:
        config.unlink()
        raise
    return study


def config_text(name: str, database: str = "") -> str:
    """The `quotegrid.toml` that a new study begins with."""
    import tomlkit

    from quotegrid.config import Settings

    table = tomlkit.table()
    for group, roles in STAKEHOLDERS.items():
        table[group] = list(roles)
    return _CONFIG.format(
        name=tomlkit.item(name).as_string(),
        database=f"database = {tomlkit.item(database).as_string()}\n" if database else "",
        threshold=Settings().threshold,
        minimum_cases=Settings().minimum_cases,
        stakeholders=table.as_string().strip(),
    )
