"""The log of summaries of the cells of a matrix; entries are only ever added."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.domain.coding import summaries as written
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.coding.summaries import CASES, Place, Summary, counting, today
from quotegrid.domain.people.case_values import CaseAction
from quotegrid.storage.engines.row_numbers import chunks, stored_id
from quotegrid.storage.journal import add_entry
from quotegrid.storage.people.case_log import counting as counting_changes
from quotegrid.storage.tables import CaseRow, CodeRow, JournalRow, SegmentRow, SummaryRow


def add_summary(
    session: Session,
    *,
    by: str,
    code: int,
    attribute: str,
    value: str,
    text: str = "",
    replaces: Sequence[int] = (),
    undoes: int | None = None,
    group: int | None = None,
) -> int:
    """Add an entry to the log.

    Args:
        session: A transaction that writes.
        by: The name of the writer.
        code: The code's number.
        attribute: The attribute of the cell's column.
        value: Its value; for a case its GUID.
        text: Markdown that names quotes by their segments' GUIDs.
        replaces: The last entries of the cell, one of each case that was merged into it.
        undoes: The entry of the journal that this one takes back.
        group: The first entry of the journal of those that it belongs to.

    Returns:
        Its number among the summaries.
    """
    row = SummaryRow(
        entry_id=add_entry(session, EntryKind.SUMMARY, by, undoes=undoes, group=group),
        code_id=code,
        attribute=attribute,
        value=value,
        text=text,
        replaces=list(replaces),
    )
    session.add(row)
    session.flush()
    return stored_id(row.id)


def summary_log(session: Session) -> list[Summary]:
    """Return the log, oldest first."""
    undone = aliased(SummaryRow)
    rows = session.exec(
        select(SummaryRow, JournalRow, CodeRow.name, undone.id)
        .join(JournalRow, col(JournalRow.id) == SummaryRow.entry_id)
        .join(CodeRow, col(CodeRow.id) == SummaryRow.code_id)
        .outerjoin(undone, col(undone.entry_id) == JournalRow.undoes_id)
        .order_by(col(SummaryRow.id))
    )
    return [
        Summary(
            number=stored_id(row.id),
            coder=entry.by,
            place=Place(code, row.attribute, row.value),
            text=row.text,
            replaces=tuple(row.replaces),
            undoes=undoes,
            at=entry.at,
            guid=entry.guid,
            entry=row.entry_id,
        )
        for row, entry, code, undoes in rows
    ]


def written_places(session: Session) -> list[Place]:
    """Return the cells that ever had a summary, by code, attribute and value."""
    rows = session.exec(
        select(CodeRow.name, SummaryRow.attribute, SummaryRow.value)
        .join(CodeRow, col(CodeRow.id) == SummaryRow.code_id)
        .distinct()
        .order_by(CodeRow.name, SummaryRow.attribute, SummaryRow.value)
    )
    return [Place(code, attribute, value) for code, attribute, value in rows]


def last_summary(
    session: Session, coder: str, place: Place | None = None, survivors: Mapping[str, str] | None = None
) -> Summary | None:
    """Return a coder's latest entry that still counts; None if there is none to undo.

    Args:
        session: A session.
        coder: The coder's name.
        place: The cell; None for any.
        survivors: For each case that was merged into another, the case that stands for it, by GUID.
    """
    own = [
        entry
        for entry in counting(summary_log(session))
        if entry.coder == coder and (place is None or today(entry.place, survivors or {}) == place)
    ]
    return own[-1] if own else None


def undo_summary(session: Session, by: str, entry: int, *, group: int | None = None) -> Summary:
    """Undo a summary, or redo the one that an undo took back.

    Args:
        session: A transaction that writes.
        by: The name of whoever does it.
        entry: The entry of the journal that is to be taken back: a summary's, or that of its undo.
        group: The first entry of those that are undone and redone with this one.

    Returns:
        The summary that was undone or redone.
    """
    row = session.exec(select(SummaryRow).where(SummaryRow.entry_id == entry)).one()
    add_summary(
        session,
        by=by,
        code=row.code_id,
        attribute=row.attribute,
        value=row.value,
        undoes=entry,
        group=group,
    )
    log = {logged.number: logged for logged in summary_log(session)}
    reversed_ = log[stored_id(row.id)]
    return reversed_ if reversed_.undoes is None else log[reversed_.undoes]


def summarised_cases(session: Session) -> set[str]:
    """Return the GUIDs of the cases that ever had a summary."""
    return set(session.exec(select(SummaryRow.value).where(SummaryRow.attribute == CASES).distinct()))


def merged_cases(session: Session) -> dict[str, str]:
    """Return, for each case that was merged into another, the case that stands for it, by GUID."""
    return written.survivors(
        (change.payload["cases"][0], change.payload["cases"][1])
        for change in counting_changes(session)
        if change.action is CaseAction.MERGE
    )


def names_by_guid(session: Session) -> dict[str, str]:
    """Return the names of all cases by their GUIDs."""
    return dict(session.exec(select(CaseRow.guid, CaseRow.name)).all())


def segment_guids(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """Return the GUIDs of segments by their numbers; those that are not there are left out."""
    found: dict[int, str] = {}
    for some in chunks(numbers):
        rows = session.exec(select(SegmentRow.id, SegmentRow.guid).where(col(SegmentRow.id).in_(some)))
        found |= {stored_id(number): guid for number, guid in rows}
    return found


def segment_numbers(session: Session, guids: Collection[str]) -> dict[str, int]:
    """Return the numbers of segments by their GUIDs; those that are not there are left out."""
    found: dict[str, int] = {}
    for some in chunks(guids):
        rows = session.exec(select(SegmentRow.guid, SegmentRow.id).where(col(SegmentRow.guid).in_(some)))
        found |= {guid: stored_id(number) for guid, number in rows}
    return found
