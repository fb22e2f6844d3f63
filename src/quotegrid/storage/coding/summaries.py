"""The log of what researchers write of the cells of a matrix; entries are only ever added."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from quotegrid.domain.coding import summaries as written
from quotegrid.domain.coding.summaries import CASES, Place, Summary, counting, today
from quotegrid.domain.people.cases import CaseAction
from quotegrid.storage.engines.row_numbers import chunks, stored_id
from quotegrid.storage.journal.case_log import counting as counting_changes
from quotegrid.storage.tables import CaseRow, CodeRow, CoderRow, SegmentRow, SummaryRow


def add_summary(
    session: Session,
    *,
    coder: int,
    code: int,
    attribute: str,
    value: str,
    text: str = "",
    replaces: Sequence[int] = (),
    undoes: int | None = None,
) -> int:
    """Add an entry to the log.

    Args:
        session: A transaction that writes.
        coder: The coder's number.
        code: The code's number.
        attribute: The attribute in whose columns the cell is.
        value: Its value; of a case its GUID.
        text: Markdown that names quotes by their segments' GUIDs.
        replaces: The last entries of the cell, one of each case that was merged into it.
        undoes: The entry that this one takes back.

    Returns:
        Its number.
    """
    row = SummaryRow(
        coder_id=coder,
        code_id=code,
        attribute=attribute,
        value=value,
        text=text,
        replaces=list(replaces),
        undoes_id=undoes,
    )
    session.add(row)
    session.flush()
    return stored_id(row.id)


def summary_log(session: Session) -> list[Summary]:
    """The log, oldest first."""
    rows = session.exec(
        select(SummaryRow, CoderRow.name, CodeRow.name)
        .join(CoderRow, col(CoderRow.id) == SummaryRow.coder_id)
        .join(CodeRow, col(CodeRow.id) == SummaryRow.code_id)
        .order_by(col(SummaryRow.id))
    )
    return [
        Summary(
            number=stored_id(row.id),
            coder=coder,
            place=Place(code, row.attribute, row.value),
            text=row.text,
            replaces=tuple(row.replaces),
            undoes=row.undoes_id,
            at=row.at,
            guid=row.guid,
        )
        for row, coder, code in rows
    ]


def written_places(session: Session) -> list[Place]:
    """The cells of which something was ever written, by code, attribute and value."""
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
    """A coder's latest entry that still counts; None if there is none to undo.

    Args:
        session: A session.
        coder: The coder's name.
        place: The cell that it has to be of; None for any.
        survivors: The case that stands for each one that was merged away, by their GUIDs.
    """
    own = [
        one
        for one in counting(summary_log(session))
        if one.coder == coder and (place is None or today(one.place, survivors or {}) == place)
    ]
    return own[-1] if own else None


def last_undo(session: Session, coder: str) -> tuple[Summary, Summary] | None:
    """A coder's latest undo that counts, if they wrote nothing new since, and the entry that it took back."""
    log = summary_log(session)
    entries = {one.number: one for one in log}
    gone = written.taken_back(log)
    found = None
    for entry in log:
        if entry.coder != coder:
            continue
        if entry.undoes is None:
            found = None
        elif entries[entry.undoes].undoes is None and entry.number not in gone:
            found = entry, entries[entry.undoes]
    return found


def last_written_at(session: Session, coder: int) -> str:
    """When the coder last wrote or took away a summary, undos left out; empty for never."""
    query = (
        select(SummaryRow.at)
        .where(SummaryRow.coder_id == coder, col(SummaryRow.undoes_id).is_(None))
        .order_by(col(SummaryRow.id).desc())
        .limit(1)
    )
    return session.exec(query).first() or ""


def undo_summary(session: Session, coder: int, entry: Summary) -> int:
    """Take back one entry.

    Returns:
        The number of the undo in the log.
    """
    row = session.get_one(SummaryRow, entry.number)
    return add_summary(
        session, coder=coder, code=row.code_id, attribute=row.attribute, value=row.value, undoes=entry.number
    )


def summarised_cases(session: Session) -> set[str]:
    """The GUIDs of the cases of which something was ever written."""
    return set(session.exec(select(SummaryRow.value).where(SummaryRow.attribute == CASES).distinct()))


def merged_cases(session: Session) -> dict[str, str]:
    """The case that stands for each one that was merged away, by their GUIDs."""
    return written.survivors(
        (one.payload["cases"][0], one.payload["cases"][1])
        for one in counting_changes(session)
        if one.action is CaseAction.MERGE
    )


def names_by_guid(session: Session) -> dict[str, str]:
    """The names of all cases by their GUIDs."""
    return dict(session.exec(select(CaseRow.guid, CaseRow.name)).all())


def segment_guids(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """The GUIDs of segments by their numbers; those that are not there are left out."""
    found: dict[int, str] = {}
    for some in chunks(numbers):
        rows = session.exec(select(SegmentRow.id, SegmentRow.guid).where(col(SegmentRow.id).in_(some)))
        found |= {stored_id(number): guid for number, guid in rows}
    return found


def segment_numbers(session: Session, guids: Collection[str]) -> dict[str, int]:
    """The numbers of segments by their GUIDs; those that are not there are left out."""
    found: dict[str, int] = {}
    for some in chunks(guids):
        rows = session.exec(select(SegmentRow.guid, SegmentRow.id).where(col(SegmentRow.guid).in_(some)))
        found |= {guid: stored_id(number) for guid, number in rows}
    return found
