"""Edits of a transcript's turns: who said what is put right after import, also after coding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.corpus.text.segmentation import segment_spans
from quotegrid.corpus.text.speaker_names import is_generic, name_of_unnamed
from quotegrid.domain.coding.reading import ReadSource, found_in
from quotegrid.domain.sources import turns as edits
from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.turns import Turns
from quotegrid.domain.sources.unspoken import unspoken
from quotegrid.domain.text.normalise import counted, one_line, shortened
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest, named_source

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.journal import Entry
    from quotegrid.storage.sources.turns.turn_passages import SetAsideCoding
    from quotegrid.storage.tables import SourceRow

_SHOWN = 40
_MOST_ASIDE = 5


@dataclass(frozen=True, slots=True)
class TurnEdit:
    """An edit of a transcript, before it is made."""

    what: str
    """The edit in words, as the end of a sentence that begins with who makes it."""
    change: Callable[[str, Turns], Turns]
    """From a source's text and its turns to the new turns."""
    ticks: tuple[int, ...] = ()
    """The places of what was unsure and is right now."""


@dataclass(frozen=True, slots=True)
class TurnEditSummary:
    """The result of an edit."""

    what: str
    """The edit, as a sentence."""
    notes: tuple[str, ...] = ()
    """The consequences for codings and cases, a sentence each."""


def give_turn(number: int, label: str, *, all_of_label: bool = False) -> TurnEdit:
    """Return the edit that gives a turn, or all turns of its label, to another speaker.

    Args:
        number: The turn's number, counted from 1.
        label: The other speaker.
        all_of_label: Whether all turns of the turn's label are given.
    """
    which = f"all turns of turn {number}'s speaker" if all_of_label else f"turn {number}"
    return TurnEdit(
        f'gave {which} to "{one_line(label)}"',
        lambda _, turns: edits.give(turns, _chosen(turns, number, all_of_label), label),
    )


def split_turn(offset: int, label: str = "") -> TurnEdit:
    """Return the edit that splits the turn at an offset; see `domain.sources.turns.split`."""
    return TurnEdit(f"split a turn at {offset}", lambda text, turns: edits.split(text, turns, offset, label))


def join_turn(number: int) -> TurnEdit:
    """Return the edit that joins a turn, counted from 1, with the one before it."""
    return TurnEdit(
        f"joined turn {number} with the one before it",
        lambda _, turns: edits.join(turns, _chosen(turns, number, False)[0]),
    )


def mark_asking(number: int, *, asks: bool, all_of_label: bool = True) -> TurnEdit:
    """Return the edit that marks a turn, counted from 1, or all of its label as an interviewer's or not."""
    which = f"turn {number}'s speaker" if all_of_label else f"who says turn {number}"
    return TurnEdit(
        f"marked {which} as {'an interviewer' if asks else 'a participant'}",
        lambda _, turns: edits.set_asking(turns, _chosen(turns, number, all_of_label), asks=asks),
    )


def mark_speaker(label: str, *, asks: bool) -> TurnEdit:
    """Return the edit that marks all turns of a label as an interviewer's, or as a participant's."""

    def change(_: str, turns: Turns) -> Turns:
        known = edits.known_spelling(turns, one_line(label))
        return edits.set_asking(turns, edits.of_label(turns, _known(turns, known)), asks=asks)

    return TurnEdit(f'marked "{one_line(label)}" as {"an interviewer" if asks else "a participant"}', change)


def leave_out_turn(number: int, *, all_of_label: bool = False) -> TurnEdit:
    """Return the edit that marks a turn, counted from 1, or all of its label as nobody's words."""
    which = f"all turns of turn {number}'s label" if all_of_label else f"turn {number}"
    return TurnEdit(
        f"marked {which} as nobody's words",
        lambda _, turns: edits.without(turns, _chosen(turns, number, all_of_label)),
    )


def assign_words(start: int, end: int | None, label: str) -> TurnEdit:
    """Return the edit that gives words that are nobody's to a speaker.

    Args:
        start: The offset at which they begin.
        end: The offset at which they end; None for the whole paragraph that is nobody's.
        label: The speaker.
    """

    def change(text: str, turns: Turns) -> Turns:
        found = (last for first, last in unspoken(text, turns) if first <= start < last)
        last = next(found, start) if end is None else end
        return edits.assign(text, turns, start, last, label)

    return TurnEdit(f'gave words of nobody at {start} to "{one_line(label)}"', change)


def leave_out_in_turn(number: int, words: str) -> TurnEdit:
    """Return the edit that marks words of a turn, counted from 1, as nobody's."""

    def change(text: str, turns: Turns) -> Turns:
        turn = turns[_chosen(turns, number, False)[0]]
        places = found_in(text[turn.start : turn.end], words)
        if len(places) != 1:
            many = "more than once" if places else "not"
            raise UsageError(f'"{one_line(words)}" stands {many} in turn {number}.')
        return edits.leave_out(text, turns, turn.start + places[0][0], turn.start + places[0][1])

    return TurnEdit(
        f'marked "{shortened(one_line(words), _SHOWN)}" in turn {number} as nobody\'s words', change
    )


def leave_out_words(start: int, end: int) -> TurnEdit:
    """Return the edit that marks a range of the text as nobody's words."""
    return TurnEdit(
        f"marked {start}-{end} as nobody's words",
        lambda text, turns: edits.leave_out(text, turns, start, end),
    )


def tick_off(places: Collection[int]) -> TurnEdit:
    """Return the edit that changes no turn and ticks off what an import was unsure about."""
    return TurnEdit("ticked off what was unsure", lambda _, turns: turns, tuple(places))


def edit_turns(
    study: StudyFolder, name: str, edit: TurnEdit, *, expected: Sequence[Turn] | None = None
) -> TurnEditSummary:
    """Put the turns of a transcript right, as one entry of the journal; codings keep their words.

    Args:
        study: The study.
        name: The source's name.
        edit: The edit.
        expected: The turns by which the edit was chosen; None not to compare them.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If the edit does not fit the turns, would change nothing, or the turns are no longer those
            that are expected.
    """
    from quotegrid.storage.sources.turns.turn_edits import edit_turns as store
    from quotegrid.storage.sources.turns.turn_edits import placed_turns
    from quotegrid.storage.suggestions.kept_scores import forget_scores

    coder = study.settings.coder_name()
    with study.writing_session("putting turns right") as session:
        source = _source(session, study, name)
        before = tuple(place.turn for place in placed_turns(session, source.id or 0))
        _refuse_without_turns(source, before)
        if expected is not None and tuple(expected) != before:
            raise UsageError(
                f"{_latest_editor(session, source)} has changed the turns of {source.name} meanwhile.",
                todo="Nothing was changed here. Look at the turns as they are now, and try again.",
            )
        after = edit.change(source.text, before)
        edits.check_turns(source.text, after)
        if after == before and not edit.ticks:
            raise UsageError("that would change nothing.", todo="The turns are so already.")
        done = store(
            session,
            coder,
            source,
            after,
            edit.what,
            cut=lambda start, end: segment_spans(source.text, start, end, study.settings.pipeline),
            naming=lambda label: name_of_speaker(source.name, label),
            ticks=edit.ticks,
        )
        notes = [_moved(done.moved)] if done.moved else []
        notes += [_rejoined(done.rejoined)] if done.rejoined else []
        notes += _told_aside(session, source.text, done.aside)
        notes += [f'"{case}" is a new case.' for case in done.new_cases]
        notes += [f'"{case}" says nothing any more, and is no case now.' for case in done.silent_cases]
    if after != before:
        forget_scores(study.root)
    return TurnEditSummary(f"{edit.what[0].upper()}{edit.what[1:]} in {source.name}.", tuple(notes))


def turns_seen(source: ReadSource) -> tuple[Turn, ...]:
    """Return the turns of a source that is being read, for an edit to be compared with what stands."""
    return tuple(
        Turn(turn.start, turn.end, turn.label, turn.is_interviewer, turn.time) for turn in source.turns
    )


def reverse_edit(session: Session, by: str, entry: Entry, group: int | None) -> str:
    """Take back an edit of turns, or make it again where the entry is an undo, and return it in words.

    Raises:
        UsageError: If its source is no longer there, or somebody has changed the same turns since.
    """
    from quotegrid.storage.journal import add_entry
    from quotegrid.storage.sources.turns.turn_changes import source_with_guid, turn_change_of
    from quotegrid.storage.sources.turns.turn_edits import obstacle, reverse_turns

    logged = turn_change_of(session, entry.undoes or entry.number)
    is_undo = entry.undoes is None
    source = source_with_guid(session, logged.source_guid)
    if source is None:
        raise UsageError(f'"{logged.source}" is no longer in the study.', todo="Nothing was changed.")
    hinders = obstacle(session, source, logged, is_undo=is_undo)
    if hinders:
        raise UsageError(
            f"the edit of {source.name} cannot be reversed: {hinders}.",
            todo="Nothing was changed. The history lists who has done what since; take that back first.",
        )
    add_entry(session, entry.kind, by, undoes=entry.number, group=group)
    reverse_turns(session, source, logged, is_undo=is_undo)
    return f"{logged.what} in {source.name}"


def turns_as_stored(study: StudyFolder, name: str) -> tuple[str, str, Turns]:
    """Return the name, the text and the turns of a transcript.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If it has no turns.
    """
    from quotegrid.storage.sources.turns.turn_edits import placed_turns

    with study.reading_session() as session:
        source = _source(session, study, name)
        turns = tuple(place.turn for place in placed_turns(session, source.id or 0))
        _refuse_without_turns(source, turns)
        return source.name, source.text, turns


def asides_in(study: StudyFolder, name: str) -> tuple[str, ...]:
    """Return which codings of a transcript do not count, because no participant says their words any more.

    Raises:
        UnknownNameError: If there is no such source.
    """
    from quotegrid.storage.sources.turns.turn_passages import asides

    with study.reading_session() as session:
        source = _source(session, study, name)
        found = asides(session, source.id or 0)
        return tuple(_told_aside(session, source.text, found, most=len(found)))


def _source(session: Session, study: StudyFolder, name: str) -> SourceRow:
    from quotegrid.storage.sources.sources import source_numbers
    from quotegrid.storage.tables import SourceRow

    name = named_source(session, study.root, name)
    return session.get_one(SourceRow, source_numbers(session)[name])


def _refuse_without_turns(source: SourceRow, turns: Turns) -> None:
    if not turns:
        raise UsageError(f'"{source.name}" has no turns.', todo="Only transcripts have turns to put right.")


def _chosen(turns: Turns, number: int, all_of_label: bool) -> list[int]:
    """Return the places of a turn, counted from 1, or of all turns of its label.

    Raises:
        UsageError: If there is no such turn.
    """
    if not 1 <= number <= len(turns):
        raise UsageError(f"there is no turn {number} here.", todo=f"The turns are 1 to {len(turns)}.")
    return edits.of_label(turns, turns[number - 1].label) if all_of_label else [number - 1]


def _known(turns: Turns, label: str) -> str:
    """Return a label that has turns.

    Raises:
        UnknownNameError: If it has none.
    """
    labels = list(dict.fromkeys(turn.label for turn in turns if turn.label))
    if label not in labels:
        raise UnknownNameError(f'nobody is called "{label}" here.', todo=closest(label, labels, "speakers"))
    return label


def _latest_editor(session: Session, source: SourceRow) -> str:
    from quotegrid.storage.sources.turns.turn_changes import list_turn_changes

    changes = list_turn_changes(session, source.guid)
    return changes[-1].by if changes else "Somebody"


def name_of_speaker(source: str, label: str) -> str:
    """Return the name of a new speaker's case: the label, or one that names the source where it is "P1"."""
    return name_of_unnamed(source, label) if is_generic(label) or label.isdecimal() else label


def _moved(codings: int) -> str:
    verb = "was" if codings == 1 else "were"
    return (
        f"{counted(codings, 'coding')} {verb} cut where turns now begin and end; each part keeps its words."
    )


def _rejoined(parts: int) -> str:
    return f"{counted(parts, 'part')} of codings that had been cut belong together again."


def _told_aside(
    session: Session, text: str, aside: Sequence[SetAsideCoding], *, most: int = _MOST_ASIDE
) -> list[str]:
    """Return a sentence for each coding that is set aside; many are counted."""
    from quotegrid.storage.codebook.codes import code_ids

    names = {number: name for name, number in code_ids(session).items()}
    told = [
        f'"{names[coding.code]}" ({coding.coder}) is set aside: '
        f'"{shortened(one_line(text[coding.start : coding.end]), _SHOWN)}" is no participant\'s now.'
        for coding in aside[:most]
    ]
    more = len(aside) - len(told)
    return [*told, f"{more} more codings are set aside likewise."] if more > 0 else told
