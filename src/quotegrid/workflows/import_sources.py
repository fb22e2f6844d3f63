"""Import files and folders into a study: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.config import CONFIG_NAME
from quotegrid.corpus.attributes import (
    AttributeRow,
    area_attributes,
    merged,
    speaker_rows,
)
from quotegrid.corpus.reading import ReadingOptions, ReadSource
from quotegrid.domain.sources import ReadWarning, Source, Speaker
from quotegrid.domain.stakeholders import Stakeholders
from quotegrid.errors import DataError, QuotegridError, ReadError
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.reading_files import prepare
from quotegrid.workflows.table_columns import remember_tables

if TYPE_CHECKING:
    from quotegrid.storage.database import Session

Report = Callable[[int, int, str], None]
"""Told how many of how many are done, and what is next."""


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """One source that was added."""

    name: str
    kind: str
    turns: int
    segments: int
    cases: int
    non_speech: int = 0
    """How many marks of its segments are not speech."""
    comments: int = 0
    """How many of its file's comments became memos."""


@dataclass(slots=True)
class ImportSummary:
    """What an import did."""

    imported: list[ImportedSource] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    """Sources whose file had changed and on which nobody had decided anything."""
    same_text: list[tuple[str, str]] = field(default_factory=list)
    """Files whose text is in the study already, with the name it has there."""
    left_out: list[str] = field(default_factory=list)
    """Files of folders for which there is no reader."""
    attributes_files: list[str] = field(default_factory=list)
    values_changed: int = 0
    warnings: list[tuple[str, ReadWarning]] = field(default_factory=list)
    """What is unsure, each with the name of its source."""


def import_sources(
    study: StudyFolder,
    paths: Sequence[Path],
    options: ReadingOptions,
    *,
    attributes: Sequence[Path] = (),
    report: Report | None = None,
) -> ImportSummary:
    """Import files, and the readable files of folders.

    Args:
        study: The study.
        paths: Files and folders; attributes files among them are used as such.
        options: The user's flags.
        attributes: Further attributes files.
        report: Told of the progress.

    Raises:
        UsageError: If a path is not there, or the study has no group like the one of the flags.
        DataError: If any file cannot be read right; nothing is imported then.
    """
    reading = prepare(study, paths, options, attributes)
    summary = ImportSummary(
        left_out=list(reading.left_out),
        attributes_files=[table.name for table in reading.attributes_files],
    )
    known = _known_hashes(study)
    reads: list[tuple[Path, ReadSource]] = []
    problems: list[QuotegridError] = []
    for done, (path, name) in enumerate(reading.files):
        if report is not None:
            report(done, len(reading.files), name)
        if known.get(name) == _file_hash(path):
            summary.unchanged.append(name)
            continue
        try:
            reads.append((path, reading.read(path, name)))
        except DataError as error:
            problems.append(error)
    if problems:
        raise _all_of(problems)
    with study.writing_session("importing") as session:
        for path, read in reads:
            _store(session, path, read, summary)
        for name in summary.unchanged:
            _update_speakers(session, name, reading.rows, study.stakeholders, summary)
        _update_areas(session, reading.rows, summary)
    if options.columns is not None:
        remember_tables(study.root / CONFIG_NAME, reading.columns)
    if report is not None:
        report(len(reading.files), len(reading.files), "")
    return summary


def _known_hashes(study: StudyFolder) -> dict[str, str]:
    from quotegrid.storage.sources import file_hashes

    with study.reading_session() as session:
        return file_hashes(session)


def _file_hash(path: Path) -> str:
    import hashlib

    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ReadError(
            f"this file cannot be read ({error.strerror}).", file=path, todo="Nothing was imported."
        ) from error


def _all_of(problems: Sequence[QuotegridError]) -> DataError:
    first = problems[0]
    if len(problems) == 1:
        return ReadError(
            first.what, file=first.file, line=first.line, todo=f"{first.todo} Nothing was imported.".strip()
        )
    listed = "\n".join(f"  {problem}" for problem in problems)
    return ReadError(f"{len(problems)} files cannot be used, so nothing was imported:\n{listed}")


def _store(session: Session, path: Path, read: ReadSource, summary: ImportSummary) -> None:
    from quotegrid.storage.memos import count_own_memos, replace_comments
    from quotegrid.storage.sources import (
        add_source,
        count_decisions,
        find_same_text,
        find_source,
        remove_source,
        update_file_hash,
    )

    source = read.source
    same = find_same_text(session, source.text)
    old = find_source(session, source.name)
    if same is not None and same.name != source.name:
        summary.same_text.append((source.name, same.name))
        return
    if same is not None and same.id is not None:
        update_file_hash(session, source.name, source.file_hash)
        replace_comments(session, same.id, source.comments)
        summary.unchanged.append(source.name)
        return
    if old is not None and old.id is not None:
        decisions = count_decisions(session, old.id)
        if decisions:
            raise ReadError(
                f"this file has changed since it was imported; {decisions} decisions stand on the old text.",
                file=path,
                todo="Nothing was imported. Put the old file back, or import the new one under another name.",
            )
        memos = count_own_memos(session, old.id)
        if memos:
            raise ReadError(
                f"this file has changed since it was imported; {memos} memos of yours stand on the old text.",
                file=path,
                todo="Nothing was imported. Put the old file back, or import the new one under another name.",
            )
        remove_source(session, old.id)
        summary.replaced.append(source.name)
    summary.warnings += [(source.name, warning) for warning in (*read.warnings, *add_source(session, source))]
    summary.imported.append(_described(source))


def _described(source: Source) -> ImportedSource:
    return ImportedSource(
        name=source.name,
        kind=source.kind.value,
        turns=len(source.turns),
        segments=len(source.segments),
        cases=len({speaker.name for speaker in source.speakers.values() if speaker.name}),
        non_speech=source.non_speech(),
        comments=len(source.comments),
    )


def _update_speakers(
    session: Session,
    name: str,
    rows: Sequence[AttributeRow],
    stakeholders: Stakeholders,
    summary: ImportSummary,
) -> None:
    """Let attributes files tell more about the speakers of sources that are in the study already."""
    from quotegrid.storage.sources import find_source, labels_of, update_case

    source = find_source(session, name)
    if source is None or source.id is None:
        return
    labels = labels_of(session, source.id)
    for label, case in labels.items():
        speaker = Speaker(name=label)
        for row in speaker_rows(rows, name, label, len(labels) == 1):
            speaker = merged(speaker, row)
        if speaker.group is not None:
            speaker = replace(speaker, group=stakeholders.group_named(speaker.group) or speaker.group)
        elif speaker.role is not None:
            speaker = replace(speaker, group=stakeholders.group_of_role(speaker.role))
        summary.values_changed += update_case(session, case, speaker)


def _update_areas(session: Session, rows: Sequence[AttributeRow], summary: ImportSummary) -> None:
    from quotegrid.storage.sources import case_areas, set_attributes, source_areas

    for case, area in case_areas(session).items():
        values = area_attributes(rows, area)
        summary.values_changed += set_attributes(session, values, case_id=case)
    for source, area in source_areas(session).items():
        values = area_attributes(rows, area)
        summary.values_changed += set_attributes(session, values, source_id=source)
