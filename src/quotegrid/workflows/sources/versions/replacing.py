"""The replacement of a source with a corrected file, or with the same file read in another way."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource
from quotegrid.corpus.sources.reading_options import completed
from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.domain.sources.changes import SourceAction
from quotegrid.domain.sources.model import ReadWarning
from quotegrid.domain.sources.reanchoring import Outcome, Placement, Reanchoring
from quotegrid.domain.sources.replacing import LEAST_ALIKE, Replacement, plan_replacement
from quotegrid.domain.text.normalise import one_line, text_hash, word_hash
from quotegrid.domain.text.words import word_count
from quotegrid.errors import ReadError, UsageError
from quotegrid.workflows.sources.known_groups import without_known_groups
from quotegrid.workflows.sources.reading_files import prepare
from quotegrid.workflows.sources.versions.carrying import carried_into
from quotegrid.workflows.sources.versions.source_file import file_of_source
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import named_source

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.turns.turn_edits import CarriedVersion


@dataclass(frozen=True, slots=True)
class AffectedCoding:
    """A coding whose words or speaker are others in the corrected version."""

    code: str
    coder: str
    passage: int
    before: str
    """Its words in the old version, on one line."""
    after: str
    """Its words in the corrected version; empty where it cannot be placed."""
    has_same_words: bool
    """Whether only punctuation, capitals or white space differ."""
    speakers: tuple[str, str] | None = None
    """The labels of who said it before and who says it now, where they differ."""


@dataclass(frozen=True, slots=True)
class CodingFates:
    """The fates of a source's codings in a corrected version."""

    kept: int = 0
    """The number of codings on the same words in the same order of things."""
    moved: int = 0
    """The number of codings on the same words in another place."""
    changed: Sequence[AffectedCoding] = ()
    lost: Sequence[AffectedCoding] = ()
    """The codings that cannot be placed; they are kept with the old version."""
    said_by_others: Sequence[AffectedCoding] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference that a corrected version would make to a source, or has made."""

    name: str
    file: str
    words: tuple[int, int]
    """The number of words before and after."""
    passages: tuple[int, int]
    turns: tuple[int, int]
    codings: CodingFates
    lost_memos: int
    """The number of memos whose words are not found again; they stay with the source as a whole."""
    carried: Sequence[str]
    """The turns that are put right in it as in the old version: as read with a minus, as they are to be with
    a plus."""
    carried_places: int
    """The number of places that are put right so."""
    left: Sequence[str]
    """The places that were put right in the old version and cannot be in this one, each in a few lines."""
    asked_again: int
    """The number of passages that were decided on and not coded, and are cut differently now."""
    new_passages: int
    new_words: int
    likeness: float
    """The share of the old words that stand in long runs of the new text, from 0 to 1."""
    warnings: Sequence[ReadWarning]
    is_read: bool
    """Whether the source is marked as read to the end and stays so; not where passages are new."""
    was_read: bool
    is_same: bool
    """Whether nothing at all would be different."""

    @property
    def is_another_text(self) -> bool:
        """Return whether the new text has so little of the old that it is another one."""
        return self.likeness < LEAST_ALIKE and not self.is_same


@dataclass(frozen=True, slots=True)
class _Draft:
    """A corrected version with its plan, ready to be stored."""

    source_id: int
    read: ReadSource
    path: str
    plan: Replacement
    carried: CarriedVersion
    memos: dict[int, Placement]
    options: ReadingOptions
    difference: Difference


def preview_replacement(
    study: StudyFolder, name: str, file: Path, options: ReadingOptions | None = None
) -> Difference:
    """Return what a corrected file would change of a source, and store nothing.

    Args:
        study: The study.
        name: The source.
        file: The corrected file.
        options: How the file is to be read; what they leave open is as it was read before.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If there is no such file.
        ReadError: If the file cannot be used.
    """
    with study.reading_session() as session:
        return _draft(session, study, name, file, options).difference


def replace_source(
    study: StudyFolder,
    name: str,
    file: Path,
    options: ReadingOptions | None = None,
    *,
    anyway: bool = False,
    agreed: Difference | None = None,
) -> Difference:
    """Put a corrected file in the place of a source; one undo takes it back.

    Codings, memos and decisions go along; what cannot be placed is kept with the old version and listed.

    Args:
        study: The study.
        name: The source.
        file: The corrected file.
        options: How the file is to be read; what they leave open is as it was read before.
        anyway: Whether to do so even if it is another text altogether.
        agreed: The difference that somebody agreed to; None to make it whatever it is.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If there is no such file, or the difference is no longer the one that was agreed to.
        ReadError: If the file cannot be used, or is another text altogether and `anyway` is not set.
    """
    return _replace(study, name, file, _Request(options, SourceAction.CORRECT, agreed, anyway))


def preview_reread(study: StudyFolder, name: str, options: ReadingOptions) -> Difference:
    """Return what reading a source's file with other options would change, and store nothing.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If its file is no longer there.
        ReadError: If the file cannot be used.
    """
    return preview_replacement(study, name, file_of_source(study, name), options)


def reread_source(
    study: StudyFolder, name: str, options: ReadingOptions, *, agreed: Difference | None = None
) -> Difference:
    """Read a source's file with other options; one undo takes it back.

    Args:
        study: The study.
        name: The source.
        options: How the file is to be read; what they leave open is as it was read before.
        agreed: The difference that somebody agreed to; None to make it whatever it is.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If its file is no longer there, or the difference is no longer the one that was agreed to.
        ReadError: If the file cannot be used, or holds another text altogether now.
    """
    request = _Request(options, SourceAction.REREAD, agreed)
    return _replace(study, name, file_of_source(study, name), request)


def refuse_another_text(found: Difference, file: Path) -> None:
    """Refuse a file that is another text altogether.

    Raises:
        ReadError: If it is.
    """
    if found.is_another_text:
        raise ReadError(
            f'this is another text than "{found.name}": of its words {found.likeness:.0%} are there.',
            file=file,
            todo="Import it as a source of its own, or add --anyway to replace it all the same.",
        )


@dataclass(frozen=True, slots=True)
class _Request:
    """The user's request: how the file is read, and to which difference they agreed."""

    options: ReadingOptions | None
    action: SourceAction
    agreed: Difference | None
    anyway: bool = False


def _replace(study: StudyFolder, name: str, file: Path, request: _Request) -> Difference:
    from quotegrid.storage.sources.source_log import add_source_change
    from quotegrid.storage.sources.versions.changing import NewVersion
    from quotegrid.storage.sources.versions.changing import replace_source as store
    from quotegrid.storage.suggestions.kept_scores import forget_scores

    with study.writing_session("replacing a source") as session:
        draft = _draft(session, study, name, file, request.options)
        found = draft.difference
        if request.agreed is not None and request.agreed != found:
            raise UsageError(
                f'"{found.name}" or the file has been changed since the difference was shown.',
                todo="Nothing was replaced: look at the difference again.",
            )
        if found.is_same:
            return found
        if not request.anyway:
            refuse_another_text(found, file)
        source = draft.read.source
        version = NewVersion(
            source=source,
            path=draft.path,
            hashes=(text_hash(source.text), word_hash(source.text)),
            action=request.action,
            options=draft.options.given(),
            warnings=draft.read.warnings,
            carried=draft.carried,
        )
        by = study.settings.coder_name()
        study.back_up_before("replacing a source")
        entry, new_id, told = store(session, by, draft.source_id, version, draft.plan.passages, draft.memos)
        if found.is_read:
            add_source_change(session, by, SourceAction.READ, found.name, number=new_id, group=entry)
        forget_scores(study.root)
    return replace(found, warnings=(*found.warnings, *told))


def _draft(
    session: Session, study: StudyFolder, name: str, file: Path, options: ReadingOptions | None
) -> _Draft:
    """Read a file as a version of a source and say where all that stands on it goes."""
    from quotegrid.storage.sources.languages import language_said
    from quotegrid.storage.sources.read_marks import read_marks
    from quotegrid.storage.sources.source_attributes import names_of_labels
    from quotegrid.storage.sources.source_log import reading_options
    from quotegrid.storage.sources.sources import find_source, has_turns
    from quotegrid.storage.sources.versions.standing import memo_ranges, passages_to_place, source_facts

    name = named_source(session, study.root, name)
    row = find_source(session, name)
    if row is None or row.id is None:
        raise AssertionError("a source that was listed is not there")
    said = completed(
        options or ReadingOptions(), reading_options(session).get(row.guid, {}), parse_convention
    )
    language = language_said(session, row.id)
    if said.language is None and language is not None:
        said = replace(said, language=language)
    read, path = _read(study, file, name, said)
    passages = passages_to_place(session, row.id)
    ranges = memo_ranges(session, row.id)
    reanchoring = Reanchoring(row.text, read.source.text)
    edits = carried_into(session, study, row, read.source, reanchoring)
    read = replace(read, source=edits.source)
    plan = plan_replacement(reanchoring, read.source, passages, list(ranges.values()))
    memos = dict(zip(ranges, plan.ranges, strict=True))
    was_read = read_marks(session).get(row.id, False)
    facts = source_facts(session, row.id)
    source = read.source
    is_same = (
        row.text == source.text
        and has_turns(session, row.id, source.turns)
        and source.language == row.language
        and not plan.new_passages
        and facts.imported_passages == len(source.segments)
    )
    difference = Difference(
        name=name,
        file=path,
        words=(word_count(row.text), word_count(source.text)),
        passages=(facts.imported_passages, len(source.segments)),
        turns=(facts.turns, len(source.turns)),
        codings=_codings(session, row.id, (row.text, source.text), plan),
        lost_memos=sum(place.outcome is Outcome.LOST for place in memos.values()),
        carried=edits.lines,
        carried_places=edits.carried.places,
        left=edits.left,
        asked_again=_asked_again(plan, facts.coded, facts.decided),
        new_passages=plan.new_passages,
        new_words=plan.new_words,
        likeness=plan.likeness,
        warnings=without_known_groups(session, read.source, read.warnings, names_of_labels(session, row.id)),
        is_read=was_read and not plan.new_passages,
        was_read=was_read,
        is_same=is_same,
    )
    return _Draft(row.id, read, path, plan, edits.carried, memos, said, difference)


def _read(study: StudyFolder, file: Path, name: str, options: ReadingOptions) -> tuple[ReadSource, str]:
    """Read a file under a source's name, and return it with its path as the study keeps it."""
    if not file.exists():
        raise UsageError("there is no such file.", file=file, todo="Nothing was replaced.")
    reading = prepare(study, [file], options)
    if reading.problems:
        raise reading.problems[0]
    if len(reading.files) != 1:
        raise UsageError(
            "a source is replaced with one file that holds a text.", file=file, todo="Nothing was replaced."
        )
    path = reading.files[0][0]
    columns = dict(reading.columns)
    if reading.files[0][1] in columns:
        columns[name] = columns[reading.files[0][1]]
    try:
        read = replace(reading, columns=columns).read(path, name)
    except OSError as error:
        raise ReadError(f"this file cannot be read ({error.strerror}).", file=path) from error
    root = study.root.resolve()
    kept = path.relative_to(root) if path.is_relative_to(root) else path
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(read, source=replace(read.source, file_hash=digest)), kept.as_posix()


def _codings(session: Session, source_id: int, texts: tuple[str, str], plan: Replacement) -> CodingFates:
    """Return the fates of a source's codings, given the old text and the new one."""
    from quotegrid.storage.sources.versions.standing import codings_with_words

    places = {placed.passage.id: placed for placed in plan.passages}
    old, new = texts
    kept = moved = 0
    changed, lost, others = [], [], []
    for coding in codings_with_words(session, source_id):
        placed = places[coding.segment]
        place = placed.placement
        affected = AffectedCoding(
            code=coding.code,
            coder=coding.coder,
            passage=coding.segment,
            before=one_line(old[coding.start : coding.end]),
            after="" if place.outcome is Outcome.LOST else one_line(new[place.start : place.end]),
            has_same_words=place.has_same_words,
            speakers=None
            if placed.label == placed.passage.label
            else (placed.passage.label or "", placed.label or ""),
        )
        kept += place.outcome is Outcome.KEPT
        moved += place.outcome is Outcome.MOVED
        if place.outcome is Outcome.CHANGED:
            changed.append(affected)
        elif place.outcome is Outcome.LOST:
            lost.append(affected)
        if affected.speakers is not None and place.outcome is not Outcome.LOST:
            others.append(affected)
    return CodingFates(kept, moved, changed, lost, others)


def _asked_again(plan: Replacement, coded: set[int], decided: set[int]) -> int:
    """Return how many passages that were decided on and not coded have no passage of their own any more."""
    return sum(
        placed.passage.id in decided
        and placed.passage.id not in coded
        and not (placed.is_whole or placed.passage.is_aside)
        for placed in plan.passages
    )
