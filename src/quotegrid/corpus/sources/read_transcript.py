"""Reads a transcript or document as a source: everything said by anybody but an interviewer."""

from __future__ import annotations

from quotegrid.corpus.sources.read_turns import read_turns
from quotegrid.corpus.sources.source_file import ReadSource, SourceFile
from quotegrid.corpus.sources.speaker_values import (
    from_asides,
    from_entry,
    from_flags,
    from_header,
    from_tables,
    is_participant,
    speaker_of,
)
from quotegrid.corpus.sources.speaker_warnings import (
    contradictions,
    groups_not_known,
    unknown_areas,
    unlisted_groups,
)
from quotegrid.corpus.text.segmentation import segment_spans
from quotegrid.corpus.text.speaker_names import is_generic, name_of_unnamed, stands_for
from quotegrid.corpus.transcripts.asking import seems_to_ask
from quotegrid.domain.sources.model import (
    ReadWarning,
    Segment,
    SegmentKind,
    SourceKind,
    Speaker,
    Turn,
    WarningKind,
)


def read_transcript(file: SourceFile, kind: SourceKind) -> ReadSource:
    """Read a transcript or a document: its turns, the segments they are cut into, and its speakers."""
    turns, convention, unsure = read_turns(file, kind)
    warnings = [*file.read.warnings, *unsure]
    asks = seems_to_ask(file.read.text, turns)
    if asks is not None:
        what = (
            f'"{asks}" asks most of the questions and is read as a participant; '
            f'if not, say --interviewer "{asks}".'
        )
        warnings.append(ReadWarning(WarningKind.SPEAKER, what))
    speakers, unsure = _speakers(file, turns, kind)
    warnings += unsure
    segments = _segments(file, turns)
    if not segments:
        warnings.append(ReadWarning(WarningKind.SPEAKER, "only interviewers speak in this file."))
    source = file.source(kind, segments, speakers, turns)
    return ReadSource(source, tuple(warnings), convention=convention)


def _segments(file: SourceFile, turns: tuple[Turn, ...]) -> list[Segment]:
    segments = []
    for number, turn in enumerate(turns):
        if turn.is_interviewer:
            continue
        spans = segment_spans(file.read.text, turn.start, turn.end, file.options.pipeline)
        segments += [
            Segment(start, end, SegmentKind.TURN, turn=number, heading=turn.heading) for start, end in spans
        ]
    return segments


def _speakers(
    file: SourceFile, turns: tuple[Turn, ...], kind: SourceKind
) -> tuple[dict[str, Speaker], list[ReadWarning]]:
    """Return the speakers who are not interviewers, by their labels, and the warnings about them."""
    by_label: dict[str, list[Turn]] = {}
    for turn in turns:
        by_label.setdefault(turn.label or "", []).append(turn)
    labels = [label for label, own in by_label.items() if not all(turn.is_interviewer for turn in own)]
    only = len(labels) == 1
    described = {speaker.name: speaker for speaker in file.read.speakers}
    strangers: list[str] = []
    speakers: dict[str, Speaker] = {}
    warnings: list[ReadWarning] = []
    for label in labels:
        known = described.get(label) or described.get(stands_for(label, described) or "")
        is_of_turns = file.read.convention is not None and known is not None
        name = _name(file, label, only, kind) if known is None or is_of_turns else known.name
        said = from_flags(file)
        said += from_entry(file, known) if known is not None else []
        said += from_tables(file, label, name, only)
        said += from_header(file, label, known, only)
        has_group = any(value.field == "group" for value in said)
        said += from_asides(file, by_label[label], has_group=has_group)
        called = file.options.case if file.options.case and only else name
        speakers[label] = speaker_of(file, called, said, None if known is None else known.line)
        warnings += contradictions(speakers[label], file.name)
        if kind is SourceKind.TRANSCRIPT and speakers[label].group is None:
            strangers.append(label or name)
    unlisted = unlisted_groups(speakers, file.name, file.stakeholders)
    unlisted += unknown_areas(speakers, file.name, file.options.areas)
    return speakers, [*groups_not_known(strangers), *warnings, *unlisted]


def _name(file: SourceFile, label: str, only: bool, kind: SourceKind) -> str:
    """Return the name of a speaker without an entry of their own; empty for a document without one."""
    participant = file.header_value("participant")
    if participant is not None and is_participant(file, label, only):
        return participant
    if kind is SourceKind.DOCUMENT and participant is None and file.options.case is None:
        return ""
    is_name = bool(label) and not is_generic(label) and not label.isdecimal()
    return label if is_name else name_of_unnamed(file.name, label)
