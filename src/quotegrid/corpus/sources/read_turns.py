"""Reads the turns of a transcript or document, with the convention that marks its speakers, and warnings."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import PurePath

from quotegrid.corpus.people.attributes import is_about_source
from quotegrid.corpus.sources.source_file import SourceFile
from quotegrid.corpus.text.headers import names_in
from quotegrid.corpus.text.speaker_names import folded_label, is_full_name, is_interviewer, stands_for
from quotegrid.corpus.transcripts.conventions import (
    ConventionMatch,
    recognise_convention,
    warn_of_unread_speakers,
    warnings_of,
)
from quotegrid.corpus.transcripts.questions.before_labels import with_unlabelled_questions
from quotegrid.corpus.transcripts.questions.guide import with_guide_questions
from quotegrid.corpus.transcripts.questions.unlabelled_answers import with_unlabelled_answers
from quotegrid.corpus.transcripts.sections import in_sections, parts_of_one_case, sections_of
from quotegrid.corpus.transcripts.shapes.layouts import IN_TURN, Convention
from quotegrid.corpus.transcripts.shapes.stamps import GAP, STAMP
from quotegrid.corpus.transcripts.speaker_labels import Labels, find_labels, patterned_labels
from quotegrid.corpus.transcripts.turns import turns_of, unlabelled_turns
from quotegrid.corpus.transcripts.unlabelled import (
    Unlabelled,
    bare_turns,
    questions_in,
)
from quotegrid.corpus.transcripts.unspoken.endings import without_ending
from quotegrid.corpus.transcripts.unspoken.particulars import behind_form, repeated_particulars
from quotegrid.domain.sources.model import ReadWarning, SourceKind, Turn, WarningKind
from quotegrid.domain.text.normalise import counted

_TALK = re.compile(
    "interview|transcri|transkri|entrevista|intervista|entretien|gespr\u00e4ch|haastattelu|wywiad|"
    "focus.?group|oral.?history|\u0438\u043d\u0442\u0435\u0440\u0432\u044c\u044e|\u8bbf\u8c08|\u91c7\u8bbf|"
    "\u30a4\u30f3\u30bf\u30d3\u30e5\u30fc|\uc778\ud130\ubdf0"
)
"""Matches words for an interview or a transcript, in lower case, in several languages."""
_LONGEST_TITLE = 120
_FEW_LABELLED, _TIMES_THE_LABELLED = 20, 4
"""The turns up to which labels may be items of a list instead, if so many times more have no label."""
_TIMED_LINE = re.compile(rf"^{GAP}*[\[(<]?{STAMP}|{STAMP}[\])>]?{GAP}*$")
_FEWEST_TIMES, _LEAST_SHARE_OF_TIMES = 4, 0.2
"""The number and the share of lines with times from which a text is likely a transcript."""
_FEWEST_QUESTIONS = 3
_LEAST_SHARE_OF_QUESTIONS = 0.08
"""The least number of questions for a paragraph from which a text without labels may be a conversation."""
_NO_LABELS = ReadWarning(
    WarningKind.SPEAKER, "no speaker labels were found; all of it is read as one speaker's words."
)


def read_turns(
    file: SourceFile, kind: SourceKind
) -> tuple[tuple[Turn, ...], ConventionMatch | None, list[ReadWarning]]:
    """Return the turns of a file, the convention that marks its speakers, and the warnings about both.

    What follows the last turn's words is left out, and listed.

    Args:
        file: The transcript's or document's file.
        kind: Whether it is a transcript or a document.

    Returns:
        The turns, with offsets into the file's text; the convention, or None if no turn has a label; the
        warnings.
    """
    turns, match, warnings = _all_turns(file, kind)
    if file.read.turns is not None or kind is SourceKind.DOCUMENT:
        return turns, match, warnings
    turns, left_out = without_ending(file.read.text, turns, file.read.styles)
    return turns, match, [*warnings, *left_out]


def _all_turns(
    file: SourceFile, kind: SourceKind
) -> tuple[tuple[Turn, ...], ConventionMatch | None, list[ReadWarning]]:
    declared, interviewers = _named(file)
    if file.read.turns is not None:
        return _turns_of_format(file, file.read.turns, kind, declared, interviewers)
    text, start, known = file.read.text, file.read.body_start, (*declared, *interviewers)
    if kind is SourceKind.DOCUMENT:
        return unlabelled_turns(text, start), None, _unsure_of_kind(file)
    labels, said, warnings = _labels(file, known)
    labels, turns, told = _turns_and_particulars(file, labels, known, interviewers)
    warnings = [*warnings, *told]
    match = recognise_convention(text, start, labels, turns, known, said)
    if match is None or (said is None and len(turns) <= _FEW_LABELLED):
        bare = bare_turns(text, start, file.read.styles)
        is_likelier = bare is not None and len(bare.turns) >= _TIMES_THE_LABELLED * len(turns)
        if bare is not None and (match is None or len(turns) == 1 or is_likelier):
            in_turn = ConventionMatch(IN_TURN.name, len(bare.turns)) if bare.is_by_order else None
            return bare.turns, in_turn, [*warnings, *_read_without_labels(file, bare)]
        if match is None:
            return unlabelled_turns(text, start), None, [*warnings, _NO_LABELS]
    warnings = [*warnings, *_of_nobody(file, turns)]
    asked = with_unlabelled_questions(text, start, turns, file.read.styles) or with_unlabelled_answers(
        text, turns
    )
    first = labels.taken[0].start
    begins = start if asked is None or asked.turns[0].start > first else first
    told = warnings_of(text, begins, match, labels, known)
    if asked is not None:
        turns, told = asked.turns, [*told, *_read_without_labels(file, asked)]
    elif (guided := with_guide_questions(text, start, turns, file.read.styles)) is not None:
        turns, told = guided, [*told, _guided(file, len(guided) - len(turns))]
    return turns, match, [*warnings, *told]


def _guided(file: SourceFile, count: int) -> ReadWarning:
    """Return a warning that numbered questions without a label were read as the moderator's."""
    what = f"{counted(count, 'numbered question')} without a label were read as the interviewer's."
    return ReadWarning(WarningKind.SPEAKER, what)


def _of_nobody(file: SourceFile, turns: tuple[Turn, ...]) -> list[ReadWarning]:
    """Return a warning if turns among labelled ones have a time and no label."""
    unnamed = [turn for turn in turns if turn.label is None]
    if not unnamed:
        return []
    what = (
        f"{counted(len(unnamed), 'turn')} of {len(turns)} begin with a time and no name, and are read as "
        "those of a case without a name. Write who speaks behind the time."
    )
    return [ReadWarning(WarningKind.SPEAKER, what, file.line_of(unnamed[0].start))]


def _turns_and_particulars(
    file: SourceFile, labels: Labels, known: tuple[str, ...], interviewers: list[str]
) -> tuple[Labels, tuple[Turn, ...], list[ReadWarning]]:
    """Return the labels and the turns without particulars above each interview, and a warning if any are."""
    text, styles = file.read.text, file.read.styles
    labels = _below_form(text, file.read.body_start, labels)
    every = sorted((*labels.taken, *labels.passed_over), key=lambda label: label.start)
    particulars = repeated_particulars(text, every)
    if not particulars:
        return labels, turns_of(text, labels.taken, known, interviewers, styles), []
    places = {label.start for label in particulars}
    spoken = Labels(
        tuple(label for label in labels.taken if label.start not in places),
        tuple(label for label in labels.passed_over if label.start not in places),
    )
    parted = sorted((*spoken.taken, *particulars), key=lambda label: label.start)
    ends = [label.end for label in particulars]
    turns = turns_of(text, parted, known, interviewers, styles)
    kept = tuple(turn for turn in turns if not _begins_behind(text, turn, ends))
    what = (
        f'{len(particulars)} lines, from "{particulars[0].name}" on, stand above each interview; they are '
        "taken for particulars, which nobody says, and left out."
    )
    return spoken, kept, [ReadWarning(WarningKind.SPEAKER, what, file.line_of(particulars[0].start))]


def _below_form(text: str, start: int, labels: Labels) -> Labels:
    """Return the labels without those in and above a form of particulars that heads the talk."""
    begins = behind_form(text, start, labels.taken)
    return Labels(
        tuple(label for label in labels.taken if label.start >= begins),
        tuple(label for label in labels.passed_over if label.start >= begins),
    )


def _begins_behind(text: str, turn: Turn, ends: list[int]) -> bool:
    """Return whether nothing stands between the end of one of some labels and the words of a turn."""
    return any(end <= turn.start and not text[end : turn.start].strip() for end in ends)


def in_interviews(file: SourceFile, turns: tuple[Turn, ...]) -> tuple[tuple[Turn, ...], list[ReadWarning]]:
    """Return the turns with the people of several interviews in one file apart, and a warning if any are.

    Args:
        file: The transcript's file.
        turns: Its turns, with those of the interviewer marked.
    """
    sections = sections_of(file.read.text, turns, file.read.styles)
    turns, split = in_sections(turns, sections)
    if not split:
        return turns, [] if sections else _one_case_below_titles(file, turns)
    named = f'"{split[0]}"' if split[0] else "who has no label"
    where = (
        f'below {len(sections)} headings, from "{sections[0].title}" on'
        if sections[0].is_headed
        else f"in {len(sections)} interviews, as questions are numbered from 1 again"
    )
    what = f"{named} speaks {where}, and is read as a case for each; if they are one person, join the cases."
    return turns, [ReadWarning(WarningKind.SPEAKER, what, file.line_of(sections[0].start))]


def _one_case_below_titles(file: SourceFile, turns: tuple[Turn, ...]) -> list[ReadWarning]:
    """Return a warning if a label that may be another person's below each title is read as one case."""
    found = parts_of_one_case(file.read.text, turns)
    if found is None:
        return []
    label, titles = found
    what = (
        f'"{label}" speaks below {len(titles)} titles, from "{titles[0].title}" on, and is read as one case; '
        'if each begins another interview, write "Interview 1", "Interview 2" and so on before the titles.'
    )
    return [ReadWarning(WarningKind.SPEAKER, what, file.line_of(titles[0].start))]


def _read_without_labels(file: SourceFile, found: Unlabelled) -> list[ReadWarning]:
    """Return the warning that questions have no label and by which sign they were read as such."""
    questions = [turn for turn in found.turns if turn.is_interviewer]
    line = file.line_of(questions[0].start) if questions else None
    if found.is_by_order:
        what = (
            "nothing but their order says whose the paragraphs are; every other one is read as the "
            "interviewer's, as most questions stand there. --kind document reads all of it as one speaker's "
            "words."
        )
        return [ReadWarning(WarningKind.WORDS, what, line)]
    if found.are_answers:
        what = (
            f"{len(found.turns) - len(questions)} answers have no label and follow the last question mark of "
            "the questions before them. If they are the same person's, write a label before each."
        )
        return [ReadWarning(WarningKind.SPEAKER, what, line)]
    what = (
        f"{len(questions)} questions have no label; the paragraphs {found.how} were read as the "
        "interviewer's. If they are not, --kind document reads all of it as one speaker's words."
    )
    warnings = [ReadWarning(WarningKind.SPEAKER, what, line)]
    if found.left_out:
        count = counted(len(found.left_out), "paragraph")
        what = (
            f"{count} called neither a question nor an answer by the file belong to nobody and are left out."
            if found.is_told
            else f"{count} above the questions are taken for a lead, a guide or particulars, and left out."
        )
        warnings.append(ReadWarning(WarningKind.SPEAKER, what, file.line_of(found.left_out[0])))
    return warnings


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
    declared += [_as_legend_names(label, what) for label, what in file.read.legend.items()]
    return declared, interviewers


def _as_legend_names(label: str, what: str) -> str:
    """Return a label as known by its legend: with the full name that it stands for, if it is a name."""
    return f"{what} ({label})" if is_full_name(what) else label


def _turns_of_format(
    file: SourceFile, turns: tuple[Turn, ...], kind: SourceKind, declared: list[str], interviewers: list[str]
) -> tuple[tuple[Turn, ...], ConventionMatch | None, list[ReadWarning]]:
    """Return the turns that the file's format marks, with the interviewers' ones flagged as such."""
    turns = _joined_to_the_one_before(turns, set(map(folded_label, file.options.not_speakers)))
    asking = {
        label
        for label in {turn.label for turn in turns if turn.label is not None}
        if (not file.holds_answers and _asks(label))
        or (interviewers and stands_for(label, [*declared, *interviewers]) in interviewers)
    }
    turns = tuple(replace(turn, is_interviewer=turn.label in asking) for turn in turns)
    convention = file.read.convention
    match = None if convention is None else ConventionMatch(convention, len(turns))
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
        return _of_speakers(file, find_labels(text, start, known, file.read.styles)), None, []
    labels = _of_speakers(file, patterned_labels(text, start, said, known))
    if turns_of(text, labels.taken, known):
        return labels, said, []
    found = _of_speakers(file, find_labels(text, start, known, file.read.styles))
    return found, None, [_fits_nothing(said)]


def _of_speakers(file: SourceFile, labels: Labels) -> Labels:
    """Return the labels without those that the user calls words of the text."""
    others = set(map(folded_label, file.options.not_speakers))
    if not others:
        return labels
    return Labels(
        tuple(label for label in labels.taken if folded_label(label.name) not in others),
        tuple(label for label in labels.passed_over if folded_label(label.name) not in others),
    )


def _joined_to_the_one_before(turns: Sequence[Turn], others: Collection[str]) -> tuple[Turn, ...]:
    """Return the turns that a format marks, those under certain labels as words of the turn before."""
    kept: list[Turn] = []
    for turn in turns:
        if turn.label is None or folded_label(turn.label) not in others:
            kept.append(turn)
        elif kept:
            kept[-1] = replace(kept[-1], end=turn.end)
    return tuple(kept)


def _unsure_of_kind(file: SourceFile) -> list[ReadWarning]:
    if file.options.kind is not None or "kind" in file.read.header:
        return []
    if file.options.speakers is not None:
        return [_fits_nothing(file.options.speakers)]
    text, start = file.read.text, file.read.body_start
    unread = warn_of_unread_speakers(text, find_labels(text, start))
    asked = unread or _asks_without_labels(text, start) or _is_called_a_talk(file)
    return asked or _has_times_of_talk(text, start)


def _is_called_a_talk(file: SourceFile) -> list[ReadWarning]:
    """Return a warning if a text read as one voice is called an interview by its name or its first line."""
    first = file.read.text[file.read.body_start :].strip().split("\n", 1)[0]
    if _TALK.search(f"{PurePath(file.name).stem} {first[:_LONGEST_TITLE]}".casefold()) is None:
        return []
    what = (
        "it is called an interview, but nobody is marked as speaking; all of it is read as one voice. "
        "If several speak, write their names before what they say."
    )
    return [ReadWarning(WarningKind.SPEAKER, what)]


def _has_times_of_talk(text: str, start: int) -> list[ReadWarning]:
    """Return a warning if a text read as one voice has times at its lines, as a transcript has."""
    lines = [line for line in text[start:].split("\n") if line.strip()]
    timed = sum(_TIMED_LINE.search(line) is not None for line in lines)
    if timed < _FEWEST_TIMES or timed < _LEAST_SHARE_OF_TIMES * len(lines):
        return []
    what = (
        f"{timed} of {len(lines)} lines begin or end with a time, as in a transcript, but nobody is marked "
        "as speaking in a known way; all of it is read as one voice. --speakers says how speakers are marked."
    )
    return [ReadWarning(WarningKind.SPEAKER, what)]


def _asks_without_labels(text: str, start: int) -> list[ReadWarning]:
    """Return a warning if a text read as one voice asks so often that it may be a conversation."""
    questions, paragraphs = questions_in(text, start)
    if questions < _FEWEST_QUESTIONS or questions < _LEAST_SHARE_OF_QUESTIONS * paragraphs:
        return []
    what = (
        f"nobody is marked as speaking, but {questions} questions are asked in {paragraphs} paragraphs; all "
        "of it is read as one voice. If it is a conversation, write the speakers' names before what they say."
    )
    return [ReadWarning(WarningKind.SPEAKER, what)]


def _fits_nothing(said: Convention) -> ReadWarning:
    what = f'no line fits "{said.name}", so the file is read as if no pattern had been given.'
    return ReadWarning(WarningKind.SPEAKER, what)
