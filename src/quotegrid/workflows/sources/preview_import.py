"""The preview of an import, which stores nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.readers import TABLES
from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource
from quotegrid.corpus.transcripts.conventions import ConventionMatch
from quotegrid.domain.people.case_values import name_key
from quotegrid.domain.sources.model import QuoteKind, ReadWarning, Speaker
from quotegrid.domain.sources.recognition import Recognition, Standing
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import one_line
from quotegrid.domain.text.repairs import TRIVIAL
from quotegrid.domain.text.words import word_count
from quotegrid.errors import CancelledError, DataError
from quotegrid.workflows.sources.known_groups import without_known_groups
from quotegrid.workflows.sources.languages import english_only
from quotegrid.workflows.sources.planning import read_plans
from quotegrid.workflows.sources.previewing.remedies import NO_REMEDIES, Remedies
from quotegrid.workflows.sources.previewing.trial import TableEffect, try_tables
from quotegrid.workflows.sources.reading_files import Reading, prepare
from quotegrid.workflows.sources.recognising import Recogniser
from quotegrid.workflows.sources.tables.questions import Column, table_columns
from quotegrid.workflows.sources.turns.usual_interviewers import Talks
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class PreviewedSpeaker:
    """A speaker in a file, or a role that a report quotes."""

    label: str
    """The label as printed; empty where the text has no labels."""
    speaker: Speaker | None
    """The speaker; None for an interviewer."""
    turns: int
    """The number of turns, or of a report's quotes."""
    words: int
    example: str
    """The beginning of the first thing said."""
    is_known: bool = False
    """Whether the study has a case of this name already."""


@dataclass(frozen=True, slots=True)
class PreviewedSource:
    """A file as it would be imported."""

    name: str
    kind: str
    segments: int
    non_speech: int
    """The number of non-speech marks in its segments, which are kept but not compared with codes."""
    repairs: Mapping[str, int]
    """The repairs to its characters, except those that leave every word as it was."""
    comments: int
    """The number of comments that would become memos."""
    speakers: Sequence[PreviewedSpeaker]
    warnings: Sequence[ReadWarning]
    recognised: Recognition
    """Whether it is new to the study, and what it matches if not."""
    quotes_by_kind: Mapping[QuoteKind, int] = field(default_factory=dict)
    """The number of a report's quotes of each kind; terms that nobody said are counted but not stored."""
    convention: ConventionMatch | None = None
    """The convention that marks its speakers; None where it has no turns by speakers."""
    confidence: float | None = None
    """The mean probability that a turn is read rightly; None where nobody is told from others."""
    language: str | None = None
    """The code of its language; None if it is not known."""
    language_is_set: bool = False
    """Whether the language was given; else it is guessed."""
    columns: Sequence[Column] = ()
    """The columns of a table, each with what it is read as."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The preview of all files of an import."""

    sources: Sequence[PreviewedSource]
    problems: Sequence[str]
    """The problems of unusable files; an import leaves them out, or with `strict` imports nothing."""
    left_out: Mapping[str, str]
    attributes_files: Sequence[str]
    plan_files: Sequence[str]
    other_warnings: Sequence[tuple[str, ReadWarning]]
    """Warnings about attributes tables, plans and sources of the study, each with its file's name."""
    planned: int
    effect: TableEffect = field(default_factory=TableEffect)
    """The changes that the attributes tables would make to what the study has."""
    unclear: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    """The columns of tables that are not read before these are explained, by the tables' names."""
    paths: Mapping[str, Path] = field(default_factory=dict)
    """The path of each file and of each unclear table, by its name in the study."""
    knows_only_english: str = ""
    """The tools of the study that know only English, if some of the files are in other languages."""


def preview_import(
    study: StudyFolder,
    paths: Sequence[Path],
    options: ReadingOptions,
    *,
    attributes: Sequence[Path] = (),
    plans: Sequence[Path] = (),
    again: bool = False,
    remedies: Remedies = NO_REMEDIES,
    kept: Mapping[str, PreviewedSource] | None = None,
    report: ProgressReport | None = None,
) -> Preview:
    """Read files as an import would, and store nothing.

    Args:
        study: The study.
        paths: Files and folders; attributes files and plans among them are used as such.
        options: The user's options.
        attributes: Further attributes files.
        plans: Further plans.
        again: Whether files whose words the study has under another name count as new.
        remedies: What the user says of single files.
        kept: Files that have been previewed already and are not read again, by their names.
        report: Called with the progress.

    Raises:
        UsageError: If a path is not there, or the study has no group like the one in the options.
        CancelledError: If the user interrupts it.
    """
    try:
        reading = prepare(study, paths, options, attributes, plans, remedies)
        return _preview(study, reading, again=again, kept=kept or {}, report=report)
    except KeyboardInterrupt:
        raise CancelledError("Cancelled; nothing was imported.") from None


def _preview(
    study: StudyFolder,
    reading: Reading,
    *,
    again: bool,
    kept: Mapping[str, PreviewedSource],
    report: ProgressReport | None,
) -> Preview:
    from quotegrid.storage.people.cases import areas_of_cases, known_names
    from quotegrid.storage.sources.source_attributes import source_areas

    sources: list[PreviewedSource] = []
    problems = [str(problem) for problem in reading.problems]
    with study.reading_session() as session:
        areas = {*areas_of_cases(session), *source_areas(session).values()}
        people = known_names(session)
        recogniser = Recogniser(session, study, reading, again=again)
        talks = Talks.of_study(session, reading)
        beside: dict[str, Sequence[ReadWarning]] = {}
        for done, (path, name) in enumerate(reading.files):
            if report is not None:
                report(name, done, len(reading.files))
            if name in kept:
                sources.append(kept[name])
                continue
            try:
                seen = recogniser.recognise(path, name, always_read=True)
            except DataError as error:
                problems.append(str(error))
                continue
            if seen.read is None:
                continue
            columns = _columns(path, reading.columns.get(name))
            told = without_known_groups(session, seen.read.source, seen.read.warnings)
            previewed = _previewed(replace(seen.read, warnings=told), seen.recognised, seen.warnings, columns)
            sources.append(_with_known_people(previewed, people))
            areas.update(speaker.area for speaker in seen.read.source.speakers.values() if speaker.area)
            if seen.recognised.standing in (Standing.NEW, Standing.CHANGED):
                talks.add(seen.read)
                beside[name] = seen.warnings
            if seen.recognised.standing in (Standing.NEW, Standing.CHANGED, Standing.RENAMED):
                recogniser.remember(seen, None)
        sources = _read_again(sources, talks, beside, people)
    known = [source.name for source in sources if source.recognised.standing is Standing.UNCHANGED]
    others = [source.name for source in sources if source.recognised.standing is not Standing.UNCHANGED]
    found = read_plans(reading, sorted(areas))
    return Preview(
        sources=sources,
        problems=[*problems, *map(str, found.problems)],
        left_out=reading.left_out,
        attributes_files=[table.name for table in reading.attributes_files],
        plan_files=[file.name for file in found.files],
        other_warnings=[
            *reading.warnings,
            *((file.name, warning) for file, warning in found.warnings),
            *talks.left_as_they_are(),
        ],
        planned=sum(line.planned for line in found.lines),
        effect=try_tables(study, reading, known, others),
        unclear={name: table_columns(path) for name, path in reading.unclear.items()},
        paths={**{name: path for path, name in reading.files}, **reading.unclear},
        knows_only_english=english_only((source.language for source in sources), study.settings.model),
    )


def _read_again(
    sources: Sequence[PreviewedSource],
    talks: Talks,
    beside: Mapping[str, Sequence[ReadWarning]],
    people: Collection[str],
) -> list[PreviewedSource]:
    """Return the files, those read again in which somebody answers who interviews in the others.

    Args:
        sources: The files, as they were read one by one.
        talks: The talks of the study and of the new and changed files.
        beside: The warnings about these files beside those of their reading, by their names.
        people: The names of the cases that the study has.
    """
    reading, names = talks.reading_again()
    paths = {name: path for path, name in reading.files}

    def again(source: PreviewedSource) -> PreviewedSource:
        name = source.name
        read = reading.read(paths[name], name)
        previewed = _previewed(read, source.recognised, beside[name], source.columns)
        return _with_known_people(previewed, people)

    return [again(source) if source.name in names else source for source in sources]


def _with_known_people(source: PreviewedSource, people: Collection[str]) -> PreviewedSource:
    """Return a new file with the people marked whom the study has already."""
    if source.recognised.standing not in (Standing.NEW, Standing.CHANGED):
        return source
    speakers = [
        replace(speaker, is_known=name_key(speaker.speaker.name) in people)
        if speaker.speaker is not None and speaker.speaker.name
        else speaker
        for speaker in source.speakers
    ]
    return replace(source, speakers=speakers)


def _columns(path: Path, said: Columns | None) -> list[Column]:
    return table_columns(path, said) if path.suffix.lower() in TABLES else []


def _previewed(
    read: ReadSource, recognised: Recognition, warnings: Sequence[ReadWarning], columns: Sequence[Column]
) -> PreviewedSource:
    source = read.source
    said: dict[tuple[str, bool], list[str]] = {}
    for turn in source.turns:
        key = turn.label or "", turn.is_interviewer
        said.setdefault(key, []).append(source.text[turn.start : turn.end])
    speakers = [
        PreviewedSpeaker(
            label=label,
            speaker=None if asks else source.speakers.get(label),
            turns=len(texts),
            words=sum(map(word_count, texts)),
            example=one_line(texts[0]),
        )
        for (label, asks), texts in said.items()
    ]
    quoted: dict[tuple[str, str, str | None, str | None], list[str]] = {}
    for segment in source.segments:
        if segment.role is not None:
            case = None if segment.case is None else source.speakers[segment.case]
            name = "" if case is None else case.name
            group = segment.group if case is None else case.group
            area = segment.area or (None if case is None else case.area) or source.area
            words = source.text[segment.start : segment.end]
            quoted.setdefault((segment.role, name, group, area), []).append(words)
    speakers += [
        PreviewedSpeaker(
            label=role,
            speaker=Speaker(name=name, group=group, area=area),
            turns=len(texts),
            words=sum(map(word_count, texts)),
            example=one_line(texts[0]),
        )
        for (role, name, group, area), texts in quoted.items()
    ]
    return PreviewedSource(
        name=source.name,
        kind=source.kind.value,
        segments=len(source.segments),
        non_speech=source.non_speech(),
        repairs={kind: count for kind, count in source.repairs.items() if kind not in TRIVIAL},
        comments=len(source.comments),
        speakers=speakers,
        quotes_by_kind=read.quotes_by_kind,
        warnings=(*read.warnings, *warnings),
        recognised=recognised,
        convention=read.convention,
        confidence=read.confidence,
        language=source.language,
        language_is_set=source.language_is_set,
        columns=columns,
    )
