"""What an import would make of files, without keeping any of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotegrid.corpus.reading import ReadingOptions, ReadSource
from quotegrid.domain.repairs import TRIVIAL
from quotegrid.domain.sources import ReadWarning, Speaker
from quotegrid.domain.text import one_line
from quotegrid.errors import DataError
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.reading_files import prepare

Report = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class PreviewedSpeaker:
    """Somebody who speaks in a file, or a role that a report quotes."""

    label: str
    """As printed; empty where the text has no labels."""
    speaker: Speaker | None
    """Who it is; None for those who ask."""
    turns: int
    """How many turns, or a report's quotes, are theirs."""
    words: int
    example: str
    """The beginning of the first thing said."""


@dataclass(frozen=True, slots=True)
class PreviewedSource:
    """One file as it would be imported."""

    name: str
    kind: str
    segments: int
    non_speech: int
    """How many marks of its segments are not speech: kept, and not compared with codes."""
    repairs: Mapping[str, int]
    """What reading changes in its characters, but for what leaves every word as it was."""
    comments: int
    """How many comments would become memos."""
    speakers: Sequence[PreviewedSpeaker]
    warnings: Sequence[ReadWarning]


@dataclass(frozen=True, slots=True)
class Preview:
    """All files of an import."""

    sources: Sequence[PreviewedSource]
    problems: Sequence[str]
    """Why files cannot be used; any of them stops the import."""
    left_out: Sequence[str]
    attributes_files: Sequence[str]


def preview_import(
    study: StudyFolder,
    paths: Sequence[Path],
    options: ReadingOptions,
    *,
    attributes: Sequence[Path] = (),
    report: Report | None = None,
) -> Preview:
    """Read files as an import would, and keep nothing.

    Raises:
        UsageError: If a path is not there, or the study has no group like the one of the flags.
        DataError: If an attributes file cannot be used.
    """
    reading = prepare(study, paths, options, attributes)
    sources: list[PreviewedSource] = []
    problems: list[str] = []
    for done, (path, name) in enumerate(reading.files):
        if report is not None:
            report(done, len(reading.files), name)
        try:
            sources.append(_previewed(reading.read(path, name)))
        except DataError as error:
            problems.append(str(error))
    return Preview(
        sources=sources,
        problems=problems,
        left_out=reading.left_out,
        attributes_files=[table.name for table in reading.attributes_files],
    )


def _previewed(read: ReadSource) -> PreviewedSource:
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
            words=sum(len(text.split()) for text in texts),
            example=one_line(texts[0]),
        )
        for (label, asks), texts in said.items()
    ]
    by_role: dict[tuple[str, str | None], list[str]] = {}
    for segment in source.segments:
        if segment.role is not None:
            words = source.text[segment.start : segment.end]
            by_role.setdefault((segment.role, segment.group), []).append(words)
    speakers += [
        PreviewedSpeaker(
            label=role,
            speaker=Speaker(name="", group=group, area=source.area),
            turns=len(texts),
            words=sum(len(text.split()) for text in texts),
            example=one_line(texts[0]),
        )
        for (role, group), texts in by_role.items()
    ]
    return PreviewedSource(
        name=source.name,
        kind=source.kind.value,
        segments=len(source.segments),
        non_speech=source.non_speech(),
        repairs={kind: count for kind, count in source.repairs.items() if kind not in TRIVIAL},
        comments=len(source.comments),
        speakers=speakers,
        warnings=read.warnings,
    )
