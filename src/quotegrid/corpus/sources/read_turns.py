"""Reads the turns of a transcript or document, with the convention that marks its speakers, and warnings."""

from __future__ import annotations

from dataclasses import replace

from quotegrid.corpus.people.attributes import is_about_source
from quotegrid.corpus.sources.source_file import SourceFile
from quotegrid.corpus.text.headers import names_in
from quotegrid.corpus.text.speaker_names import is_interviewer, stands_for
from quotegrid.corpus.transcripts.conventions import (
    ConventionMatch,
    marked_by_format,
    recognise_convention,
    warn_of_unread_speakers,
    warnings_of,
)
from quotegrid.corpus.transcripts.layouts import Convention
from quotegrid.corpus.transcripts.speaker_labels import Labels, find_labels, patterned_labels
from quotegrid.corpus.transcripts.turns import turns_of, unlabelled_turns
from quotegrid.domain.sources.model import ReadWarning, SourceKind, Turn, WarningKind

_NO_LABELS = ReadWarning(
    WarningKind.SPEAKER, "no speaker labels were found; all of it is read as one speaker's words."
)


def read_turns(
    file: SourceFile, kind: SourceKind
) -> tuple[tuple[Turn, ...], ConventionMatch | None, list[ReadWarning]]:
    """Return the turns of a file, the convention that marks its speakers, and the warnings about both.

    Args:
        file: The transcript's or document's file.
        kind: Whether it is a transcript or a document.

    Returns:
        The turns, with offsets into the file's text; the convention, or None if no turn has a label; the
        warnings.
    """
    declared, interviewers = _named(file)
    if file.read.turns is not None:
        return _turns_of_format(file, file.read.turns, kind, declared, interviewers)
    text, start, known = file.read.text, file.read.body_start, (*declared, *interviewers)
    if kind is SourceKind.DOCUMENT:
        return unlabelled_turns(text, start), None, _unsure_of_kind(file)
    labels, said, warnings = _labels(file, known)
    turns = turns_of(text, labels.taken, known, interviewers)
    match = recognise_convention(text, start, labels, turns, known, said)
    if match is None:
        return unlabelled_turns(text, start), None, [*warnings, _NO_LABELS]
    return turns, match, [*warnings, *warnings_of(text, start, match, labels, known)]


def _named(file: SourceFile) -> tuple[list[str], list[str]]:
    """Return the names that the header, flags and attributes files give, and those of them who interview."""
    described = [(speaker.name, speaker.role) for speaker in file.read.speakers]
    described += [
        (row.speaker, row.role) for row in file.rows if row.speaker and is_about_source(row, file.name)
    ]
    interviewers = names_in(file.options.interviewer) + names_in(file.header_value("interviewer"))
    interviewers += [name for name, role in described if role and is_interviewer(role)]
    declared = [name for name in (file.header_value("participant"), file.options.case) if name]
    declared += [name for name, _ in described]
    return declared, interviewers


def _turns_of_format(
    file: SourceFile, turns: tuple[Turn, ...], kind: SourceKind, declared: list[str], interviewers: list[str]
) -> tuple[tuple[Turn, ...], ConventionMatch | None, list[ReadWarning]]:
    """Return the turns that the file's format marks, with the interviewers' ones flagged as such."""
    asking = {
        label
        for label in {turn.label for turn in turns if turn.label is not None}
        if _asks(label) or (interviewers and stands_for(label, [*declared, *interviewers]) in interviewers)
    }
    turns = tuple(replace(turn, is_interviewer=turn.label in asking) for turn in turns)
    convention = file.read.convention
    match = None if convention is None else marked_by_format(convention, turns)
    nobody = kind is SourceKind.TRANSCRIPT and all(turn.label is None for turn in turns)
    return turns, match, [_NO_LABELS] if nobody else []


def _asks(label: str) -> bool:
    """Return whether a label, or the words in parentheses behind it, are an interviewer's."""
    name, _, aside = label.rstrip(") ").partition("(")
    return is_interviewer(name) or (bool(aside) and is_interviewer(aside))


def _labels(file: SourceFile, known: tuple[str, ...]) -> tuple[Labels, Convention | None, list[ReadWarning]]:
    """Return the labels that fit the user's pattern, or those recognised automatically if none do."""
    text, start, said = file.read.text, file.read.body_start, file.options.speakers
    if said is None:
        return find_labels(text, start, known), None, []
    labels = patterned_labels(text, start, said, known)
    if turns_of(text, labels.taken, known):
        return labels, said, []
    return find_labels(text, start, known), None, [_fits_nothing(said)]


def _unsure_of_kind(file: SourceFile) -> list[ReadWarning]:
    if file.options.kind is not None or "kind" in file.read.header:
        return []
    if file.options.speakers is not None:
        return [_fits_nothing(file.options.speakers)]
    return warn_of_unread_speakers(file.read.text, find_labels(file.read.text, file.read.body_start))


def _fits_nothing(said: Convention) -> ReadWarning:
    what = f'no line fits "{said.name}", so the file is read as if no pattern had been given.'
    return ReadWarning(WarningKind.SPEAKER, what)
