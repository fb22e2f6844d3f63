"""Reads a transcript or document as a source: everything said by anybody but an interviewer."""

from __future__ import annotations

from dataclasses import replace

from quotegrid.corpus.sources.read_turns import in_interviews, read_turns
from quotegrid.corpus.sources.source_file import ReadSource, SourceFile
from quotegrid.corpus.sources.speaker_values import (
    from_asides,
    from_entry,
    from_flags,
    from_header,
    from_legend,
    from_tables,
    is_participant,
    legend_name,
    speaker_of,
)
from quotegrid.corpus.sources.speaker_warnings import (
    contradictions,
    groups_not_known,
    unknown_areas,
    unlisted_groups,
)
from quotegrid.corpus.sources.usual_interviewers import usual_labels
from quotegrid.corpus.text.headers import names_in
from quotegrid.corpus.text.segmentation import segment_spans
from quotegrid.corpus.text.speaker_names import folded_label, is_generic, name_of_unnamed, stands_for
from quotegrid.corpus.transcripts.asking import (
    called_interviewers,
    likeliest_asker,
    speaks_with_all,
    who_asks,
)
from quotegrid.corpus.transcripts.confidence import SURE, confidences
from quotegrid.corpus.transcripts.conventions import ConventionMatch
from quotegrid.corpus.transcripts.questions.thanks import with_closing_thanks
from quotegrid.corpus.transcripts.shapes.layouts import IN_TURN
from quotegrid.domain.sources.model import (
    ReadWarning,
    Segment,
    SegmentKind,
    SourceKind,
    Speaker,
    Turn,
    WarningKind,
)

_GUESSED = 0.5
"""The greatest confidence of turns that nothing but their order tells apart."""
_MOST_LINES = 5
"""The most turns of a file that are named as unsure, the least sure ones."""


def read_transcript(file: SourceFile, kind: SourceKind) -> ReadSource:
    """Read a transcript or a document: its turns, the segments they are cut into, and its speakers."""
    turns, convention, unsure = read_turns(file, kind)
    warnings = [*file.read.warnings, *unsure]
    turns, taken = (turns, []) if file.holds_answers else _with_asker(file, turns)
    warnings += taken
    if file.read.turns is None and kind is SourceKind.TRANSCRIPT:
        turns, parted = in_interviews(file, turns)
        warnings += parted
    if file.read.turns is None:
        turns = with_closing_thanks(file.read.text, turns, file.read.styles)
    speakers, unsure = _speakers(file, turns, kind)
    warnings += unsure
    segments = _segments(file, turns)
    if not segments:
        warnings.append(ReadWarning(WarningKind.SPEAKER, "only interviewers speak in this file."))
    source = file.source(kind, segments, speakers, turns)
    confidence, doubts = _confidence(file, turns, convention)
    return ReadSource(source, (*warnings, *doubts), convention=convention, confidence=confidence)


def _confidence(
    file: SourceFile, turns: tuple[Turn, ...], convention: ConventionMatch | None
) -> tuple[float | None, list[ReadWarning]]:
    """Return how sure the turns are on average, and a warning that says which are not."""
    if not any(turn.label for turn in turns):
        return None, []
    if file.read.turns is not None:
        return sum(turn.label is not None for turn in turns) / len(turns), []
    candidates = [] if convention is None else [label.start for label in convention.passed_over]
    sure = confidences(file.read.text, turns, candidates)
    if convention is not None and convention.name == IN_TURN.name:
        sure = [min(probability, _GUESSED) for probability in sure]
    unsure = sorted(
        (probability, turn.start) for probability, turn in zip(sure, turns, strict=True) if probability < SURE
    )
    mean = sum(sure) / len(sure)
    if not unsure:
        return mean, []
    lines = sorted(file.line_of(start) for _, start in unsure[:_MOST_LINES])
    more = f" and {len(unsure) - _MOST_LINES} more" if len(unsure) > _MOST_LINES else ""
    # A warning begins with its line, which is the first.
    first, *others = lines
    where = (
        f"; the others begin on {'line' if len(lines) == 2 else 'lines'} {', '.join(map(str, others))}{more}"
        if others
        else ""
    )
    what = f"{len(unsure)} of {len(turns)} turns may be somebody else's or hold others' words{where}."
    every = tuple(sorted({file.line_of(start) for _, start in unsure}))
    each = "this turn may be somebody else's or hold others' words."
    return mean, [ReadWarning(WarningKind.SPEAKER, what, first, lines=every, each=each)]


def _with_asker(file: SourceFile, turns: tuple[Turn, ...]) -> tuple[tuple[Turn, ...], list[ReadWarning]]:
    """Return the turns with those of the interviewer marked, if one was found by the questions, and why."""
    participants = names_in(file.options.participant)
    if participants:
        turns = tuple(
            replace(turn, is_interviewer=False)
            if turn.label and stands_for(turn.label, participants) is not None
            else turn
            for turn in turns
        )
    called = [
        label
        for label in called_interviewers(file.read.text, turns)
        if stands_for(label, participants) is None
    ]
    if called and not any(turn.is_interviewer for turn in turns):
        turns = tuple(replace(turn, is_interviewer=turn.label in called) for turn in turns)
        names = " and ".join(f'"{label}"' for label in called)
        what = (
            f'a sentence above the talk calls {names} interviewer; if not, say --participant "{called[0]}".'
        )
        return turns, [ReadWarning(WarningKind.SPEAKER, what, file.line_of(turns[0].start))]
    labels = dict.fromkeys(turn.label for turn in turns if turn.label)
    usual = [
        label
        for label in usual_labels(labels, file.options.usual_interviewers)
        if stands_for(label, participants) is None
    ]
    if usual and not any(turn.is_interviewer for turn in turns):
        turns = tuple(replace(turn, is_interviewer=turn.label in usual) for turn in turns)
        return turns, [_interviews_elsewhere(file, turns, label) for label in usual]
    askers = [
        asker
        for asker in who_asks(file.read.text, turns, _language(file, turns))
        if stands_for(asker.label, participants) is None
    ]
    asking = {asker.label for asker in askers}
    warnings = [] if askers or participants else _asks_perhaps(file, turns)
    for asker in askers:
        leads = ", leads the talk" if asker.is_leading else ""
        what = (
            f'"{asker.label}" asks {asker.questions} of the {asker.of_all} questions{leads} and is taken for '
            f'the interviewer; if not, say --participant "{asker.label}".'
        )
        first = next(turn for turn in turns if turn.label == asker.label)
        warnings.append(ReadWarning(WarningKind.SPEAKER, what, file.line_of(first.start)))
    return tuple(
        replace(turn, is_interviewer=True) if turn.label in asking else turn for turn in turns
    ), warnings


def _interviews_elsewhere(file: SourceFile, turns: tuple[Turn, ...], label: str) -> ReadWarning:
    """Return the warning that somebody is taken for the interviewer by the talks of other files."""
    talks = file.options.usual_interviewers[folded_label(label)]
    what = (
        f'"{label}" speaks in {talks:,} files beside somebody new and is taken for the interviewer; if not, '
        f'say --participant "{label}".'
    )
    first = next(turn for turn in turns if turn.label == label)
    return ReadWarning(WarningKind.SPEAKER, what, file.line_of(first.start))


def _asks_perhaps(file: SourceFile, turns: tuple[Turn, ...]) -> list[ReadWarning]:
    """Return a warning that names who asks many questions where nobody is taken for the interviewer."""
    asker = likeliest_asker(file.read.text, turns)
    if asker is None:
        return _hosts_perhaps(file, turns)
    what = (
        f'nobody is taken for the interviewer, but "{asker.label}" asks {asker.questions} of the '
        f'{asker.of_all} questions; if they interview, say --interviewer "{asker.label}".'
    )
    first = next(turn for turn in turns if turn.label == asker.label)
    return [ReadWarning(WarningKind.SPEAKER, what, file.line_of(first.start))]


def _hosts_perhaps(file: SourceFile, turns: tuple[Turn, ...]) -> list[ReadWarning]:
    """Return a warning that names who speaks beside nearly everybody where nobody asks many questions."""
    label = speaks_with_all(turns)
    if label is None:
        return []
    what = (
        f'nobody is taken for the interviewer, but "{label}" speaks beside most of the others; if they '
        f'interview, say --interviewer "{label}".'
    )
    first = next(turn for turn in turns if turn.label == label)
    return [ReadWarning(WarningKind.SPEAKER, what, file.line_of(first.start))]


def _language(file: SourceFile, turns: tuple[Turn, ...]) -> str | None:
    """Return the language by whose words questions are told; None where they need not be told so."""
    if any(turn.is_interviewer for turn in turns) or not any(turn.label for turn in turns):
        return None
    return file.language


def _segments(file: SourceFile, turns: tuple[Turn, ...]) -> list[Segment]:
    segments = []
    for number, turn in enumerate(turns):
        if turn.is_interviewer:
            continue
        spans = segment_spans(file.read.text, turn.start, turn.end, file.options.pipeline)
        segments += [
            Segment(
                start, end, SegmentKind.TURN, turn=number, heading=turn.heading, attributes=turn.attributes
            )
            for start, end in spans
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
    only = len(labels) == 1 and not _asks_under_header(file, turns)
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
        said += from_legend(file, label)
        called = file.options.case if file.options.case and only else name
        speakers[label] = speaker_of(file, called, said, None if known is None else known.line)
        warnings += contradictions(speakers[label], file.name)
        if kind is SourceKind.TRANSCRIPT and speakers[label].group is None:
            strangers.append(label or name)
    unlisted = unlisted_groups(speakers, file.name, file.stakeholders)
    unlisted += unknown_areas(speakers, file.name, file.options.areas)
    return speakers, [*groups_not_known(strangers), *warnings, *unlisted]


def _asks_under_header(file: SourceFile, turns: tuple[Turn, ...]) -> bool:
    """Return whether the person whom the header calls the participant is the interviewer by their label."""
    participant = file.header_value("participant")
    asking = {turn.label for turn in turns if turn.is_interviewer and turn.label}
    return participant is not None and any(stands_for(label, [participant]) is not None for label in asking)


def _name(file: SourceFile, label: str, only: bool, kind: SourceKind) -> str:
    """Return the name of a speaker without an entry of their own; empty for a document without one."""
    participant = file.header_value("participant")
    if participant is not None and is_participant(file, label, only):
        return participant
    if kind is SourceKind.DOCUMENT and participant is None and file.options.case is None:
        return ""
    named = legend_name(file, label)
    if named is not None:
        return named
    is_name = bool(label) and not is_generic(label) and not label.isdecimal()
    return label if is_name else name_of_unnamed(file.name, label)
