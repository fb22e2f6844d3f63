"""Sources that are removed, or replaced by a corrected version, and the undoing of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select, update

from quotegrid.domain.sources.changes import SourceAction
from quotegrid.domain.sources.model import ReadWarning, Source
from quotegrid.domain.sources.reanchoring import Outcome, Placement
from quotegrid.domain.sources.replacing import PlacedPassage
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.normalise import one_line, text_hash
from quotegrid.domain.text.words import word_count
from quotegrid.storage.coding.decisions import add_decisions, coder_id
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import Entry
from quotegrid.storage.sources.hand_made import cut_out, utterance_at
from quotegrid.storage.sources.source_log import add_source_change
from quotegrid.storage.sources.sources import add_source, find_source
from quotegrid.storage.sources.turns.rejoined_codings import moves_of_rejoined
from quotegrid.storage.sources.turns.turn_changes import UnsureLine, keep_unsure, unsure_lines
from quotegrid.storage.sources.turns.turn_edits import CarriedVersion, log_carried, placed_turns
from quotegrid.storage.sources.versions.archive import (
    Archive,
    count_again,
    drop_silent_cases,
    name_aside,
    packed,
    put_back,
    take_out,
    unpacked,
)
from quotegrid.storage.sources.versions.standing import decisions_since
from quotegrid.storage.sources.versions.table_values import keep_table_values
from quotegrid.storage.tables import (
    AnySegmentRow,
    AnySourceRow,
    JournalRow,
    MemoRow,
    SourceArchiveRow,
    SuggestionRow,
    now,
)


def remove(session: Session, by: str, source_id: int) -> int:
    """Take a source out of the study.

    Returns:
        The number of the journal's entry.
    """
    name = session.get_one(AnySourceRow, source_id).name
    entry = add_source_change(session, by, SourceAction.REMOVE, name, number=source_id)
    _remove(session, entry, source_id)
    return entry


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A corrected version of a source, as it is to be stored."""

    source: Source
    path: str
    hashes: tuple[str, str]
    action: SourceAction
    """Whether it is another file, or the same read in another way."""
    options: Mapping[str, str]
    """The options that the user gave for its reading."""
    warnings: Sequence[ReadWarning]
    """The doubts of its reading."""
    carried: CarriedVersion
    """The edits of turns that it has from the version before."""


def replace_source(
    session: Session,
    by: str,
    source_id: int,
    version: NewVersion,
    passages: Sequence[PlacedPassage],
    memos: Mapping[int, Placement],
) -> tuple[int, int, list[ReadWarning]]:
    """Put a corrected version in the place of a source; passages keep their numbers.

    Args:
        session: A transaction that writes.
        by: The name of who does it.
        source_id: The source.
        version: The corrected version.
        passages: The places of the passages that go along.
        memos: The places of the memos on words of the source, by number; the others stay with it whole.

    Returns:
        The number of the journal's entry, that of the new version, and the warnings about its speakers.
    """
    unsure = unsure_lines(session, source_id)
    archive = _taken_out(session, source_id, "version")
    warnings = add_source(session, version.source, version.path, hashes=version.hashes)
    new = find_source(session, version.source.name)
    if new is None:
        raise AssertionError("the new version has not been stored")
    new_id = stored_id(new.id)
    entry = add_source_change(session, by, version.action, new.name, number=new_id, options=version.options)
    _keep_edits(session, by, (source_id, new_id), version, unsure, entry)
    keep_table_values(session, archive, new_id)
    drop_silent_cases(session, archive)
    archive["lost"] = [placed.passage.id for placed in passages if placed.placement.outcome is Outcome.LOST]
    _add_archive(session, entry, source_id, new_id, archive)
    moved = [placed.passage.id for placed in passages if placed.placement.outcome is not Outcome.LOST]
    for placed in passages:
        if placed.placement.outcome is not Outcome.LOST:
            _move(session, placed, new_id, coder_id(session, by))
    _move_memos(session, archive, (source_id, new_id), memos)
    _keep_suggestions(session, archive, moved)
    count_again(session, moved)
    rejoined = moves_of_rejoined(session, new, [place.turn for place in placed_turns(session, new_id)], by)
    if rejoined:
        add_decisions(session, coder_id(session, by), rejoined, group=entry)
    return entry, new_id, warnings


def _keep_edits(
    session: Session,
    by: str,
    versions: tuple[int, int],
    version: NewVersion,
    unsure: Sequence[UnsureLine],
    entry: int,
) -> None:
    """Note what a new version is unsure about, and which edits of turns and ticks it has from the old one."""
    old, new = (session.get_one(AnySourceRow, number) for number in versions)
    keep_unsure(session, versions[1], version.warnings)
    alike = Counter(line.what for line in unsure)
    ticked = {_doubt(line, old.text) for line in unsure if line.is_done}
    ticked |= {(line.kind.value, line.what) for line in unsure if line.is_done and alike[line.what] == 1}
    ticks = [
        line.place
        for line in unsure_lines(session, versions[1])
        if not ticked.isdisjoint({_doubt(line, new.text), (line.kind.value, line.what)})
    ]
    if version.carried.places or ticks:
        log_carried(session, by, new, version.carried, ticks=ticks, group=entry)


def _doubt(line: UnsureLine, text: str) -> tuple[str, str]:
    """Return the kind of what is unsure and the words of its line, by which another version has it too."""
    words = line.what if line.start is None else text[line.start :].partition("\n")[0]
    return line.kind.value, one_line(words)


def _move(session: Session, placed: PlacedPassage, new_id: int, coder: int) -> None:
    """Give a passage its place in the new version: that of the new passage that it is, or of its own."""
    start, end = placed.placement.start, placed.placement.end
    row = session.get_one(AnySegmentRow, placed.passage.id)
    values: dict[str, Any] | None
    if placed.is_whole:
        twin = session.exec(
            select(AnySegmentRow).where(
                AnySegmentRow.source_id == new_id,
                AnySegmentRow.start == start,
                AnySegmentRow.end == end,
                col(AnySegmentRow.made_by_id).is_(None),
                AnySegmentRow.id != row.id,
            )
        ).one()
        values = twin.model_dump(exclude={"id", "guid"})
        imported = (col(MemoRow.about) == "segment", col(MemoRow.about_id) == twin.id)
        session.exec(update(MemoRow).where(*imported).values(about_id=row.id))
        session.delete(twin)
        session.flush()
    else:
        utterance = utterance_at(session, new_id, start, end)
        values = None if utterance is None else cut_out(session, utterance, start, end)
        if values is not None:
            made = {"made_by_id": row.made_by_id or coder, "made_at": row.made_at or now()}
            values |= {"source_id": new_id, "is_idle": True, **made}
    if values is None and placed.passage.is_aside:
        said = spoken(session.get_one(AnySourceRow, new_id).text[start:end]).text
        values = {
            "source_id": new_id,
            "start": start,
            "end": end,
            "turn_id": None,
            "case_id": None,
            "words": word_count(said),
            "text_hash": text_hash(said),
            "is_idle": True,
            "made_by_id": row.made_by_id or coder,
            "made_at": row.made_at or now(),
        }
    if values is None:
        raise AssertionError("a passage was placed outside all turns")
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def _move_memos(
    session: Session, archive: Archive, versions: tuple[int, int], memos: Mapping[int, Placement]
) -> None:
    """Take memos written here along; comments of the old file stay with the old version."""
    old_id, new_id = versions
    session.exec(
        update(MemoRow)
        .where(among(MemoRow.id, [row["id"] for row in archive["memo"]]), col(MemoRow.is_imported).is_(True))
        .values(about="source", about_id=old_id, start=None, end=None)
    )
    own = (MemoRow.about == "source", MemoRow.about_id == old_id, col(MemoRow.is_imported).is_(False))
    for memo in session.exec(select(MemoRow).where(*own)).all():
        memo.about_id = new_id
        place = memos.get(stored_id(memo.id))
        if place is not None:
            is_placed = place.outcome is not Outcome.LOST
            memo.start, memo.end = (place.start, place.end) if is_placed else (None, None)
        session.add(memo)
    session.flush()


def _keep_suggestions(session: Session, archive: Archive, moved: Sequence[int]) -> None:
    """Keep the suggestions for passages whose words are the same."""
    hashes = {row["id"]: row["text_hash"] for row in archive["segment"]}
    rows = session.exec(
        select(AnySegmentRow.id, AnySegmentRow.text_hash).where(among(AnySegmentRow.id, moved))
    )
    same = {number for number, text_hash in rows if hashes[number] == text_hash}
    for row in archive["suggestion"]:
        if row["segment_id"] in same:
            session.add(SuggestionRow(**{name: value for name, value in row.items() if name != "id"}))
    session.flush()


def reverse(session: Session, entry: Entry, new_entry: int) -> None:
    """Reverse a removal or a replacement, or an undo of one.

    Args:
        session: A transaction that writes.
        entry: The entry that is reversed; `why_not_reversed` has nothing against it.
        new_entry: The entry that reverses it.
    """
    leaves, comes = _reversed_versions(session, entry)
    archive = (
        None if leaves is None else _taken_out(session, leaves, "removed" if comes is None else "version")
    )
    if comes is not None:
        put_back(session, comes, unpacked(_last_archive(session, comes).content))
    if archive is not None and leaves is not None:
        drop_silent_cases(session, archive)
        _add_archive(session, new_entry, leaves, comes, archive)


def why_not_reversed(session: Session, entry: Entry) -> str:
    """Return why an entry cannot be reversed, as a sentence; empty if it can."""
    leaves, comes = _reversed_versions(session, entry)
    if leaves is not None and (source := session.get_one(AnySourceRow, leaves)).is_aside:
        return f'"{source.name}" has been replaced, read again or removed since, and that comes first.'
    if comes is None:
        return ""
    name = unpacked(_last_archive(session, comes).content)["name"]
    if not session.get_one(AnySourceRow, comes).is_aside:
        return f'"{name}" is there already.'
    if leaves is None:
        is_taken = find_source(session, name) is not None
        return f'another source is called "{name}" now, which is to be removed first.' if is_taken else ""
    made = decisions_since(session, leaves, entry.number)
    if made:
        who = ", ".join(sorted(set(made)))
        return (
            f'{who} decided on passages of "{name}" since ({len(made):,} times), which would be lost: '
            "they are to be taken back first, by who made them."
        )
    return ""


def _reversed_versions(session: Session, entry: Entry) -> tuple[int | None, int | None]:
    """Return the version that a reversal of an entry sets aside, and the one that it puts back."""
    number, is_undone = entry.number, False
    while (undone := session.get_one(JournalRow, number).undoes_id) is not None:
        number, is_undone = undone, not is_undone
    made = session.exec(select(SourceArchiveRow).where(SourceArchiveRow.entry_id == number)).one()
    versions = (made.instead_id, made.source_id)
    return versions[::-1] if is_undone else versions


def _last_archive(session: Session, source_id: int) -> SourceArchiveRow:
    rows = select(SourceArchiveRow).where(SourceArchiveRow.source_id == source_id)
    return session.exec(rows.order_by(col(SourceArchiveRow.id).desc()).limit(1)).one()


def _remove(session: Session, entry: int, source_id: int) -> None:
    archive = _taken_out(session, source_id, "removed")
    drop_silent_cases(session, archive)
    _add_archive(session, entry, source_id, None, archive)


def _taken_out(session: Session, source_id: int, what: str) -> Archive:
    name = session.get_one(AnySourceRow, source_id).name
    return take_out(session, source_id, name_aside(session, name, what))


def _add_archive(session: Session, entry: int, source_id: int, instead: int | None, archive: Archive) -> None:
    archive.setdefault("lost", [])
    session.add(
        SourceArchiveRow(entry_id=entry, source_id=source_id, instead_id=instead, content=packed(archive))
    )
    session.flush()
