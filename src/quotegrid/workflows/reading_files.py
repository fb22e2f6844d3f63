"""What is to be imported: which files and attributes, what flags and settings say, and each file read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotegrid.config import CONFIG_NAME
from quotegrid.corpus.attributes import AttributeRow, is_attributes_file, read_attributes
from quotegrid.corpus.readers import READERS, TABLES, can_read, listed
from quotegrid.corpus.reading import ReadingOptions, ReadSource, read_source
from quotegrid.corpus.tables import Columns, is_answers_table
from quotegrid.domain.stakeholders import Stakeholders
from quotegrid.errors import ReadError, UnknownNameError, UsageError
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.names import closest
from quotegrid.workflows.speaker_profiles import Profiles, profiles_of
from quotegrid.workflows.table_columns import remembered_columns


@dataclass(frozen=True)
class Reading:
    """Everything that reading the files of one import goes by."""

    files: Sequence[tuple[Path, str]]
    """Each file and what it is called in the study."""
    attributes_files: Sequence[Path]
    rows: Sequence[AttributeRow]
    """The rows of all attributes files."""
    left_out: Sequence[str]
    """Files of folders for which there is no reader."""
    columns: Mapping[str, Columns]
    """What is known of the columns of tables of answers, by their names."""
    options: ReadingOptions
    stakeholders: Stakeholders
    profiles: Profiles = field(default_factory=Profiles)
    """What the settings say of speakers, by files."""

    def read(self, path: Path, name: str) -> ReadSource:
        """Read one of the files.

        Raises:
            DataError: If it cannot be used.
        """
        options = replace(self.profiles.applied(self.options, name), columns=self.columns.get(name))
        return read_source(path, name, options, self.stakeholders, self.rows)


def prepare(
    study: StudyFolder, paths: Sequence[Path], options: ReadingOptions, attributes: Sequence[Path] = ()
) -> Reading:
    """Find the files and everything that is said about them, and read none of them yet.

    Args:
        study: The study.
        paths: Files and folders; attributes files among them are used as such.
        options: The user's flags.
        attributes: Further attributes files.

    Raises:
        UsageError: If a path is not there, or the study has no group like the one of the flags.
        DataError: If an attributes file cannot be used, or a pattern of the settings.
    """
    _check_flags(options, study.stakeholders)
    files, tables, left_out = _gather(study, paths, attributes, columns_given=options.columns is not None)
    rows = [row for table in tables for row in read_attributes(table)]
    _check_groups(rows, tables, study.stakeholders)
    own = {**dict.fromkeys(study.settings.attributes), **dict.fromkeys(_attribute_names(rows))}
    return Reading(
        files=files,
        attributes_files=tables,
        rows=rows,
        left_out=left_out,
        columns=_columns_of_tables(study, files, options),
        options=replace(options, attributes=tuple(own), pipeline=study.settings.pipeline),
        stakeholders=study.stakeholders,
        profiles=profiles_of(study.settings, study.root / CONFIG_NAME),
    )


def _columns_of_tables(
    study: StudyFolder, files: Sequence[tuple[Path, str]], options: ReadingOptions
) -> dict[str, Columns]:
    """The columns of each table that the flags or else the settings tell."""
    found: dict[str, Columns] = {}
    for path, name in files:
        if path.suffix.lower() in TABLES:
            columns = options.columns or remembered_columns(study.settings, name)
            if columns is not None:
                found[name] = columns
    return found


def _holds_answers(study: StudyFolder, file: Path, name: str) -> bool:
    if file.suffix.lower() not in TABLES:
        return False
    return remembered_columns(study.settings, name) is not None or is_answers_table(file)


def _gather(
    study: StudyFolder,
    paths: Sequence[Path],
    attributes: Sequence[Path],
    *,
    columns_given: bool,
) -> tuple[list[tuple[Path, str]], list[Path], list[str]]:
    """The files to be read with their names, the attributes files, and what is left out."""
    left_out: list[str] = []
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
                    left_out.append(file.relative_to(path).as_posix())
        elif path.is_file():
            name = path.relative_to(corpus).as_posix() if path.is_relative_to(corpus) else path.name
            is_table = path.suffix.lower() in TABLES
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
                    todo=f"Nothing was imported. Use {listed(sorted({*READERS, *TABLES}))}.",
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
    return list(files.items()), list(tables), left_out


def _check_flags(options: ReadingOptions, stakeholders: Stakeholders) -> None:
    if options.group and stakeholders.names and stakeholders.group_named(options.group) is None:
        raise UnknownNameError(
            f'the group "{options.group}" is not one of the study.',
            todo=f"{closest(options.group, stakeholders.names, 'groups')} Nothing was imported.",
        )


def _attribute_names(rows: Sequence[AttributeRow]) -> list[str]:
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
