"""The file that a source was read from."""

from __future__ import annotations

from pathlib import Path

from quotegrid.errors import UsageError
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import named_source


def file_of_source(study: StudyFolder, name: str) -> Path:
    """Return the file that a source was read from.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If the file is no longer there.
    """
    from quotegrid.storage.sources.sources import known_sources

    with study.reading_session() as session:
        known = {source.name: source for source in known_sources(session)}
        name = named_source(session, study.root, name)
    file = study.root / known[name].path
    if not known[name].path or not file.is_file():
        raise UsageError(
            f'the file of "{name}" is no longer there.',
            file=file if known[name].path else None,
            todo="Put it back, or say which file to read: quotegrid sources replace NAME FILE.",
        )
    return file
