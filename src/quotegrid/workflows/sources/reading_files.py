"""The files, attributes, options and settings of an import, and the reading of each file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.answers.rows import check_whole
from quotegrid.corpus.people.attributes import (
    AttributeRow,
    is_about_source,
    meaning_of,
    read_attributes,
)
from quotegrid.corpus.readers import READERS, TABLES, can_read, list_suffixes, not_worth_reading
from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.corpus.sources.usual_interviewers import usual_interviewers
from quotegrid.corpus.text.speaker_names import is_interviewer
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.case_values import TAKEN_NAMES
from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.search.query import attribute_field
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.errors import DataError, ReadError, UsageError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.sources.previewing.remedies import NO_REMEDIES, Remedies
from quotegrid.workflows.sources.speaker_profiles import Profiles, profiles_of
from quotegrid.workflows.sources.tables.columns import Rows, TableKind, kind_of_table
from quotegrid.workflows.sources.tables.forms import columns_of_tables
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True)
class Reading:
    """The files of one import, and everything that governs their reading."""

    files: Sequence[tuple[Path, str]]
    """Each file and its name in the study."""
    attributes_files: Sequence[Path]
    """The usable attributes files."""
    rows: Sequence[AttributeRow]
    """The rows of all attributes files."""
    plan_files: Sequence[Path]
    problems: Sequence[DataError]
    """The errors of unusable files that are found before the sources are read."""
    warnings: Sequence[tuple[str, ReadWarning]]
    """Warnings about the attributes files, each with its file's name."""
    left_out: Mapping[str, str]
    """Files of folders that are not read, each with the reason."""
    columns: Mapping[str, Columns]
    """The meanings of the columns of tables of answers, by the tables' names."""
    options: ReadingOptions
    stakeholders: Stakeholders
    profiles: Profiles = field(default_factory=Profiles)
    """The speaker conventions from the settings, by file."""
    told_of_columns: Mapping[str, ReadWarning] = field(default_factory=dict)
    """Warnings about tables whose columns the settings know from before, by the tables' names."""
    unclear: Mapping[str, Path] = field(default_factory=dict)
    """The tables that do not show what their columns mean, by their names in the study."""
    named: frozenset[str] = frozenset()
    """The sources whose files the user named, rather than their folder."""

    def read(self, path: Path, name: str) -> ReadSource:
        """Read one of the files.

        Raises:
            DataError: If it cannot be used.
        """
        options = replace(self.profiles.applied(self.options, name), columns=self.columns.get(name))
        read = read_source(path, name, options, self.stakeholders, self.rows)
        speakers = read.source.speakers.values()
        said = [*read.source.attributes, *(name for speaker in speakers for name in speaker.attributes)]
        others = dict.fromkeys(name for name in said if name not in _attribute_names(self.rows))
        told = [self.told_of_columns[name]] if name in self.told_of_columns else []
        return replace(read, warnings=(*told, *read.warnings, *names_taken(others)))

    def with_usual_interviewers(self, usual: Mapping[str, int]) -> Reading:
        """Return the same, with those who interview in many files taken for interviewers."""
        return replace(self, options=replace(self.options, usual_interviewers=usual))

    def sets_reading(self, name: str) -> bool:
        """Return whether options or a profile determine how a file is read, and so who speaks where.

        A kind that is given for a folder applies only to new files in it.
        """
        options = self.profiles.applied(self.options, name)
        kind = options.kind if name in self.named else None
        told = (kind, options.interviewer, options.participant, options.speakers)
        return bool(options.not_speakers) or any(option is not None for option in told)

    def sets_speakers(self) -> bool:
        """Return whether options say who speaks or in which language, which known sources take over."""
        options = self.options
        said = (options.group, options.role, options.area, options.language, options.columns)
        return any(option is not None for option in said)

    def interviewers(self, name: str) -> list[str]:
        """Return the speakers of a source that an attributes table marks as interviewers."""
        return [
            row.speaker
            for row in self.rows
            if row.speaker and row.role and is_interviewer(row.role) and is_about_source(row, name)
        ]


def prepare(
    study: StudyFolder,
    paths: Sequence[Path],
    options: ReadingOptions,
    attributes: Sequence[Path] = (),
    plans: Sequence[Path] = (),
    remedies: Remedies = NO_REMEDIES,
) -> Reading:
    """Find the files of an import and everything that governs their reading, without reading them yet.

    Args:
        study: The study.
        paths: Files and folders; attributes files and plans among them are used as such.
        options: The user's options.
        attributes: Further attributes files.
        plans: Further plans.
        remedies: What the user says of single files.

    Raises:
        UsageError: If a path is not there, or two files have one name.
        DataError: If a pattern of the settings cannot be used.
    """
    found = _gather(study, paths, remedies, columns_given=options.columns is not None)
    said_to_be_tables, said_to_be_plans = _given(attributes, "attributes file"), _given(plans, "plan")
    found.attributes = _without(found.attributes, said_to_be_plans) | said_to_be_tables
    found.plans = _without(found.plans, said_to_be_tables) | said_to_be_plans
    named = frozenset(found.files[path] for path in map(Path.resolve, paths) if path in found.files)
    _leave_removed_out(study, found, named)
    missing = MissingValues(study.settings.missing)
    tables: list[Path] = []
    rows: list[AttributeRow] = []
    for table in found.attributes:
        try:
            said = read_attributes(table)
        except DataError as error:
            found.problems.append(error)
        else:
            tables.append(table)
            rows += [_with_standard_area(_known(row, missing), study.areas) for row in said]
    files = list(found.files.items())
    own = {**dict.fromkeys(study.settings.attributes), **dict.fromkeys(_attribute_names(rows))}
    columns, told = columns_of_tables(study.settings, files, options, tuple(own), remedies.columns)
    return Reading(
        files=files,
        attributes_files=tables,
        rows=rows,
        plan_files=list(found.plans),
        problems=found.problems,
        warnings=[
            (table.name, warning)
            for table in tables
            for warning in names_taken(_attribute_names([row for row in rows if row.file == table.name]))
        ],
        told_of_columns=told,
        left_out=found.left_out,
        unclear=found.unclear,
        columns=columns,
        options=replace(
            options,
            attributes=tuple(own),
            pipeline=study.settings.pipeline,
            areas=study.areas,
            missing=missing,
            usual_interviewers=_usual_interviewers(study),
        ),
        stakeholders=study.stakeholders,
        profiles=profiles_of(study.settings, study.root / CONFIG_NAME, remedies.speakers.values()),
        named=named,
    )


def _usual_interviewers(study: StudyFolder) -> Mapping[str, int]:
    """Return those who interview in many sources of the study, by their folded names."""
    from quotegrid.storage.sources.turns.voices import talks_of_sources

    with study.reading_session() as session:
        return usual_interviewers(talks_of_sources(session).values())


def _leave_removed_out(study: StudyFolder, found: _Gathered, named: Collection[str]) -> None:
    """Leave files out that lie in a folder and whose sources were removed from the study."""
    from quotegrid.storage.sources.sources import source_numbers
    from quotegrid.storage.sources.versions.standing import removed_sources

    with study.reading_session() as session:
        removed = removed_sources(session).keys() - source_numbers(session).keys() - set(named)
    for file, name in list(found.files.items()):
        if name in removed:
            del found.files[file]
            found.left_out[name] = "it was removed from the study; name the file itself to import it again"


def source_name(study: StudyFolder, path: Path) -> str:
    """Return the name that a study gives to a file that the user names."""
    file, corpus = path.resolve(), (study.root / "corpus").resolve()
    return file.relative_to(corpus).as_posix() if file.is_relative_to(corpus) else file.name


def _known(row: AttributeRow, missing: MissingValues) -> AttributeRow:
    """Return a row without the values that are not known; what says whom it is about stays."""
    return replace(
        row,
        area=row.area if row.is_about_area else missing.known(row.area),
        group=missing.known(row.group),
        role=missing.known(row.role),
        attributes=missing.without(row.attributes),
    )


def _with_standard_area(row: AttributeRow, areas: Areas) -> AttributeRow:
    if row.area is None or (name := areas.standard(row.area)) == row.area:
        return row
    return replace(row, area=name, area_written=row.area)


@dataclass
class _Gathered:
    """The files of an import by kind; dictionaries keep their order and each file once."""

    files: dict[Path, str] = field(default_factory=dict)
    """Each source's file and its name in the study."""
    attributes: dict[Path, None] = field(default_factory=dict)
    plans: dict[Path, None] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    problems: list[DataError] = field(default_factory=list)
    unclear: dict[str, Path] = field(default_factory=dict)
    """The tables that do not show what their columns mean, by their names in the study."""

    def take(self, kind: TableKind, file: Path, name: str) -> bool:
        """Record a table as what it is, and return whether that is clear."""
        if kind.rows is Rows.SOURCE:
            self.files[file] = name
        elif kind.rows is Rows.PLAN:
            self.plans[file] = None
        elif kind.rows is Rows.ATTRIBUTES:
            self.attributes[file] = None
        return kind.rows is not Rows.UNCLEAR


def _gather(
    study: StudyFolder, paths: Sequence[Path], remedies: Remedies, *, columns_given: bool
) -> _Gathered:
    """Return the files of an import by kind.

    Args:
        study: The study.
        paths: The files and folders.
        remedies: What the user says of single files.
        columns_given: Whether the user explains the columns of all files that they name.
    """
    found = _Gathered()
    corpus = (study.root / "corpus").resolve()
    own = [meaning_of(name) for name in study.settings.attributes]

    def kind_of(file: Path, name: str) -> TableKind | None:
        if file in remedies.attributes:
            return TableKind(Rows.ATTRIBUTES)
        return TableKind(Rows.SOURCE) if name in remedies.columns else kind_of_table(study, file, name, own)

    for given in paths:
        path = given.resolve()
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                hidden = any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
                if not file.is_file() or hidden or file.stem.casefold() == "readme":
                    continue
                base = corpus if file.is_relative_to(corpus) else path
                name = file.relative_to(base).as_posix()
                if not file.resolve().is_relative_to(path):
                    found.left_out[name] = "a link out of the folder; name the file itself to import it"
                    continue
                if (problem := _closed(file)) is not None:
                    found.problems.append(problem)
                    continue
                kind = kind_of(file, name)
                if kind is None and can_read(file):
                    if (why := not_worth_reading(file)) is None:
                        found.files[file] = name
                    else:
                        found.left_out[file.relative_to(path).as_posix()] = why
                elif kind is None:
                    found.left_out[file.relative_to(path).as_posix()] = "there is no reader for it"
                elif not found.take(kind, file, name):
                    if (problem := _damaged(file)) is not None:
                        found.problems.append(problem)
                    else:
                        why = f"a table that does not show which column holds answers. {kind.advice}"
                        found.left_out[name] = why
                        found.unclear[name] = file
        elif path.is_file():
            name = source_name(study, path)
            if (problem := _closed(path)) is not None:
                found.problems.append(problem)
                continue
            kind = None if columns_given else kind_of(path, name)
            if kind is not None and found.take(kind, path, name):
                continue
            if kind is not None and kind.advice:
                found.unclear[name] = path
                what = "it is not clear which column holds the answers."
                found.problems.append(ReadError(what, file=path, line=1, todo=kind.advice))
            elif path.suffix.lower() in TABLES or can_read(path):
                found.files[path] = name
            else:
                found.problems.append(_no_reader(given))
        else:
            raise UsageError("there is no such file or folder.", file=given, todo="Nothing was imported.")
    names: dict[str, Path] = {}
    for file, name in found.files.items():
        if name in names:
            raise UsageError(
                f'two of the files are called "{name}": {names[name]} and {file}.', todo="Rename one of them."
            )
        names[name] = file
    return found


def _closed(file: Path) -> ReadError | None:
    """Return why a file cannot even be opened, None where it can."""
    try:
        with file.open("rb"):
            return None
    except OSError as error:
        return ReadError(f"this file cannot be read ({error.strerror}).", file=file)


def _damaged(file: Path) -> ReadError | None:
    """Return why a file that may be a table cannot be read, None where it can."""
    try:
        check_whole(file)
    except ReadError as error:
        return error
    return None


def _no_reader(file: Path) -> ReadError:
    return ReadError(
        f'files of type "{file.suffix or "(none)"}" cannot be read yet.',
        file=file,
        todo=f"Use {list_suffixes(sorted({*READERS, *TABLES}))}.",
    )


def _without(files: Mapping[Path, None], others: Mapping[Path, None]) -> dict[Path, None]:
    return {file: None for file in files if file not in others}


def _given(files: Sequence[Path], what: str) -> dict[Path, None]:
    for file in files:
        if not file.is_file():
            raise UsageError(f"there is no such {what}.", file=file, todo="Nothing was imported.")
    return dict.fromkeys(file.resolve() for file in files)


def names_taken(attributes: Iterable[str]) -> list[ReadWarning]:
    """Return a warning for each attribute whose name means something else, with the name to ask for it by."""
    written = {own: name for name, own in TAKEN_NAMES.items()}
    asked = {name: attribute_field(name) for name in attributes}
    return [
        ReadWarning(
            WarningKind.TEXT,
            f'the name "{written.get(name, name)}" is taken: to ask for this attribute, write {field}.',
        )
        for name, field in asked.items()
        if field != name or name in written
    ]


def _attribute_names(rows: Sequence[AttributeRow]) -> list[str]:
    return [name for row in rows for name in row.attributes]
