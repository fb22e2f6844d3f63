"""The settings that remember what a user said about the files of an import."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from quotegrid.corpus.answers.rows import column_names
from quotegrid.settings_values import NAMES_OF_PROFILE, SpeakersProfile
from quotegrid.workflows.sources.previewing.remedies import Remedies
from quotegrid.workflows.sources.reading_files import Reading
from quotegrid.workflows.sources.tables.columns import remember_tables, with_others_left_out


def remember(
    config: Path, reading: Reading, remedies: Remedies, used: Collection[str], *, every_table: bool
) -> None:
    """Write what the user said of files into the settings.

    Args:
        config: The file of the settings.
        reading: The files of the import.
        remedies: What the user said of single files.
        used: The names of the sources that the study has now.
        every_table: Whether the user said what the columns of all tables mean.
    """
    tables = {
        name: with_others_left_out(reading.columns[name], column_names(path))
        for path, name in reading.files
        if name in used and name in reading.columns and (every_table or name in remedies.columns)
    }
    if tables:
        remember_tables(config, tables)
    profiles = {name: profile for name, profile in remedies.speakers.items() if name in used}
    if profiles:
        _remember_speakers(config, profiles)


def _remember_speakers(config: Path, profiles: Mapping[str, SpeakersProfile]) -> None:
    """Write profiles of files into the settings, leaving everything else unchanged."""
    import tomlkit

    from quotegrid.exports.files import write_whole

    document = tomlkit.parse(config.read_text(encoding="utf-8-sig"))
    section = document.setdefault("speakers", tomlkit.table(is_super_table=True))
    for name, profile in profiles.items():
        table = tomlkit.table()
        if profile.pattern is not None:
            table["pattern"] = profile.pattern
        for key in NAMES_OF_PROFILE:
            if names := getattr(profile, key):
                table[key] = list(names)
        if table:
            section[name] = table
        else:
            section.pop(name, None)
    write_whole(config, tomlkit.dumps(document).encode("utf-8"))
