"""The import of files and folders into a study in one transaction, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.people.differences import differences
from quotegrid.domain.sources.changes import SourceAction
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.domain.sources.recognition import KnownSource, Standing
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.errors import CancelledError, DataError, ReadError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.sources.attribute_updates import (
    contradictions,
    record_tables,
    rows_about_nothing,
    rows_about_others,
    update_areas,
    update_from_source,
    update_from_tables,
)
from quotegrid.workflows.sources.import_summary import ImportSummary, described
from quotegrid.workflows.sources.known_groups import without_known_groups
from quotegrid.workflows.sources.planning import read_plans
from quotegrid.workflows.sources.previewing.remedies import NO_REMEDIES, Remedies
from quotegrid.workflows.sources.previewing.remembering import remember
from quotegrid.workflows.sources.reading_files import Reading, prepare
from quotegrid.workflows.sources.recognising import RecognisedFile, Recogniser
from quotegrid.workflows.sources.turns.usual_interviewers import Talks
from quotegrid.workflows.study.faults import with_report
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session


_READINGS = frozenset({SourceAction.ADD, SourceAction.REPLACE})
"""The changes at which a file is read."""


def import_sources(
    study: StudyFolder,
    paths: Sequence[Path],
    options: ReadingOptions,
    *,
    attributes: Sequence[Path] = (),
    plans: Sequence[Path] = (),
    strict: bool = False,
    again: bool = False,
    is_trial: bool = False,
    remedies: Remedies = NO_REMEDIES,
    report: ProgressReport | None = None,
) -> ImportSummary:
    """Import files, and the readable files of folders.

    A file that cannot be used is left out and reported; the others are imported.

    Args:
        study: The study.
        paths: Files and folders; attributes files and plans among them are used as such.
        options: The user's options.
        attributes: Further attributes files.
        plans: Further plans.
        strict: Whether to import nothing where any file cannot be used.
        again: Whether to import even files whose words the study has under another name.
        is_trial: Whether only to find out what the import would do, and to keep nothing of it.
        remedies: What the user says of single files; the settings remember it.
        report: Called with the progress.

    Raises:
        UsageError: If a path is not there.
        DataError: If none of the files can be used, or any cannot and `strict` is set; nothing is imported
            then.
        CancelledError: If the user interrupts it; nothing is imported then.
    """
    before: list[KnownSource] | None = None
    try:
        reading = prepare(study, paths, options, attributes, plans, remedies)
        with study.writing_session("importing") as session:
            from quotegrid.storage.sources.sources import known_sources

            before = known_sources(session)
            summary = _Import(session, study, reading, strict, again, report).run()
            if is_trial:
                session.rollback()
    except KeyboardInterrupt:
        raise CancelledError(_interrupted(study, before)) from None
    used = {source.name for source in summary.imported}.union(summary.unchanged)
    if not is_trial:
        remember(study.root / CONFIG_NAME, reading, remedies, used, every_table=options.columns is not None)
    return summary


def _interrupted(study: StudyFolder, before: list[KnownSource] | None) -> str:
    """Turn an interrupt into an error that says whether the import was already stored."""
    if before is None:
        return "Cancelled; nothing was imported."
    from quotegrid.storage.sources.sources import known_sources

    with study.reading_session() as session:
        if before == known_sources(session):
            return "Cancelled; nothing was imported."
    return "Cancelled too late; everything had been imported."


@dataclass(frozen=True, slots=True)
class _Added:
    """A file that has been stored, without its words."""

    seen: RecognisedFile
    number: int
    """The number of its source."""
    told: tuple[ReadWarning, ...]
    """The warnings about it."""


class _Import:
    """An import, which holds no more than one file in memory."""

    def __init__(
        self,
        session: Session,
        study: StudyFolder,
        reading: Reading,
        strict: bool,
        again: bool,
        report: ProgressReport | None,
    ) -> None:
        self._session = session
        self._study = study
        self._reading = reading
        self._strict = strict
        self._report = report or (lambda _name, _done, _total: None)
        self._recogniser = Recogniser(session, study, reading, again=again)
        self._talks = Talks.of_study(session, reading)
        self._added: dict[str, _Added] = {}
        self._group: int | None = None
        self._summary = ImportSummary(
            files=sum(
                map(len, (reading.files, reading.attributes_files, reading.plan_files, reading.problems))
            ),
            left_out=reading.left_out,
            attributes_files=[table.name for table in reading.attributes_files],
            warnings=list(reading.warnings),
            problems=list(reading.problems),
        )

    def run(self) -> ImportSummary:
        """Import everything.

        Raises:
            DataError: If nothing can be used, or anything cannot and that stops the import.
        """
        from quotegrid.storage.people.taken_tables import table_values

        summary = self._summary
        files = self._reading.files
        used = len(summary.attributes_files)
        before = self._values()
        tables_before = None if files or self._reading.plan_files else table_values(self._session)
        summary.values_changed += update_areas(self._session, self._reading.rows)
        for done, (path, name) in enumerate(files):
            self._report(name, done, len(files))
            summary.places[name] = self._recogniser.place(path)
            try:
                seen = self._recogniser.recognise(path, name)
            except DataError as error:
                summary.problems.append(error)
                continue
            used += 1
            self._take(seen)
        self._read_again()
        self._report("", len(files), len(files))
        covered = [*summary.unchanged, *(new for _, new in summary.renamed)]
        summary.values_changed += update_from_tables(
            self._session,
            self._reading,
            covered,
            self._study.stakeholders,
            self._study.areas,
            others=rows_about_others(
                self._session, self._reading, {*covered, *(source.name for source in summary.imported)}
            ),
        )
        summary.differences = differences(before, self._values())
        if tables_before is not None:
            by, told = self._study.settings.coder_name(), len(summary.differences)
            record_tables(self._session, by, summary.attributes_files, tables_before, told)
        elif summary.values_changed:
            for table in summary.attributes_files:
                self._record(SourceAction.ATTRIBUTES, table)
        summary.contradictions = contradictions(self._session, summary.attributes_files)
        summary.unmatched = [
            (row.file, row.line, what) for row, what in rows_about_nothing(self._session, self._reading.rows)
        ]
        used += self._plan()
        for plan in summary.plan_files:
            self._record(SourceAction.PLAN, plan)
        summary.problems = with_report(self._study, summary.problems)
        if summary.problems and (self._strict or not used):
            raise _all_of(summary.problems)
        summary.cases = self._count_cases()
        return summary

    def _values(self) -> Mapping[str, Mapping[str, str]]:
        from quotegrid.storage.people.case_values import values_by_subject

        return values_by_subject(self._session)

    def _take(self, seen: RecognisedFile) -> None:
        """Import, update or skip a file, depending on how it was recognised."""
        summary = self._summary
        name, known = seen.file.name, seen.recognised.known
        summary.warnings += [(name, warning) for warning in seen.warnings]
        match seen.recognised.standing, known:
            case Standing.NEW, _:
                self._add(seen, SourceAction.ADD)
            case Standing.CHANGED, KnownSource(id=int() as number) as known:
                seen = self._with_language(seen, number)
                self._remove(number)
                has_changed = known.file_hash != seen.file.file_hash
                (summary.replaced if has_changed else summary.read_otherwise).append(name)
                self._add(seen, SourceAction.REPLACE)
            case Standing.UNCHANGED, KnownSource(id=int() as number):
                self._keep(seen, number)
                self._update_cases(seen, number)
                summary.unchanged.append(name)
            case Standing.RENAMED, KnownSource(id=int() as number, name=old):
                self._keep(seen, number)
                summary.renamed.append((old, name))
                self._record(SourceAction.RENAME, name, number, before=old)
            case Standing.SAME_TEXT, KnownSource(name=other):
                summary.same_text.append((name, other))
                self._warn_of_old_text(seen, other)
            case Standing.SAME_WORDS, KnownSource(name=other):
                summary.same_words.append((name, other))
                self._warn_of_old_text(seen, other)

    def _add(self, seen: RecognisedFile, action: SourceAction) -> None:
        self._record(action, seen.file.name, self._store(seen))

    def _store(self, seen: RecognisedFile) -> int:
        """Store a file that has been read, and return the number of its source."""
        from quotegrid.storage.sources.source_attributes import names_of_labels
        from quotegrid.storage.sources.sources import add_source, source_number
        from quotegrid.storage.sources.turns.turn_changes import keep_unsure

        if seen.read is None:
            raise AssertionError("a new or changed file has not been read")
        source = seen.read.source
        hashes = (seen.file.text_hash, seen.file.word_hash)
        told = (*seen.read.warnings, *add_source(self._session, source, seen.file.path, hashes=hashes))
        number = source_number(self._session, source.name)
        names = names_of_labels(self._session, number)
        told = without_known_groups(self._session, source, told, names)
        self._summary.warnings += [(source.name, warning) for warning in told]
        self._summary.imported.append(described(seen.read))
        keep_unsure(self._session, number, told)
        self._recogniser.remember(seen, number)
        self._talks.add(seen.read)
        self._added[source.name] = _Added(replace(seen, read=None), number, told)
        return number

    def _read_again(self) -> None:
        """Read those files again in which somebody answers who interviews in the others."""
        summary = self._summary
        paths = {name: path for path, name in self._reading.files}
        summary.warnings += self._talks.left_as_they_are()
        self._reading, names = self._talks.reading_again()
        for done, name in enumerate(names):
            self._report(name, done, len(names))
            added = self._added[name]
            seen = replace(added.seen, read=self._reading.read(paths[name], name))
            seen = self._with_language(seen, added.number)
            self._remove(added.number)
            summary.imported = [source for source in summary.imported if source.name != name]
            outdated = {(name, warning) for warning in added.told}
            summary.warnings = [told for told in summary.warnings if told not in outdated]
            self._store(seen)
        order = {name: place for place, name in enumerate(paths)}
        summary.imported.sort(key=lambda source: order[source.name])

    def _count_cases(self) -> int:
        """Return in how many cases the imported sources speak, each counted once."""
        from quotegrid.storage.sources.source_attributes import labels_of

        labels = [labels_of(self._session, added.number) for added in self._added.values()]
        return len({case for cases in labels for case in cases.values()})

    def _record(
        self, action: SourceAction, name: str, number: int | None = None, *, before: str | None = None
    ) -> None:
        """Add an entry to the journal; all entries of an import are one group."""
        from quotegrid.storage.sources.source_log import add_source_change

        entry = add_source_change(
            self._session,
            self._study.settings.coder_name(),
            action,
            name,
            number=number,
            before=before,
            options=self._reading.options.given() if action in _READINGS else None,
            group=self._group,
        )
        self._group = self._group or entry

    def _with_language(self, seen: RecognisedFile, number: int) -> RecognisedFile:
        """Return a file that is read again, in the language that somebody gave its source before."""
        from quotegrid.storage.sources.languages import language_said

        said = language_said(self._session, number)
        if said is None or seen.read is None or seen.read.source.language_is_set:
            return seen
        source = replace(seen.read.source, language=said, language_is_set=True)
        return replace(seen, read=replace(seen.read, source=source))

    def _remove(self, number: int) -> None:
        from quotegrid.storage.sources.sources import remove_source
        from quotegrid.storage.suggestions.kept_scores import forget_scores

        remove_source(self._session, number)
        forget_scores(self._study.root)

    def _keep(self, seen: RecognisedFile, number: int) -> None:
        """Keep a source, with its codings and memos, whose text is now in another file or has a new name."""
        from quotegrid.storage.sources.languages import set_language
        from quotegrid.storage.sources.memos import replace_comments
        from quotegrid.storage.sources.sources import update_file

        if seen.read is not None:
            replace_comments(self._session, number, seen.read.source.comments)
        language = self._reading.options.language
        if language is not None:
            set_language(self._session, number, language)
        update_file(
            self._session, number, name=seen.file.name, path=seen.file.path, file_hash=seen.file.file_hash
        )
        self._recogniser.remember(seen, number)

    def _update_cases(self, seen: RecognisedFile, number: int) -> None:
        """Update a source's cases from options, or from a table with the same answers."""
        if seen.read is not None:
            update_from_source(self._session, number, seen.read.source)

    def _warn_of_old_text(self, seen: RecognisedFile, other: str) -> None:
        if self._recogniser.knows(seen.file.name):
            what = f'this file now says what "{other}" says; the study keeps the text that it had before.'
            self._summary.warnings.append((seen.file.name, ReadWarning(WarningKind.TEXT, what)))

    def _plan(self) -> int:
        """Store the plans among the files, and return how many of them can be used."""
        from quotegrid.storage.people.cases import areas_of_cases
        from quotegrid.storage.people.plan import replace_plan
        from quotegrid.storage.sources.source_attributes import source_areas

        if not self._reading.plan_files:
            return 0
        areas = {*areas_of_cases(self._session), *source_areas(self._session).values()}
        found = read_plans(self._reading, sorted(areas))
        summary = self._summary
        summary.problems += found.problems
        for file, warning in found.warnings:
            summary.places[file.name] = self._recogniser.place(file)
            summary.warnings.append((file.name, warning))
        if found.files:
            replace_plan(self._session, found.lines)
            summary.plan_files = [file.name for file in found.files]
            summary.planned = sum(line.planned for line in found.lines)
        return len(found.files)


def _all_of(problems: Sequence[DataError]) -> DataError:
    first = problems[0]
    if len(problems) == 1:
        return ReadError(
            first.what, file=first.file, line=first.line, todo=f"{first.todo} Nothing was imported.".strip()
        )
    listed = "\n".join(f"  {problem}" for problem in problems)
    return ReadError(f"{len(problems)} files cannot be used, so nothing was imported:\n{listed}")
