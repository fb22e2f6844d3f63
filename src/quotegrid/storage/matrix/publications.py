"""The publications of a study: what each told, and which were withdrawn."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.matrix.published import PublishedNumber, PublishedTable, RowKey
from quotegrid.storage.exchange.exports import list_exports
from quotegrid.storage.journal import add_entry
from quotegrid.storage.tables import CodeRow, ExportRow, JournalRow, PublishedTableRow, WithdrawalRow


@dataclass(frozen=True, slots=True)
class Publication:
    """A file that was written for publication."""

    number: int
    """The number of its record among all exports."""
    at: str
    by: str
    path: str
    what: str
    withdrawn_at: str | None
    never_left: bool
    numbers: Mapping[str, Any] | None
    """Its numbers, as `domain.report.manifest.numbers_of` gives them; None without a matrix."""
    is_counted: bool
    """Whether what it told is known and was not kept from everybody outside."""


def add_published_tables(session: Session, export: int, tables: Iterable[PublishedTable]) -> None:
    """Add what a publication tells.

    Args:
        session: A transaction that writes.
        export: The number of the publication's record.
        tables: Its tables.
    """
    guids = {name.casefold(): guid for guid, name in _names(session).items()}
    session.add_all(PublishedTableRow(export_id=export, content=_packed(table, guids)) for table in tables)
    session.flush()


def withdraw(session: Session, publication: int, by: str, *, never_left: bool) -> None:
    """Add the withdrawal of a publication.

    Args:
        session: A transaction that writes.
        publication: The number of the publication's record.
        by: The name of who withdraws it.
        never_left: Whether nobody outside the team ever had the file.
    """
    entry = session.get_one(ExportRow, publication).entry_id
    number = add_entry(session, EntryKind.PUBLICATION, by, undoes=entry)
    session.add(WithdrawalRow(entry_id=number, export_id=publication, never_left=never_left))
    session.flush()


def list_publications(session: Session) -> list[Publication]:
    """Return all publications, oldest first."""
    query = select(WithdrawalRow, JournalRow.at).join(
        JournalRow, col(JournalRow.id) == WithdrawalRow.entry_id
    )
    withdrawn: dict[int, tuple[str, bool]] = {}
    for withdrawal, at in session.exec(query.order_by(col(WithdrawalRow.id))):
        first, never_left = withdrawn.get(withdrawal.export_id, (at, False))
        withdrawn[withdrawal.export_id] = (first, never_left or withdrawal.never_left)
    known = set(session.exec(select(PublishedTableRow.export_id).distinct()))
    found = []
    for row, by in list_exports(session):
        if not row.is_published:
            continue
        number = row.id or 0
        withdrawn_at, never_left = withdrawn.get(number, (None, False))
        found.append(
            Publication(
                number=number,
                at=row.at,
                by=by,
                path=row.path,
                what=row.what,
                withdrawn_at=withdrawn_at,
                never_left=never_left,
                numbers=row.numbers,
                is_counted=number in known and not never_left,
            )
        )
    return found


def known_outside(session: Session) -> list[PublishedTable]:
    """Return the tables that somebody outside the team may know, oldest first."""
    kept = select(WithdrawalRow.export_id).where(col(WithdrawalRow.never_left).is_(True))
    rows = session.exec(
        select(PublishedTableRow)
        .where(col(PublishedTableRow.export_id).not_in(kept))
        .order_by(col(PublishedTableRow.id))
    )
    names = _names(session)
    return [_unpacked(row.content, row.export_id, names) for row in rows]


def _names(session: Session) -> dict[str, str]:
    """Return the name of each code, active or not, by its GUID: a code that is renamed is still the same."""
    return dict(session.exec(select(CodeRow.guid, CodeRow.name)).all())


def _packed(table: PublishedTable, guids: Mapping[str, str]) -> bytes:
    """Return a table as it is kept, with the GUIDs of its codes.

    Args:
        table: The table.
        guids: The GUID of each code by its name without case.
    """

    def kept(codes: Iterable[str]) -> list[str]:
        return [guids.get(code, code) for code in codes]

    content = {
        "cases": _grouped(table.cases),
        "columns": _grouped(table.columns),
        "coded": {guids.get(code, code): sorted(passages) for code, passages in table.coded.items()},
        "parts": [
            [kept(row.codes), row.part, sorted(passages), kept(row.other)]
            for row, passages in table.parts.items()
        ],
        "numbers": [
            [
                kept(number.row.codes),
                number.row.part,
                number.column,
                number.is_told,
                number.tells_cases,
                kept(number.row.other),
            ]
            for number in table.numbers
        ],
        "shown": [[sorted(cases), sorted(quotes)] for cases, quotes in _inverted(table.shown).items()],
    }
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode())


def _unpacked(content: bytes, publication: int, names: Mapping[str, str]) -> PublishedTable:
    read = json.loads(zlib.decompress(content))

    def named(code: str) -> str:
        return names.get(code, code).casefold()

    def row(codes: Iterable[str], part: str, other: Sequence[str] = ()) -> RowKey:
        first = map(named, codes)
        return RowKey.of_pair(first, map(named, other), part) if other else RowKey(tuple(sorted(first)), part)

    return PublishedTable(
        cases={passage: case for case, passages in read["cases"] for passage in passages},
        columns={passage: column for column, passages in read["columns"] for passage in passages},
        coded={named(code): frozenset(passages) for code, passages in read["coded"].items()},
        # A publication that was kept before pairs were has no more than the first of these.
        parts={row(codes, part, *more): frozenset(found) for codes, part, found, *more in read["parts"]},
        numbers=[
            PublishedNumber(row(codes, part, *more), column, is_told, tells_cases)
            for codes, part, column, is_told, tells_cases, *more in read["numbers"]
        ],
        shown={quote: frozenset(cases) for cases, quotes in read["shown"] for quote in quotes},
        publication=publication,
    )


def _inverted(values: Mapping[int, Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for number, value in values.items():
        found.setdefault(value, []).append(number)
    return found


def _grouped(values: Mapping[int, Any]) -> list[list[Any]]:
    return [[value, numbers] for value, numbers in _inverted(values).items()]
