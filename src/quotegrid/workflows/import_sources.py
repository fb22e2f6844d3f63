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
    is_attributes_file,
    merged,
    read_attributes,
    speaker_rows,
)
from quotegrid.corpus.readers import can_read
from quotegrid.corpus.reading import ReadingOptions, ReadSource, read_source
from quotegrid.corpus.tables import SUFFIXES, Columns, is_answers_table
from quotegrid.domain.sources import Source, Speaker
from quotegrid.domain.stakeholders import Stakeholders
from quotegrid.errors import DataError, QuotegridError, ReadError, UnknownNameError, UsageError
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.names import closest
from quotegrid.workflows.table_columns import remember_tables, remembered_columns

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
    warnings: list[str] = field(default_factory=list)


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
    summary = ImportSummary()
    _check_flags(options, study.stakeholders)
    files, tables = _gather(study, paths, attributes, summary, columns_given=options.columns is not None)
    rows = [row for table in tables for row in read_attributes(table)]
    summary.attributes_files = [table.name for table in tables]
    columns = _columns_of_tables(study, files, options)
    options = replace(
        options,
        attributes=tuple({**dict.fromkeys(study.settings.attributes), **dict.fromkeys(_columns(rows))}),
        pipeline=study.settings.pipeline,
    )
    _check_groups(rows, tables, study.stakeholders)
    known = _known_hashes(study)
    reads: list[tuple[Path, ReadSource]] = []
    problems: list[QuotegridError] = []
    for done, (path, name) in enumerate(files):
        if report is not None:
            report(done, len(files), name)
        if known.get(name) == _file_hash(path):
            summary.unchanged.append(name)
            continue
        try:
            of_this = replace(options, columns=columns.get(name))
            reads.append((path, read_source(path, name, of_this, study.stakeholders, rows)))
        except DataError as error:
            problems.append(error)
    if problems:
        raise _all_of(problems)
    with study.writing_session("importing") as session:
        for path, read in reads:
            _store(session, path, read, summary)
        for name in summary.unchanged:
            _update_speakers(session, name, rows, study.stakeholders, summary)
        _update_areas(session, rows, summary)
    if options.columns is not None:
        remember_tables(study.root / CONFIG_NAME, {name: columns[name] for name in columns})
    if report is not None:
        report(len(files), len(files), "")
    return summary


def _columns_of_tables(
    study: StudyFolder, files: Sequence[tuple[Path, str]], options: ReadingOptions
) -> dict[str, Columns]:
    """The columns of each table that the flags or else the settings tell."""
    found: dict[str, Columns] = {}
    for path, name in files:
        if path.suffix.lower() in SUFFIXES:
            columns = options.columns or remembered_columns(study.settings, name)
            if columns is not None:
                found[name] = columns
    return found


def _holds_answers(study: StudyFolder, file: Path, name: str) -> bool:
    if file.suffix.lower() not in SUFFIXES:
        return False
    return remembered_columns(study.settings, name) is not None or is_answers_table(file)


def _gather(
    study: StudyFolder,
    paths: Sequence[Path],
    attributes: Sequence[Path],
    summary: ImportSummary,
    *,
    columns_given: bool,
) -> tuple[list[tuple[Path, str]], list[Path]]:
    files: dict[Path, str] = {}
    tables: dict[Path, None] = {}
    corpus = (study.root / "corpus").resolve()
    for given in paths:
        path = given.resolve()
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                hidden = any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
                if not file.is_file() or hidden or file.stem.casefold() == "readme":
                    continue
                base = corpus if file.is_relative_to(corpus) else path
                name = file.relative_to(base).as_posix()
                if _holds_answers(study, file, name):
                    files[file] = name
                elif file.suffix.lower() in (".csv", ".tsv") and is_attributes_file(file):
                    tables[file] = None
                elif can_read(file):
                    files[file] = name
                else:
                    summary.left_out.append(file.relative_to(path).as_posix())
        elif path.is_file():
            name = path.relative_to(corpus).as_posix() if path.is_relative_to(corpus) else path.name
            is_table = path.suffix.lower() in SUFFIXES
            if is_table and (columns_given or _holds_answers(study, path, name)):
                files[path] = name
            elif path.suffix.lower() in (".csv", ".tsv") and is_attributes_file(path):
                tables[path] = None
            elif is_table or can_read(path):
                files[path] = name
            else:
                raise ReadError(
                    f'files of type "{path.suffix or "(none)"}" cannot be read yet.',
                    file=given,
                    todo="Nothing was imported. Use .txt, .md, .docx or .vtt.",
                )
        else:
            raise UsageError("there is no such file or folder.", file=given, todo="Nothing was imported.")
    for given in attributes:
        if not given.is_file():
            raise UsageError("there is no such attributes file.", file=given, todo="Nothing was imported.")
        tables[given.resolve()] = None
    names: dict[str, Path] = {}
    for file, name in files.items():
        if name in names:
            raise UsageError(
                f'two of the files are called "{name}": {names[name]} and {file}.', todo="Rename one of them."
            )
        names[name] = file
    return list(files.items()), list(tables)


def _check_flags(options: ReadingOptions, stakeholders: Stakeholders) -> None:
    if options.group and stakeholders.names and stakeholders.group_named(options.group) is None:
        raise UnknownNameError(
            f'the group "{options.group}" is not one of the study.',
            todo=f"{closest(options.group, stakeholders.names, 'groups')} Nothing was imported.",
        )


def _columns(rows: Sequence[AttributeRow]) -> list[str]:
    return [name for row in rows for name in row.attributes]


def _check_groups(rows: Sequence[AttributeRow], tables: Sequence[Path], stakeholders: Stakeholders) -> None:
    paths = {table.name: table for table in tables}
    for row in rows:
        if row.group and stakeholders.names and stakeholders.group_named(row.group) is None:
            raise ReadError(
                f'the group "{row.group}" is not one of the study.',
                file=paths[row.file],
                line=row.line,
                todo=f"The groups are {', '.join(stakeholders.names)}; "
                "add others under [stakeholders] in quotegrid.toml.",
            )


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
    if same is not None:
        update_file_hash(session, source.name, source.file_hash)
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
        remove_source(session, old.id)
        summary.replaced.append(source.name)
    summary.warnings += [f"{source.name}: {warning}" for warning in read.warnings]
    summary.warnings += [f"{source.name}: {warning}" for warning in add_source(session, source)]
    summary.imported.append(_described(source))


def _described(source: Source) -> ImportedSource:
    return ImportedSource(
        name=source.name,
        kind=source.kind.value,
        turns=len(source.turns),
        segments=len(source.segments),
        cases=len({speaker.name for speaker in source.speakers.values() if speaker.name}),
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
